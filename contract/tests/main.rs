//! The behaviour of the contract tester as a whole: one binary, a module for each topic.

mod cli;
mod credentials;
mod elsewhere;
mod in_process;
mod keywords;
mod pets;
mod random;
mod state;
mod wire;

//! The behaviour of the contract tester as a whole: one binary, a module for each topic.

mod cli;
mod in_process;
mod pets;
mod wire;

//! What the tests of the whole workspace stand on: servers written by hand, what fuzzers run, and the way to the files.

pub mod fuzz;
pub mod server;
pub mod shop;
pub mod tree;

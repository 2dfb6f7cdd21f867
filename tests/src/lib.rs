//! What the tests of the whole workspace stand on: a server written by hand, what fuzzers run, and the way to the files.

pub mod fuzz;
pub mod server;
pub mod tree;

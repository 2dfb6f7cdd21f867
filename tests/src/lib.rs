//! What the tests of the whole workspace stand on: a server written by hand, and the way to the files.

pub mod server;
pub mod tree;

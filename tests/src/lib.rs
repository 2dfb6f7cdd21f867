//! What the tests of the whole workspace stand on: a server written by hand from the words of `spec/mixpeek.yaml`.

pub mod server;

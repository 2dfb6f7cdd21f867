//! One module for each thing that is held to its word.

mod server;
mod tidy;

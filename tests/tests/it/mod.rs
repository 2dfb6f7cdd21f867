//! One module for each thing that is held to its word.

mod contract;
mod diagnostics;
mod server;
mod tidy;

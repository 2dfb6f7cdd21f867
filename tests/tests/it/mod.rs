//! One module for each thing that is held to its word.

mod command_line;
mod contract;
mod diagnostics;
mod server;
mod tidy;

//! One module for each thing that is held to its word.

mod client;
mod codegen;
mod command_line;
mod compiled;
mod contract;
mod corpus;
mod dependencies;
mod diagnostics;
mod driven;
mod emitted;
mod fallbacks;
mod fuzz;
mod inspect;
mod losses;
mod overrides;
mod real;
mod runtime_parts;
mod server;
mod shop;
mod tidy;

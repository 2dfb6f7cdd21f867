//! What a call of a generated client costs beside one that is written by hand with reqwest and serde: the same server,
//! the same calls.
//!
//! `cargo run --release -p bindery-benches` prints the table. Instructions and allocations are counted by valgrind, for
//! many calls less few, so that neither the start of the program nor the load of the machine counts; the throughput is
//! measured without it.

mod call;
mod hand;
mod measure;
mod ours;
mod server;

use clap::{Parser, Subcommand};

/// Measures calls of the generated Mixpeek client.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

/// What the program starts itself as.
#[derive(Subcommand)]
enum Command {
    /// Makes calls.
    Call(call::Call),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Some(Command::Call(call)) => call.run(),
        None => measure::run(),
    }
}

//! Commands, their arguments, and what they exit with.

mod credentials;
mod document;
mod explain;
mod merge;
mod mock;
mod output;
mod progress;
mod proxy;
mod replay;
mod run;
mod select;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Holds a deployment to its `OpenAPI` document.
#[derive(Debug, Parser)]
#[command(name = "bindery-contract", version, about, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tests a deployment, or our own mock of the document
    Run(Box<run::Arguments>),
    /// Serves the document: examples first, otherwise the simplest valid values
    Mock(mock::Arguments),
    /// Stands between clients and a server, and holds what passes to the document
    Proxy(proxy::Arguments),
    /// Holds recorded traffic (HTTP Archives) to the document, in both directions
    Replay(replay::Arguments),
    /// Makes one report of the JSON reports of several runs
    Merge(merge::Arguments),
    /// Says what a finding means, why it matters, and what to do
    Explain(explain::Arguments),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found
  1  findings (warnings count with --strict)
  2  the command could not be carried out";

/// How a command ended that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    Findings,
}

/// Runs the command that the arguments name.
pub(crate) fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Mock(arguments) => mock::mock(&arguments),
        Command::Proxy(arguments) => proxy::proxy(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
    };
    match result {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) => {
            tell(&format!("error: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}

/// Writes results. A reader that went away, such as `head`, is no failure of ours.
fn show(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes what is not a result.
fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// What to tell those who cannot listen at an address.
fn cannot_listen(address: &str) -> String {
    format!("cannot listen at {address}; choose another with --address, such as 127.0.0.1:0")
}

/// Runs a future to its end on this thread.
fn block_on<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(future)
}

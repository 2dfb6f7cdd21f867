//! The command line of the contract tester.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}

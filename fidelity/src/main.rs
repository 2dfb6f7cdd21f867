//! Measures whether the generated types give back what they read, and refuse what their schemas refuse.

mod client;
mod codec;
mod compare;
mod console;
mod documents;
mod judge;
mod program;
mod report;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Sends values of every named schema through the generated types and back
#[derive(Debug, Parser)]
#[command(name = "cargo xtask fidelity", after_help = EXIT_CODES)]
struct Arguments {
    /// Documents, or folders of them
    #[arg(required = true, value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// Only documents whose path contains this
    #[arg(long, value_name = "SUBSTRING")]
    only: Option<String>,
    /// What the values are made from: the same seed makes the same values
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The most values of each schema, allowed and broken each; spread over all that were made
    #[arg(long, value_name = "N", default_value_t = 200)]
    values: usize,
    /// Where the clients are built, and where the tables go
    #[arg(long, value_name = "FOLDER", default_value = "target/fidelity")]
    out: PathBuf,
    /// Tell instead what the codec costs, beside serde's derives on the same types and allowed values
    #[arg(long)]
    codec: bool,
}

const EXIT_CODES: &str = "\
Written to the folder of --out:
  documents.tsv  one row for each document
  failures.tsv   one row for each value that did not come through: document, schema, rule, place, cause, value

Exit codes:
  0  at least 99.9 % of the allowed values came back, all were read, and 95 % of the broken ones were refused
  1  less than that, or a document could not be measured
  2  the command line was not understood";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = if arguments.codec {
        codec::run(&arguments)
    } else {
        run::run(&arguments)
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            console::complain(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

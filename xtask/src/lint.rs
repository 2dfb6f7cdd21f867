//! `cargo xtask lint`: what is wrong with documents.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::console;
use crate::findings::{self, Findings};

/// Say what is wrong with OpenAPI documents
///
/// Each problem is shown with its file, line and column, its JSON Pointer, and a stable code that can be searched for.
/// Nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask lint spec/mixpeek.yaml
  cargo xtask lint --strict openapi.json other.yaml")]
pub(crate) struct Arguments {
    /// The documents, as JSON or YAML: files, URLs, or - for the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Show every finding, not only the first five of each code
    #[arg(long)]
    all: bool,
    /// Apply an OpenAPI Overlay to each document first; may be given several times
    #[arg(long, value_name = "OVERLAY")]
    overlay: Vec<PathBuf>,
    /// Fetch what the documents refer to by URL
    #[arg(long)]
    allow_remote: bool,
}

/// Reads each document and shows what is wrong with it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut failed = false;
    for file in &arguments.files {
        let findings = lint(file, arguments);
        console::say(&format!("{}: {findings}", file.display()));
        failed |= findings.stop(arguments.strict);
    }
    ExitCode::from(u8::from(failed))
}

fn lint(file: &Path, arguments: &Arguments) -> Findings {
    let mut reading = bindery_fetch::read(file, &arguments.overlay, arguments.allow_remote);
    reading.diagnostics.hold_to_standard();
    let mut findings = Findings::default();
    findings.add(&reading.diagnostics);
    findings::show(&reading, &reading.diagnostics, arguments.all);
    findings
}

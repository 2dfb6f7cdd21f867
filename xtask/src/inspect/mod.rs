//! `cargo xtask inspect`: what is in a document.

mod contents;
mod features;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::console;
use contents::Contents;

/// Show what is in an OpenAPI document
///
/// Its operations by tag, its component schemas by kind, what it uses of the standard and how often, and the files that
/// it is made of. Nothing is judged: `lint` does that.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask inspect spec/mixpeek.yaml
  cargo xtask inspect --json openapi.json > contents.json")]
pub(crate) struct Arguments {
    /// The document, as JSON or YAML: a file, a URL, or - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Apply an OpenAPI Overlay to the document first; may be given several times
    #[arg(long, value_name = "OVERLAY")]
    overlay: Vec<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// Reads the document and shows what is in it; fails when it cannot be read at all.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let reading = bindery_fetch::read(&arguments.file, &arguments.overlay, false);
    let Some(api) = &reading.api else {
        console::complain(&reading.render(&reading.diagnostics));
        return Ok(ExitCode::FAILURE);
    };
    let contents = Contents::of(api, &reading);
    console::say(&if arguments.json {
        serde_json::to_string_pretty(&contents)?
    } else {
        table::render(&contents)
    });
    Ok(ExitCode::SUCCESS)
}

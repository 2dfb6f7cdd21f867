//! `cargo xtask codegen`: clients from documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use bindery_generator::Generator;
use bindery_generator::config::{Client, Config};
use bindery_generator::output::Files;
use bindery_spec::Diagnostics;

use crate::console;
use crate::findings::{self, Findings};
use crate::report::Report;

/// Write the clients of bindery.toml, or one of a document of your own
///
/// Files that are right already are not touched, files that are no longer needed are deleted, and files that a person
/// wrote are left alone. When anything is wrong with a document, nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask codegen
  cargo xtask codegen --check --strict
  cargo xtask codegen --spec openapi.json --out target/pets")]
pub(crate) struct Arguments {
    /// Write nothing; fail, and show how the files differ, when they are not up to date
    #[arg(long)]
    check: bool,
    /// Fail on warnings too, such as for what a client cannot carry
    #[arg(long)]
    strict: bool,
    /// Show every finding, not only the first five of each code
    #[arg(long)]
    all: bool,
    /// Write to this file, as JSON, how much is typed and what is not carried over, why and where
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Fetch what the documents refer to by URL
    #[arg(long)]
    allow_remote: bool,
    /// The configuration; otherwise bindery.toml, here or in the nearest folder above
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    config: Option<PathBuf>,
    /// Make a package of its own from this document (a file, a URL, or - for the standard input), without a configuration
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document of --spec first; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// The folder for the package of --spec: new, empty, or written by an earlier run
    #[arg(long, value_name = "FOLDER", requires = "spec")]
    out: Option<PathBuf>,
    /// The name of the package of --spec; otherwise that of its folder
    #[arg(long, value_name = "NAME", requires = "spec")]
    name: Option<String>,
}

/// Makes every client in memory, then writes or checks all of them.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let clients = clients(arguments)?;
    // All are made before the first is written, so that one bad document leaves everything as it was.
    let made: Vec<_> = clients
        .iter()
        .filter_map(|client| make(client, arguments))
        .collect();
    if made.len() < clients.len() {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(file) = &arguments.report {
        report(file, &made)?;
    }
    let mut current = true;
    for (client, Made { files, .. }) in clients.iter().zip(&made) {
        if arguments.check {
            current &= check(client, files)?;
        } else {
            let report = files.write(&client.output)?;
            console::say(&format!("{}: {report}", client.output.display()));
        }
    }
    if !current {
        console::complain(&format!("help: run `{}`", mend(arguments)));
    }
    Ok(ExitCode::from(u8::from(!current)))
}

/// The clients that the command line asks for.
fn clients(arguments: &Arguments) -> anyhow::Result<Vec<Client>> {
    if let (Some(spec), Some(out)) = (&arguments.spec, &arguments.out) {
        let folder = || out.file_name().map(|name| name.to_string_lossy().into());
        let name = arguments.name.clone().or_else(folder);
        let name =
            name.context("the folder of --out has no name: give the package one with --name")?;
        let mut client = Client::new(spec, out, name)?;
        client.standalone = true;
        client.overlays.clone_from(&arguments.overlay);
        return Ok(vec![client]);
    }
    let file = arguments.config.clone().map_or_else(Config::find, Ok)?;
    Ok(Config::read(file)?.clients)
}

/// What was made of one document.
struct Made {
    files: Files,
    /// Only where it is asked for, because each of its places has to be found in the text.
    report: Option<Report>,
}

/// What a client consists of, or `None` after saying why there is none.
fn make(client: &Client, arguments: &Arguments) -> Option<Made> {
    let reading = bindery_fetch::read(&client.document, &client.overlays, arguments.allow_remote);
    let mut findings = Findings::default();
    findings.add(&reading.diagnostics);
    let mut later = Diagnostics::default();
    let usable = reading.api.as_ref().filter(|_| !findings.stop(false));
    let made = usable.map(|api| {
        let generator = Generator::new(client);
        let krate = generator.lower(api, &mut later);
        let files = generator.emit(api, &krate, &mut later);
        let wanted = arguments.report.as_ref();
        let report = wanted.map(|_| Report::new(&reading, &krate, &later));
        Made { files, report }
    });
    findings.add(&later);
    for diagnostics in [&reading.diagnostics, &later] {
        findings::show(&reading, diagnostics, arguments.all);
    }
    if findings.stop(arguments.strict) {
        let document = client.document.display();
        console::complain(&format!("{document}: {findings}; nothing was written"));
        return None;
    }
    made
}

/// Writes what became of each document to a file, and a line on each to the terminal.
fn report(file: &Path, made: &[Made]) -> anyhow::Result<()> {
    let reports: Vec<_> = made
        .iter()
        .filter_map(|made| made.report.as_ref())
        .collect();
    let text = serde_json::to_string_pretty(&serde_json::json!({ "clients": reports }))?;
    fs::write(file, text + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    for report in reports {
        console::say(&report.to_string());
    }
    Ok(())
}

/// Says how the folder of a client differs from what it should hold.
fn check(client: &Client, files: &Files) -> anyhow::Result<bool> {
    let check = files.check(&client.output)?;
    let output = client.output.display();
    if check.is_current() {
        console::say(&format!("{output}: {} files are up to date", files.len()));
    } else {
        console::complain(&format!("{output} is not up to date\n{check}"));
    }
    Ok(check.is_current())
}

/// The command that writes what a check asked for.
fn mend(arguments: &Arguments) -> String {
    let mut command = String::from("cargo xtask codegen");
    let options = [
        ("config", arguments.config.as_ref()),
        ("spec", arguments.spec.as_ref()),
        ("out", arguments.out.as_ref()),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            command = format!("{command} --{option} {}", value.display());
        }
    }
    for overlay in &arguments.overlay {
        command = format!("{command} --overlay {}", overlay.display());
    }
    if let Some(name) = &arguments.name {
        command = format!("{command} --name {name}");
    }
    command
}

//! One document, in a process of its own: generated, checked, measured.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use anyhow::Context;
use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::ir::Census;
use bindery_generator::output::Files;
use bindery_spec::{Diagnostics, Severity};

use super::row::Row;
use crate::usage::{children_seconds, peak_memory};

/// The folder, beside the target folders, of the client that is done before all others.
pub(super) const WARM_UP: &str = "warm-up";

/// What a document is measured with.
pub(super) struct Task<'t> {
    pub(super) document: &'t Path,
    /// The folder of the client.
    pub(super) output: &'t Path,
    /// The folder that cargo builds into.
    pub(super) target: &'t Path,
    /// `check`, `clippy` or `doc`.
    pub(super) command: &'t str,
}

/// Generates the client of a document and checks it.
pub(super) fn measure(task: &Task) -> anyhow::Result<Row> {
    let mut row = Row::new(&task.document.display().to_string());
    let files = match generate(task, &mut row)? {
        Ok(files) => files,
        Err(why) => {
            row.set("verdict", format!("not generated: {why}"));
            return Ok(row);
        }
    };
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    row.set("lines", lines);
    check(task, &mut row)?;
    Ok(row)
}

fn generate(task: &Task, row: &mut Row) -> anyhow::Result<Result<Files, String>> {
    let start = Instant::now();
    let reading = bindery_spec::read_file(task.document);
    let mut later = Diagnostics::default();
    let files = reading.api.as_ref().map(|api| {
        row.set("version", api.version);
        row.set("operations", api.operations.len());
        row.set("schemas", api.schemas.named().count());
        let mut client = Client::new(task.document, task.output, package(task.output))?;
        client.standalone = true;
        let generator = Generator::new(&client);
        let krate = generator.lower(api, &mut later);
        row.set(
            "typed %",
            format!("{:.1}", Census::of(&krate).typed_percent()),
        );
        anyhow::Ok(generator.emit(api, &krate, &mut later))
    });
    let files = files.transpose()?;
    let diagnostics = reading.diagnostics.iter().chain(later.iter());
    let error = diagnostics
        .into_iter()
        .find(|d| d.severity == Severity::Error);
    let outcome = match (files, error) {
        (Some(files), None) => {
            files.write(task.output)?;
            Ok(files)
        }
        (_, error) => {
            Err(error.map_or_else(|| "no model".to_owned(), |error| error.code.to_owned()))
        }
    };
    row.set(
        "generate s",
        format!("{:.2}", start.elapsed().as_secs_f64()),
    );
    if let Some(kilobytes) = peak_memory("self") {
        row.set("peak MB", kilobytes / 1024);
    }
    Ok(outcome)
}

fn check(task: &Task, row: &mut Row) -> anyhow::Result<()> {
    copy_lock(task)?;
    let before = children_seconds();
    let output = cargo(task)?;
    if let (Some(before), Some(after)) = (before, children_seconds()) {
        row.set("check s", format!("{:.1}", after - before));
    }
    let warnings = warnings(&String::from_utf8_lossy(&output.stdout));
    row.set("warnings", warnings);
    row.set(
        "verdict",
        match (output.status.success(), warnings) {
            (true, 0) => "clean",
            (true, _) => "warnings",
            (false, _) => "does not compile",
        },
    );
    Ok(())
}

/// Lets cargo check the client; nothing but this process waits for what cargo starts.
pub(super) fn cargo(task: &Task) -> anyhow::Result<Output> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            task.command,
            "--message-format",
            "json",
            "--all-features",
            "--manifest-path",
        ])
        .arg(task.output.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(task.target)
        .args((task.command == "doc").then_some("--no-deps"))
        .output()
        .context("cannot start cargo")?;
    // What the compiler said is kept for those who want to know why.
    fs::write(task.output.join("check.json"), &output.stdout)?;
    Ok(output)
}

/// Gives a client the versions that the warm-up settled on, so that cargo need not ask anybody.
fn copy_lock(task: &Task) -> anyhow::Result<()> {
    let lock = task.target.with_file_name(WARM_UP).join("Cargo.lock");
    let own = task.output.join("Cargo.lock");
    if lock.exists() && !own.exists() {
        fs::copy(lock, own)?;
    }
    Ok(())
}

/// How many messages with a place are warnings; the compiler's own count of them has none.
fn warnings(messages: &str) -> usize {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let warning = |message: &serde_json::Value| {
        let message = &message["message"];
        message["level"] == "warning"
            && message["spans"]
                .as_array()
                .is_some_and(|spans| !spans.is_empty())
    };
    messages.filter(warning).count()
}

fn package(output: &Path) -> String {
    output
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_of_the_compiler_is_no_warning() {
        let messages = r#"{"reason":"compiler-message","message":{"level":"warning","spans":[{}]}}
{"reason":"compiler-message","message":{"level":"warning","spans":[]}}
{"reason":"build-finished","success":true}"#;
        assert_eq!(warnings(messages), 1);
    }
}

//! What a command came to, in every form that was asked for.

use std::io::IsTerminal;

use anyhow::Context;
use bindery_contract::report::{Destination, Paint, Report};

use super::{Verdict, show};

/// Where results go, and what fails.
#[derive(clap::Args, Debug)]
pub(super) struct Output {
    /// Writes a report: FORMAT is github, har, html, json, junit or terminal; FILE may be `-`; may be given several times
    #[arg(long, value_name = "FORMAT=FILE")]
    report: Vec<Destination>,
    /// Lets warnings fail the run
    #[arg(long)]
    strict: bool,
}

/// Writes all reports, the one for people to the standard output unless another goes there, and says how it ended.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write(report: &Report<'_>, output: &Output) -> anyhow::Result<Verdict> {
    let mut taken = false;
    for destination in &output.report {
        let text = report.render(destination.format);
        if destination.is_standard() {
            taken = true;
            show(&text);
        } else {
            std::fs::write(&destination.file, text)
                .with_context(|| format!("cannot write the report {destination}"))?;
        }
    }
    if !taken {
        show(&report.paint(paint()));
    }
    Ok(if report.outcome.is_clean(output.strict) {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

/// Colours for a terminal, unless somebody asked for none (no-color.org).
fn paint() -> Paint {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if std::io::stdout().is_terminal() && !unwanted {
        Paint::Colour
    } else {
        Paint::Plain
    }
}

//! The report for people: findings grouped by operation, each with the command that shows it again.

use std::fmt::Write;

use super::Report;
use crate::probe::Finding;

/// Whether a report has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// None.
    Plain,
    /// ANSI escapes.
    Colour,
}

impl Paint {
    fn on(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }

    fn bold(self, text: &str) -> String {
        self.on("1", text)
    }

    fn level(self, level: &str) -> String {
        self.on(if level == "error" { "1;31" } else { "1;33" }, level)
    }
}

/// The report.
pub(super) fn render(report: &Report<'_>, paint: Paint) -> String {
    let mut out = String::new();
    let findings = &report.outcome.findings;
    let mut known: Option<&str> = None;
    for finding in findings {
        if known != Some(&finding.operation) {
            known = Some(&finding.operation);
            let name = paint.bold(&plain(&finding.operation));
            line(
                &mut out,
                &format!("{name}  {} {}", finding.method, plain(&finding.path)),
            );
        }
        describe(&mut out, finding, paint);
    }
    for covered in &report.outcome.coverage {
        if let Some(reason) = &covered.skipped {
            line(
                &mut out,
                &format!(
                    "{} {}: {reason}",
                    paint.bold("skipped"),
                    plain(&covered.operation)
                ),
            );
        }
    }
    for sentence in &report.outcome.not_checked {
        let told = paint.bold("not checked");
        line(&mut out, &format!("{told} {}", plain(sentence)));
    }
    summarize(&mut out, report, paint);
    out
}

fn describe(out: &mut String, finding: &Finding, paint: Paint) {
    let level = paint.level(&finding.level);
    let place = format!("{} {}", finding.location, finding.pointer);
    let (place, rule) = (plain(place.trim_end()), plain(&finding.rule));
    line(
        out,
        &format!("  {level}[{}] {place} · {rule}", finding.code),
    );
    line(out, &format!("    {}", plain(&finding.message)));
    if !finding.reproduced {
        line(
            out,
            "    It did not show again when the request was repeated.",
        );
    }
    if finding.cases > 1 {
        line(out, &format!("    It showed in {} cases.", finding.cases));
    }
    for command in finding.curl.lines() {
        line(out, &format!("    {}", plain(command)));
    }
    line(out, "");
}

fn summarize(out: &mut String, report: &Report<'_>, paint: Paint) {
    let outcome = report.outcome;
    let errors = outcome
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .count();
    let warnings = outcome.findings.len() - errors;
    let probed = outcome
        .coverage
        .iter()
        .filter(|covered| covered.skipped.is_none())
        .count();
    let seen: usize = outcome
        .coverage
        .iter()
        .map(|covered| covered.statuses.len())
        .sum();
    let unseen: usize = outcome
        .coverage
        .iter()
        .map(|covered| covered.unseen.len())
        .sum();
    line(
        out,
        &format!(
            "coverage: {probed} of {} operations, {seen} statuses seen, {unseen} declared ones never, {} requests in {:.1} s, seed {}",
            outcome.coverage.len(),
            outcome.requests,
            outcome.duration.as_secs_f64(),
            outcome.seed,
        ),
    );
    let verdict = if outcome.findings.is_empty() {
        paint.on("1;32", "no findings")
    } else {
        let more = "`bindery-contract explain CODE` says more";
        format!(
            "{}, {}; {more}",
            count(errors, "error"),
            count(warnings, "warning")
        )
    };
    line(
        out,
        &format!(
            "{} at {}: {verdict}",
            plain(report.document),
            plain(report.base_url)
        ),
    );
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A text that came from a server or a document, so that it cannot move the cursor or change colours.
pub fn plain(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' | '\t' => character.escape_default().to_string(),
        _ if character.is_control() => character.escape_unicode().to_string(),
        _ => character.to_string(),
    };
    text.chars().map(shown).collect()
}

fn line(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{text}");
}

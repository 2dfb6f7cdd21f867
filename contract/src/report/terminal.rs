//! The report for people: findings grouped by operation and by cause, each with the command that shows it again.

use std::fmt::Write;

use super::Report;
use crate::probe::{Covered, Finding};

/// The code of failures of a server.
const SERVER_ERROR: &str = "server-error";

/// How many operations are named where many have something in common.
const MAX_NAMES: usize = 6;

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
    let mut known: Option<&str> = None;
    for group in grouped(&report.outcome.findings, cause) {
        let finding = group[0];
        if known != Some(&finding.operation) {
            known = Some(&finding.operation);
            let name = paint.bold(&plain(&finding.operation));
            line(
                &mut out,
                &format!("{name}  {} {}", finding.method, plain(&finding.path)),
            );
        }
        describe(&mut out, finding, paint);
        if let Some(others) = names(group[1..].iter().map(|other| other.operation.as_str())) {
            line(&mut out, &format!("    The same is the case in {others}."));
        }
        line(&mut out, "");
    }
    let coverage = report.outcome.coverage.iter();
    let skipped: Vec<_> = coverage
        .filter(|covered| covered.skipped.is_some())
        .collect();
    for group in grouped(skipped, |covered| &covered.skipped) {
        let reason = group[0].skipped.as_deref().unwrap_or_default();
        let names = names(group.iter().map(|covered| covered.operation.as_str()));
        let told = paint.bold("skipped");
        line(
            &mut out,
            &format!("{told} {}: {reason}", names.unwrap_or_default()),
        );
    }
    for sentence in &report.outcome.not_checked {
        let told = paint.bold("not checked");
        line(&mut out, &format!("{told} {}", plain(sentence)));
    }
    summarize(&mut out, report, paint);
    out
}

fn describe(out: &mut String, finding: &Finding, paint: Paint) {
    let level = paint.level(finding.weight());
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
}

/// What findings of several operations have in common when they have one cause. Failures of a server have one when their
/// answers say the same.
fn cause(finding: &Finding) -> impl PartialEq {
    let body = finding.response.as_ref().map_or("", |own| own.body.trim());
    let says_more =
        !body.is_empty() && !body.to_ascii_lowercase().contains("internal server error");
    let reason = if says_more { body } else { &finding.operation };
    (
        (finding.code == SERVER_ERROR).then_some(reason),
        (&finding.code, &finding.level, finding.reproduced),
        (&finding.location, &finding.pointer),
        (&finding.rule, &finding.message),
    )
}

/// Things with those that are like them, by their first.
fn grouped<'a, T, K: PartialEq>(
    things: impl IntoIterator<Item = &'a T>,
    key: impl Fn(&'a T) -> K,
) -> Vec<Vec<&'a T>> {
    let mut groups: Vec<Vec<&T>> = Vec::new();
    for thing in things {
        let same = groups.iter_mut().find(|group| key(group[0]) == key(thing));
        match same {
            Some(group) => group.push(thing),
            None => groups.push(vec![thing]),
        }
    }
    groups
}

/// The names of operations, each once and not too many; `None` when there is none.
fn names<'a>(operations: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<String> = operations.map(plain).collect();
    names.dedup();
    let more = names.len().saturating_sub(MAX_NAMES);
    names.truncate(MAX_NAMES);
    let listed = names.join(", ");
    match (names.is_empty(), more) {
        (true, _) => None,
        (_, 0) => Some(listed),
        (_, more) => Some(format!("{listed} and {more} more")),
    }
}

fn summarize(out: &mut String, report: &Report<'_>, paint: Paint) {
    let outcome = report.outcome;
    let errors = outcome
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .count();
    let warnings = outcome.findings.len() - errors;
    coverage(out, report);
    let verdict = if outcome.findings.is_empty() {
        paint.on("1;32", "no findings")
    } else {
        format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
    };
    line(
        out,
        &format!(
            "{} at {}: {verdict}",
            plain(report.document),
            plain(report.base_url)
        ),
    );
    if let Some(first) = outcome.findings.first() {
        line(
            out,
            &format!(
                "next: `bindery-contract explain {}` says more; `--report html=FILE` has the exchanges, and what \
                 `--report json=FILE` wrote, `run --replay FILE` sends again",
                plain(&first.code)
            ),
        );
    }
}

/// What of the document was seen.
fn coverage(out: &mut String, report: &Report<'_>) {
    let outcome = report.outcome;
    let all = &outcome.coverage;
    let probed = all
        .iter()
        .filter(|covered| covered.skipped.is_none())
        .count();
    let sum = |count: fn(&Covered) -> usize| all.iter().map(count).sum::<usize>();
    let seen = |never: usize, of: usize, what: &str| {
        let seen = of.saturating_sub(never);
        (of > 0).then(|| format!("{seen} of {of} {what}"))
    };
    let parts = [
        Some(format!("{probed} of {} operations", all.len())),
        Some(format!(
            "{} statuses seen, {} declared ones never",
            sum(|covered| covered.statuses.len()),
            sum(|covered| covered.unseen.len())
        )),
        seen(
            sum(|own| own.unseen_fields.len()),
            sum(|own| own.fields),
            "fields of answers",
        ),
        seen(
            sum(|own| own.unseen_values.len()),
            sum(|own| own.values),
            "values of enumerations",
        ),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    line(
        out,
        &format!(
            "coverage: {}; {} requests in {:.1} s, seed {}",
            parts.join(", "),
            outcome.requests,
            outcome.duration.as_secs_f64(),
            outcome.seed,
        ),
    );
}

/// A number of things, in words.
pub(super) fn count(number: usize, what: &str) -> String {
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

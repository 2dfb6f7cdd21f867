//! The report for continuous integration: JUnit XML, a suite for each operation and a case for each check.

use std::fmt::Write;

use super::Report;
use super::xml::escape;
use crate::checks;
use crate::probe::{Covered, Finding};

/// The report. Warnings are part of the output of a case, and do not fail it.
pub(super) fn render(report: &Report<'_>) -> String {
    let outcome = report.outcome;
    let suites: Vec<Suite<'_>> = outcome
        .coverage
        .iter()
        .map(|covered| Suite::of(covered, &outcome.findings))
        .collect();
    let tests: usize = suites.iter().map(|suite| suite.codes().len()).sum();
    let failures: usize = suites.iter().map(Suite::failures).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let time = outcome.duration.as_secs_f64();
    let name = escape(report.document);
    line(
        &mut out,
        &format!(
            "<testsuites name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"{time:.3}\">"
        ),
    );
    for suite in &suites {
        suite.render(&mut out);
    }
    line(&mut out, "</testsuites>");
    out
}

/// What was seen of one operation.
struct Suite<'a> {
    covered: &'a Covered,
    findings: Vec<&'a Finding>,
}

impl<'a> Suite<'a> {
    fn of(covered: &'a Covered, findings: &'a [Finding]) -> Self {
        let own = |finding: &&Finding| finding.operation == covered.operation;
        Self {
            covered,
            findings: findings.iter().filter(own).collect(),
        }
    }

    /// All our checks, and those of others that found something.
    fn codes(&self) -> Vec<&'a str> {
        let mut codes: Vec<&str> = checks::all().iter().map(|check| check.code).collect();
        for finding in &self.findings {
            if !codes.contains(&finding.code.as_str()) {
                codes.push(&finding.code);
            }
        }
        codes
    }

    fn failures(&self) -> usize {
        let failed = |code: &&&str| self.of_check(code).any(Finding::is_error);
        self.codes().iter().filter(failed).count()
    }

    fn of_check(&self, code: &str) -> impl Iterator<Item = &'a Finding> {
        self.findings
            .iter()
            .copied()
            .filter(move |finding| finding.code == code)
    }

    fn render(&self, out: &mut String) {
        let name = escape(&self.covered.operation);
        let (tests, failures) = (self.codes().len(), self.failures());
        let skipped = if self.covered.skipped.is_some() {
            tests - failures
        } else {
            0
        };
        line(
            out,
            &format!(
                "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
            ),
        );
        for code in self.codes() {
            self.render_case(out, &name, code);
        }
        line(out, "  </testsuite>");
    }

    fn render_case(&self, out: &mut String, suite: &str, code: &str) {
        let head = format!("    <testcase classname=\"{suite}\" name=\"{code}\"");
        let (errors, warnings): (Vec<_>, Vec<_>) =
            self.of_check(code).partition(|finding| finding.is_error());
        if let Some(first) = errors.first() {
            line(out, &format!("{head}>"));
            let (message, text) = (escape(&first.message), escape(&describe(&errors)));
            line(
                out,
                &format!("      <failure type=\"{code}\" message=\"{message}\">{text}</failure>"),
            );
        } else if let Some(reason) = &self.covered.skipped {
            line(out, &format!("{head}>"));
            line(
                out,
                &format!("      <skipped message=\"{}\"/>", escape(reason)),
            );
        } else if warnings.is_empty() {
            return line(out, &format!("{head}/>"));
        } else {
            line(out, &format!("{head}>"));
        }
        if !warnings.is_empty() {
            line(
                out,
                &format!(
                    "      <system-out>{}</system-out>",
                    escape(&describe(&warnings))
                ),
            );
        }
        line(out, "    </testcase>");
    }
}

fn describe(findings: &[&Finding]) -> String {
    let texts: Vec<String> = findings
        .iter()
        .map(|finding| {
            let Finding {
                location,
                pointer,
                rule,
                message,
                curl,
                ..
            } = finding;
            let level = finding.weight();
            format!("{level} at {location} {pointer} (rule {rule}): {message}\n{curl}")
        })
        .collect();
    texts.join("\n\n")
}

fn line(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{text}");
}

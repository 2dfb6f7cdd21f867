//! The report for tools: one JSON object with a version.

use serde::Serialize;

use super::Report;
use crate::probe::{Covered, Finding};

/// Grows when a reader of the version before would misread a report; new fields do not count.
pub(super) const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Body<'a> {
    schema_version: u32,
    document: &'a str,
    base_url: &'a str,
    seed: u64,
    requests: usize,
    duration_ms: u64,
    findings: &'a [Finding],
    coverage: &'a [Covered],
    not_checked: &'a [String],
}

/// The report, with a line break at its end.
pub(super) fn render(report: &Report<'_>) -> String {
    let outcome = report.outcome;
    let body = Body {
        schema_version: SCHEMA_VERSION,
        document: report.document,
        base_url: report.base_url,
        seed: outcome.seed,
        requests: outcome.requests,
        duration_ms: u64::try_from(outcome.duration.as_millis()).unwrap_or(u64::MAX),
        findings: &outcome.findings,
        coverage: &outcome.coverage,
        not_checked: &outcome.not_checked,
    };
    // Strings, numbers and lists are all that is in it, so it cannot fail.
    let text = serde_json::to_string_pretty(&body).unwrap_or_default();
    format!("{text}\n")
}

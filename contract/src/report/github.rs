//! Annotations for GitHub Actions: a workflow command for each finding.

use super::{Report, terminal::plain};

/// The commands, one a line.
pub(super) fn render(report: &Report<'_>) -> String {
    let findings = report.outcome.findings.iter();
    let commands = findings.map(|finding| {
        let command = if finding.is_error() {
            "error"
        } else {
            "warning"
        };
        let place = format!("{} {}", finding.location, finding.pointer);
        let text = format!(
            "{} {} at {}: {}\n{}",
            finding.method,
            finding.path,
            place.trim_end(),
            finding.message,
            finding.curl
        );
        let piece = finding.document.as_ref();
        let file = piece.and_then(|piece| piece.file.as_deref());
        let line = piece.and_then(|piece| piece.line);
        format!(
            "::{command} file={}{},title={}::{}\n",
            property(file.unwrap_or(report.document)),
            line.map(|line| format!(",line={line}")).unwrap_or_default(),
            property(&format!("{}: {}", finding.operation, finding.code)),
            data(&text)
        )
    });
    commands.collect()
}

/// A text after the command. A line break that is not escaped would begin another command.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(plain).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// A text as a property of the command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

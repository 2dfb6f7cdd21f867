//! The contents of a document as text for a terminal.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use super::contents::{Call, Contents};

/// Everything that was counted, section by section; empty sections are left out.
pub(super) fn render(contents: &Contents) -> String {
    let mut text = format!(
        "{} {} ({})\n",
        contents.title, contents.version, contents.standard
    );
    section(&mut text, "servers", &contents.servers);
    let security = contents.security.iter();
    section(
        &mut text,
        "security schemes",
        security.map(|(name, kind)| format!("{name}: {kind}")),
    );
    if contents.files.len() > 1 {
        section(
            &mut text,
            "files",
            contents.files.iter().map(|file| {
                format!(
                    "{}: {} bytes, {} operations, {} places with a schema",
                    file.name, file.bytes, file.operations, file.schema_places
                )
            }),
        );
    }
    operations(&mut text, contents);
    let (named, places) = (
        contents.components.values().sum::<usize>(),
        contents.schema_places,
    );
    let title = format!("{named} component schemas, {places} places with a schema");
    counts(&mut text, &title, &contents.components);
    let features = &contents.features;
    for (title, of) in [
        ("keywords", &features.keywords),
        ("formats", &features.formats),
        ("media types of requests", &features.requests),
        ("media types of responses", &features.responses),
        ("statuses", &features.statuses),
        ("parameters", &features.parameters),
        ("others", &features.others),
    ] {
        counts(&mut text, title, of);
    }
    let problems = &contents.problems;
    let (errors, warnings) = (problems.errors, problems.warnings);
    let _ = write!(
        text,
        "\n{errors} errors, {warnings} warnings; `cargo xtask lint` shows them\n"
    );
    text
}

fn operations(text: &mut String, contents: &Contents) {
    let _ = write!(text, "\n{} operations\n", contents.operations());
    for tag in &contents.tags {
        let name = if tag.name.is_empty() {
            "(no tag)"
        } else {
            &tag.name
        };
        let _ = writeln!(text, "  {name}: {}", tag.operations.len());
        for call in &tag.operations {
            let _ = writeln!(text, "    {}", line(call));
        }
    }
    section(text, "webhooks", contents.webhooks.iter().map(line));
}

fn line(call: &Call) -> String {
    let id = call.id.as_deref().unwrap_or("(no operationId)");
    let deprecated = if call.deprecated { ", deprecated" } else { "" };
    format!("{:7} {}  {id}{deprecated}", call.method, call.path)
}

fn section(text: &mut String, title: &str, lines: impl IntoIterator<Item = impl Display>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() {
        let _ = write!(text, "\n{title}\n");
    }
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
}

/// A section of counts, the largest first.
fn counts(text: &mut String, title: &str, counts: &BTreeMap<impl Display, usize>) {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let lines = sorted
        .into_iter()
        .map(|(name, count)| format!("{count:7} {name}"));
    section(text, title, lines);
}

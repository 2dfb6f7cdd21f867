//! Diagnostics for people: the sentence, the place, the line of the file with a caret, related places, help.

use std::fmt::Write;

use indexmap::IndexMap;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Location, Place, SourceMap};

/// The longest part of a source line that is shown, in characters.
const WIDTH: usize = 120;

/// All diagnostics as text for a terminal, in the order in which they were found.
///
/// ```
/// let reading = bindery_spec::read_text("pets.yaml", "openapi: 9.9.9\n");
/// let text = reading.render(&reading.diagnostics);
/// assert!(text.starts_with("error[version-unsupported]"));
/// assert!(text.contains("pets.yaml:1:1"));
/// ```
pub fn render(sources: &SourceMap, diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        if !out.is_empty() {
            out.push('\n');
        }
        render_one(&mut out, sources, diagnostic);
    }
    out
}

/// The same, with only the first few findings of each code and how many more there are.
///
/// ```
/// let reading = bindery_spec::read_text("pets.yaml", "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// paths: {}
/// a: 1
/// b: 1
/// ");
/// let text = bindery_spec::diagnostic::render_brief(&reading.sources, &reading.diagnostics, 1);
/// assert!(text.contains("and 1 more of [key-unknown]"));
/// ```
pub fn render_brief(sources: &SourceMap, diagnostics: &Diagnostics, most: usize) -> String {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    let mut shown = Diagnostics::default();
    for diagnostic in diagnostics.iter() {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= most {
            shown.push(diagnostic.clone());
        }
    }
    let mut out = render(sources, &shown);
    for (code, count) in counts.iter().filter(|(_, count)| **count > most) {
        line(
            &mut out,
            format_args!("\n… and {} more of [{code}]", count - most),
        );
    }
    out
}

fn render_one(out: &mut String, sources: &SourceMap, diagnostic: &Diagnostic) {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    line(
        out,
        format_args!("{severity}[{}]: {}", diagnostic.code, diagnostic.message),
    );
    if let Some(at) = &diagnostic.at {
        render_place(out, sources, at, "");
    }
    for (message, at) in &diagnostic.related {
        render_place(out, sources, at, message);
    }
    if let Some(help) = &diagnostic.help {
        line(out, format_args!("  = help: {help}"));
    }
}

fn render_place(out: &mut String, sources: &SourceMap, at: &Place, message: &str) {
    let location = sources.locate(at);
    let (number, column) = (location.line, location.column);
    let name = sources.name(location.file);
    let gutter = " ".repeat(number.to_string().len());
    let pointer = if at.pointer.is_empty() {
        String::new()
    } else {
        format!(" at {}", at.pointer)
    };
    line(
        out,
        format_args!("{gutter}--> {name}:{number}:{column}{pointer}"),
    );
    let snippet = snippet(sources.text(location.file), &location);
    line(out, format_args!("{gutter} |"));
    line(out, format_args!("{number} | {}", snippet.text));
    let caret = "^".repeat(snippet.length);
    line(
        out,
        format_args!("{gutter} | {}{caret} {message}", " ".repeat(snippet.indent)),
    );
}

/// A part of one line of a file, and what to underline in it, in characters.
struct Snippet {
    text: String,
    indent: usize,
    length: usize,
}

/// Cuts the line down to what a terminal shows, with the place in it.
fn snippet(text: &str, location: &Location) -> Snippet {
    let line_start = text[..location.offset]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let source = text[line_start..].lines().next().unwrap_or_default();
    let column = location.column;
    let start = (column - 1).saturating_sub(WIDTH / 2);
    let cut: String = source
        .chars()
        .skip(start)
        .take(WIDTH)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let shown = cut.chars().count();
    let (left, right) = (
        if start > 0 { "…" } else { "" },
        if source.chars().count() > start + shown {
            "…"
        } else {
            ""
        },
    );
    let indent = column - 1 - start;
    Snippet {
        text: format!("{left}{cut}{right}"),
        indent: indent + usize::from(start > 0),
        length: location
            .length
            .clamp(1, shown.saturating_sub(indent).max(1)),
    }
}

/// Adds a line without white space at its end.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{text}");
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

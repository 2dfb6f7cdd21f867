//! Tabs that indent YAML, which does not allow them (YAML 1.2 §6.1).

use std::borrow::Cow;

/// The text with a space for each tab before the first word of a line, so that every byte stays where it is.
pub(crate) fn without_tabs(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| indent(line).contains('\t')) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let (indent, rest) = line.split_at(indent(line).len());
        indent.replace('\t', " ") + rest
    });
    Cow::Owned(lines.collect())
}

fn indent(line: &str) -> &str {
    let end = line.find(|c| c != ' ' && c != '\t');
    &line[..end.unwrap_or(line.len())]
}

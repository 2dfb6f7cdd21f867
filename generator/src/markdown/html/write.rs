//! What an element is in Markdown, once its content has been read.

use super::element::Element;

/// Ends a cell, and a row, in the text of a table that is still being read.
const CELL: char = '\u{1f}';
const ROW: char = '\u{1e}';

/// An element with its content, inside the element `around`; `flows` says whether white space is laid out anew there.
pub(super) fn element(
    element: &Element,
    text: &str,
    around: Option<&Element>,
    flows: bool,
) -> String {
    let words = text.trim();
    match element {
        Element::Strong => marked(text, "**", "**"),
        Element::Emphasis => marked(text, "*", "*"),
        Element::Deleted => marked(text, "~~", "~~"),
        Element::Code if text.contains('`') => text.to_owned(),
        Element::Code => marked(&characters(text), "`", "`"),
        Element::Link(url) if url.is_empty() => text.to_owned(),
        Element::Link(url) => marked(text, "[", &format!("]({url})")),
        Element::Preformatted => {
            let code = characters(text);
            format!("\n\n```text\n{}\n```\n\n", code.trim_matches('\n'))
        }
        Element::Heading(level) => format!("\n\n{} {words}\n\n", "#".repeat(*level)),
        Element::Item => item(words, around == Some(&Element::List(true))),
        Element::List(_) if flows => text.trim_end().to_owned(),
        Element::List(_) => format!("\n\n{words}\n\n"),
        Element::Cell => format!("{}{CELL}", words.replace('|', r"\|").replace('\n', " ")),
        Element::Row => format!("{words}{ROW}"),
        Element::Table => table(text),
        _ => text.to_owned(),
    }
}

fn item(words: &str, numbered: bool) -> String {
    let marker = if numbered { "1." } else { "-" };
    let indented = format!("\n{}", " ".repeat(marker.len() + 1));
    format!("\n{marker} {}", words.replace('\n', &indented))
}

/// Puts marks around a text, next to its first and last word. Text of several paragraphs, and none, gets no marks.
fn marked(text: &str, before: &str, after: &str) -> String {
    let words = text.trim();
    if words.is_empty() || words.contains("\n\n") {
        return text.to_owned();
    }
    let (start, end) = text.split_once(words).unwrap_or_default();
    format!("{start}{before}{words}{after}{end}")
}

/// A table, whose first row is its head, because Markdown has none without.
fn table(text: &str) -> String {
    let rows = text
        .split(ROW)
        .map(|row| row.split_terminator(CELL).collect::<Vec<_>>());
    let rows: Vec<_> = rows.filter(|row| !row.concat().trim().is_empty()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::from("\n\n");
    for (index, row) in rows.iter().enumerate() {
        let cells = (0..width).map(|at| row.get(at).map_or("", |cell| cell.trim()));
        out.extend(cells.map(|cell| format!("| {cell} ")));
        out.push_str("|\n");
        if index == 0 {
            out.push_str(&"| --- ".repeat(width));
            out.push_str("|\n");
        }
    }
    out.push('\n');
    out
}

/// The characters that entities stand for, which nobody resolves in code.
fn characters(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

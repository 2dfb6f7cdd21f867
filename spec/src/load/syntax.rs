//! What the parsers have to say, as diagnostics with a place.

use serde_json::Number;

use super::value::{Remark, RemarkKind, TOO_MANY_NODES};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::source::{FileId, Place, SourceMap};

/// The error of a JSON text.
pub(super) fn json(file: FileId, text: &str, error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    let offset = offset(text, error.line(), error.column());
    syntax(file, text, &codes::JSON_SYNTAX, &message, Some(offset))
}

/// The error of a YAML text.
pub(super) fn yaml(file: FileId, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let offset = error.location().map(|location| location.index());
    syntax(file, text, &codes::YAML_SYNTAX, &error.to_string(), offset)
}

/// What was noticed in a text that could be read.
pub(super) fn remarks(sources: &SourceMap, file: FileId, remarks: &[Remark]) -> Vec<Diagnostic> {
    remarks
        .iter()
        .filter_map(|remark| {
            let root = Place::root(file);
            let at = remark
                .path
                .iter()
                .rev()
                .fold(root, |place, key| place.child(key));
            Some(match &remark.kind {
                RemarkKind::DuplicateKey => duplicate(sources, &at, &remark.path[0]),
                RemarkKind::Tag(tag) => {
                    codes::YAML_TAG_IGNORED.at(&at, format!("the tag `!{tag}` is ignored"))
                }
                RemarkKind::Tabs => codes::YAML_TABS
                    .at(&first_tab(sources, file), "tabs do not indent in YAML")
                    .help("use spaces"),
                RemarkKind::Documents => codes::SEVERAL_DOCUMENTS
                    .at(
                        &at,
                        "there are more documents in this file; only the first is read",
                    )
                    .help("put each document into a file of its own"),
                RemarkKind::Merge => {
                    codes::MERGE_INVALID.at(&at, "`<<` is neither an object nor a list of objects")
                }
                RemarkKind::Rounded(number) => rounded(sources, &at, number)?,
            })
        })
        .collect()
}

/// An integer that is not kept as it is written; what has an exponent is meant as a float.
fn rounded(sources: &SourceMap, at: &Place, number: &Number) -> Option<Diagnostic> {
    let written = sources.number(at, number).unwrap_or_default();
    let is_integer = written
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-".contains(&b));
    let message = format!("this integer does not fit into 64 bits, and is read as {number}");
    is_integer.then(|| codes::NUMBER_ROUNDED.at(at, message))
}

fn first_tab(sources: &SourceMap, file: FileId) -> Place {
    let root = Place::root(file);
    match sources.text(file).find("\n\t") {
        Some(at) => root.at_offset(at + 1),
        None => root,
    }
}

fn duplicate(sources: &SourceMap, at: &Place, key: &str) -> Diagnostic {
    let places = sources.occurrences(at);
    let diagnostic = codes::DUPLICATE_KEY
        .at(
            places.last().unwrap_or(at),
            format!("the key `{key}` stands here again, and what stands here last counts"),
        )
        .help("rename or remove one of them");
    match places.as_slice() {
        [first, .., _] => diagnostic.related("first here", first),
        _ => diagnostic,
    }
}

fn syntax(
    file: FileId,
    text: &str,
    code: &Code,
    message: &str,
    offset: Option<usize>,
) -> Diagnostic {
    let place = match offset {
        Some(offset) => Place::root(file).at_offset(offset),
        None => Place::root(file),
    };
    // The libraries tell what went wrong only in words.
    let (code, help) = if message.contains("recursion limit") {
        (
            &codes::NESTING_TOO_DEEP,
            Some("at most 128 objects and arrays may stand inside each other"),
        )
    } else if message.contains(TOO_MANY_NODES) || message.contains("repetition limit") {
        (
            &codes::DOCUMENT_TOO_LARGE,
            Some("look for YAML aliases that multiply"),
        )
    } else if code.name == codes::YAML_SYNTAX.name && is_tabbed(text, offset) {
        (code, Some("YAML does not allow tabs for indentation"))
    } else {
        (code, None)
    };
    let diagnostic = code.at(&place, without_position(message));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The message without the position, which is shown beside it.
fn without_position(message: &str) -> &str {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    &message[..end]
}

/// Whether the line of an offset is indented with a tab.
fn is_tabbed(text: &str, offset: Option<usize>) -> bool {
    let before = offset
        .and_then(|offset| text.get(..offset))
        .unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    text[line..]
        .chars()
        .take_while(|c| *c == ' ' || *c == '\t')
        .any(|c| c == '\t')
}

/// The offset of a line and a column in bytes, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (lines + column.saturating_sub(1)).min(text.len())
}

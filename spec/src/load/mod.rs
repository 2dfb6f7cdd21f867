//! Text in, one JSON value out: JSON by `serde_json`, YAML by `serde_yaml`, both through the same visitor.

mod encoding;
mod merge;
mod syntax;
mod tabs;
mod value;

use std::fmt::Display;
use std::fs;
use std::path::Path;

pub(crate) use tabs::without_tabs;
pub(crate) use value::MAX_NODES;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileId, Place, SourceMap};
use crate::{Diagnostics, Value};

/// The largest file that is read, in bytes: more than the largest real documents have, whose references were replaced
/// by what they lead to.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// The text of a file.
///
/// # Errors
/// A diagnostic without a place when the file cannot be opened, is too large or is neither UTF-8 nor UTF-16.
pub(crate) fn read(path: &Path) -> Result<String, Diagnostic> {
    let unreadable = |why: &dyn Display| {
        codes::FILE_UNREADABLE.nowhere(format!("cannot read {}: {why}", path.display()))
    };
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        return Err(unreadable(&"it is a folder"));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large(&path.display(), metadata.len()));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    text(bytes).map_err(|why| unreadable(&why))
}

/// The text of what was fetched.
///
/// # Errors
/// Why it is none.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, String> {
    encoding::decode(bytes).map_err(|at| format!("it is not UTF-8 text at byte {at}"))
}

/// The value of a text, which is added to the files under its name.
///
/// Without a value there is at least one error among the diagnostics.
pub(crate) fn parse(
    sources: &mut SourceMap,
    name: &str,
    text: impl Into<String>,
    sink: &mut Diagnostics,
) -> (FileId, Option<Value>) {
    let mut text = text.into();
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.len() as u64 > MAX_BYTES {
        sink.push(too_large(&name, text.len() as u64));
        return (sources.add(name, ""), None);
    }
    let file = sources.add(name, text);
    let value = parse_file(sources, file, sink);
    (file, value)
}

/// Whether a text starts as JSON does.
pub(crate) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn parse_file(sources: &SourceMap, file: FileId, sink: &mut Diagnostics) -> Option<Value> {
    let (name, text) = (sources.name(file), sources.text(file));
    let parsed = if looks_like_json(text) {
        value::from_json(text).or_else(|error| {
            // Flow style makes YAML that starts like JSON.
            match value::from_yaml(text) {
                Ok(parsed) if !has_extension(name, "json") => Ok(parsed),
                _ => Err(syntax::json(file, text, &error)),
            }
        })
    } else {
        value::from_yaml(text).map_err(|error| syntax::yaml(file, text, &error))
    };
    match parsed {
        Ok(parsed) if parsed.value.is_null() && is_blank(text) => {
            sink.push(codes::FILE_EMPTY.at(&Place::root(file), format!("{name} is empty")));
            None
        }
        Ok(parsed) => {
            sink.extend(syntax::remarks(sources, file, &parsed.remarks));
            Some(parsed.value)
        }
        Err(error) => {
            sink.push(error);
            None
        }
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// Whether a YAML text has no content: only white space, comments and document markers.
fn is_blank(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with('#') || line == "---" || line == "...")
}

fn too_large(name: &dyn Display, bytes: u64) -> Diagnostic {
    codes::FILE_TOO_LARGE.nowhere(format!(
        "{name} has {bytes} bytes, and the limit is {MAX_BYTES}"
    ))
}

//! Which files of a folder are OpenAPI documents.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The documents in a folder and the folders below, or the file itself, in the order of their paths.
///
/// A file that another one refers to is no document, because it has no version of the standard at its root.
pub(super) fn documents(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() {
            found.extend(documents(&entry)?);
        } else if is_document(&entry)? {
            found.push(entry);
        }
    }
    Ok(found)
}

/// What is in a folder, in the order of the paths.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn is_document(path: &Path) -> io::Result<bool> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("json" | "yaml" | "yml")) {
        return Ok(false);
    }
    let bytes = fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        return Ok(text.lines().any(states_version));
    }
    // The version of a large document may stand at its very end. Broken JSON is to show in the table, not to be missed.
    let root = serde_json::from_str::<Root>(text);
    Ok(root.map_or_else(
        |_| text.split(['{', ',', '\n']).any(states_version),
        |root| root.openapi.or(root.swagger).is_some(),
    ))
}

/// The keys of a root that tell which standard it keeps to.
#[derive(Deserialize)]
struct Root {
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
}

/// Whether a line says `openapi: 3.1.0` or `"swagger": "2.0"`.
fn states_version(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let key = key.trim_matches(|c: char| c.is_whitespace() || "\"'{\u{feff}".contains(c));
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
    matches!(key, "openapi" | "swagger") && value.starts_with(['2', '3'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_tells_a_document() {
        for line in [
            "openapi: 3.1.0",
            "\"swagger\" : \"2.0\",",
            "{\"openapi\":\"3.0.0\"",
            "swagger: '2.0'",
        ] {
            assert!(states_version(line), "{line}");
        }
        for line in [
            "type: object",
            "openapi:",
            "title: openapi: 3",
            "\"x\": \"openapi\"",
        ] {
            assert!(!states_version(line), "{line}");
        }
    }
}

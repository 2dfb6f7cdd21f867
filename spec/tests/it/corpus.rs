//! Every real document of the corpus is readable.

#![expect(
    clippy::print_stdout,
    reason = "a skipped test says why on the terminal of the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use bindery_spec::{Reading, read_file};

/// The folder of the corpus; `None` with a printed reason where it is absent.
fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("BINDERY_CORPUS").map_or(default, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: there is no corpus at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// All JSON and YAML files under a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path
            .extension()
            .is_some_and(|e| e == "json" || e == "yaml" || e == "yml")
        {
            found.push(path);
        }
    }
    found
}

/// Whether a file is the root of a document, and no part of another.
fn is_root(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().take(50).any(|line| {
        let line = line.trim_start_matches([' ', '{', '\t']);
        [
            "openapi:",
            "swagger:",
            "\"openapi\"",
            "\"swagger\"",
            "'openapi'",
            "'swagger'",
        ]
        .iter()
        .any(|key| line.starts_with(key))
    })
}

fn errors(reading: &Reading) -> String {
    let mut errors = bindery_spec::Diagnostics::default();
    let found = reading.diagnostics.iter();
    errors.extend(
        found
            .filter(|d| d.severity == bindery_spec::Severity::Error)
            .cloned(),
    );
    reading.render(&errors)
}

/// Documents that are really broken, by the code that says so. They are still readable.
const BROKEN: &[(&str, &str)] = &[("airbyte-api.yaml", "reference-not-found")];

#[test]
fn every_real_document_is_readable() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut failures = Vec::new();
    let folders = [
        "real",
        "guru",
        "learn",
        "multifile",
        "oai/3.1/pass",
        "oai/3.2/pass",
    ];
    for path in folders
        .iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        if !is_root(&path) {
            continue;
        }
        let reading = read_file(&path);
        let broken = BROKEN.iter().find(|(name, _)| path.ends_with(name));
        let errors = errors(&reading);
        if reading.api.is_none() || errors.is_empty() == broken.is_some() {
            failures.push(format!("{}\n{errors}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The cases of the standard's own authors: judged by the standard, `pass` is accepted and `fail` is refused.
#[test]
fn the_standards_own_cases_are_judged_right() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut failures = Vec::new();
    for path in files(&corpus.join("oai")) {
        let mut reading = read_file(&path);
        reading.diagnostics.hold_to_standard();
        let is_good = path.components().any(|part| part.as_os_str() == "pass");
        if reading.diagnostics.has_errors() == is_good {
            failures.push(format!("{}\n{}", path.display(), errors(&reading)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

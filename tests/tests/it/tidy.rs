//! Holds the tree to what can be checked of CONTRIBUTING.md and ARCHITECTURE.md.

use std::collections::BTreeMap;

use bindery_tests::tree::{self, Source};
use toml::Table;

/// The most lines that a file of ours may have; tests and generated code may have more.
const MOST_LINES: usize = 400;

/// Which crates of the workspace a crate may stand on.
const DIRECTIONS: [(&str, &[&str]); 11] = [
    ("spec", &[]),
    ("generator", &["bindery-spec"]),
    ("generator/runtime", &[]),
    ("generator/runtime/tests/golden", &["bindery-runtime"]),
    ("generated", &[]),
    ("contract", &["bindery-fetch", "bindery-spec"]),
    ("fetch", &["bindery-spec"]),
    (
        "fidelity",
        &["bindery-contract", "bindery-generator", "bindery-spec"],
    ),
    (
        "xtask",
        &["bindery-fetch", "bindery-generator", "bindery-spec"],
    ),
    ("tests", &["*"]),
    ("benches", &["mixpeek"]),
];

/// The client that is generated, and the one that shows what a generated client should be.
const STANDALONE: [&str; 2] = ["generated", "generator/runtime/tests/golden"];

#[test]
fn every_file_says_what_it_is_for() {
    refuse(rust().filter_map(|source| {
        let first = source.text.lines().find(|line| !line.starts_with("#!["))?;
        let said = first.starts_with("//! ") || source.is_generated();
        (!said).then(|| format!("{}: the first line is not `//! …`", source.path))
    }));
}

#[test]
fn no_file_is_too_long() {
    refuse(
        own_rust()
            .filter(|source| !source.is_test())
            .filter_map(|source| {
                let lines = source.text.lines().count();
                (lines > MOST_LINES).then(|| format!("{}: {lines} lines", source.path))
            }),
    );
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    refuse_lines(own_rust(), |line| {
        words.iter().any(|word| line.contains(word))
    });
}

#[test]
fn every_silenced_lint_has_a_reason() {
    let mut bare = Vec::new();
    for source in own_rust() {
        let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
        for (index, line) in lines.iter().enumerate() {
            let above = index.checked_sub(1).map_or("", |above| lines[above]);
            let silences = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
            let attribute = lines[index..].iter().take(4).copied().collect::<String>();
            if silences.iter().any(|start| line.starts_with(start))
                && !attribute.contains("reason = ")
                && !above.starts_with("// ")
            {
                bare.push(format!("{}:{}: {line}", source.path, index + 1));
            }
        }
    }
    refuse(bare);
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for (folder, allowed) in DIRECTIONS {
        for name in dependencies(&manifest(folder), "dependencies") {
            let ours = name == "mixpeek" || name.starts_with("bindery-");
            if ours && allowed != ["*"] && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{folder} must not stand on {name}"));
            }
        }
    }
    refuse(wrong);
}

#[test]
fn every_member_has_a_direction() {
    let members = manifest("")["workspace"]["members"].clone();
    let members: Vec<String> = members.try_into().unwrap();
    let known: Vec<&str> = DIRECTIONS.iter().map(|(folder, _)| *folder).collect();
    assert_eq!(members, known);
}

#[test]
fn versions_and_lints_stand_in_one_place() {
    let mut wrong = Vec::new();
    // Generated crates also stand alone, so that they say everything themselves.
    let shared = DIRECTIONS
        .iter()
        .filter(|(folder, _)| !STANDALONE.contains(folder));
    for (folder, _) in shared {
        let manifest = manifest(folder);
        if manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .is_none()
        {
            wrong.push(format!(
                "{folder}: the lints are not those of the workspace"
            ));
        }
        for kind in ["dependencies", "dev-dependencies"] {
            let table = manifest.get(kind).and_then(toml::Value::as_table);
            for (name, value) in table.into_iter().flatten() {
                let ours = value.get("workspace").is_some() || value.get("path").is_some();
                if !ours {
                    wrong.push(format!(
                        "{folder}: the version of {name} is not the workspace's"
                    ));
                }
            }
        }
    }
    refuse(wrong);
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    let folders = ["home", "root", "tmp", "Users", "work"].map(|name| format!("/{name}/"));
    let files = tree::sources(&[".rs", ".toml", ".md", ".yaml", ".json", ".snap"]);
    refuse_lines(files.into_iter(), |line| {
        folders.iter().any(|folder| starts_a_path(line, folder))
    });
}

/// Whether a folder of the root directory is named: after a space, a quote or the like, so that URLs do not count.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '(' | '='))
    })
}

fn rust() -> impl Iterator<Item = Source> {
    tree::sources(&[".rs"]).into_iter()
}

fn own_rust() -> impl Iterator<Item = Source> {
    rust().filter(|source| !source.is_generated())
}

fn manifest(folder: &str) -> Table {
    let path = tree::root().join(folder).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.parse().unwrap()
}

fn dependencies(manifest: &Table, kind: &str) -> Vec<String> {
    let table: BTreeMap<String, toml::Value> = manifest
        .get(kind)
        .cloned()
        .map_or_else(BTreeMap::new, |table| table.try_into().unwrap());
    table.into_keys().collect()
}

fn refuse_lines(sources: impl Iterator<Item = Source>, is_bad: impl Fn(&str) -> bool) {
    let bad = sources.flat_map(|source| {
        let lines = source.text.lines().enumerate();
        let bad = lines.filter(|(_, line)| is_bad(line));
        bad.map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
            .collect::<Vec<_>>()
    });
    refuse(bad);
}

#[track_caller]
fn refuse(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

//! The runtime that is embedded is the whole runtime, and can be compiled where it is put.

use std::fs;
use std::path::{Path, PathBuf};

use super::sources::SOURCES;
use super::*;
use crate::ir::RuntimePart;

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_runtime_is_embedded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let mut found = Vec::new();
    walk(&root.join("src/runtime"), &mut found);
    for path in found {
        let path = path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        assert!(
            SOURCES.iter().any(|(embedded, _)| *embedded == path),
            "`{path}` is not in the list of generator/src/runtime/sources.rs"
        );
    }
}

#[test]
fn tests_of_the_runtime_stay_outside_of_what_is_embedded() {
    for (path, text) in SOURCES {
        let why = "tests of the runtime belong into generator/runtime/tests";
        assert!(!text.contains("cfg(test)"), "{path}: {why}");
    }
}

#[test]
fn the_manifest_has_the_versions_of_the_workspace() {
    let text = manifest(
        "pets",
        "All \"pets\".",
        &["tag-a", "tag-电力"],
        &toml::Table::new(),
        &RuntimePart::ALL.into(),
        false,
    );
    let manifest: toml::Table = text.parse().unwrap();
    assert_eq!(
        manifest["package"]["description"].as_str(),
        Some("All \"pets\".")
    );
    assert_eq!(manifest["package"]["edition"].as_str(), Some("2024"));
    let workspace: toml::Table = include_str!("../../../Cargo.toml").parse().unwrap();
    let versions = &workspace["workspace"]["dependencies"];
    assert_eq!(manifest["dependencies"]["bytes"], versions["bytes"]);
    let reqwest = &manifest["dependencies"]["reqwest"];
    assert_eq!(reqwest["version"], versions["reqwest"]["version"]);
    assert_eq!(reqwest["default-features"].as_bool(), Some(false));
    assert_eq!(reqwest["features"][0].as_str(), Some("stream"));
    assert_eq!(manifest["features"]["default"][0].as_str(), Some("rustls"));
    assert!(!text.contains("workspace"));
    assert_eq!(
        manifest["features"]["all-tags"][1].as_str(),
        Some("tag-电力")
    );
    let default = manifest["features"]["default"].as_array().unwrap();
    assert_eq!(default.last().unwrap().as_str(), Some("all-tags"));
}

/// What users of a client choose, as it stands in the manifest of a client with these parts.
fn features(parts: &[RuntimePart]) -> (Vec<String>, bool) {
    let parts = parts.iter().copied().collect();
    let text = manifest("pets", "Pets.", &[], &toml::Table::new(), &parts, false);
    let manifest: toml::Table = text.parse().unwrap();
    let default = manifest["features"]["default"].as_array().unwrap();
    let default = default.iter().map(|name| name.as_str().unwrap().to_owned());
    (
        default.collect(),
        manifest["dependencies"].get("regress").is_some(),
    )
}

#[test]
fn a_manifest_has_nothing_of_parts_but_what_users_choose() {
    let rustls = || "rustls".to_owned();
    assert_eq!(features(&[]), (vec![rustls()], false));
    assert_eq!(features(&[RuntimePart::Tokens]), (vec![rustls()], false));
    let with_patterns = vec![rustls(), "patterns".to_owned()];
    assert_eq!(features(&[RuntimePart::Patterns]), (with_patterns, true));
}

#[test]
fn with_all_parts_the_runtime_is_the_whole_runtime() {
    let hidden = |line: &str| line.trim_start().starts_with("#[cfg(feature = \"part-");
    let made: Vec<_> = sources(&RuntimePart::ALL.into()).collect();
    assert_eq!(made.len(), SOURCES.len());
    for ((path, made), (_, text)) in made.iter().zip(SOURCES) {
        let whole: Vec<_> = text.lines().filter(|line| !hidden(line)).collect();
        assert_eq!(made.lines().collect::<Vec<_>>(), whole, "{path}");
    }
}

#[test]
fn without_parts_nothing_speaks_of_them() {
    let made: Vec<_> = sources(&[].into()).collect();
    for name in [
        "oauth2",
        "pagination",
        "events",
        "multipart",
        "tuple",
        "union",
    ] {
        let file = format!("/{name}.rs");
        assert!(
            made.iter().all(|(path, _)| !path.ends_with(&file)),
            "{name}"
        );
    }
    for (path, text) in made {
        for words in [
            "feature = \"part",
            "feature = \"patterns",
            "\n\n\n",
            "{\n\n",
            "\n\n}",
        ] {
            assert!(!text.contains(words), "{words:?} in {path}:\n{text}");
        }
    }
}

#[test]
fn what_belongs_to_a_part_goes_with_what_is_said_of_it() {
    let text = "\
use a::A;
#[cfg(feature = \"part-pages\")]
use a::{
    B, C,
};

enum D {
    /// Stays.
    E,
    /// Goes.
    #[cfg(feature = \"part-pages\")]
    F,
    #[cfg(feature = \"patterns\")]
    G,
}

impl D {
    /// Goes.
    #[cfg(feature = \"part-pages\")]
    #[must_use]
    fn h(
        self,
    ) -> Self {
        match self {
            _ => self,
        }
    }

    #[cfg(not(feature = \"patterns\"))]
    fn i() {
        // Goes.
        #[cfg(feature = \"part-pages\")]
        j();
        k();
    }
}

/// Goes.
#[cfg(feature = \"part-pages\")]
fn l() {}
";
    let without = "\
use a::A;

enum D {
    /// Stays.
    E,
}

impl D {
    fn i() {
        k();
    }
}
";
    assert_eq!(parts::resolve(text, &[].into()), without);
    let hidden = |line: &&str| !line.contains("part-pages");
    let with: Vec<_> = text.lines().filter(hidden).collect();
    let resolved = parts::resolve(text, &RuntimePart::ALL.into());
    assert_eq!(resolved.lines().collect::<Vec<_>>(), with);
}

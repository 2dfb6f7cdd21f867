//! The runtime that is embedded is the whole runtime, and can be compiled where it is put.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

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
            sources().any(|(embedded, _)| embedded == path),
            "`{path}` is not in the list of generator/src/runtime/sources.rs"
        );
    }
}

#[test]
fn tests_of_the_runtime_stay_outside_of_what_is_embedded() {
    for (path, text) in sources() {
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

//! What every small document becomes compiles without a warning, and clippy has none either.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_tests::tree;
use tempfile::tempdir;

#[test]
fn every_document_that_can_be_used_becomes_a_client_that_compiles() {
    let folder = tempdir().unwrap();
    let root = folder.path();
    let documents = documents();
    assert!(documents.len() > 10, "{documents:?}");
    for document in &documents {
        write(document, root);
    }
    check(root, &[]);
}

/// Asks clippy about all clients in the folder `clients` of `root`; `more` goes to cargo.
pub(super) fn check(root: &Path, more: &[&str]) {
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"clients/*\"]\n";
    fs::write(root.join("Cargo.toml"), workspace).unwrap();
    // The versions of the workspace are there already, so that nothing is fetched.
    fs::copy(tree::root().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real");
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--quiet", "--workspace"])
        .args(more)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// The documents that a client can be made of, broken in part or not.
fn documents() -> Vec<PathBuf> {
    let fixtures = tree::root().join("tests/fixtures");
    let topics = ["ok", "warn"].map(|kind| fs::read_dir(fixtures.join(kind)).unwrap());
    let topics = topics
        .into_iter()
        .flatten()
        .map(|topic| topic.unwrap().path());
    let files = topics.flat_map(|topic| fs::read_dir(topic).unwrap());
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Writes the client of a document, named after the folder and the file.
fn write(document: &Path, root: &Path) {
    let reading = bindery_spec::read_file(document);
    let Some(api) = &reading.api else { return };
    let names = [document.parent(), Some(document)].map(|part| part.unwrap().file_stem());
    let names = names.map(|name| name.unwrap().to_string_lossy().replace('_', "-"));
    let package = names.join("-");
    let output = root.join("clients").join(&package);
    let client = Client::new(document, &output, &package).unwrap();
    let mut diagnostics = reading.diagnostics;
    let files = Generator::new(&client).generate(api, &mut diagnostics);
    files.write(&output).unwrap();
}

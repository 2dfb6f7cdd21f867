//! A large document of a real service becomes a client that compiles without a warning and has every call.

use std::fs;
use std::path::Path;
use std::process::Command;

use bindery_tests::tree;
use tempfile::tempdir;

/// How many operations the document has.
const OPERATIONS: usize = 393;

#[test]
fn a_large_document_becomes_a_client_that_compiles() {
    let Some(corpus) = tree::corpus() else { return };
    let folder = tempdir().unwrap();
    let out = folder.path().join("mixpeek");
    let output = Command::new(env!("CARGO"))
        .args(["xtask", "codegen", "--name", "mixpeek", "--spec"])
        .arg(corpus.join("real/mixpeek.json"))
        .arg("--out")
        .arg(&out)
        .current_dir(tree::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(calls(&out.join("src/api")), OPERATIONS);
    // The versions of the workspace are there already, so that nothing is fetched.
    fs::copy(tree::root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real");
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet"])
        .current_dir(&out)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .status()
        .unwrap();
    assert!(status.success(), "the client does not compile");
}

/// How many calls the modules of a client have.
fn calls(folder: &Path) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|file| {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        text.matches("Operation = &Operation {").count()
    });
    files.sum()
}

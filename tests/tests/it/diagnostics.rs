//! What is said about documents: a snapshot for each file under `fixtures/`.

use std::path::Path;

use bindery_spec::diagnostic::codes;
use bindery_spec::{Reading, Severity, read_file};
use bindery_tests::tree;

#[test]
fn every_bad_document_is_refused_with_a_place() {
    with_names_of_files(|| {
        insta::glob!("../../fixtures/err", "*/*", |path| {
            let reading = read(path);
            assert!(
                reading.diagnostics.has_errors(),
                "{} is accepted",
                path.display()
            );
            insta::assert_snapshot!("err", reading.render(&reading.diagnostics));
        });
    });
}

#[test]
fn every_doubtful_document_is_read_with_a_warning() {
    with_names_of_files(|| {
        insta::glob!("../../fixtures/warn", "*/*", |path| {
            let reading = read(path);
            assert!(
                !reading.diagnostics.has_errors(),
                "{} is refused",
                path.display()
            );
            assert!(
                !reading.diagnostics.is_empty(),
                "{} is fine",
                path.display()
            );
            insta::assert_snapshot!("warn", reading.render(&reading.diagnostics));
        });
    });
}

#[test]
fn nothing_is_said_about_good_documents() {
    insta::glob!("../../fixtures/ok", "*/*", |path| {
        let reading = read(path);
        assert!(
            reading.diagnostics.is_empty(),
            "{}",
            reading.render(&reading.diagnostics)
        );
    });
}

#[test]
fn our_own_document_is_good() {
    let reading = read_file(tree::root().join("spec/mixpeek.yaml"));
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
}

#[test]
fn a_file_that_is_not_there_is_one_error() {
    let reading = read_file("no/such/file.yaml");
    assert!(reading.api.is_none());
    let found: Vec<_> = reading.diagnostics.iter().collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].code, found[0].severity),
        ("file-unreadable", Severity::Error)
    );
}

/// The file has holes instead of bytes, so that it takes no room on the disk.
#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let reading = read_file(&path);
    assert!(reading.api.is_none());
    assert!(
        reading
            .diagnostics
            .iter()
            .any(|found| found.code == "file-too-large")
    );
}

/// A code counts as exercised where a test or a snapshot names it.
#[test]
fn every_code_is_explained_and_exercised() {
    let files = tree::sources(&[".rs", ".snap"]);
    let proofs: Vec<_> = files.iter().filter(|source| source.is_test()).collect();
    let exercised = |name: &str| {
        let named = [format!("\"{name}\""), format!("[{name}]")];
        let mut texts = proofs.iter().map(|proof| &proof.text);
        texts.any(|text| named.iter().any(|name| text.contains(name)))
    };
    let bad: Vec<_> = codes::ALL
        .iter()
        .filter(|code| !code.meaning.ends_with('.') || !exercised(code.name))
        .map(|code| code.name)
        .collect();
    assert!(
        bad.is_empty(),
        "not explained, or given rise to by no test: {bad:?}"
    );
}

/// Reads a fixture under its path from this package, so that no snapshot has a path of one machine.
fn read(path: &Path) -> Reading {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"))
        .canonicalize()
        .unwrap();
    read_file(path.strip_prefix(&package).unwrap_or(path))
}

/// Snapshots that are called after their fixture and hold nothing but what is said.
fn with_names_of_files(test: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots/diagnostics");
    settings.bind(test);
}

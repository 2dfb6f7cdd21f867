//! `cargo xtask corpus` as people run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use bindery_tests::tree;
use tempfile::tempdir;

#[test]
fn each_document_gets_a_row_and_what_is_done_is_not_done_again() {
    let folder = tempdir().unwrap();
    let good = tree::root().join("tests/fixtures/ok/enumeration/text.yaml");
    fs::copy(good, folder.path().join("good.yaml")).unwrap();
    fs::write(
        folder.path().join("broken.json"),
        "{\"info\": [{}, \"openapi\": \"3.1.0\"",
    )
    .unwrap();
    fs::write(folder.path().join("part.yaml"), "type: object\n").unwrap();

    let output = corpus(folder.path(), &["--fresh"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let table = String::from_utf8(output.stdout).unwrap();
    let verdict = |name: &str| {
        table
            .lines()
            .find(|line| line.contains(name))
            .unwrap_or_default()
    };
    assert!(verdict("good.yaml").ends_with("clean"), "{table}");
    assert!(
        verdict("broken.json").contains("not generated: "),
        "{table}"
    );
    assert_eq!(verdict("part.yaml"), "", "{table}");
    assert!(table.ends_with("1 of 2 are clean\n"), "{table}");

    let again = corpus(folder.path(), &["--only", "good"]);
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    let results = fs::read_to_string(out().join("corpus.tsv")).unwrap();
    assert_eq!(results.lines().count(), 3, "{results}");

    let documented = corpus(folder.path(), &["--only", "good", "--doc"]);
    assert_eq!(documented.status.code(), Some(0), "{documented:?}");
    let pages = fs::read_dir(out().join("target-0/doc")).unwrap();
    let is_index = |page: std::path::PathBuf| page.join("index.html").exists();
    assert!(pages.map(|page| page.unwrap().path()).any(is_index));
}

fn out() -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")
}

fn corpus(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["xtask", "corpus", "--jobs", "1", "--out"])
        .arg(out())
        .args(more)
        .arg(folder)
        .current_dir(tree::root())
        .output()
        .unwrap()
}

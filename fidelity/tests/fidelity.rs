//! Small documents with many shapes go through their clients and back.

use std::path::Path;
use std::process::Command;

/// The lines of a table, less the titles.
fn table(out: &Path, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(out.join(name)).expect("a table");
    text.lines().skip(1).map(str::to_owned).collect()
}

/// The column of values that only a `oneOf` refuses, because several of its branches allow them.
const OVERLAPS: usize = 10;

#[test]
fn the_shapes_come_back_and_broken_values_are_refused() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shapes");
    let output = Command::new(env!("CARGO_BIN_EXE_bindery-fidelity"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes"))
        .args(["--seed", "7", "--out"])
        .arg(&out)
        .output()
        .expect("the program starts");
    let (text, failures) = (
        String::from_utf8_lossy(&output.stdout),
        table(&out, "failures.tsv"),
    );
    assert!(output.status.success(), "{text}\n{failures:#?}");
    assert!(text.starts_with("7 files, seed 7\n"), "{text}");
    assert!(failures.is_empty(), "{failures:#?}");
    let documents = table(&out, "documents.tsv");
    let overlaps = documents
        .iter()
        .filter(|row| row.split('\t').nth(OVERLAPS) != Some("0"));
    assert_eq!(overlaps.count(), 1, "{documents:#?}");
    assert_eq!(documents.len(), 7);
}

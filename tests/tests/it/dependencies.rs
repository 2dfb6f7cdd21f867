//! What a generated client depends on: each crate once, and with its reason in `docs/dependencies.md`.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use bindery_tests::tree;

/// The words of `cargo tree` for the Mixpeek client.
fn cargo_tree(more: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "mixpeek", "--edges", "normal"])
        .args(["--prefix", "none", "--offline", "--quiet"])
        .args(more)
        .current_dir(tree::root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_crate_comes_in_two_versions() {
    let all = cargo_tree(&["--duplicates"]);
    assert!(all.trim().is_empty(), "{all}");
}

/// Other systems have other crates for sockets and certificates.
#[cfg(target_os = "linux")]
#[test]
fn each_crate_has_its_reason() {
    let lines = cargo_tree(&[]);
    let crates = lines.lines().filter_map(|line| line.split(' ').next());
    let mut crates: BTreeSet<_> = crates.filter(|name| !name.is_empty()).collect();
    crates.remove("mixpeek");
    let text = fs::read_to_string(tree::root().join("docs/dependencies.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let named: BTreeSet<_> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split(',').map(|name| name.trim().trim_matches('`')))
        .collect();
    assert_eq!(named, crates);
}

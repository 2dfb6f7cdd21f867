//! `cargo xtask contract` as people run it: exit codes, messages, and the reports that lie on the disk afterwards.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use bindery_tests::server::{Deviation, Server, TOKEN};
use bindery_tests::tree;
use serde_json::Value;
use tempfile::tempdir;

#[test]
fn a_conforming_server_passes_with_reports() {
    let folder = tempdir().unwrap();
    let server = Server::conforming();
    let json = folder.path().join("contract.json");
    let junit = folder.path().join("contract.xml");
    let output = contract(
        &server,
        &[
            "--report",
            &format!("json={}", json.display()),
            "--report",
            &format!("junit={}", junit.display()),
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report: Value = serde_json::from_slice(&fs::read(json).unwrap()).unwrap();
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    assert!(fs::read_to_string(junit).unwrap().contains("<testsuite"));
}

#[test]
fn a_deviating_server_fails_by_name() {
    let server = Server::deviating(Deviation::LimitAboveMaximumAccepted);
    let output = contract(&server, &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    for word in ["invalid-input-accepted", "query limit", "maximum", "curl"] {
        assert!(said.contains(word), "`{word}` is not in:\n{said}");
    }
    assert!(!said.contains(TOKEN), "the token is shown:\n{said}");
}

#[test]
fn a_run_that_cannot_be_made_has_a_code_of_its_own() {
    // Port 9 of the loopback interface is nobody's.
    let output = xtask(&["contract", "--base-url", "http://127.0.0.1:9"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let output = xtask(&["contract", "--no-such-option"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn our_own_mock_conforms() {
    let output = xtask(&["contract", "--mock"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn a_document_can_come_from_the_standard_input() {
    let mut lint = command(&["lint", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let document = fs::read(tree::root().join("spec/mixpeek.yaml")).unwrap();
    lint.stdin.take().unwrap().write_all(&document).unwrap();
    let output = lint.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"-: no problems\n");
}

/// Tests a server under the token that it knows.
fn contract(server: &Server, more: &[&str]) -> Output {
    let url = server.url();
    let mut arguments = vec![
        "contract",
        "--base-url",
        &url,
        "--bearer-env",
        "BINDERY_TEST_TOKEN",
    ];
    arguments.extend(more);
    xtask(&arguments)
}

fn xtask(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

#[test]
fn a_benchmark_has_a_row_for_each_document() {
    let output = Command::new(env!("CARGO"))
        .args([
            "xtask",
            "bench",
            "--runs",
            "1",
            "--synthetic",
            "5,10",
            "spec/mixpeek.yaml",
        ])
        .current_dir(tree::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = said
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    // Other generators may be installed where the test runs.
    let rows: Vec<_> = rows.iter().filter(|row| row[1] == "bindery").collect();
    let documents: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let expected = ["mixpeek.yaml", "synthetic-5.yaml", "synthetic-10.yaml"];
    assert_eq!(documents, expected, "{said}");
    let lines: Vec<usize> = rows.iter().map(|row| row[6].parse().unwrap()).collect();
    assert!(lines[1] < lines[2], "{said}");
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .arg("xtask")
        .args(arguments)
        .current_dir(tree::root())
        .env("BINDERY_TEST_TOKEN", TOKEN)
        .env("NO_COLOR", "1");
    command
}

//! `cargo xtask inspect` as people run it.

use std::process::{Command, Output};

use bindery_tests::tree;

#[test]
fn the_seed_is_shown() {
    let output = inspect(&["spec/mixpeek.yaml"]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "1 operations",
        "    POST    /v1/agents/sessions/list  list_sessions_v1_agents_sessions_list_post",
        "Query, form, exploded",
    ] {
        assert!(
            text.to_lowercase().contains(&line.to_lowercase()),
            "{line}:\n{text}"
        );
    }
}

#[test]
fn machines_get_the_same_as_json() {
    let output = inspect(&["--json", "spec/mixpeek.yaml"]);
    let contents: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(contents["standard"], "OpenAPI 3.1");
    assert_eq!(contents["tags"][0]["operations"][0]["method"], "POST");
    assert_eq!(contents["problems"]["errors"], 0);
    assert_eq!(contents["features"]["requests"]["application/json"], 1);
}

#[test]
fn what_is_no_document_is_refused() {
    let output = inspect(&["Cargo.toml"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty());
}

fn inspect(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["xtask", "inspect"])
        .args(arguments)
        .current_dir(tree::root())
        .output()
        .unwrap()
}

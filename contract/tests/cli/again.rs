//! Findings and recordings that are sent again to a server.

use std::path::Path;

use bindery_contract::spec::Value;

use super::{WRONG, command, folder, run, stub, stub_of_head, text};

fn json(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON")
}

/// The arguments of a run against a server; the last two give it the token.
fn against(url: &str) -> [&str; 7] {
    [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        url,
        "--bearer-env",
        "PETS_TOKEN",
    ]
}

/// What a command with a token printed, and what it exited with.
fn with_token(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = command(folder, arguments)
        .env("PETS_TOKEN", "s3cr3t")
        .output()
        .expect("it can be started");
    (
        text(&output.stdout) + &text(&output.stderr),
        output.status.code(),
    )
}

/// The findings of a report that a single request shows: what, where, and by which rule.
fn findings(report: &Value) -> Vec<String> {
    let list = report["findings"].as_array().expect("findings").iter();
    let alone = list.filter(|finding| !finding["tried"].is_null());
    let told = alone.map(|own| {
        format!(
            "{} {} {} {} {}",
            own["operation"], own["code"], own["location"], own["pointer"], own["rule"]
        )
    });
    told.collect()
}

#[test]
fn findings_of_a_report_are_sent_again_and_told_while_they_show() {
    let folder = folder("again");
    let url = stub(WRONG);
    let base = against(&url);
    let (printed, code) = with_token(
        &folder,
        &[&base[..], &["--report", "json=first.json"]].concat(),
    );
    assert_eq!(code, Some(1), "{printed}");
    let first = json(&folder.join("first.json"));
    assert!(findings(&first).len() > 4, "{first:#}");

    let again = [
        &base[..],
        &["--replay", "first.json", "--report", "json=again.json"],
    ]
    .concat();
    let (printed, code) = with_token(&folder, &again);
    assert_eq!(code, Some(1), "{printed}");
    let second = json(&folder.join("again.json"));
    assert_eq!(findings(&second), findings(&first), "{printed}");
    let heads = first["findings"].as_array().expect("findings").iter();
    let heads = heads.filter(|own| own["method"] == "HEAD").count();
    // Each HEAD takes three more: its GET before it and after.
    assert_eq!(second["requests"], findings(&first).len() + 3 * heads);

    // Somebody else's server is clean, and so is what came of the findings there.
    let mended = [
        "run",
        "--spec",
        "pets.yaml",
        "--mock",
        "--bearer-env",
        "PETS_TOKEN",
        "--replay",
        "first.json",
    ];
    let (printed, code) = with_token(&folder, &mended);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("no findings"), "{printed}");

    let without = run(&folder, &[&base[..5], &["--replay", "first.json"]].concat());
    let printed = text(&without.stdout);
    assert!(
        printed.contains("the secret of the header `authorization` is not in it"),
        "{printed}"
    );
}

#[test]
fn a_head_is_held_to_its_get_again() {
    let folder = folder("again_head");
    let url = stub_of_head("HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n");
    let base = against(&url);
    let first = [&base[..], &["--report", "json=first.json"]].concat();
    with_token(&folder, &first);
    let again = ["--replay", "first.json", "--report", "json=again.json"];
    let (printed, _) = with_token(&folder, &[&base[..], &again].concat());
    let told = findings(&json(&folder.join("again.json")));
    let own = told.iter().filter(|own| own.contains("head-header"));
    assert!(own.count() > 1, "{told:?} {printed}");
    assert_eq!(told, findings(&json(&folder.join("first.json"))));
}

#[test]
fn an_archive_holds_every_exchange_and_can_be_sent_again() {
    let folder = folder("archive");
    let url = stub(WRONG);
    let base = against(&url);
    let more = ["--archive", "all.har", "--report", "json=run.json"];
    let (printed, _) = with_token(&folder, &[&base[..], &more].concat());
    let archive = json(&folder.join("all.har"));
    let entries = archive["log"]["entries"].as_array().expect("entries");
    assert_eq!(
        json(&folder.join("run.json"))["requests"],
        entries.len(),
        "{printed}"
    );
    assert!(entries.len() > 20 && !archive.to_string().contains("s3cr3t"));
    assert!(
        entries
            .iter()
            .all(|entry| entry["response"]["status"] == 200)
    );

    let judged = run(&folder, &["replay", "--spec", "pets.yaml", "all.har"]);
    assert!(
        text(&judged.stdout).contains("error[response-body]"),
        "{}",
        text(&judged.stdout)
    );
    let (printed, code) = with_token(&folder, &[&base[..], &["--replay", "all.har"]].concat());
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("error[response-body]"), "{printed}");

    let (printed, code) = with_token(&folder, &[&base[..], &["--replay", "pets.yaml"]].concat());
    assert_eq!(code, Some(2), "{printed}");
}

//! Reports, baselines, shards and recordings at the command line.

use super::{PETS, WRONG, code_of, command, folder, stub, text};

#[test]
fn findings_are_reported_in_every_form_and_without_secrets() {
    let folder = folder("findings");
    let url = stub(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\nconnection: close\r\n\r\n[\"s3cr3t\"]",
    );
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        &url,
        "--include-operation",
        "pets",
        "--bearer-env",
        "PETS_TOKEN",
        "--report",
        "json=out.json",
        "--report",
        "junit=out.xml",
        "--report",
        "terminal=out.txt",
    ];
    let output = command(&folder, &arguments)
        .env("PETS_TOKEN", "s3cr3t")
        .output()
        .expect("it can be started");
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let terminal = text(&output.stdout);
    for code in [
        "error[invalid-input-accepted] query limit",
        "error[authorization-ignored]",
        "curl ",
    ] {
        assert!(terminal.contains(code), "{code}: {terminal}");
    }
    for file in ["out.json", "out.xml", "out.txt"] {
        let report = std::fs::read_to_string(folder.join(file)).expect("a report");
        assert!(report.contains("invalid-input-accepted"), "{file}");
        assert!(!report.contains("s3cr3t"), "{file} shows the token");
    }
    assert!(!terminal.contains("s3cr3t"));
}

#[test]
fn a_baseline_hides_what_is_known() {
    let folder = folder("baseline");
    let url = stub(WRONG);
    let base = ["run", "--spec", "pets.yaml", "--base-url", &url];
    let with = |more: &[&'static str]| code_of(&folder, &[&base[..], more].concat());
    assert_eq!(with(&[]), Some(1));
    assert_eq!(with(&["--write-baseline", "known.json"]), Some(0));
    assert_eq!(with(&["--baseline", "known.json"]), Some(0));
    std::fs::write(folder.join("none.json"), r#"{"findings":[]}"#).expect("a file");
    assert_eq!(with(&["--baseline", "none.json"]), Some(1));
    assert_eq!(with(&["--baseline", "missing.json"]), Some(2));
}

#[test]
fn shards_together_are_the_whole() {
    let folder = folder("shards");
    let url = stub(WRONG);
    let base = ["run", "--spec", "pets.yaml", "--base-url", &url];
    let with = |more: &[&'static str]| code_of(&folder, &[&base[..], more].concat());
    assert_eq!(with(&["--report", "json=whole.json"]), Some(1));
    with(&["--shard", "1/2", "--report", "json=1.json"]);
    with(&["--shard", "2/2", "--report", "json=2.json"]);
    let arguments = ["merge", "1.json", "2.json", "--report", "json=merged.json"];
    assert_eq!(code_of(&folder, &arguments), Some(1));
    let read = |name: &str| -> serde_json::Value {
        let text = std::fs::read_to_string(folder.join(name)).expect("a report");
        serde_json::from_str(&text).expect("JSON")
    };
    let sorted = |report: &serde_json::Value| {
        let findings = report["findings"].as_array().expect("findings").iter();
        let mut found: Vec<String> = findings
            .map(|finding| {
                format!(
                    "{} {} {}",
                    finding["operation"], finding["code"], finding["rule"]
                )
            })
            .collect();
        found.sort();
        found
    };
    let (whole, merged) = (read("whole.json"), read("merged.json"));
    assert_eq!(sorted(&whole), sorted(&merged));
    assert_eq!(whole["requests"], merged["requests"]);
    assert_eq!(code_of(&folder, &["merge", "pets.yaml"]), Some(2));
    assert_eq!(with(&["--shard", "3/2"]), Some(2));
}

#[test]
fn recorded_traffic_is_judged_with_the_same_exit_codes() {
    let folder = folder("replay");
    let archive = |body: &str| {
        format!(
            r#"{{"log":{{"entries":[{{"request":{{"method":"GET","url":"http://a/pets","headers":[]}},
            "response":{{"status":200,"headers":[{{"name":"content-type","value":"application/json"}}],
            "content":{{"text":"{body}"}}}}}}]}}}}"#
        )
    };
    std::fs::write(folder.join("good.har"), archive("[]")).expect("a file");
    std::fs::write(folder.join("bad.har"), archive("7")).expect("a file");
    let replay = |file| {
        code_of(
            &folder,
            &[
                "replay",
                "--spec",
                "pets.yaml",
                file,
                "--report",
                "html=out.html",
            ],
        )
    };
    assert_eq!(replay("good.har"), Some(0));
    assert_eq!(replay("bad.har"), Some(1));
    assert_eq!(replay("pets.yaml"), Some(2));
}

#[test]
fn an_annotation_stands_at_the_line_that_is_broken() {
    let folder = folder("annotations");
    let url = stub(WRONG);
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        &url,
        "--include-check",
        "response-body",
        "--report",
        "github=-",
    ];
    let printed = text(
        &command(&folder, &arguments)
            .output()
            .expect("it can be started")
            .stdout,
    );
    let mut lines = PETS.lines();
    let line = lines
        .position(|line| line.contains("items: { type: string }"))
        .expect("the schema")
        + 1;
    let start = format!("::error file=pets.yaml,line={line},title=list_pets%3A response-body::");
    assert!(printed.starts_with(&start), "{printed}");
}

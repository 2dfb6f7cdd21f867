//! The command line end to end: what it prints, what it writes, and what it exits with.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PETS: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: list_pets
      tags: [pets]
      parameters:
        - { name: Authorization, in: header, required: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 10 } }
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { type: array, items: { type: string } }, example: [Ada] } }
  /pets/{id}:
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "204": { description: Gone. } }
"#;

/// A folder of its own for each test, with the document in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("pets.yaml"), PETS).expect("a document");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery-contract"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("PETS_TOKEN");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments)
        .output()
        .expect("it can be started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Answers every request with the same bytes, on a thread that ends with the test.
fn stub(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || serve(stream, answer));
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: &str) {
    let mut head = [0; 4096];
    // A request of these tests fits into one read; whatever it says, the answer is the same.
    if stream.read(&mut head).is_ok_and(|read| read > 0) {
        let _ = stream.write_all(answer.as_bytes());
    }
}

#[test]
fn our_own_mock_is_clean() {
    let folder = folder("own_mock");
    let output = run(
        &folder,
        &["run", "--spec", "pets.yaml", "--mock", "--strict"],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    assert!(text(&output.stdout).contains("no findings"));
    assert!(
        text(&output.stderr).is_empty(),
        "progress is for terminals only"
    );
}

#[test]
fn what_the_document_makes_impossible_is_told_and_no_finding() {
    let folder = folder("impossible");
    let document = r#"
openapi: 3.1.0
info: { title: Impossible, version: 1.0.0 }
paths:
  /short-and-long:
    get:
      responses:
        "200":
          description: Nothing is both.
          content: { application/json: { schema: { type: string, minLength: 5, maxLength: 2 } } }
  /nameless:
    get:
      responses:
        "200": { description: No media type., content: { string: { schema: { type: string } } } }
"#;
    std::fs::write(folder.join("impossible.yaml"), document).expect("a document");
    let arguments = ["run", "--spec", "impossible.yaml", "--mock", "--strict"];
    let output = run(&folder, &arguments);
    let told = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("schema-not-met"), "{told}");
    assert!(told.contains("media-type-not-checked"), "{told}");
}

#[test]
fn an_operation_that_never_succeeds_is_clean_too() {
    let folder = folder("no_success");
    let document = PETS.replace(r#""204""#, r#""400""#);
    std::fs::write(folder.join("pets.yaml"), document).expect("a document");
    let output = run(
        &folder,
        &["run", "--spec", "pets.yaml", "--mock", "--strict"],
    );
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}");
    assert!(printed.contains("no findings"), "{printed}");
}

#[test]
fn a_mock_that_is_given_credentials_tells_wrong_ones() {
    let folder = folder("credentials");
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--mock",
        "--strict",
        "--bearer-env",
        "PETS_TOKEN",
    ];
    let output = command(&folder, &arguments)
        .env("PETS_TOKEN", "s3cr3t")
        .output()
        .expect("it can be started");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

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
fn the_document_of_the_first_client_is_found_upwards() {
    let folder = folder("config");
    std::fs::create_dir_all(folder.join("a/b")).expect("folders");
    std::fs::write(
        folder.join("bindery.toml"),
        "[[client]]\ndocument = \"pets.yaml\"\n",
    )
    .expect("a configuration");
    let output = run(
        &folder.join("a/b"),
        &["run", "--mock", "--include-operation", "DELETE /pets/{id}"],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    assert!(text(&output.stdout).contains("coverage: 1 of 1 operations"));
}

#[test]
fn what_cannot_be_carried_out_says_why_and_exits_with_two() {
    let folder = folder("impossible");
    std::fs::write(folder.join("broken.yaml"), "openapi: [").expect("a file");
    std::fs::write(folder.join("bindery.toml"), "client = 7").expect("a file");
    let closed = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("an address");
    let closed = format!("http://{closed}");
    let cases: [(&[&str], &str); 10] = [
        (&["run", "--spec", "missing.yaml", "--mock"], "missing.yaml"),
        (&["run", "--spec", "broken.yaml", "--mock"], "broken.yaml"),
        (&["run", "--mock"], "bindery.toml"),
        (&["run", "--spec", "pets.yaml"], "--base-url"),
        (
            &["run", "--spec", "pets.yaml", "--base-url", &closed],
            "is the server started",
        ),
        (
            &["run", "--spec", "pets.yaml", "--base-url", "nonsense"],
            "http://",
        ),
        (
            &[
                "run",
                "--spec",
                "pets.yaml",
                "--mock",
                "--include-operation",
                "pet",
            ],
            "perhaps `list_pets`",
        ),
        (
            &[
                "run",
                "--spec",
                "pets.yaml",
                "--mock",
                "--bearer-env",
                "PETS_TOKEN",
            ],
            "PETS_TOKEN",
        ),
        (
            &["run", "--spec", "pets.yaml", "--mock", "--report", "pdf=a"],
            "`pdf` is no format",
        ),
        (&["explain", "nonsense"], "lists all"),
    ];
    for (arguments, words) in cases {
        let output = run(&folder, arguments);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
}

#[test]
fn every_code_is_explained() {
    let folder = folder("explain");
    let list = text(&run(&folder, &["explain"]).stdout);
    let codes: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(codes.contains(&"status-undocumented"), "{list}");
    for code in codes {
        let output = run(&folder, &["explain", code]);
        assert_eq!(output.status.code(), Some(0), "{code}");
        assert!(text(&output.stdout).starts_with(code), "{code}");
    }
}

#[test]
fn the_mock_serves_and_tells_what_it_refused() {
    let folder = folder("mock");
    let mut child = command(
        &folder,
        &["mock", "--spec", "pets.yaml", "--address", "127.0.0.1:0"],
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("it can be started");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut first)
        .expect("a line");
    let address = first
        .strip_prefix("http://")
        .and_then(|rest| rest.split(' ').next())
        .expect("an address");
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = "GET /pets?limit=11 HTTP/1.1\r\nhost: a\r\nauthorization: Bearer s3cr3t\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    child.kill().expect("it runs until it is ended");
    let told = text(&child.wait_with_output().expect("it ended").stderr);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(told.contains("422 GET /pets\n    query limit: "), "{told}");
    assert!(!told.contains("s3cr3t"));
}

const WRONG: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1\r\nconnection: close\r\n\r\n7";

fn code_of(folder: &Path, arguments: &[&str]) -> Option<i32> {
    run(folder, arguments).status.code()
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
fn a_run_can_be_narrowed_and_ended() {
    let folder = folder("narrow");
    let url = stub(WRONG);
    let base = ["run", "--spec", "pets.yaml", "--base-url", &url];
    let with = |more: &[&str]| run(&folder, &[&base[..], more].concat());
    let printed = |more: &[&str]| text(&with(more).stdout);
    let codes = printed(&["--include-check", "response-body"]);
    assert!(
        codes.contains("error[response-body]") && !codes.contains("[invalid-input"),
        "{codes}"
    );
    assert!(!printed(&["--exclude-check", "response-body"]).contains("[response-body]"));
    assert_eq!(
        with(&["--exclude-check", "nonsense"]).status.code(),
        Some(2)
    );
    assert!(printed(&["--include-operation", "method=DELETE"]).contains("of 1 operations"));
    assert!(printed(&["--include-operation", "path=/pets/"]).contains("of 1 operations"));
    let ended = printed(&["--rate", "5", "--max-time", "0.5"]);
    assert!(ended.contains("the run was ended before"), "{ended}");
}

#[test]
fn what_is_expected_of_every_answer_is_held_to() {
    let folder = folder("expect");
    let url = stub("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let base = ["run", "--spec", "pets.yaml", "--base-url", &url];
    let printed = |more: &[&str]| text(&run(&folder, &[&base[..], more].concat()).stdout);
    assert!(printed(&["--expect", "header=x-request-id"]).contains("error[expected-header]"));
    assert!(printed(&["--expect", "not-status=200"]).contains("error[forbidden-status]"));
    assert!(!printed(&["--expect", "time=60000"]).contains("[response-time]"));
    assert!(printed(&["--expect", "time=0"]).contains("error[response-time]"));
    assert_eq!(
        code_of(&folder, &[&base[..], &["--expect", "size=1"]].concat()),
        Some(2)
    );
    std::fs::write(
        folder.join("bindery.toml"),
        "[contract]\nexpect = [\"header=x-a\"]\n",
    )
    .expect("a file");
    assert!(printed(&[]).contains("the header `x-a` is missing"));
}

#[test]
fn a_command_can_print_the_token() {
    let folder = folder("bearer_command");
    let base = [
        "run",
        "--spec",
        "pets.yaml",
        "--mock",
        "--strict",
        "--bearer-command",
    ];
    let with = |command: &'static str| code_of(&folder, &[&base[..], &[command]].concat());
    assert_eq!(with("echo s3cr3t"), Some(0));
    assert_eq!(with("exit 3"), Some(2));
}

#[test]
fn requests_go_through_a_proxy() {
    let folder = folder("through_proxy");
    let url = stub(WRONG);
    let base = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        "http://nowhere.invalid",
    ];
    let with = |more: &[&str]| run(&folder, &[&base[..], more].concat());
    let through = with(&["--proxy", &url]);
    assert!(
        text(&through.stdout).contains("[response-body]"),
        "{through:?}"
    );
    assert_eq!(with(&["--proxy", "::"]).status.code(), Some(2));
    std::fs::write(folder.join("none.pem"), "-----BEGIN CERTIFICATE-----\n!\n").expect("a file");
    assert_eq!(with(&["--ca-file", "none.pem"]).status.code(), Some(2));
}

//! `run` at the command line: what it tests, and what it shows to get in.

use super::{WRONG, code_of, command, folder, run, stub, text};

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

#[test]
fn secrets_of_schemes_are_given_by_their_source() {
    let folder = folder("credential");
    let document = DOORS.replace("SCHEME", "{ type: apiKey, in: header, name: X-Key }");
    std::fs::write(folder.join("doors.yaml"), document).expect("a document");
    std::fs::write(folder.join("key.txt"), "s3cr3t\n").expect("a file");
    let base = ["run", "--spec", "doors.yaml", "--mock", "--strict"];
    let with = |source: &str| {
        let arguments = [&base[..], &["--credential", source]].concat();
        command(&folder, &arguments)
            .env("DOOR", "s3cr3t")
            .output()
            .expect("it can be started")
    };
    for source in [
        "door=env:DOOR",
        "door=file:key.txt",
        "door=command:echo s3cr3t",
    ] {
        let output = with(source);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{source}: {}",
            text(&output.stdout)
        );
    }
    for (source, words) in [
        ("gate=env:DOOR", "no security scheme `gate`; it has: door"),
        ("door=env:NOWHERE", "NOWHERE"),
        ("door=s3cr3t", "is not `env:VARIABLE`"),
    ] {
        let output = with(source);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{source}");
        assert!(
            told.contains(words) && !told.contains("s3cr3t"),
            "{source}: {told}"
        );
    }
}

const DOORS: &str = "
openapi: 3.1.0
info: { title: Doors, version: 1.0.0 }
paths:
  /doors:
    get: { security: [{ door: [] }], responses: { '204': { description: All. } } }
components:
  securitySchemes: { door: SCHEME }
";

#[test]
fn the_token_url_stands_in_the_document() {
    let folder = folder("token_url");
    let url = stub("HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let flow = format!(
        "{{ type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: '{url}/token', scopes: {{}} }} }} }}"
    );
    std::fs::write(folder.join("doors.yaml"), DOORS.replace("SCHEME", &flow)).expect("a document");
    let base = [
        "run",
        "--base-url",
        &url,
        "--oauth2-client-id",
        "me",
        "--oauth2-client-secret-env",
        "SECRET",
        "--spec",
    ];
    let with = |document: &str| {
        let arguments = [&base[..], &[document]].concat();
        let output = command(&folder, &arguments)
            .env("SECRET", "s3cr3t")
            .output();
        text(&output.expect("it can be started").stderr)
    };
    assert!(with("doors.yaml").contains("no token could be had: the token URL answered with 403"));
    assert!(with("pets.yaml").contains("--oauth2-token-url"));
}

#[test]
fn http_2_is_spoken_where_it_is_wanted() {
    let folder = folder("http2");
    let base = ["run", "--spec", "pets.yaml", "--http2"];
    assert_eq!(
        code_of(&folder, &[&base[..], &["--mock", "--strict"]].concat()),
        Some(0)
    );
    // A server that knows only HTTP/1.1 does not understand a word.
    let url = stub("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    assert_eq!(
        code_of(&folder, &[&base[..], &["--base-url", &url]].concat()),
        Some(1)
    );
}

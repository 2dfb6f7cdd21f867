//! The command line end to end: what it prints, what it writes, and what it exits with.

mod again;
mod lifetime;
mod reports;
mod run;
mod tls;

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
    listen(answer, answer)
}

/// The same with another answer to HEAD.
fn stub_of_head(head: &'static str) -> String {
    listen(WRONG, head)
}

fn listen(answer: &'static str, to_head: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || serve(stream, answer, to_head));
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: &str, to_head: &str) {
    let mut head = [0; 4096];
    // A request of these tests fits into one read; whatever it says, the answer is the same.
    if stream.read(&mut head).is_ok_and(|read| read > 0) {
        let answer = if head.starts_with(b"HEAD ") {
            to_head
        } else {
            answer
        };
        let _ = stream.write_all(answer.as_bytes());
    }
}

/// An answer that is no list of pets.
const WRONG: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1\r\nconnection: close\r\n\r\n7";

/// What a command exits with.
fn code_of(folder: &Path, arguments: &[&str]) -> Option<i32> {
    run(folder, arguments).status.code()
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
    let folder = folder("unmeetable");
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

const NOT_FOUND: &str = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[test]
fn what_cannot_be_carried_out_says_why_and_exits_with_two() {
    let folder = folder("impossible");
    std::fs::write(folder.join("broken.yaml"), "openapi: [").expect("a file");
    std::fs::write(folder.join("bindery.toml"), "client = 7").expect("a file");
    let closed = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("an address");
    let closed = format!("http://{closed}");
    let plain = stub(NOT_FOUND);
    let secure = plain.replace("http:", "https:");
    let cases: [(&[&str], &str); 13] = [
        (
            &[
                "run",
                "--spec",
                "pets.yaml",
                "--mock",
                "--header",
                "authorization: Bearer ",
            ],
            "is a variable unset?",
        ),
        (
            &["run", "--spec", "pets.yaml", "--base-url", &plain],
            "was answered with 404",
        ),
        (
            &["run", "--spec", "pets.yaml", "--base-url", &secure],
            "--insecure",
        ),
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

/// What a mock answers to a request that it refuses, and what it tells of it.
fn refused(arguments: &[&str]) -> (String, String) {
    let folder = folder(&format!("mock{}", arguments.concat()));
    let served = ["mock", "--spec", "pets.yaml", "--address", "127.0.0.1:0"];
    let mut child = command(&folder, &[&served, arguments].concat())
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
    (answer, told)
}

#[test]
fn the_mock_serves_and_tells_what_it_refused() {
    let (answer, told) = refused(&[]);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(told.contains("422 GET /pets\n    query limit: "), "{told}");
    assert!(!told.contains("s3cr3t"));
}

#[test]
fn a_quiet_mock_tells_nothing_of_what_is_asked() {
    let (answer, told) = refused(&["--quiet"]);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert_eq!(told, "");
}

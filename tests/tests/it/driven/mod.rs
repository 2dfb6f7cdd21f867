//! Clients of small documents, driven by programs against a server that tells them what it received.

mod asked;
mod lists;

use std::path::Path;
use std::process::Command;
use std::{fs, thread};

use axum::body::Bytes;
use axum::extract::Path as Step;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use bindery_generator::Generator;
use bindery_generator::config::Config;
use bindery_spec::Diagnostics;
use bindery_tests::tree;
use serde_json::json;
use tempfile::tempdir;

#[test]
fn media() {
    drive("media", "features = []");
}

#[test]
fn streams() {
    drive("streams", "features = []");
}

#[test]
fn aids() {
    drive("aids", "features = [\"blocking\", \"mocks\", \"serde\"]");
}

#[test]
fn collected() {
    drive("collected", "features = []");
}

/// Without the default features there is no transport but one's own.
#[test]
fn bare() {
    drive("bare", "default-features = false");
}

#[test]
fn paged() {
    drive("paged", "features = []");
}

/// Each tag has a feature, which needs no other.
#[test]
fn features_by_tag() {
    let folder = tempdir().unwrap();
    let root = folder.path();
    let document = tree::root().join("tests/driven/aids.yaml");
    write_client(&document, "aids", &root.join("client"));
    fs::write(
        root.join("Cargo.toml"),
        "[workspace]\nmembers = [\"client\"]\nresolver = \"3\"\n",
    )
    .unwrap();
    fs::copy(tree::root().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    for features in [
        "",
        "tag-pets",
        "tag-owners",
        "tag-fish",
        "mocks",
        "serde",
        "blocking,rustls",
    ] {
        cargo(
            root,
            &[
                "check",
                "--quiet",
                "--no-default-features",
                "--features",
                features,
            ],
        );
    }
    cargo(root, &["check", "--quiet", "--all-features"]);
    let gated = fs::read_to_string(root.join("client/src/types/mod.rs")).unwrap();
    assert!(gated.contains("#[cfg(feature = \"tag-pets\")]"), "{gated}");
}

/// Runs the program `tests/driven/<name>.rs` with the client of the document beside it, which has these features.
#[track_caller]
fn drive(name: &str, features: &str) {
    let folder = tempdir().unwrap();
    let root = folder.path();
    let source = tree::root().join("tests/driven").join(name);
    write_client(&source.with_extension("yaml"), name, &root.join("client"));
    fs::create_dir(root.join("src")).unwrap();
    fs::copy(source.with_extension("rs"), root.join("src/main.rs")).unwrap();
    let manifest = format!(
        "[package]\nname = \"drive-{name}\"\nedition = \"2024\"\n\n[dependencies]\n{name} = {{ path = \"client\", {features} }}\n\
         bytes = \"1\"\n\
         futures-core = \"0.3\"\n\
         http = \"1\"\n\
         serde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\nmembers = [\"client\"]\n"
    );
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    // The versions of the workspace are there already, so that nothing is fetched.
    fs::copy(tree::root().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    cargo(root, &["run", "--quiet", "--", &serve()]);
}

/// Runs cargo, for which a warning is an error.
#[track_caller]
fn cargo(root: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("driven"),
        )
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
}

/// Writes the client of a document, with the configuration beside it, if there is one.
fn write_client(document: &Path, name: &str, output: &Path) {
    let reading = bindery_spec::read_file(document);
    let more = fs::read_to_string(document.with_extension("toml")).unwrap_or_default();
    let named = "document = \"\"\noutput = \"\"";
    let config = format!("[[client]]\n{named}\npackage = \"{name}\"\n{more}");
    let client = Config::parse(&config).unwrap().clients.remove(0);
    let mut diagnostics = Diagnostics::default();
    let api = reading.api.as_ref().unwrap();
    let files = Generator::new(&client).generate(api, &mut diagnostics);
    files.write(output).unwrap();
    assert!(diagnostics.is_empty(), "{}", reading.render(&diagnostics));
}

/// Starts a server that answers every request with what it received, and says where it is.
fn serve() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(|| {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(
                listener,
                Router::new()
                    .route("/played/{what}", get(play))
                    .route("/paged/{what}", get(page))
                    .route("/things/{what}", any(lists::page))
                    .route("/odd/{what}", any(lists::odd))
                    .route("/asked/{ids}", get(asked::query).post(asked::form))
                    .fallback(echo),
            )
            .await
        })
    });
    url
}

/// JSON where that is asked for, otherwise the media type that is asked for.
async fn echo(headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: HeaderName| {
        headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    let accept = header(ACCEPT);
    match accept {
        "application/json" => Json(json!({
            "content_type": header(CONTENT_TYPE),
            "accept": accept,
            "body": String::from_utf8_lossy(&body),
        }))
        .into_response(),
        "application/json; version=2" => Json(json!([2])).into_response(),
        "application/vnd.notes.short+json" => Json(json!(["short"])).into_response(),
        _ => format!("asked for {accept}").into_response(),
    }
}

/// Answers of each kind that comes piece by piece.
async fn play(Step(what): Step<String>, headers: HeaderMap) -> Response {
    const EVENTS: &str =
        "event: add\nid: 1\ndata: {\"text\":\"a\"}\n\ndata: {}\n\ndata: [DONE]\n\n";
    let typed = |media_type: &'static str, body: &'static str| {
        ([(CONTENT_TYPE, media_type)], body).into_response()
    };
    if headers.contains_key("x-fail") {
        return (StatusCode::NOT_FOUND, Json(json!({ "why": "gone" }))).into_response();
    }
    let records = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept == "application/json-seq");
    match what.as_str() {
        "lines" => typed("application/jsonl", "{\"text\":\"a\"}\n{\"text\":\"ü\"}"),
        "either" if records => typed("application/json-seq", "\u{1e}{\"text\":\"r\"}\n"),
        "either" => (
            [("x-total", "7"), ("x-kinds", "a, b"), ("x-mood", "good")],
            Json(json!([{ "text": "j" }])),
        )
            .into_response(),
        "quiet" => StatusCode::NO_CONTENT.into_response(),
        "mixed" if headers.contains_key("x-early") => StatusCode::ACCEPTED.into_response(),
        "mixed" => typed("application/jsonl", "{\"text\":\"a\"}\n{\"why\":\"b\"}"),
        "told" => match headers
            .get("x-status")
            .and_then(|status| status.to_str().ok())
        {
            Some("201") => {
                let lines = typed("application/jsonl", "{\"text\":\"a\"}");
                (StatusCode::CREATED, [("x-lines", "1")], lines).into_response()
            }
            Some("202") => (StatusCode::ACCEPTED, Json(json!({ "why": "b" }))).into_response(),
            Some("204") => StatusCode::NO_CONTENT.into_response(),
            Some("404") => StatusCode::NOT_FOUND.into_response(),
            _ => typed("text/event-stream", EVENTS),
        },
        "kinds" => typed(
            "text/event-stream",
            "event: removed\ndata: {\"text\":\"a\"}\n\nevent: ping\ndata: 12\n\nevent: added\ndata: {}\n\n\
             event: new\ndata: {\"text\":\"a\"}\n\nevent: newer\ndata: a\n\ndata: [DONE]\n\n",
        ),
        "bytes" => vec![0_u8; 3_000_000].into_response(),
        _ => typed("text/event-stream", EVENTS),
    }
}

/// Two numbers on the first page, one on the second, none after that.
async fn page(Step(what): Step<String>, uri: Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    let (numbers, last) = match query {
        "" => (json!([1, 2]), false),
        "page=2" => (json!([3]), what != "numbers"),
        _ => (json!([]), true),
    };
    let next = format!("/paged/{what}?page=2");
    match what.as_str() {
        "links" if !last => {
            ([("link", format!("<{next}>; rel=\"next\""))], Json(numbers)).into_response()
        }
        "urls" if !last => Json(json!({ "results": numbers, "next": next })).into_response(),
        "urls" => Json(json!({ "results": numbers, "next": null })).into_response(),
        _ => Json(numbers).into_response(),
    }
}

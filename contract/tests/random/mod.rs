//! Random requests: what only they find, and that they are the same every time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Finding, Options, run};
use serde_json::{Value, json};

const NOTES: &str = r"
openapi: 3.1.0
info: { title: Notes, version: 1.0.0 }
paths:
  /notes:
    post:
      operationId: add_note
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [text]
              properties: { text: { type: string }, tags: { type: array, items: { type: string } } }
      responses:
        '201': { description: Kept., content: { application/json: { schema: { type: object } } } }
        '400': { description: Wrong., content: { application/json: { schema: { type: object } } } }
        '415': { description: Wrong., content: { application/json: { schema: { type: object } } } }
";

fn api() -> Api {
    read_text("notes.yaml", NOTES).api.expect("a document")
}

/// Takes what the document allows, and fails over texts outside of ASCII when it is told to.
fn add(
    body: Result<Json<Value>, axum::extract::rejection::JsonRejection>,
    narrow: bool,
) -> Response {
    let Ok(Json(note)) = body else {
        return (StatusCode::BAD_REQUEST, Json(json!({}))).into_response();
    };
    let texts = |tags: &Value| {
        tags.as_array()
            .is_some_and(|tags| tags.iter().all(Value::is_string))
    };
    let valid = note["text"].is_string() && note.get("tags").is_none_or(texts);
    let ascii = note["text"].as_str().is_none_or(str::is_ascii);
    match (valid, narrow && !ascii) {
        (false, _) => (StatusCode::BAD_REQUEST, Json(json!({}))).into_response(),
        (true, true) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        (true, false) => (StatusCode::CREATED, Json(note)).into_response(),
    }
}

async fn findings(narrow: bool, seed: u64, workers: usize) -> Vec<Finding> {
    let router = Router::new().route("/notes", post(move |body| async move { add(body, narrow) }));
    let mut options = Options::in_process(router).seed(seed);
    options.fuzz = 40;
    options.workers = workers;
    let outcome = run(api(), &options, &()).await.expect("a run");
    outcome.findings
}

#[tokio::test]
async fn what_only_rare_values_show_is_found_with_every_seed() {
    for seed in 0..5 {
        let found = findings(true, seed, 1).await;
        let error = found.iter().find(|finding| finding.code == "server-error");
        let error = error.unwrap_or_else(|| panic!("seed {seed}: {found:#?}"));
        assert!(error.reproduced);
        let note: Value = serde_json::from_str(&error.request.body).expect("JSON");
        let text = note["text"].as_str().expect("a text");
        assert_eq!(text.chars().count(), 1, "seed {seed}: {note}");
        assert_eq!(
            note.as_object().map(serde_json::Map::len),
            Some(1),
            "seed {seed}: {note}"
        );
        assert_eq!(findings(true, seed, 4).await, found, "seed {seed}");
    }
}

#[tokio::test]
async fn a_server_that_takes_all_that_is_allowed_has_no_finding() {
    for seed in 0..5 {
        let found = findings(false, seed, 2).await;
        assert!(found.is_empty(), "seed {seed}: {found:#?}");
    }
}

#[tokio::test]
async fn what_does_not_show_again_is_told_and_fails_nothing() {
    let once = Arc::new(AtomicBool::new(true));
    let flaky = move |body| {
        let fails = once.swap(false, Ordering::Relaxed);
        async move {
            if fails {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
            add(body, false)
        }
    };
    let router = Router::new().route("/notes", post(flaky));
    let outcome = run(api(), &Options::in_process(router), &())
        .await
        .expect("a run");
    let errors = outcome
        .findings
        .iter()
        .filter(|finding| finding.code == "server-error");
    assert_eq!(
        errors.filter(|finding| !finding.reproduced).count(),
        1,
        "{:#?}",
        outcome.findings
    );
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
}

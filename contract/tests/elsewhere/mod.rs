//! Servers where nothing of the document is, or only a part of it; and what is certain though it shows only once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use axum::{Json, Router};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Options, Outcome, RunError, run};
use serde_json::json;

fn api() -> Api {
    let text = "
openapi: 3.1.0
info: { title: Doors, version: 1.0.0 }
servers: [{ url: https://example.com/v2 }]
paths:
  /doors:
    get:
      operationId: list_doors
      parameters: [{ name: color, in: cookie, required: true, schema: { type: string, enum: [red] } }]
      security: [{ key: [] }]
      responses: { '200': { description: All., content: { application/json: { schema: { type: array } } } } }
    post:
      operationId: open_door
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [number], properties: { number: { type: integer } } } } } }
      responses: { '204': { description: Open. }, '409': { description: It is open. } }
  /keys:
    get:
      operationId: list_keys
      responses: { '200': { description: All., content: { application/json: { schema: { type: array } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: cookie, name: key } }
";
    read_text("doors.yaml", text).api.expect("a document")
}

async fn test(router: Router) -> Result<Outcome, RunError> {
    let options = Options::in_process(router).header("Cookie", "key=s3cr3t; theme=dark");
    run(api(), &options.expect("a header"), &()).await
}

/// `code operation` of each finding.
fn found(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter();
    findings
        .map(|finding| format!("{} {}", finding.code, finding.operation))
        .collect()
}

#[tokio::test]
async fn a_base_url_that_leads_elsewhere_is_no_clean_run() {
    let elsewhere = Router::new().route("/", get(async || "Welcome"));
    let error = test(elsewhere).await.expect_err("nothing is there");
    let told = error.to_string();
    assert!(matches!(error, RunError::NotServed(..)), "{told}");
    assert!(told.ends_with("below /v2"), "{told}");
}

async fn doors(request: Request) -> impl IntoResponse {
    let cookies = request.headers().get(header::COOKIE);
    let cookies = cookies
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let has = |pair: &str| cookies.split("; ").any(|own| own == pair);
    if !has("key=s3cr3t") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if !has("color=red") || !has("theme=dark") {
        return StatusCode::BAD_REQUEST.into_response();
    }
    Json(json!([])).into_response()
}

/// Opens a door whose number is an integer, but for the first one, which may be anything.
fn open(first: &AtomicUsize, body: &str, careful: bool) -> StatusCode {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let number = &value["number"];
    let good = number.is_i64() || number.is_u64();
    let let_in = !careful && number.is_string() && first.fetch_add(1, Ordering::Relaxed) == 0;
    if good || let_in {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::BAD_REQUEST
    }
}

fn router(careful: bool) -> Router {
    let first = Arc::new(AtomicUsize::new(0));
    let opening = post(async move |body: String| open(&first, &body, careful));
    let allow = || [(header::ALLOW, "GET, POST")];
    let refuse = move || async move { (StatusCode::METHOD_NOT_ALLOWED, allow()) };
    let doors = get(doors).merge(opening).fallback(refuse);
    Router::new().route("/doors", doors)
}

#[tokio::test]
async fn cookies_that_are_given_stand_beside_those_of_the_document() {
    let keys = get(async || Json(json!([]))).fallback(async || {
        (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
        )
    });
    let outcome = test(router(true).route("/keys", keys))
        .await
        .expect("a run");
    assert_eq!(found(&outcome), [] as [&str; 0], "{:#?}", outcome.findings);
}

#[tokio::test]
async fn an_operation_that_is_not_there_is_a_finding() {
    let outcome = test(router(true)).await.expect("a run");
    assert_eq!(found(&outcome), ["operation-not-there list_keys"]);
    assert!(!outcome.is_clean(false));
}

#[tokio::test]
async fn what_is_accepted_once_against_the_document_fails_the_run() {
    let keys = get(async || Json(json!([])));
    let outcome = test(router(false).route("/keys", keys))
        .await
        .expect("a run");
    let mut findings = outcome.findings.iter();
    let accepted = findings.find(|finding| finding.code == "invalid-input-accepted");
    let accepted = accepted.expect("it was accepted");
    assert!(!accepted.reproduced);
    assert!(accepted.is_error(), "{accepted:#?}");
    assert!(!outcome.is_clean(false));
}

#[tokio::test]
async fn what_is_missing_at_each_path_is_told_once() {
    let refuse = || StatusCode::METHOD_NOT_ALLOWED.into_response();
    let keys = any(async move |request: Request| match request.method() {
        &Method::GET | &Method::HEAD => Json(json!([])).into_response(),
        _ => refuse(),
    });
    let doors = any(async move |request: Request| match request.method() {
        &Method::GET | &Method::HEAD => doors(request).await.into_response(),
        &Method::POST => {
            let body = String::from_request(request, &()).await.unwrap_or_default();
            open(&AtomicUsize::new(0), &body, true).into_response()
        }
        _ => refuse(),
    });
    let router = Router::new().route("/keys", keys).route("/doors", doors);
    let outcome = test(router).await.expect("a run");
    assert_eq!(found(&outcome), ["allow-missing list_doors"]);
    assert!(
        outcome.findings[0]
            .message
            .ends_with("here and at 1 other paths")
    );
}

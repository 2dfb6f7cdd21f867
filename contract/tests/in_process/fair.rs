//! What the standard leaves open is no finding, and what has one cause is one.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Options, Outcome, RunError, run};
use serde_json::Value;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Crates, version: 1.0.0 }
servers: [{ url: https://crates.example/api/v1 }]
paths:
  /text:
    get:
      operationId: text
      responses:
        '200':
          description: One.
          content: { text/plain: { schema: { type: object, required: [name] } } }
  /coded:
    get:
      operationId: coded
      responses: { '200': { description: One., content: { application/json: { schema: { type: object } } } } }
  /dated:
    get:
      operationId: dated
      responses: { '200': { description: One., headers: { Last-Modified: { schema: { type: string, format: date-time } } } } }
  /listed:
    get:
      operationId: listed
      parameters: [{ name: id, in: query, required: true, schema: { type: array, items: { type: string } } }]
      responses: { '200': { description: All. } }
  /counted:
    get:
      operationId: counted
      parameters: [{ name: limit, in: query, schema: { type: integer, format: int32, minimum: 1 } }]
      responses: { '200': { description: All. } }
  /socket:
    get: { operationId: socket, responses: { '101': { description: A socket. } } }
  /guarded:
    get:
      operationId: guarded
      responses:
        '200': { description: One. }
        '400': { description: No., content: { application/json: { schema: { type: object } } } }
  /named/{id}:
    get:
      operationId: named
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One. } }
  /closed:
    post:
      operationId: closed
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { description: Made. }, '400': { description: No. } }
  /picky:
    post:
      operationId: picky
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { description: Made. }, '400': { description: No. } }
  /elsewhere:
    post:
      operationId: elsewhere
      requestBody: { required: true, content: { application/json: { schema: { $ref: 'https://far.example/thing.yaml' }, example: { a: 1 } } } }
      responses: { '200': { $ref: 'https://far.example/answers.yaml#/one' }, '400': { description: No. } }
  /anything:
    post:
      operationId: anything
      requestBody: { $ref: 'https://far.example/bodies.yaml#/one' }
      responses: { '200': { description: One. } }
  /chosen:
    get:
      operationId: chosen
      parameters:
        - { name: as, in: query, schema: { type: string, enum: [html, json] } }
        - { name: at, in: query, schema: { type: string } }
      responses: { '200': { description: One. }, '400': { description: No. } }
  /broken:
    get: { operationId: broken, responses: { '500': { description: Always. } } }
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string }
        filter: { type: object, additionalProperties: { type: object, additionalProperties: true } }
        note: { type: string }
";

/// A finding in a few words.
fn told(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter();
    findings
        .map(|own| {
            format!(
                "{} {} {}{} {}",
                own.level, own.code, own.location, own.pointer, own.rule
            )
        })
        .collect()
}

async fn test(operation: &str, router: Router) -> Result<Outcome, RunError> {
    let api = read_text("crates.yaml", DOCUMENT).api.expect("a document");
    let mut options = Options::in_process(router);
    let selected = bindery_contract::Selector::Operation(operation.to_owned());
    options.filter.include.push(selected);
    run(api, &options, &()).await
}

async fn findings(operation: &str, router: Router) -> Vec<String> {
    told(&test(operation, router).await.expect("a run"))
}

#[tokio::test]
async fn plain_text_may_hold_json_for_an_object() {
    let served =
        |text: &'static str| Router::new().route("/text", get(move || async move { text }));
    assert_eq!(
        findings("text", served(r#"{"name": "a"}"#)).await,
        [] as [&str; 0]
    );
    let wrong = "error response-body response body/name required";
    assert_eq!(findings("text", served("{}")).await, [wrong]);
    let wrong = "error response-body response body type";
    assert_eq!(findings("text", served("a")).await, [wrong]);
}

#[tokio::test]
async fn a_body_that_is_coded_is_not_read_as_it_is() {
    let coded = || async {
        let headers = [
            ("content-type", "application/json"),
            ("content-encoding", "gzip"),
        ];
        (headers, Bytes::from_static(b"\x1f\x8b\x08"))
    };
    let outcome = test("coded", Router::new().route("/coded", get(coded))).await;
    let outcome = outcome.expect("a run");
    assert_eq!(told(&outcome), [] as [&str; 0]);
    let place = "/paths/~1coded/get/responses/200";
    let sentence =
        format!("body-not-checked: bodies that are coded as `gzip` are not read (at {place})");
    assert_eq!(outcome.not_checked, [sentence]);
}

#[tokio::test]
async fn a_time_is_not_that_of_http_where_the_document_asks_for_another() {
    let dated = || async { [("last-modified", "2024-05-17T09:30:00Z")] };
    let served = |path: &str| Router::new().route(path, get(dated));
    assert_eq!(findings("dated", served("/dated")).await, [] as [&str; 0]);
    let wrong = "error response-date-malformed response header Last-Modified http-date";
    assert_eq!(findings("named", served("/named/{id}")).await, [wrong]);
}

#[tokio::test]
async fn a_required_list_has_an_item_to_be_there() {
    async fn listed(RawQuery(query): RawQuery) -> StatusCode {
        let given = query.is_some_and(|query| query.contains("id="));
        if given {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
    let outcome = test("listed", Router::new().route("/listed", get(listed))).await;
    let outcome = outcome.expect("a run");
    assert_eq!(told(&outcome), [] as [&str; 0]);
    assert_eq!(outcome.coverage[0].skipped, None);
}

#[tokio::test]
async fn the_range_of_a_format_is_no_more_than_a_format() {
    let lax = || async { StatusCode::OK };
    let found = findings("counted", Router::new().route("/counted", get(lax))).await;
    let expected = [
        "error invalid-input-accepted query limit minimum",
        "warning invalid-input-accepted query limit format",
        "error invalid-input-accepted query limit type",
    ];
    assert!(
        expected
            .iter()
            .all(|one| found.iter().any(|own| own == one)),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|own| own.ends_with("maximum")),
        "{found:?}"
    );
}

#[tokio::test]
async fn what_goes_on_in_another_protocol_is_left_out() {
    let outcome = test(
        "socket",
        Router::new().route("/socket", get(|| async { StatusCode::BAD_REQUEST })),
    )
    .await;
    let outcome = outcome.expect("a run");
    assert_eq!(told(&outcome), [] as [&str; 0]);
    assert!(outcome.coverage[0].skipped.is_some());
}

#[tokio::test]
async fn a_request_that_no_encoder_writes_may_be_refused_by_whoever_sees_it_first() {
    async fn guarded(headers: HeaderMap) -> Response {
        if headers.values().any(|value| value.len() > 16_000) {
            return (StatusCode::BAD_REQUEST, "Request Header Fields Too Large").into_response();
        }
        StatusCode::OK.into_response()
    }
    let router = Router::new().route("/guarded", get(guarded));
    assert_eq!(findings("guarded", router).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_refusal_that_is_not_declared_is_one_finding() {
    let named = |Path(_): Path<String>| async { StatusCode::BAD_REQUEST };
    let outcome = test("named", Router::new().route("/named/{id}", get(named))).await;
    let outcome = outcome.expect("a run");
    assert_eq!(
        told(&outcome),
        ["error status-undocumented response status status"]
    );
    let message = "the minimal valid request was answered with 400, which is not declared";
    assert_eq!(outcome.findings[0].message, message);
}

#[tokio::test]
async fn where_nothing_is_accepted_it_is_said_once() {
    let router = Router::new().route("/closed", post(|| async { StatusCode::BAD_REQUEST }));
    let expected = "warning valid-input-rejected request minimal";
    assert_eq!(findings("closed", router).await, [expected]);
}

#[tokio::test]
async fn refusals_with_one_cause_are_one_finding() {
    async fn picky(Json(body): Json<Value>) -> StatusCode {
        if body["filter"].is_object() {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::CREATED
        }
    }
    let found = findings("picky", Router::new().route("/picky", post(picky))).await;
    let refused = found
        .iter()
        .filter(|own| own.contains("valid-input-rejected"));
    assert_eq!(refused.count(), 1, "{found:?}");
}

#[tokio::test]
async fn a_base_url_with_nothing_below_it_is_no_run() {
    let error = test("text", Router::new()).await.expect_err("no run");
    let message = error.to_string();
    assert!(
        message.contains("404; the document says that the API is below /api/v1"),
        "{message}"
    );
}

#[tokio::test]
async fn what_references_do_not_lead_to_is_held_against_nobody() {
    async fn elsewhere(Json(body): Json<Value>) -> Response {
        if body["a"].is_null() {
            return StatusCode::BAD_REQUEST.into_response();
        }
        "text".into_response()
    }
    let router = Router::new().route("/elsewhere", post(elsewhere));
    let found = findings("elsewhere", router).await;
    let refused = "warning valid-input-rejected body minimal";
    assert!(found.iter().any(|own| own == refused), "{found:?}");
    assert!(
        found.iter().all(|own| own.starts_with("warning")),
        "{found:?}"
    );
    let router = Router::new().route("/anything", post(|| async { StatusCode::OK }));
    assert_eq!(findings("anything", router).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_name_without_a_value_may_be_refused_and_proves_nothing() {
    async fn chosen(RawQuery(query): RawQuery) -> StatusCode {
        let empty = query.is_some_and(|query| query.ends_with('='));
        if empty {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        }
    }
    let router = Router::new().route("/chosen", get(chosen));
    let outcome = test("chosen", router).await.expect("a run");
    assert_eq!(
        told(&outcome),
        ["error invalid-input-accepted query as enum"]
    );
    let sent = &outcome.findings[0].request.start;
    assert!(!sent.ends_with("as="), "{sent}");
}

#[tokio::test]
async fn a_failure_is_none_where_nothing_else_is_declared() {
    let broken = || async { StatusCode::INTERNAL_SERVER_ERROR };
    let router = Router::new().route("/broken", get(broken));
    assert_eq!(findings("broken", router).await, [] as [&str; 0]);
}

//! What a finding shows is the smallest request that shows it, and says what is wrong with that.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::{Value, read_text};
use bindery_contract::{Finding, Options, Selector, run};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Small, version: 1.0.0 }
paths:
  /marked:
    get:
      operationId: marked
      parameters:
        - { name: X-Mark, in: header, schema: { type: string, minLength: 1, maxLength: 40 } }
        - { name: X-Note, in: header, schema: { type: string } }
        - { name: q, in: query, schema: { type: string } }
      responses: { '200': { description: One. } }
  /nested:
    post:
      operationId: nested
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Box' } } } }
      responses: { '200': { description: Made. }, '400': { description: No. } }
  /alerts:
    post:
      operationId: alerts
      requestBody:
        required: true
        content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Alert' } } } }
      responses: { '200': { description: Made. }, '400': { description: No. } }
components:
  schemas:
    Box:
      type: object
      required: [items]
      properties:
        name: { type: string }
        items:
          type: array
          items: { type: object, properties: { label: { type: string }, counts: { type: array, items: { type: integer } } } }
    Alert:
      type: object
      required: [labels]
      properties:
        labels: { type: object, additionalProperties: { type: string } }
        start: { type: string, format: date-time }
        loud: { type: boolean }
";

async fn findings(operation: &str, router: Router) -> Vec<Finding> {
    let api = read_text("small.yaml", DOCUMENT).api.expect("a document");
    let mut options = Options::in_process(router);
    options.filter.include = vec![Selector::Operation(operation.to_owned())];
    run(api, &options, &()).await.expect("a run").findings
}

#[tokio::test]
async fn a_header_is_made_small_and_others_are_left_out() {
    let fails = async |headers: HeaderMap| {
        let mark = headers
            .get("x-mark")
            .map_or(0, axum::http::HeaderValue::len);
        StatusCode::from_u16(if mark > 6 { 500 } else { 200 }).expect("a status")
    };
    let found = findings("marked", Router::new().route("/marked", get(fails))).await;
    let failed = found.iter().find(|own| own.code == "server-error");
    let failed = failed.unwrap_or_else(|| panic!("{found:#?}"));
    let sent = &failed.request;
    assert_eq!(sent.headers["x-mark"].len(), 7, "{sent:#?}");
    assert!(!sent.headers.contains_key("x-note"), "{sent:#?}");
    assert!(!sent.start.contains('?'), "{sent:#?}");
}

#[tokio::test]
async fn a_nested_value_is_made_small_and_what_is_around_it_left_out() {
    let fails = async |body: Bytes| {
        let Ok(body) = serde_json::from_slice::<Value>(&body) else {
            return StatusCode::BAD_REQUEST;
        };
        let mut items = body["items"].as_array().into_iter().flatten();
        let fails = items.any(|item| item["counts"].as_array().is_some_and(|own| own.len() > 1));
        if fails {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::OK
        }
    };
    let found = findings("nested", Router::new().route("/nested", post(fails))).await;
    let failed = found.iter().find(|own| own.code == "server-error");
    let failed = failed.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(failed.request.body, r#"{"items":[{"counts":[0,0]}]}"#);
}

#[tokio::test]
async fn what_is_refused_for_what_is_around_it_is_told_once() {
    let picky = async |Json(alerts): Json<Vec<Value>>| {
        let is_empty = |alert: &Value| {
            alert["labels"]
                .as_object()
                .is_none_or(serde_json::Map::is_empty)
        };
        if alerts.iter().any(is_empty) {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        }
    };
    let found = findings("alerts", Router::new().route("/alerts", post(picky))).await;
    let refused: Vec<&Finding> = found
        .iter()
        .filter(|own| own.code == "valid-input-rejected")
        .collect();
    let [refused] = &refused[..] else {
        panic!("{refused:#?}")
    };
    assert_eq!(refused.request.body, r#"[{"labels":{}}]"#);
}

//! What a server knows beyond the document is held against nobody, and what it does once only is seen all the same.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use bindery_contract::spec::{Value, read_text};
use bindery_contract::{Options, Selector, run};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Beyond, version: 1.0.0 }
paths:
  /silences:
    post:
      operationId: silence
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [startsAt, endsAt]
              properties: { startsAt: { type: string, format: date-time }, endsAt: { type: string, format: date-time } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /flows:
    post:
      operationId: flow
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } }
      responses: { '200': { description: It was there or is made. } }
  /storage:
    get: { operationId: storage, responses: { '200': { description: Which. } } }
    put:
      operationId: store
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [block], properties: { block: { type: string, format: uuid } } } } }
      responses: { '204': { description: Done. } }
  /vessels:
    get:
      operationId: vessels
      parameters: [{ name: length, in: query, style: deepObject, schema: { type: object, properties: { from: { type: integer } } } }]
      responses: { '200': { description: A page. }, '400': { description: No number. } }
  /alerts:
    get:
      operationId: alerts
      parameters: [{ name: filter, in: query, schema: { type: array, items: { type: string } } }]
      responses: { '200': { description: All. }, '400': { description: No matcher. } }
";

/// Each finding in a few words.
async fn found(operations: &[&str], router: Router) -> Vec<String> {
    let api = read_text("beyond.yaml", DOCUMENT).api.expect("a document");
    let mut options = Options::in_process(router);
    let selected = operations
        .iter()
        .map(|name| Selector::Operation((*name).to_owned()));
    options.filter.include = selected.collect();
    let outcome = run(api, &options, &()).await.expect("a run");
    let told = outcome.findings.iter().map(|own| {
        let flaky = if own.reproduced { "" } else { " (once)" };
        format!(
            "{} {} {}{} {}{flaky}",
            own.level, own.code, own.location, own.pointer, own.rule
        )
    });
    told.collect()
}

#[tokio::test]
async fn an_end_that_is_over_may_be_refused() {
    async fn silence(Json(body): Json<Value>) -> StatusCode {
        let [start, end] =
            ["startsAt", "endsAt"].map(|name| body[name].as_str().unwrap_or_default());
        if start < end && end > "2030" {
            StatusCode::NO_CONTENT
        } else {
            StatusCode::BAD_REQUEST
        }
    }
    let found = found(
        &["silence"],
        Router::new().route("/silences", post(silence)),
    )
    .await;
    let refused = "warning valid-input-rejected body/endsAt type";
    assert!(found.iter().any(|own| own == refused), "{found:?}");
    let error = |own: &String| own.starts_with("error valid-input-rejected");
    assert!(!found.iter().any(error), "{found:?}");
}

#[tokio::test]
async fn what_is_made_once_and_found_after_that_is_made_under_other_names() {
    let known = Arc::<Mutex<BTreeSet<String>>>::default();
    let flow = async move |Json(body): Json<Value>| match body["name"].as_str() {
        Some(name) if known.lock().expect("no panic").insert(name.to_owned()) => {
            StatusCode::CREATED
        }
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let found = found(&["flow"], Router::new().route("/flows", post(flow))).await;
    assert_eq!(found, ["error status-undocumented response status status"]);
}

#[tokio::test]
async fn what_a_body_names_may_be_missing_where_the_operation_is_there() {
    let nothing = || async { (StatusCode::NOT_FOUND, "nothing here") };
    let other = Router::new()
        .route("/flows", post(|| async {}))
        .fallback(nothing);
    let store = put(|| async { (StatusCode::NOT_FOUND, "there is no such block") });
    let told = "warning operation-not-there response status status";
    let is_told = async |router| {
        found(&["store", "flow"], router)
            .await
            .iter()
            .any(|own| own == told)
    };
    assert!(!is_told(other.clone().route("/storage", store)).await);
    assert!(is_told(other).await);
}

#[tokio::test]
async fn items_that_are_refused_alike_are_told_with_the_list() {
    async fn alerts(RawQuery(query): RawQuery) -> Response {
        if query.is_some_and(|query| query.contains("filter=")) {
            return StatusCode::BAD_REQUEST.into_response();
        }
        StatusCode::OK.into_response()
    }
    let found = found(&["alerts"], Router::new().route("/alerts", get(alerts))).await;
    assert_eq!(found, ["warning valid-input-rejected query filter full"]);
}

#[tokio::test]
async fn brackets_behind_a_number_are_another_name() {
    async fn vessels(RawQuery(query): RawQuery) -> StatusCode {
        let query = query.unwrap_or_default();
        let query = query.replace("%5B", "[").replace("%5D", "]");
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let wrong =
            |(name, value): (&str, &str)| name == "length[from]" && value.parse::<i64>().is_err();
        if pairs.any(wrong) {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        }
    }
    let router = Router::new().route("/vessels", get(vessels));
    assert_eq!(found(&["vessels"], router).await, [] as [&str; 0]);
}

//! One cause is told once, and under the rule that is broken on the wire.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Finding, Options, run};
use serde_json::Value;

use crate::pets;

const CRATES: &str = "
openapi: 3.1.0
info: { title: Crates, version: 1.0.0 }
paths:
  /crates:
    get:
      operationId: list_crates
      parameters: [{ name: owner, in: query, schema: { type: string, format: uuid } }]
      responses:
        '200': { description: All. }
    post:
      operationId: pack
      requestBody:
        content:
          application/json:
            schema:
              type: array
              items:
                type: object
                required: [labels]
                properties:
                  labels: { type: object, additionalProperties: { type: string } }
                  from: { type: [string, 'null'] }
                  to: { type: [string, 'null'] }
      responses:
        '200': { description: Packed. }
        '400': { description: Refused. }
";

/// Takes any list whose items have a label.
async fn pack(body: Bytes) -> StatusCode {
    let labelled = |item: &Value| {
        let labels = item.get("labels").and_then(Value::as_object);
        labels.is_some_and(|labels| !labels.is_empty() && labels.values().all(Value::is_string))
    };
    match serde_json::from_slice(&body) {
        Ok(Value::Array(items)) if items.iter().all(labelled) => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    }
}

async fn list(Query(_): pets::Pairs) -> Response {
    Json(["one"]).into_response()
}

async fn findings() -> Vec<Finding> {
    let router = Router::new().route("/crates", get(list).post(pack));
    let api = read_text("crates.yaml", CRATES).api.expect("a document");
    let outcome = run(api, &Options::in_process(router), &()).await;
    outcome.expect("a run").findings
}

#[tokio::test]
async fn what_comes_down_to_one_request_is_one_finding() {
    let findings = findings().await;
    let refused: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.code == "valid-input-rejected")
        .collect();
    let mut requests: Vec<&str> = refused.iter().map(|finding| &*finding.curl).collect();
    requests.sort_unstable();
    requests.dedup();
    assert_eq!(requests.len(), refused.len(), "{refused:#?}");
    assert!(
        refused.iter().any(|finding| finding.cases > 1),
        "{refused:#?}"
    );
}

#[tokio::test]
async fn a_parameter_of_another_type_breaks_no_more_than_its_format() {
    let findings = findings().await;
    let owner = findings.iter().filter(|finding| {
        finding.code == "invalid-input-accepted" && finding.location == "query owner"
    });
    let told: Vec<_> = owner
        .map(|finding| (finding.rule.as_str(), finding.level.as_str()))
        .collect();
    assert_eq!(told, [("format", "warning")]);
}

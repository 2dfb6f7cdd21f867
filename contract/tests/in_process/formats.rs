//! What is wrong is told under the rule that is broken on the wire.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Finding, Options, run};

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
";

async fn list(Query(_): pets::Pairs) -> Response {
    Json(["one"]).into_response()
}

async fn findings() -> Vec<Finding> {
    let router = Router::new().route("/crates", get(list));
    let api = read_text("crates.yaml", CRATES).api.expect("a document");
    let outcome = run(api, &Options::in_process(router), &()).await;
    outcome.expect("a run").findings
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

//! What is taken although it is wrong, and comes back as it was.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Options, run};
use serde_json::Value;

const NOTES: &str = r"
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    post:
      operationId: add_note
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
      responses:
        '201': { description: Kept., content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
components:
  schemas: { Note: { type: object, required: [text], properties: { text: { type: string, maxLength: 9 } } } }
";

#[tokio::test]
async fn an_echo_of_what_was_wrong_is_no_finding_of_its_own() {
    let echo = post(|Json(note): Json<Value>| async move { (StatusCode::CREATED, Json(note)) });
    let api = read_text("notes.yaml", NOTES).api.expect("a document");
    let options = Options::in_process(Router::new().route("/notes", echo));
    let outcome = run(api, &options, &()).await.expect("a run");
    let found = |code: &str, rule: &str| {
        let mut findings = outcome.findings.iter();
        findings.any(|own| own.code == code && own.rule == rule && own.pointer == "/text")
    };
    assert!(
        found("invalid-input-accepted", "maxLength"),
        "{:#?}",
        outcome.findings
    );
    assert!(
        !found("response-body", "maxLength"),
        "{:#?}",
        outcome.findings
    );
}

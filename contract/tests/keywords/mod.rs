//! Each keyword of JSON Schema: a server that does not look at it is found by its name, and one that does is clean.

mod rows;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Finding, Options, run};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// A document with a schema in a body and in a parameter that is JSON.
fn api(schema: &Value) -> Api {
    let answers = json!({ "204": { "description": "Fine." }, "400": { "description": "Wrong." } });
    let content = json!({ "application/json": { "schema": schema } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Things", "version": "1" },
        "paths": {
            "/things": { "post": {
                "operationId": "add_thing",
                "requestBody": { "required": true, "content": content },
                "responses": answers,
            } },
            "/search": { "get": {
                "operationId": "find_things",
                "parameters": [{ "name": "like", "in": "query", "required": true, "content": content }],
                "responses": answers,
            } },
        },
    });
    let reading = read_text("things.json", &document.to_string());
    reading.api.expect("a document")
}

fn judge(validator: &Validator, text: &[u8]) -> StatusCode {
    match serde_json::from_slice(text) {
        Ok(value) if validator.is_valid(&value) => StatusCode::NO_CONTENT,
        _ => StatusCode::BAD_REQUEST,
    }
}

async fn add(
    State(validator): State<Arc<Validator>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let kind = headers
        .get("content-type")
        .map(axum::http::HeaderValue::as_bytes);
    match kind {
        Some(name) if name.starts_with(b"application/json") => judge(&validator, &body),
        _ => StatusCode::UNSUPPORTED_MEDIA_TYPE,
    }
}

async fn find(
    State(validator): State<Arc<Validator>>,
    Query(query): Query<HashMap<String, String>>,
) -> StatusCode {
    match query.get("like") {
        Some(text) => judge(&validator, text.as_bytes()),
        None => StatusCode::BAD_REQUEST,
    }
}

/// A server that holds its input to a schema.
fn server(schema: &Value) -> Router {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = options.build(schema).expect("a schema");
    Router::new()
        .route("/things", post(add))
        .route("/search", get(find))
        .with_state(Arc::new(validator))
}

/// The schema as somebody reads it who does not know a keyword.
fn without(schema: &Value, keyword: &str) -> Value {
    match schema {
        Value::Object(fields) => {
            let known = fields.iter().filter(|(name, _)| *name != keyword);
            known
                .map(|(name, field)| (name.clone(), without(field, keyword)))
                .collect()
        }
        Value::Array(items) => items.iter().map(|item| without(item, keyword)).collect(),
        _ => schema.clone(),
    }
}

async fn findings(schema: &Value, router: Router, seed: u64) -> Vec<Finding> {
    let options = Options::in_process(router).seed(seed);
    run(api(schema), &options, &())
        .await
        .expect("a run")
        .findings
}

/// What a row shows otherwise than it should.
async fn problems(row: &rows::Row, seed: u64) -> Vec<String> {
    let schema: Value = serde_json::from_str(row.schema).expect(row.schema);
    let said = |finding: &Finding| {
        let Finding {
            code,
            operation,
            location,
            pointer,
            rule,
            ..
        } = finding;
        format!("{operation} {code} {location} {pointer} {rule}")
    };
    let clean = findings(&schema, server(&schema), seed).await;
    let mut problems: Vec<String> = clean
        .iter()
        .map(|own| format!("not clean: {}", said(own)))
        .collect();
    let found = findings(&schema, server(&without(&schema, row.keyword)), seed).await;
    let unknown = found
        .iter()
        .filter(|own| !bindery_contract::rules().any(|rule| rule.name == own.rule));
    problems.extend(unknown.map(|own| format!("`{}` is not explained", own.rule)));
    let found: Vec<String> = found.iter().map(said).collect();
    for part in [
        "add_thing invalid-input-accepted body",
        "find_things invalid-input-accepted query like",
    ] {
        let wanted = format!("{part} {} {}", row.pointer, row.rule);
        if !found.contains(&wanted) {
            problems.push(format!("no {wanted}, but {found:#?}"));
        }
    }
    let shown = |problem| format!("{} {}: {problem}", row.keyword, row.schema);
    problems.into_iter().map(shown).collect()
}

#[tokio::test]
async fn a_server_that_ignores_a_keyword_is_found_and_one_that_keeps_it_is_clean() {
    let mut found = Vec::new();
    for (seed, row) in (0..).zip(rows::ROWS) {
        found.extend(problems(row, seed).await);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

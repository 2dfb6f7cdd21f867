//! A server that takes a name once only, wants to be told which state a change starts from, and lets some of it be changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bindery_contract::spec::read_text;
use bindery_contract::{Options, run};
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Parts, version: 1.0.0 }
paths:
  /parts:
    post:
      operationId: create
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/PartIn' } } } }
      responses:
        '201': { description: Made., content: { application/json: { schema: { $ref: '#/components/schemas/Part' } } } }
        '400': { description: No. }
        '415': { description: JSON only. }
  /parts/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get:
      operationId: read
      responses:
        '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Part' } } } }
        '400': { description: No. }
        '404': { description: None. }
    put:
      operationId: replace
      parameters: [{ $ref: '#/components/parameters/Tag' }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/PartIn' } } } }
      responses:
        '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Part' } } } }
        '400': { description: No. }
        '404': { description: None. }
        '409': { description: The size stays. }
        '412': { description: Another state. }
        '415': { description: JSON only. }
    delete:
      operationId: remove
      parameters: [{ $ref: '#/components/parameters/Tag' }]
      responses:
        '204': { description: Gone. }
        '400': { description: No. }
        '404': { description: None. }
        '412': { description: Another state. }
components:
  parameters:
    Tag: { name: If-Match, in: header, required: true, schema: { type: string } }
  schemas:
    PartIn:
      type: object
      additionalProperties: false
      required: [sku, quantity, size]
      properties:
        sku: { type: string, pattern: '^[A-Z]{3}[0-9]{9}$' }
        quantity: { type: integer, minimum: 0, maximum: 100 }
        kind: { enum: [bolt, nut] }
        size: { type: object, additionalProperties: false, required: [w], properties: { w: { type: integer, minimum: 0, maximum: 9 } } }
    Part:
      type: object
      required: [id, sku, quantity, size]
      properties:
        id: { type: integer }
        sku: { type: string }
        quantity: { type: integer }
        kind: { enum: [bolt, nut] }
        size: { type: object, required: [w], properties: { w: { type: integer } } }
";

/// What the server does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    None,
    KindFails,
    QuantityKept,
    DeleteKeeps,
}

#[derive(Clone)]
struct Server {
    defect: Defect,
    parts: Arc<Mutex<BTreeMap<u64, (u64, Value)>>>,
}

type Refused = Result<Response, StatusCode>;

/// A body that keeps to the document.
fn checked(headers: &HeaderMap, body: &[u8]) -> Result<Value, StatusCode> {
    if headers
        .get("content-type")
        .is_none_or(|own| own != "application/json")
    {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body: Value = serde_json::from_slice(body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let sku = body["sku"].as_str().is_some_and(|own| {
        let (letters, digits) = own.split_at_checked(3).unwrap_or_default();
        letters.len() == 3
            && letters.bytes().all(|own| own.is_ascii_uppercase())
            && digits.len() == 9
            && digits.bytes().all(|own| own.is_ascii_digit())
    });
    let within = |value: &Value, most| value.as_u64().is_some_and(|own| own <= most);
    let kind = body
        .get("kind")
        .is_none_or(|own| own == "bolt" || own == "nut");
    let size = body["size"]
        .as_object()
        .is_some_and(|own| own.len() == 1 && within(&own["w"], 9));
    let names = ["sku", "quantity", "kind", "size"];
    let known = body
        .as_object()
        .is_some_and(|own| own.keys().all(|name| names.contains(&name.as_str())));
    let good = known && sku && within(&body["quantity"], 100) && kind && size;
    good.then_some(body).ok_or(StatusCode::BAD_REQUEST)
}

fn shown(id: u64, version: u64, part: &Value) -> Response {
    let mut part = part.clone();
    part["id"] = id.into();
    ([("etag", format!("\"{version}\""))], Json(part)).into_response()
}

async fn create(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Refused {
    let body = checked(&headers, &body)?;
    let mut parts = server.parts.lock().expect("no panic");
    if parts.values().any(|(_, own)| own["sku"] == body["sku"]) {
        return Err(StatusCode::BAD_REQUEST);
    }
    if server.defect == Defect::KindFails && body["kind"] == "nut" {
        return Err(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let id = parts.keys().last().unwrap_or(&0) + 1;
    parts.insert(id, (1, body.clone()));
    Ok((StatusCode::CREATED, shown(id, 1, &body)).into_response())
}

async fn one(
    State(server): State<Server>,
    method: Method,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Refused {
    let id = id.parse().ok().filter(|id| (1..=9999).contains(id));
    let id: u64 = id.ok_or(StatusCode::BAD_REQUEST)?;
    let mut parts = server.parts.lock().expect("no panic");
    let (version, part) = parts.get(&id).cloned().ok_or(StatusCode::NOT_FOUND)?;
    if method == "GET" || method == "HEAD" {
        return Ok(shown(id, version, &part));
    }
    let body = if method == "PUT" {
        checked(&headers, &body)?
    } else {
        json!(null)
    };
    let tag = headers.get("if-match").ok_or(StatusCode::BAD_REQUEST)?;
    if tag != "*" && *tag != format!("\"{version}\"") {
        return Err(StatusCode::PRECONDITION_FAILED);
    }
    if method == "DELETE" {
        if server.defect != Defect::DeleteKeeps {
            parts.remove(&id);
        }
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let taken = parts
        .iter()
        .any(|(other, (_, own))| *other != id && own["sku"] == body["sku"]);
    if taken {
        return Err(StatusCode::BAD_REQUEST);
    }
    if body["size"] != part["size"] {
        return Err(StatusCode::CONFLICT);
    }
    let mut next = body;
    if server.defect == Defect::QuantityKept {
        next["quantity"] = part["quantity"].clone();
    }
    parts.insert(id, (version + 1, next.clone()));
    Ok(shown(id, version + 1, &next))
}

async fn found(defect: Defect, seed: u64) -> Vec<String> {
    let server = Server {
        defect,
        parts: Arc::default(),
    };
    let router = Router::new()
        .route("/parts", post(create))
        .route("/parts/{id}", get(one).put(one).delete(one))
        .with_state(server);
    let api = read_text("parts.yaml", DOCUMENT).api.expect("a document");
    let options = Options::in_process(router).seed(seed);
    let outcome = run(api, &options, &()).await.expect("a run");
    let told = |own: &bindery_contract::Finding| {
        let at = format!("{}{}", own.location, own.pointer);
        format!("{} {} {at}", own.code, own.operation)
    };
    outcome.findings.iter().map(told).collect()
}

#[tokio::test]
async fn names_that_are_taken_and_tags_are_no_reason_to_find_anything() {
    for seed in 0..4 {
        assert_eq!(found(Defect::None, seed).await, [""; 0]);
    }
}

#[tokio::test]
async fn what_is_behind_names_and_tags_is_found() {
    let kind = "server-error create response status";
    assert!(found(Defect::KindFails, 1).await.contains(&kind.to_owned()));
    let kept = "update-not-kept replace body/quantity";
    assert!(
        found(Defect::QuantityKept, 1)
            .await
            .contains(&kept.to_owned())
    );
    let there = "deleted-still-there remove response status";
    assert!(
        found(Defect::DeleteKeeps, 1)
            .await
            .contains(&there.to_owned())
    );
}

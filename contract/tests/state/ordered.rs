//! What names other things deep in its body, and what can be used only once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::Options;
use bindery_contract::spec::Value;
use serde_json::json;

use super::findings;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /products:
    post: { operationId: offer, requestBody: { $ref: '#/components/requestBodies/Named' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '422': { description: No. } } }
  /products/{product_id}:
    get: { operationId: product, parameters: [{ $ref: '#/components/parameters/product' }], responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. } } }
  /gift-codes:
    post: { operationId: print, requestBody: { $ref: '#/components/requestBodies/Named' }, responses: { '201': { $ref: '#/components/responses/Code' }, '422': { description: No. } } }
  /gift-codes/{code}:
    get: { operationId: gift, parameters: [{ name: code, in: path, required: true, schema: { type: string } }], responses: { '200': { $ref: '#/components/responses/Code' }, '404': { description: None. } } }
  /orders:
    post:
      operationId: order
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/OrderInput' } } } }
      responses: { '201': { $ref: '#/components/responses/Order' }, '409': { description: The code is used up. }, '422': { description: No. } }
  /orders/{order_id}:
    get: { operationId: ordered, parameters: [{ name: order_id, in: path, required: true, schema: { type: string } }], responses: { '200': { $ref: '#/components/responses/Order' }, '404': { description: None. } } }
components:
  parameters:
    product: { name: product_id, in: path, required: true, schema: { type: string } }
  requestBodies:
    Named: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, maxLength: 20 } } } } } }
  responses:
    Thing: { description: One., content: { application/json: { schema: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } } } } }
    Code: { description: One., content: { application/json: { schema: { type: object, required: [code, name], properties: { code: { type: string }, name: { type: string } } } } } }
    Order: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  schemas:
    OrderInput:
      type: object
      required: [lines, note]
      properties:
        lines: { type: array, minItems: 1, maxItems: 5, items: { type: object, required: [product_id], properties: { product_id: { type: string } } } }
        note: { type: string, maxLength: 30 }
        gift_code: { type: string }
    Order: { allOf: [{ $ref: '#/components/schemas/OrderInput' }], type: object, required: [id], properties: { id: { type: string } } }
";

/// What is there by its key; a code that is used up is null.
#[derive(Clone, Default)]
struct Server {
    things: Arc<Mutex<BTreeMap<String, Value>>>,
    /// Whether the note of an order without a code is lost.
    loses: bool,
}

impl Server {
    fn put(&self, key: &str, start: &str, mut value: Value) -> Response {
        let mut things = self.things.lock().expect("no panic");
        let id = format!("{start}{}", things.len());
        value[key] = id.clone().into();
        let mut kept = value.clone();
        if self.loses && start == "o" && value.get("gift_code").is_none() {
            kept["note"] = "".into();
        }
        things.insert(id, kept);
        (StatusCode::CREATED, Json(value)).into_response()
    }

    fn is_there(&self, key: Option<&Value>, start: &str) -> bool {
        let things = self.things.lock().expect("no panic");
        let key = key.and_then(Value::as_str);
        key.is_some_and(|key| key.starts_with(start) && things.contains_key(key))
    }

    /// An order is for things that are there, and for a code that was not used.
    fn order(&self, body: &Value) -> Result<(), StatusCode> {
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let lines = body["lines"].as_array().ok_or(refused)?;
        let known = |line: &Value| self.is_there(line.get("product_id"), "p");
        let is_note = short(&body["note"], 30);
        if !is_note || !(1..=5).contains(&lines.len()) || !lines.iter().all(known) {
            return Err(refused);
        }
        let Some(code) = body.get("gift_code") else {
            return Ok(());
        };
        if !self.is_there(Some(code), "g") {
            return Err(refused);
        }
        let mut things = self.things.lock().expect("no panic");
        let code = code.as_str().and_then(|code| things.get_mut(code));
        let code = code.filter(|own| own["used"].is_null());
        code.ok_or(StatusCode::CONFLICT)?["used"] = true.into();
        Ok(())
    }
}

fn short(text: &Value, most: usize) -> bool {
    let text = text.as_str();
    text.is_some_and(|text| text.chars().count() <= most)
}

fn read(body: &Bytes) -> Option<Value> {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    value.filter(Value::is_object)
}

/// Makes what has only a name.
fn named(key: &'static str, start: &'static str) -> axum::routing::MethodRouter<Server> {
    post(async move |State(server): State<Server>, body: Bytes| {
        match read(&body).filter(|body| short(&body["name"], 20)) {
            Some(body) => server.put(key, start, json!({ "name": body["name"] })),
            None => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        }
    })
}

async fn order(State(server): State<Server>, body: Bytes) -> Response {
    let Some(body) = read(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match server.order(&body) {
        Ok(()) => server.put("id", "o", body),
        Err(status) => status.into_response(),
    }
}

async fn show(State(server): State<Server>, Path(id): Path<String>) -> Response {
    match server.things.lock().expect("no panic").get(&id) {
        Some(thing) => Json(thing.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn found(loses: bool) -> Vec<String> {
    let server = Server {
        loses,
        ..Server::default()
    };
    let router = Router::new()
        .route("/products", named("id", "p"))
        .route("/gift-codes", named("code", "g"))
        .route("/orders", post(order))
        .route("/products/{id}", get(show))
        .route("/gift-codes/{id}", get(show))
        .route("/orders/{id}", get(show))
        .with_state(server);
    let found = findings(DOCUMENT, &Options::in_process(router)).await;
    let told = found.iter();
    let told = told.filter(|own| own.operation.starts_with("order"));
    told.map(|own| format!("{} {}", own.code, own.pointer))
        .collect()
}

#[tokio::test]
async fn orders_have_lines_for_things_that_are_there_and_codes_that_are_not_used() {
    assert_eq!(found(false).await, Vec::<String>::new());
    assert_eq!(found(true).await, ["written-not-kept /note"]);
}

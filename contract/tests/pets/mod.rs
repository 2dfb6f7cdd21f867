//! The document that these tests share, and a router that conforms to it.

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use bindery_contract::spec::{Api, read_text};
use serde_json::Value;

/// Pets that can be listed, created and looked up.
pub(crate) const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 10 } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } }
        '422': { description: Refused. }
    post:
      operationId: create_pet
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: { name: { type: string, enum: [Ada, Rex] } }
      responses:
        '201': { description: Made. }
        '400': { description: No JSON. }
        '415': { description: No JSON either. }
        '422': { description: Refused. }
  /pets/{id}:
    get:
      operationId: get_pet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: One., content: { application/json: { schema: { type: string } } } }
        '422': { description: Refused. }
";

pub(crate) type Pairs = Query<Vec<(String, String)>>;

pub(crate) fn api() -> Api {
    read_text("pets.yaml", PETS).api.expect("a document")
}

/// A router that conforms.
pub(crate) fn router() -> Router {
    with(get(list).post(create))
}

/// The same with other handlers of `/pets`.
pub(crate) fn with(pets: MethodRouter) -> Router {
    Router::new()
        .route("/pets", pets)
        .route("/pets/{id}", get(one))
}

/// Lists pets.
pub(crate) async fn list(Query(pairs): Pairs) -> Response {
    match limit(&pairs) {
        None | Some(Ok(1..=10)) => Json(["Rex"]).into_response(),
        _ => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

/// The limit of a query, where there is one.
pub(crate) fn limit(pairs: &[(String, String)]) -> Option<Result<i64, StatusCode>> {
    let (_, text) = pairs.iter().find(|(name, _)| name == "limit")?;
    Some(text.parse().map_err(|_| StatusCode::UNPROCESSABLE_ENTITY))
}

/// Makes a pet.
pub(crate) async fn create(headers: HeaderMap, body: Bytes) -> StatusCode {
    if headers
        .get("content-type")
        .is_none_or(|name| name != "application/json")
    {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    judge(serde_json::from_slice(&body).ok().as_ref())
}

/// What becomes of a body: nothing where it is no JSON.
pub(crate) fn judge(pet: Option<&Value>) -> StatusCode {
    match pet.map(|pet| pet["name"].as_str()) {
        None => StatusCode::BAD_REQUEST,
        Some(Some("Ada" | "Rex")) => StatusCode::CREATED,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn one(Path(id): Path<String>) -> Response {
    match id.parse::<i64>() {
        Ok(_) => Json("Rex").into_response(),
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

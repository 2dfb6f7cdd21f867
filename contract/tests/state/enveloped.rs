//! What is sent and shown in an envelope is held to the same as without one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bindery_contract::Options;
use bindery_contract::spec::Value;
use serde_json::json;

use super::{assert_among, findings, places};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Vessels, version: 1.0.0 }
paths:
  /vessels:
    get:
      operationId: list
      parameters: [{ name: kind, in: query, schema: { enum: [tug, ferry] } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/Vessel' } } } } } } }
        '422': { description: No. }
    post:
      operationId: add
      requestBody: { $ref: '#/components/requestBodies/Vessel' }
      responses: { '201': { $ref: '#/components/responses/Vessel' }, '409': { description: It is there. }, '422': { description: No. } }
  /vessels/{slug}:
    parameters: [{ name: slug, in: path, required: true, schema: { type: string } }]
    get: { operationId: one, responses: { '200': { $ref: '#/components/responses/Vessel' }, '404': { description: None. } } }
    put:
      operationId: replace
      requestBody: { $ref: '#/components/requestBodies/Vessel' }
      responses: { '200': { $ref: '#/components/responses/Vessel' }, '404': { description: None. }, '409': { description: Another. }, '422': { description: No. } }
    patch:
      operationId: amend
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { type: object, additionalProperties: false, properties: { nick: { type: [string, 'null'], maxLength: 20 } } } } } }
      responses: { '200': { $ref: '#/components/responses/Vessel' }, '404': { description: None. }, '422': { description: No. } }
components:
  requestBodies:
    Vessel: { required: true, content: { application/json: { schema: { type: object, required: [data], additionalProperties: false, properties: { data: { $ref: '#/components/schemas/Vessel' } } } } } }
  responses:
    Vessel: { description: One., content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Vessel' }, links: { type: object } } } } } }
  schemas:
    Vessel:
      type: object
      required: [slug, kind]
      additionalProperties: false
      properties:
        slug: { type: string, pattern: '^[a-z0-9]{3,20}$' }
        kind: { enum: [tug, ferry] }
        nick: { type: [string, 'null'], maxLength: 20 }
        reefer: { type: boolean, default: false }
";

/// What is wrong with the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    NickLost,
    PutLost,
    PatchEcho,
    FilterIgnored,
    DefaultOther,
}

type Vessels = Arc<Mutex<BTreeMap<String, Value>>>;

#[derive(Clone)]
struct Server(Defect, Vessels);

/// The body, if the document allows it.
fn checked(body: &str) -> Option<Value> {
    let mut whole: Value = serde_json::from_str(body).ok()?;
    let whole = whole.as_object_mut().filter(|whole| whole.len() == 1)?;
    let fields = whole.remove("data")?;
    let names = ["slug", "kind", "nick", "reefer"];
    let known = fields
        .as_object()?
        .keys()
        .all(|name| names.contains(&name.as_str()));
    let slug = fields["slug"].as_str()?;
    let plain = |own: char| own.is_ascii_lowercase() || own.is_ascii_digit();
    let slug = (3..=20).contains(&slug.len()) && slug.chars().all(plain);
    let kind = fields["kind"] == "tug" || fields["kind"] == "ferry";
    let reefer = fields.get("reefer").is_none_or(Value::is_boolean);
    (known && reefer && slug && kind && is_nick(&fields["nick"])).then_some(fields)
}

fn is_nick(nick: &Value) -> bool {
    nick.is_null() || nick.as_str().is_some_and(|own| own.chars().count() <= 20)
}

fn shown(status: StatusCode, vessel: &Value) -> Response {
    (status, Json(json!({ "data": vessel }))).into_response()
}

async fn add(State(Server(defect, known)): State<Server>, body: String) -> Response {
    let Some(mut vessel) = checked(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let slug = vessel["slug"].as_str().unwrap_or_default().to_owned();
    let mut known = known.lock().expect("no panic");
    if known.contains_key(&slug) {
        return StatusCode::CONFLICT.into_response();
    }
    if defect == Defect::NickLost && !vessel["nick"].is_null() {
        vessel["nick"] = "none".into();
    }
    if vessel.get("reefer").is_none() {
        vessel["reefer"] = (defect == Defect::DefaultOther).into();
    }
    known.insert(slug, vessel.clone());
    shown(StatusCode::CREATED, &vessel)
}

async fn list(
    State(Server(defect, known)): State<Server>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let kind = query.get("kind");
    if kind.is_some_and(|kind| kind != "tug" && kind != "ferry") {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let known = known.lock().expect("no panic");
    let fits = |own: &&Value| {
        defect == Defect::FilterIgnored || kind.is_none_or(|kind| own["kind"] == kind.as_str())
    };
    let all: Vec<&Value> = known.values().filter(fits).collect();
    Json(json!({ "data": all })).into_response()
}

async fn one(State(Server(_, known)): State<Server>, Path(slug): Path<String>) -> Response {
    match known.lock().expect("no panic").get(&slug) {
        Some(vessel) => shown(StatusCode::OK, vessel),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Changes a vessel that is there.
fn on(known: &Vessels, slug: &str, change: impl FnOnce(&mut Value) -> Response) -> Response {
    match known.lock().expect("no panic").get_mut(slug) {
        Some(vessel) => change(vessel),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn replace(
    State(Server(defect, known)): State<Server>,
    Path(slug): Path<String>,
    body: String,
) -> Response {
    on(&known, &slug, |own| {
        let Some(vessel) = checked(&body) else {
            return StatusCode::UNPROCESSABLE_ENTITY.into_response();
        };
        if vessel["slug"] != slug.as_str() {
            return StatusCode::CONFLICT.into_response();
        }
        if defect != Defect::PutLost {
            *own = vessel.clone();
        }
        shown(StatusCode::OK, &vessel)
    })
}

async fn amend(
    State(Server(defect, known)): State<Server>,
    Path(slug): Path<String>,
    body: String,
) -> Response {
    on(&known, &slug, |own| {
        let patch: Value = serde_json::from_str(&body).unwrap_or_default();
        let fields = patch.as_object();
        let Some(fields) = fields.filter(|own| own.keys().all(|name| name == "nick")) else {
            return StatusCode::UNPROCESSABLE_ENTITY.into_response();
        };
        let before = own.clone();
        match fields.get("nick") {
            Some(nick) if !is_nick(nick) => {
                return StatusCode::UNPROCESSABLE_ENTITY.into_response();
            }
            Some(Value::Null) => drop(own.as_object_mut().expect("an object").remove("nick")),
            Some(nick) => own["nick"] = nick.clone(),
            None => {}
        }
        let echoed = defect == Defect::PatchEcho;
        shown(StatusCode::OK, if echoed { &before } else { own })
    })
}

/// The code, the operation and the place of each finding.
async fn found(defect: Defect) -> Vec<String> {
    let router = Router::new()
        .route("/vessels", get(list).post(add))
        .route("/vessels/{slug}", get(one).put(replace).patch(amend))
        .with_state(Server(defect, Vessels::default()));
    places(&findings(DOCUMENT, &Options::in_process(router)).await)
}

#[tokio::test]
async fn what_is_in_an_envelope_is_looked_at() {
    assert_eq!(found(Defect::None).await, [] as [&str; 0]);
    for (defect, expected) in [
        (Defect::NickLost, "written-not-kept add body/data/nick"),
        (Defect::PutLost, "update-not-kept replace body/data/nick"),
        (
            Defect::PatchEcho,
            "updated-answer-differs amend response body/data/nick",
        ),
        (
            Defect::DefaultOther,
            "default-not-assumed add body/data/reefer",
        ),
        (Defect::FilterIgnored, "filter-ignored list query kind"),
    ] {
        assert_among(expected, &found(defect).await);
    }
}

//! Things that are made below another, under a key that the client chooses, or without a path of their own, and bodies that
//! name other things.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Options, run};
use serde_json::Value;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shops, version: 1.0.0 }
paths:
  /shops:
    post: { operationId: open, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '422': { description: No. } } }
  /shops/{shop_identifier}:
    parameters: [{ name: shop_identifier, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get: { operationId: shop, responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /shops/{shop_identifier}/items:
    parameters: [{ name: shop_identifier, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    post: { operationId: add_item, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    patch:
      operationId: change
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { $ref: '#/components/schemas/Change' } } } }
      responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } }
    get: { operationId: item, responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /shops/{shop_identifier}/staff/{handle}:
    parameters:
      - { name: shop_identifier, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }
      - { name: handle, in: path, required: true, schema: { type: string, pattern: '^[a-z][a-z0-9]{2,9}$' } }
    put: { operationId: hire, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '200': { $ref: '#/components/responses/Thing' }, '201': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
    get: { operationId: staff, responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
    delete: { operationId: fire, responses: { '204': { description: Gone. }, '404': { description: None. }, '422': { description: No. } } }
  /notes:
    post: { operationId: note, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '422': { description: No. } } }
    get:
      operationId: notes
      parameters:
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { name: { type: string, minLength: 1 } }, additionalProperties: false } }
        - { name: sort, in: query, explode: false, schema: { type: array, uniqueItems: true, items: { enum: [id, '-id'] } } }
      responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }, '422': { description: No. } }
  /reviews:
    post:
      operationId: review
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [shop_id, stars], properties: { shop_id: { type: integer, minimum: 1, maximum: 9999 }, stars: { type: integer, minimum: 0, maximum: 5 } } } } }
      responses: { '204': { description: Written. }, '404': { description: No such shop. }, '422': { description: No. } }
components:
  requestBodies:
    Thing: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 20 }, motto: { type: [string, 'null'], maxLength: 20 }, color: { type: [string, 'null'], maxLength: 20 } } } } } }
  responses:
    Thing: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  schemas:
    Thing: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string }, motto: { type: [string, 'null'] }, color: { type: [string, 'null'] } } }
    Change: { type: object, properties: { motto: { type: [string, 'null'], maxLength: 20 }, color: { type: [string, 'null'], maxLength: 20 } }, additionalProperties: false }
";

/// What is wrong with the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    ItemNotThere,
    StaffStays,
    StaffNameLost,
    StaffEverywhere,
    NoteNotListed,
    FilterIgnored,
    SortIgnored,
    ColorStays,
    StarsNotChecked,
}

#[derive(Clone)]
struct Server {
    defect: Defect,
    /// The things by the path of one.
    things: Arc<Mutex<BTreeMap<String, Value>>>,
}

impl Server {
    fn keep(&self, path: &str, mut thing: Value, id: Option<usize>) -> Response {
        let mut things = self.things.lock().expect("no panic");
        let id = id.unwrap_or(things.len() + 1);
        thing["id"] = id.into();
        things.insert(path.replace("{}", &id.to_string()), thing.clone());
        (StatusCode::CREATED, Json(thing)).into_response()
    }

    fn has(&self, path: &str) -> bool {
        self.things.lock().expect("no panic").contains_key(path)
    }

    /// Who was hired in one shop is in all.
    fn hire_everywhere(&self, path: &str, handle: &str) {
        let mut things = self.things.lock().expect("no panic");
        let hired = things[path].clone();
        let is_shop = |path: &&String| path.starts_with("shops/") && path.matches('/').count() == 1;
        let shops: Vec<String> = things.keys().filter(is_shop).cloned().collect();
        things.extend(
            shops
                .iter()
                .map(|shop| (format!("{shop}/{handle}"), hired.clone())),
        );
    }
}

/// The body, where it is JSON of a media type.
fn sent(headers: &HeaderMap, body: &Bytes, wanted: &str) -> Result<Value, StatusCode> {
    match headers.get("content-type") {
        Some(kind) if kind == wanted => {
            serde_json::from_slice(body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
    }
}

/// Whether what may be left out is a short text or null.
fn is_fine(sent: &Value) -> bool {
    let fine =
        |own: &Value| own.is_null() || own.as_str().is_some_and(|own| own.chars().count() <= 20);
    sent.is_object()
        && ["motto", "color"]
            .iter()
            .all(|name| sent.get(name).is_none_or(fine))
}

fn thing(headers: &HeaderMap, body: &Bytes) -> Result<Value, StatusCode> {
    let sent = sent(headers, body, "application/json")?;
    let name = sent["name"].as_str().map_or(0, |own| own.chars().count());
    let keys = ["name", "motto", "color"];
    let known = keys
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), sent.get(key)?.clone())));
    let thing = known.collect();
    if is_fine(&sent) && (1..=20).contains(&name) {
        Ok(thing)
    } else {
        Err(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

async fn change(
    State(server): State<Server>,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let path = format!("{kind}/{}", number(&id)?);
    let sent = sent(&headers, &body, "application/merge-patch+json")?;
    let known = |sent: &serde_json::Map<String, Value>| {
        sent.keys()
            .all(|key| ["motto", "color"].contains(&key.as_str()))
    };
    if !is_fine(&sent) || !sent.as_object().is_some_and(known) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut things = server.things.lock().expect("no panic");
    let own = things.get_mut(&path).ok_or(StatusCode::NOT_FOUND)?;
    for (key, value) in sent.as_object().into_iter().flatten() {
        let stays = server.defect == Defect::ColorStays && key == "color" && value.is_null();
        if !stays {
            own[key] = value.clone();
        }
    }
    Ok(Json(own.clone()).into_response())
}

/// A number in a path.
fn number(text: &str) -> Result<usize, StatusCode> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=9999).contains(number));
    number.ok_or(StatusCode::UNPROCESSABLE_ENTITY)
}

type Answer = Result<Response, StatusCode>;

async fn open(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Answer {
    Ok(server.keep("shops/{}", thing(&headers, &body)?, None))
}

async fn add(
    State(server): State<Server>,
    Path(shop): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let shop = number(&shop)?;
    let thing = thing(&headers, &body)?;
    if !server.has(&format!("shops/{shop}")) {
        return Err(StatusCode::NOT_FOUND);
    }
    let path = if server.defect == Defect::ItemNotThere {
        "lost/{}"
    } else {
        "items/{}"
    };
    Ok(server.keep(path, thing, None))
}

async fn one(State(server): State<Server>, Path((kind, id)): Path<(String, String)>) -> Answer {
    let path = format!("{kind}/{}", number(&id)?);
    let things = server.things.lock().expect("no panic");
    things
        .get(&path)
        .map(|own| Json(own).into_response())
        .ok_or(StatusCode::NOT_FOUND)
}

async fn staff(
    State(server): State<Server>,
    Path((shop, handle)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let shop = number(&shop)?;
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let starts = handle.starts_with(|first: char| first.is_ascii_lowercase());
    if !starts || !handle.bytes().all(allowed) || !(3..=10).contains(&handle.len()) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let path = format!("shops/{shop}/{handle}");
    if method == "PUT" {
        let mut thing = thing(&headers, &body)?;
        if !server.has(&format!("shops/{shop}")) {
            return Err(StatusCode::NOT_FOUND);
        }
        if server.defect == Defect::StaffNameLost {
            thing["name"] = "none".into();
        }
        let there = server.has(&path);
        let mut answer = server.keep(&path, thing, Some(1));
        *answer.status_mut() = if there {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        if server.defect == Defect::StaffEverywhere {
            server.hire_everywhere(&path, &handle);
        }
        return Ok(answer);
    }
    let mut things = server.things.lock().expect("no panic");
    let own = things.get(&path).cloned().ok_or(StatusCode::NOT_FOUND)?;
    if method == "DELETE" {
        if server.defect != Defect::StaffStays {
            things.remove(&path);
        }
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(own).into_response())
}

async fn note(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Answer {
    Ok(server.keep("notes/{}", thing(&headers, &body)?, None))
}

async fn notes(State(server): State<Server>, Query(query): Query<Vec<(String, String)>>) -> Answer {
    let things = server.things.lock().expect("no panic");
    let all = things.iter().filter(|(path, _)| path.starts_with("notes/"));
    let lost = usize::from(server.defect == Defect::NoteNotListed);
    let mut all: Vec<Value> = all.map(|(_, own)| own.clone()).collect();
    all.sort_by_key(|own| std::cmp::Reverse(own["id"].as_u64()));
    let mut all = all.split_off(lost.min(all.len()));
    for (name, text) in query {
        match name.as_str() {
            "filter[name]" if text.is_empty() => return Err(StatusCode::UNPROCESSABLE_ENTITY),
            "filter[name]" if server.defect == Defect::FilterIgnored => {}
            "filter[name]" => all.retain(|own| own["name"] == text.as_str()),
            "sort" if text == "id" && server.defect != Defect::SortIgnored => all.reverse(),
            "sort" if ["id", "-id", "id,-id", "-id,id"].contains(&text.as_str()) => {}
            "sort" => return Err(StatusCode::UNPROCESSABLE_ENTITY),
            other if other.starts_with("filter") => return Err(StatusCode::UNPROCESSABLE_ENTITY),
            _ => {}
        }
    }
    Ok(Json(all).into_response())
}

async fn review(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = sent(&headers, &body, "application/json")?;
    let number = |name: &str, most: u64| {
        let number = sent[name].as_u64().filter(|number| *number <= most);
        number.ok_or(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let shop = number("shop_id", 9999).and_then(|id| {
        if id > 0 {
            Ok(id)
        } else {
            Err(StatusCode::UNPROCESSABLE_ENTITY)
        }
    })?;
    let most = if server.defect == Defect::StarsNotChecked {
        6
    } else {
        5
    };
    number("stars", most)?;
    if !server.has(&format!("shops/{shop}")) {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn found(defect: Defect, seed: u64) -> Vec<String> {
    let server = Server {
        defect,
        things: Arc::default(),
    };
    let router = Router::new()
        .route("/shops", post(open))
        .route("/shops/{shop}/items", post(add))
        .route("/{kind}/{id}", get(one).patch(change))
        .route(
            "/shops/{shop}/staff/{handle}",
            get(staff).put(staff).delete(staff),
        )
        .route("/notes", get(notes).post(note))
        .route("/reviews", post(review))
        .with_state(server);
    let api = read_text("shops.yaml", DOCUMENT).api.expect("a document");
    let outcome = run(api, &Options::in_process(router).seed(seed), &())
        .await
        .expect("a run");
    let findings = outcome.findings.iter();
    findings
        .map(|own| format!("{} {}", own.code, own.operation))
        .collect()
}

#[tokio::test]
async fn what_is_made_elsewhere_is_held_to_what_it_was_made_of() {
    for seed in 0..2 {
        assert_eq!(found(Defect::None, seed).await, [] as [&str; 0]);
        for (defect, expected) in [
            (Defect::ItemNotThere, "created-not-found add_item"),
            (Defect::StaffStays, "deleted-still-there fire"),
            (Defect::StaffNameLost, "written-not-kept hire"),
            (Defect::StaffEverywhere, "other-parent-served staff"),
            (Defect::NoteNotListed, "created-not-listed notes"),
            (Defect::FilterIgnored, "filter-ignored notes"),
            (Defect::SortIgnored, "sort-ignored notes"),
            (Defect::ColorStays, "patch-null-kept change"),
            (Defect::StarsNotChecked, "invalid-input-accepted review"),
        ] {
            let found = found(defect, seed).await;
            assert!(
                found.iter().any(|own| own == expected),
                "no {expected} in {found:?}"
            );
        }
    }
}

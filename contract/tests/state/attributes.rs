//! Things as JSON:API has them are held to the same as plain ones: what is said of one stands in `data/attributes`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bindery_contract::spec::{Value, read_text};
use bindery_contract::{Mock, Options};
use serde_json::{Map, json};

use super::{assert_among, findings, options_of, places};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Quays, version: 1.0.0 }
paths:
  /quays:
    post:
      operationId: addQuay
      requestBody: { $ref: '#/components/requestBodies/Quay' }
      responses: { '201': { $ref: '#/components/responses/Quay' }, '422': { description: No. } }
  /quays/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: quay, responses: { '200': { $ref: '#/components/responses/Quay' }, '404': { description: None. } } }
  /berths:
    get:
      operationId: berths
      parameters:
        - { name: 'filter[cover]', in: query, schema: { type: boolean } }
        - { name: sort, in: query, schema: { enum: [name] } }
        - { name: direction, in: query, schema: { enum: [asc, desc], default: asc } }
      responses:
        '200': { description: All., content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }
        '422': { description: No. }
    post:
      operationId: addBerth
      requestBody: { required: true, content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { type: object, required: [type, attributes], properties: { type: { const: berths }, attributes: { $ref: '#/components/schemas/Berth' } } } } } } } }
      responses: { '201': { $ref: '#/components/responses/Berth' }, '422': { description: No. } }
  /berths/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: berth, responses: { '200': { $ref: '#/components/responses/Berth' }, '404': { description: None. } } }
    patch:
      operationId: amend
      requestBody: { required: true, content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { type: object, required: [type, id, attributes], properties: { type: { const: berths }, id: { type: string }, attributes: { type: object, properties: { name: { type: string, maxLength: 20 }, cover: { type: boolean } } } } } } } } } }
      responses: { '200': { $ref: '#/components/responses/Berth' }, '404': { description: None. }, '409': { description: Another. }, '422': { description: No. } }
components:
  requestBodies:
    Quay: { required: true, content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { type: object, required: [type, attributes], properties: { type: { const: quays }, attributes: { type: object, required: [site], properties: { site: { type: string, format: uri, pattern: '^https?://', maxLength: 60 } } } } } } } } } }
  responses:
    Quay: { description: One., content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { type: object, required: [type, id, attributes], properties: { type: { const: quays }, id: { type: string }, attributes: { type: object } } } } } } } }
    Berth: { description: One., content: { application/vnd.api+json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Thing' } } } } } }
  schemas:
    Thing: { type: object, required: [type, id, attributes], properties: { type: { const: berths }, id: { type: string }, attributes: { $ref: '#/components/schemas/Berth' } } }
    Berth:
      type: object
      required: [name, quay_id]
      properties: { name: { type: string, maxLength: 20 }, cover: { type: boolean }, quay_id: { type: string } }
";

/// What is wrong with the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    NameLost,
    PatchLost,
    FilterIgnored,
    FalseIgnored,
    DirectionIgnored,
}

/// What was added, by its key, and the collection that it is in.
type Things = Arc<Mutex<BTreeMap<String, Value>>>;

#[derive(Clone)]
struct Server(Defect, Things);

fn refused(status: StatusCode) -> Response {
    status.into_response()
}

fn shown(status: StatusCode, thing: &Value) -> Response {
    let media = [("content-type", "application/vnd.api+json")];
    (status, media, json!({ "data": thing }).to_string()).into_response()
}

/// The thing of a type that a body has.
fn thing(body: &str, kind: &str) -> Option<Map<String, Value>> {
    let whole: Value = serde_json::from_str(body).ok()?;
    let thing = whole.get("data")?.as_object()?;
    let told = thing.get("type")? == kind && thing.get("attributes")?.is_object();
    told.then(|| thing.clone())
}

fn is_berth(fields: &Value) -> bool {
    let name = fields.get("name");
    let short = |own: &Value| own.as_str().is_some_and(|own| own.chars().count() <= 20);
    name.is_none_or(short) && fields.get("cover").is_none_or(Value::is_boolean)
}

fn keep(known: &mut BTreeMap<String, Value>, mut thing: Map<String, Value>) -> Response {
    let id = format!("k{}", known.len());
    thing.insert("id".to_owned(), id.clone().into());
    let thing = Value::Object(thing);
    known.insert(id, thing.clone());
    shown(StatusCode::CREATED, &thing)
}

async fn add_quay(State(Server(_, known)): State<Server>, body: String) -> Response {
    let quay = thing(&body, "quays");
    let served = |quay: &Map<String, Value>| {
        let site = quay["attributes"]["site"].as_str()?;
        let host = site
            .strip_prefix("https://")
            .or_else(|| site.strip_prefix("http://"))?;
        (site.len() <= 60 && host.starts_with(|own: char| own.is_ascii_alphanumeric()))
            .then_some(())
    };
    match quay.filter(|own| served(own).is_some()) {
        Some(quay) => keep(&mut known.lock().expect("no panic"), quay),
        None => refused(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

async fn add_berth(State(Server(defect, known)): State<Server>, body: String) -> Response {
    let mut known = known.lock().expect("no panic");
    let fits = |own: &Map<String, Value>| {
        let fields = &own["attributes"];
        let quay = fields["quay_id"].as_str().and_then(|id| known.get(id));
        let there = quay.is_some_and(|own| own["type"] == "quays");
        there && is_berth(fields) && fields.get("name").is_some()
    };
    let Some(mut berth) = thing(&body, "berths").filter(fits) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY);
    };
    if defect == Defect::NameLost {
        berth["attributes"]["name"] = "none".into();
    }
    keep(&mut known, berth)
}

async fn berths(
    State(Server(defect, known)): State<Server>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let cover = query.get("filter[cover]").map(|own| own.parse::<bool>());
    if cover.as_ref().is_some_and(Result::is_err) {
        return refused(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wanted = cover
        .and_then(Result::ok)
        .filter(|own| defect != Defect::FilterIgnored && (*own || defect != Defect::FalseIgnored));
    let known = known.lock().expect("no panic");
    let fits = |own: &&Value| {
        let cover = own["attributes"]["cover"].as_bool().unwrap_or(false);
        own["type"] == "berths" && wanted.is_none_or(|wanted| cover == wanted)
    };
    let mut all: Vec<Value> = known.values().filter(fits).cloned().collect();
    let is = |name: &str, values: &[&str]| {
        let own = query.get(name);
        own.is_none_or(|own| values.contains(&own.as_str()))
    };
    if !is("sort", &["name"]) || !is("direction", &["asc", "desc"]) {
        return refused(StatusCode::UNPROCESSABLE_ENTITY);
    }
    if query.contains_key("sort") {
        all.sort_by_key(|own| own["attributes"]["name"].to_string());
    }
    if !is("direction", &["asc"]) && defect != Defect::DirectionIgnored {
        all.reverse();
    }
    shown(StatusCode::OK, &all.into())
}

async fn one(State(Server(_, known)): State<Server>, Path(id): Path<String>, uri: Uri) -> Response {
    let known = known.lock().expect("no panic");
    let collection = uri.path().split('/').nth(1).unwrap_or_default();
    match known.get(&id).filter(|own| own["type"] == collection) {
        Some(own) => shown(StatusCode::OK, own),
        None => refused(StatusCode::NOT_FOUND),
    }
}

async fn amend(
    State(Server(defect, known)): State<Server>,
    Path(id): Path<String>,
    body: String,
) -> Response {
    let mut known = known.lock().expect("no panic");
    let Some(berth) = known.get_mut(&id).filter(|own| own["type"] == "berths") else {
        return refused(StatusCode::NOT_FOUND);
    };
    let Some(patch) = thing(&body, "berths").filter(|own| is_berth(&own["attributes"])) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY);
    };
    match patch.get("id").map(|own| own.as_str()) {
        Some(Some(own)) if own == id => {}
        Some(Some(_)) => return refused(StatusCode::CONFLICT),
        _ => return refused(StatusCode::UNPROCESSABLE_ENTITY),
    }
    let mut changed = berth.clone();
    for name in ["name", "cover"] {
        if let Some(own) = patch["attributes"].get(name) {
            changed["attributes"][name] = own.clone();
        }
    }
    if defect != Defect::PatchLost {
        *berth = changed.clone();
    }
    shown(StatusCode::OK, &changed)
}

/// The code, the operation and the place of each finding.
async fn found(defect: Defect) -> Vec<String> {
    let router = Router::new()
        .route("/quays", axum::routing::post(add_quay))
        .route("/quays/{id}", get(one))
        .route("/berths", get(berths).post(add_berth))
        .route("/berths/{id}", get(one).patch(amend))
        .with_state(Server(defect, Things::default()));
    told(&options_of(router)).await
}

async fn told(options: &Options) -> Vec<String> {
    places(&findings(DOCUMENT, options).await)
}

#[tokio::test]
async fn what_is_in_attributes_is_looked_at() {
    assert_eq!(found(Defect::None).await, [] as [&str; 0]);
    for (defect, expected) in [
        (
            Defect::NameLost,
            "written-not-kept addBerth body/data/attributes/name",
        ),
        (
            Defect::PatchLost,
            "update-not-kept amend body/data/attributes/name",
        ),
        (
            Defect::FalseIgnored,
            "filter-ignored berths query filter[cover]",
        ),
        (
            Defect::DirectionIgnored,
            "sort-ignored berths query direction",
        ),
        (
            Defect::FilterIgnored,
            "filter-ignored berths query filter[cover]",
        ),
    ] {
        assert_among(expected, &found(defect).await);
    }
}

/// Our own mock with a memory is such a server.
#[tokio::test]
async fn the_mock_keeps_attributes() {
    let api = read_text("quays.yaml", DOCUMENT).api.expect("a document");
    let mock = Mock::new(api).stateful();
    let running = mock.bind("127.0.0.1:0").await.expect("a free port");
    let options = Options::new(running.url());
    assert_eq!(told(&options).await, [] as [&str; 0]);
}

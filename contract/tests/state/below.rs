//! What is below a thing is below that one alone, and for its owner alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bindery_contract::spec::Value;
use serde_json::json;

use super::{findings, options_of};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Farms, version: 1.0.0 }
security: [{ token: [] }]
paths:
  /farms:
    post: { operationId: settle, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '422': { description: No. } } }
  /farms/{farm_id}:
    parameters: [{ $ref: '#/components/parameters/farm' }]
    get: { operationId: farm, responses: { '200': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. } } }
  /farms/{farm_id}/animals:
    parameters: [{ $ref: '#/components/parameters/farm' }]
    get: { operationId: herd, responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. } } }
    post: { operationId: add, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. }, '422': { description: No. } } }
  /farms/{farm_id}/animals/{id}:
    parameters: [{ $ref: '#/components/parameters/farm' }, { name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: animal, responses: { '200': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. } } }
    put: { operationId: rename, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '200': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. }, '422': { description: No. } } }
    delete: { operationId: sell, responses: { '204': { description: Gone. }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. } } }
  /marks/{mark}:
    parameters: [{ name: mark, in: path, required: true, schema: { type: string, pattern: '^[a-z]{3,9}$' } }]
    get: { operationId: mark, responses: { '200': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. } } }
    put: { operationId: brand, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '200': { $ref: '#/components/responses/Thing' }, '201': { $ref: '#/components/responses/Thing' }, '401': { $ref: '#/components/responses/Who' }, '404': { description: None. }, '422': { description: No. } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  parameters:
    farm: { name: farm_id, in: path, required: true, schema: { type: string } }
  requestBodies:
    Thing: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, maxLength: 20 } } } } } }
  responses:
    Who: { description: Who are you? }
    Thing: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  schemas:
    Thing: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } }
";

/// What is wrong with the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    RenamedUnderAnother,
    SoldUnderAnother,
    AddedByAnother,
    ListedForAnother,
}

/// The owner, the farm and the name of each thing by its key; a farm is below none.
type Things = BTreeMap<String, (String, String, String)>;

#[derive(Clone)]
struct Server(Defect, Arc<Mutex<Things>>);

type Answer = Result<Response, StatusCode>;

impl Server {
    fn things(&self) -> MutexGuard<'_, Things> {
        self.1.lock().expect("no panic")
    }

    /// Says 404 where who asks has no such farm.
    fn farm(&self, owner: &str, farm: &str) -> Result<(), StatusCode> {
        let things = self.things();
        let own = things.get(farm).filter(|own| own.1.is_empty());
        let there = own.is_some_and(|own| own.0 == owner);
        there.then_some(()).ok_or(StatusCode::NOT_FOUND)
    }

    /// Says 404 where who asks has no such animal in that farm, or in any when `anywhere` will do.
    fn animal(
        &self,
        owner: &str,
        (farm, id): (&str, &str),
        anywhere: bool,
    ) -> Result<(), StatusCode> {
        self.farm(owner, farm)?;
        let things = self.things();
        let own = things.get(id).filter(|own| !own.1.is_empty());
        let there = own.is_some_and(|own| own.0 == owner && (anywhere || own.1 == farm));
        there.then_some(()).ok_or(StatusCode::NOT_FOUND)
    }

    fn keep(&self, thing: (String, String, String)) -> Response {
        let mut things = self.things();
        let id = format!("t{}", things.len());
        let shown = shown(StatusCode::CREATED, &id, &thing.2);
        things.insert(id, thing);
        shown
    }
}

fn shown(status: StatusCode, id: &str, name: &str) -> Response {
    let body = json!({ "id": id, "name": name });
    (status, axum::Json(body)).into_response()
}

fn owner(headers: &HeaderMap) -> Result<String, StatusCode> {
    let token = headers
        .get("authorization")
        .and_then(|own| own.to_str().ok());
    let name = token.and_then(|own| own.strip_prefix("Bearer "));
    let known = name.filter(|name| ["ada", "bob"].contains(name));
    known.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
}

fn name(body: &str) -> Result<String, StatusCode> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let name = body.get("name").and_then(Value::as_str);
    let short = name.filter(|name| name.chars().count() <= 20);
    short
        .map(str::to_owned)
        .ok_or(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn settle(State(server): State<Server>, headers: HeaderMap, body: String) -> Answer {
    let owner = owner(&headers)?;
    Ok(server.keep((owner, String::new(), name(&body)?)))
}

async fn farm(
    State(server): State<Server>,
    Path(farm): Path<String>,
    headers: HeaderMap,
) -> Answer {
    server.farm(&owner(&headers)?, &farm)?;
    Ok(shown(StatusCode::OK, &farm, &server.things()[&farm].2))
}

async fn add(
    State(server): State<Server>,
    Path(farm): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Answer {
    let owner = owner(&headers)?;
    let known = server.things().contains_key(&farm);
    if server.0 != Defect::AddedByAnother || !known {
        server.farm(&owner, &farm)?;
    }
    Ok(server.keep((owner, farm, name(&body)?)))
}

async fn herd(
    State(server): State<Server>,
    Path(farm): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let owner = owner(&headers)?;
    let known = server.things().contains_key(&farm);
    if server.0 != Defect::ListedForAnother || !known {
        server.farm(&owner, &farm)?;
    }
    let things = server.things();
    let there = things
        .iter()
        .filter(|(_, own)| own.1 == farm && !own.0.is_empty());
    let there: Vec<Value> = there
        .map(|(id, own)| json!({ "id": id, "name": own.2 }))
        .collect();
    Ok(axum::Json(there).into_response())
}

async fn animal(
    State(server): State<Server>,
    Path((farm, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    server.animal(&owner(&headers)?, (&farm, &id), false)?;
    Ok(shown(StatusCode::OK, &id, &server.things()[&id].2))
}

async fn rename(
    State(server): State<Server>,
    Path((farm, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> Answer {
    let anywhere = server.0 == Defect::RenamedUnderAnother;
    server.animal(&owner(&headers)?, (&farm, &id), anywhere)?;
    let name = name(&body)?;
    let mut things = server.things();
    let own = things.get_mut(&id).ok_or(StatusCode::NOT_FOUND)?;
    own.2.clone_from(&name);
    Ok(shown(StatusCode::OK, &id, &name))
}

async fn sell(
    State(server): State<Server>,
    Path((farm, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let anywhere = server.0 == Defect::SoldUnderAnother;
    server.animal(&owner(&headers)?, (&farm, &id), anywhere)?;
    // Its key is not given again.
    server.things().entry(id).and_modify(|own| own.0.clear());
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Each owner has marks of their own, below nothing, and under a key that they choose.
async fn mark(
    State(server): State<Server>,
    Path(mark): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: String,
) -> Answer {
    let owner = owner(&headers)?;
    let plain = mark.bytes().all(|own| own.is_ascii_lowercase());
    if !plain || !(3..=9).contains(&mark.len()) {
        return Err(StatusCode::NOT_FOUND);
    }
    let key = format!("{owner} {mark}");
    let mut things = server.things();
    let before = things.get(&key).map(|own| own.2.clone());
    if method != Method::PUT {
        return Ok(shown(
            StatusCode::OK,
            &mark,
            &before.ok_or(StatusCode::NOT_FOUND)?,
        ));
    }
    let name = name(&body)?;
    let status = before.map_or(StatusCode::CREATED, |_| StatusCode::OK);
    let answer = shown(status, &mark, &name);
    things.insert(key, (owner, String::new(), name));
    Ok(answer)
}

async fn found(defect: Defect) -> Vec<String> {
    let router = Router::new()
        .route("/farms", post(settle))
        .route("/farms/{farm}", get(farm))
        .route("/farms/{farm}/animals", get(herd).post(add))
        .route(
            "/farms/{farm}/animals/{id}",
            get(animal).put(rename).delete(sell),
        )
        .route("/marks/{mark}", get(mark).put(mark))
        .with_state(Server(defect, Arc::default()));
    let options = options_of(router).header("Authorization", "Bearer ada");
    let findings = findings(DOCUMENT, &options.expect("a header")).await;
    let told = findings
        .iter()
        .map(|own| format!("{} {}: {}", own.code, own.operation, own.message));
    told.collect()
}

#[tokio::test]
async fn what_is_below_one_thing_is_not_below_another() {
    assert_eq!(found(Defect::None).await, [] as [&str; 0]);
    for (defect, expected) in [
        (
            Defect::RenamedUnderAnother,
            "other-parent-served rename: what was created under one resource is changed under another",
        ),
        (
            Defect::SoldUnderAnother,
            "other-parent-served sell: what was created under one resource is deleted under another",
        ),
        (
            Defect::AddedByAnother,
            "foreign-object-served add: something was created below a thing of another, and reading that is answered with 404",
        ),
        (
            Defect::ListedForAnother,
            "foreign-object-served herd: the list shows what is below a thing of another, and reading that is answered with 404",
        ),
    ] {
        assert_eq!(found(defect).await, [expected]);
    }
}

//! What is done to a thing shows: actions, content that is put, lists that have all, cursors that lead on.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use bindery_contract::spec::{Value, read_text};
use bindery_contract::{Mock, Options, run};
use serde_json::json;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Boats, version: 1.0.0 }
security: [{ token: [] }]
paths:
  /boats:
    get:
      operationId: list
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 50 } }
        - { name: cursor, in: query, schema: { type: string } }
        - { name: kind, in: query, explode: false, schema: { type: array, minItems: 1, items: { type: string, enum: [tug, ferry, wreck] } } }
        - { name: flag, in: query, schema: { type: string, enum: [red, white] } }
      responses:
        '200': { description: A page., content: { application/json: { schema: { type: object, required: [boats, next_cursor], properties: { boats: { type: array, items: { $ref: '#/components/schemas/Boat' } }, next_cursor: { type: [string, 'null'] } } } } } }
        '400': { description: No. }
        '401': { description: Who? }
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
      responses: { '201': { $ref: '#/components/responses/Boat' }, '400': { description: No. }, '401': { description: Who? } }
  /boats/{id}:
    parameters: [{ $ref: '#/components/parameters/id' }]
    get: { operationId: one, responses: { '200': { $ref: '#/components/responses/Boat' }, '401': { description: Who? }, '404': { description: None. } } }
  /boats/{id}/sail:
    parameters: [{ $ref: '#/components/parameters/id' }]
    post: { operationId: sail, responses: { '200': { $ref: '#/components/responses/Boat' }, '401': { description: Who? }, '404': { description: None. } } }
  /boats/{id}/photo:
    parameters: [{ $ref: '#/components/parameters/id' }]
    put:
      operationId: paint
      requestBody: { required: true, content: { image/png: {}, image/jpeg: {} } }
      responses: { '204': { description: Kept. }, '400': { description: No. }, '401': { description: Who? }, '404': { description: None. }, '415': { description: Another. } }
    get:
      operationId: look
      responses: { '200': { description: It., content: { image/png: {}, image/jpeg: {} } }, '401': { description: Who? }, '404': { description: None. } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  parameters:
    id: { name: id, in: path, required: true, schema: { type: integer, minimum: 0, maximum: 99999 } }
  responses:
    Boat: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
  schemas:
    Boat:
      type: object
      required: [kind]
      additionalProperties: false
      properties:
        id: { type: integer, readOnly: true }
        kind: { type: string, enum: [tug, ferry, wreck] }
        at_sea: { type: boolean, readOnly: true }
        flag: { type: string, enum: [red, white], readOnly: true }
";

/// What is wrong with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    None,
    SailUndone,
    PhotoCut,
    PhotoOther,
    PhotoLost,
    WreckUnlisted,
    CursorRefused,
    KindsIgnored,
    FlagIgnored,
    Forbidden,
    Unprocessable,
}

/// The kind of each boat, whether it is at sea, and its photo.
type Boats = Arc<Mutex<Vec<(Value, bool, Option<(String, Bytes)>)>>>;

#[derive(Clone)]
struct Server(Defect, Boats);

type Pairs = std::collections::BTreeMap<String, String>;

async fn handle(
    State(Server(defect, boats)): State<Server>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    if head
        .headers
        .get(header::AUTHORIZATION)
        .is_none_or(|own| own != "Bearer t0ken")
    {
        return match defect {
            Defect::Forbidden => StatusCode::FORBIDDEN.into_response(),
            _ => (StatusCode::UNAUTHORIZED, [("www-authenticate", "Bearer")]).into_response(),
        };
    }
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    let mut boats = boats.lock().expect("no panic");
    let segments: Vec<&str> = head.uri.path().trim_matches('/').split('/').collect();
    let index = segments
        .get(1)
        .map(|id| id.parse::<usize>().unwrap_or(usize::MAX));
    if index.is_some_and(|index| index >= boats.len()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let index = index.unwrap_or_default();
    let boat = |index: usize, (kind, at_sea): (&Value, bool)| json!({ "id": index, "kind": kind, "at_sea": at_sea, "flag": "white" });
    match (head.method.as_str(), &segments[1.min(segments.len())..]) {
        ("GET" | "HEAD", []) => {
            let unlisted = |kind: &Value| defect == Defect::WreckUnlisted && *kind == "wreck";
            let known = boats.iter().enumerate();
            let known = known.filter(|(_, own)| !unlisted(&own.0));
            let known: Vec<Value> = known
                .map(|(index, own)| boat(index, (&own.0, own.1)))
                .collect();
            page(defect, &pairs, &known)
        }
        ("POST", []) => match kind_of(&head.headers, &body) {
            Some(kind) => {
                boats.push((kind.clone(), false, None));
                (
                    StatusCode::CREATED,
                    Json(boat(boats.len() - 1, (&kind, false))),
                )
                    .into_response()
            }
            None if defect == Defect::Unprocessable => {
                StatusCode::UNPROCESSABLE_ENTITY.into_response()
            }
            None => StatusCode::BAD_REQUEST.into_response(),
        },
        ("GET" | "HEAD", [_]) => {
            Json(boat(index, (&boats[index].0, boats[index].1))).into_response()
        }
        ("POST", [_, "sail"]) => {
            boats[index].1 = defect != Defect::SailUndone;
            Json(boat(index, (&boats[index].0, true))).into_response()
        }
        ("PUT", [_, "photo"]) => paint(defect, &head.headers, &body, &mut boats[index].2),
        ("GET" | "HEAD", [_, "photo"]) => match &boats[index].2 {
            Some((media, bytes)) => {
                ([("content-type", media.clone())], bytes.clone()).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        (_, rest) => {
            let allow = match rest {
                [] => "GET, HEAD, POST",
                [_] => "GET, HEAD",
                [_, "sail"] => "POST",
                _ => "GET, HEAD, PUT",
            };
            (StatusCode::METHOD_NOT_ALLOWED, [("allow", allow)]).into_response()
        }
    }
}

/// The kind that a body has, if the document allows it.
fn kind_of(headers: &HeaderMap, body: &[u8]) -> Option<Value> {
    headers
        .get(header::CONTENT_TYPE)
        .filter(|own| *own == "application/json")?;
    let mut body: serde_json::Map<String, Value> = serde_json::from_slice(body).ok()?;
    let kind = body.remove("kind")?;
    let known = ["tug", "ferry", "wreck"].iter().any(|own| kind == *own);
    body.keys()
        .all(|own| ["id", "at_sea", "flag"].contains(&own.as_str()))
        .then_some(kind)
        .filter(|_| known)
}

/// The boats that are asked for; nothing where the document does not allow to ask so.
fn wanted(defect: Defect, pairs: &Pairs, boats: &[Value]) -> Option<Vec<Value>> {
    let mut boats = boats.to_vec();
    let filters = [
        (
            "kind",
            ["tug", "ferry", "wreck"].as_slice(),
            Defect::KindsIgnored,
        ),
        ("flag", ["red", "white"].as_slice(), Defect::FlagIgnored),
    ];
    for (name, known, ignored) in filters {
        let Some(text) = pairs.get(name) else {
            continue;
        };
        let values: Vec<&str> = match name {
            "kind" => text.split(',').collect(),
            _ => vec![text.as_str()],
        };
        if values.iter().any(|own| !known.contains(own)) {
            return None;
        }
        boats.retain(|boat| defect == ignored || values.iter().any(|own| boat[name] == *own));
    }
    Some(boats)
}

/// A page of at most `limit` boats from `cursor` on.
fn page(defect: Defect, pairs: &Pairs, boats: &[Value]) -> Response {
    let limit = pairs.get("limit").map_or(Some(50), |own| own.parse().ok());
    let limit = limit.filter(|own| (1..=50).contains(own));
    let start = match pairs.get("cursor") {
        Some(_) if defect == Defect::CursorRefused => None,
        Some(own) => own.strip_prefix("at-").and_then(|own| own.parse().ok()),
        None => Some(0),
    };
    let boats = wanted(defect, pairs, boats);
    let (Some(limit), Some(start), Some(boats)) = (limit, start, boats) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let end = usize::min(start + limit, boats.len());
    let next = (end < boats.len()).then(|| format!("at-{end}"));
    Json(json!({ "boats": &boats[usize::min(start, end)..end], "next_cursor": next }))
        .into_response()
}

fn paint(
    defect: Defect,
    headers: &HeaderMap,
    body: &Bytes,
    photo: &mut Option<(String, Bytes)>,
) -> Response {
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|own| own.to_str().ok());
    let Some(media) = media.filter(|own| ["image/png", "image/jpeg"].contains(own)) else {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    };
    let media = if defect == Defect::PhotoOther {
        "image/png"
    } else {
        media
    };
    let end = body.len() - usize::from(defect == Defect::PhotoCut && body.len() > 100);
    if defect == Defect::PhotoLost {
        return StatusCode::NO_CONTENT.into_response();
    }
    *photo = Some((media.to_owned(), body.slice(..end)));
    StatusCode::NO_CONTENT.into_response()
}

/// Each finding in a few words.
async fn found(defect: Defect) -> Vec<String> {
    let api = read_text("boats.yaml", DOCUMENT).api.expect("a document");
    let server = Server(defect, Boats::default());
    let router = Router::new().fallback(handle).with_state(server);
    let options = Options::in_process(router).credential("token", "t0ken");
    let outcome = run(api, &options, &()).await.expect("a run");
    let findings = outcome.findings.iter().filter(|own| own.is_certain());
    let told = findings.map(|own| {
        format!(
            "{} {} {} · {}",
            own.code, own.operation, own.location, own.rule
        )
    });
    told.collect()
}

#[tokio::test]
async fn what_is_done_to_a_thing_shows() {
    for (defect, expected) in [
        (Defect::None, ""),
        (
            Defect::SailUndone,
            "action-not-kept sail response body · kept",
        ),
        (Defect::PhotoCut, "content-not-kept paint body · kept"),
        (
            Defect::PhotoOther,
            "content-not-kept look response body · media-type",
        ),
        (Defect::PhotoLost, "content-not-kept paint body · kept"),
        (
            Defect::WreckUnlisted,
            "created-not-listed list response body · listed",
        ),
        (
            Defect::CursorRefused,
            "cursor-refused list query cursor · next",
        ),
        (
            Defect::KindsIgnored,
            "filter-ignored list query kind · filter",
        ),
        (
            Defect::FlagIgnored,
            "filter-ignored list query flag · filter",
        ),
    ] {
        assert_eq!(found(defect).await.join("; "), expected, "{defect:?}");
    }
}

#[tokio::test]
async fn another_refusal_of_credentials_than_the_declared_one_is_told() {
    let found = found(Defect::Forbidden).await;
    let expected = "status-undocumented list response status · status";
    assert!(found.iter().any(|own| own == expected), "{found:?}");
    assert!(
        found
            .iter()
            .all(|own| own.starts_with("status-undocumented")),
        "{found:?}"
    );
}

#[tokio::test]
async fn another_refusal_of_values_than_the_declared_one_is_told() {
    let found = found(Defect::Unprocessable).await;
    assert_eq!(found, ["status-undocumented add response status · status"]);
}

#[tokio::test]
async fn a_mock_with_a_memory_keeps_what_is_put_and_takes_nothing_that_is_read_only() {
    let api = read_text("boats.yaml", DOCUMENT).api.expect("a document");
    let mock = Mock::new(api.clone()).stateful();
    let running = mock.bind("127.0.0.1:0").await.expect("a free port");
    let options = Options::new(running.url());
    let outcome = run(api, &options, &()).await.expect("a run");
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
}

//! Things that are made by forms with a file in them, at paths that end with a slash.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Mock, Options, Outcome, run};
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Files, version: 1.0.0 }
security: [{ bearer: [] }]
paths:
  /files/:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, note]
              properties:
                file: { type: string, contentMediaType: application/octet-stream }
                note: { type: string, maxLength: 100 }
            encoding: { file: { contentType: 'image/*' } }
      responses:
        '201':
          description: Kept.
          headers: { X-Place: { schema: { $ref: '#/components/schemas/Place' } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/File' } } }
        '401': { description: Who are you? }
        '422': { description: No. }
  /files/{id}/:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get:
      operationId: read
      responses:
        '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/File' } } } }
        '401': { description: Who are you? }
        '404': { description: None. }
        '422': { description: No. }
    delete:
      operationId: remove
      responses:
        '204': { description: Gone. }
        '401': { description: Who are you? }
        '404': { description: None. }
        '422': { description: No. }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    File:
      type: object
      required: [id, note]
      properties: { id: { type: integer }, note: { type: string }, file: { type: string, format: uri } }
    Place:
      type: object
      additionalProperties: false
      properties: { shelf: { type: integer }, next: { type: integer } }
";

/// What the server does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    None,
    NoteLost,
    TypeIgnored,
    OpenDelete,
    JsonHeader,
}

#[derive(Clone)]
struct Server {
    defect: Defect,
    files: Arc<Mutex<BTreeMap<u64, Value>>>,
}

fn is_known(headers: &HeaderMap) -> bool {
    headers
        .get("authorization")
        .is_some_and(|own| own == "Bearer ada")
}

/// The parts of a form by their names, each with its head.
fn parts<'b>(headers: &HeaderMap, body: &'b str) -> BTreeMap<&'b str, (&'b str, &'b str)> {
    let media = headers
        .get("content-type")
        .and_then(|own| own.to_str().ok());
    let boundary = media.and_then(|own| own.strip_prefix("multipart/form-data; boundary="));
    let Some(boundary) = boundary else {
        return BTreeMap::new();
    };
    let delimiter = format!("--{boundary}");
    let chunks = body.split(delimiter.as_str()).skip(1);
    let parts = chunks.filter_map(|chunk| {
        let (head, content) = chunk.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once("name=\"")?;
        let (name, _) = name.split_once('"')?;
        Some((name, (head, content.strip_suffix("\r\n")?)))
    });
    parts.collect()
}

async fn upload(State(server): State<Server>, headers: HeaderMap, body: String) -> Response {
    if !is_known(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let parts = parts(&headers, &body);
    let file = parts
        .get("file")
        .filter(|(head, _)| head.contains("filename="))
        .filter(|(head, _)| head.contains("image/") || server.defect == Defect::TypeIgnored);
    let note = parts
        .get("note")
        .filter(|(_, note)| note.chars().count() <= 100);
    let (Some(_), Some((_, note))) = (file, note) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let mut files = server.files.lock().expect("no panic");
    let id = files.keys().last().unwrap_or(&0) + 1;
    let made = json!({ "id": id, "note": note, "file": format!("https://example.com/{id}") });
    let lost = json!({ "id": id, "note": "" });
    files.insert(
        id,
        if server.defect == Defect::NoteLost {
            lost
        } else {
            made.clone()
        },
    );
    let place = match server.defect {
        Defect::JsonHeader => format!("{{\"shelf\": {id}, \"next\": 1}}"),
        _ => format!("shelf,{id},next,1"),
    };
    (StatusCode::CREATED, [("x-place", place)], Json(made)).into_response()
}

async fn one(
    State(server): State<Server>,
    method: axum::http::Method,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let open = server.defect == Defect::OpenDelete && method == "DELETE";
    if !is_known(&headers) && !open {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let id = id.parse().ok().filter(|id| (1..=9999).contains(id));
    let Some(id) = id else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let mut files = server.files.lock().expect("no panic");
    match files.get(&id).cloned() {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(_) if method == "DELETE" => {
            files.remove(&id);
            StatusCode::NO_CONTENT.into_response()
        }
        Some(file) => Json(file).into_response(),
    }
}

fn api() -> Api {
    read_text("files.yaml", DOCUMENT).api.expect("a document")
}

async fn test(defect: Defect) -> Outcome {
    let server = Server {
        defect,
        files: Arc::default(),
    };
    let router = Router::new()
        .route("/files/", post(upload))
        .route("/files/{id}/", get(one).delete(one))
        .with_state(server);
    let options = Options::in_process(router).credential("bearer", "ada");
    run(api(), &options, &()).await.expect("a run")
}

async fn found(defect: Defect) -> Vec<String> {
    let outcome = test(defect).await;
    let told = |own: &bindery_contract::Finding| {
        format!("{} {} {} {}", own.level, own.code, own.operation, own.rule)
    };
    outcome.findings.iter().map(told).collect()
}

#[tokio::test]
async fn what_a_form_made_is_read_and_deleted() {
    let outcome = test(Defect::None).await;
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    assert!(outcome.not_checked.is_empty(), "{:#?}", outcome.not_checked);
    for (own, status) in outcome.coverage.iter().zip([201, 200, 204]) {
        assert!(own.statuses.contains_key(&status), "{own:?}");
    }
}

#[tokio::test]
async fn what_a_form_had_is_looked_for() {
    let lost = "error written-not-kept upload kept";
    assert_eq!(found(Defect::NoteLost).await, [lost]);
    // That nobody is asked says that wrong credentials are taken as well.
    let open = "error authorization-ignored remove security";
    assert_eq!(found(Defect::OpenDelete).await, [open]);
}

#[tokio::test]
async fn a_part_has_a_type_that_its_encoding_states() {
    let any = "warning invalid-input-accepted upload part-type";
    assert_eq!(found(Defect::TypeIgnored).await, [any]);
}

#[tokio::test]
async fn json_in_a_header_is_one_warning() {
    let one = "warning response-header upload style-json";
    assert_eq!(found(Defect::JsonHeader).await, [one]);
}

#[tokio::test]
async fn a_mock_keeps_what_a_form_had() {
    let mock = Mock::new(api()).stateful();
    let running = mock.bind("127.0.0.1:0").await.expect("a free port");
    let options = Options::new(running.url());
    let outcome = run(api(), &options, &()).await.expect("a run");
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    assert!(outcome.not_checked.is_empty(), "{:#?}", outcome.not_checked);
}

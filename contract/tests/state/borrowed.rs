//! Things that are made below another and listed in their own place, and things under the key of another: `/me/likes/{song_id}`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::read_text;
use bindery_contract::{Options, run};
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Songs, version: 1.0.0 }
paths:
  /albums:
    post: { operationId: add_album, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '422': { description: No. } } }
  /albums/{album_id}:
    parameters: [{ name: album_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get: { operationId: album, responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /albums/{album_id}/songs:
    parameters: [{ name: album_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    post: { operationId: add_song, requestBody: { $ref: '#/components/requestBodies/Thing' }, responses: { '201': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /songs:
    get: { operationId: songs, responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }
  /songs/{song_id}:
    parameters: [{ name: song_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get: { operationId: song, responses: { '200': { $ref: '#/components/responses/Thing' }, '404': { description: None. }, '422': { description: No. } } }
  /me/likes/{song_id}:
    parameters: [{ name: song_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    put: { operationId: like, requestBody: { $ref: '#/components/requestBodies/Like' }, responses: { '200': { $ref: '#/components/responses/Like' }, '201': { $ref: '#/components/responses/Like' }, '404': { description: None. }, '422': { description: No. } } }
    get: { operationId: liked, responses: { '200': { $ref: '#/components/responses/Like' }, '404': { description: None. }, '422': { description: No. } } }
    delete: { operationId: unlike, responses: { '204': { description: Gone. }, '404': { description: None. }, '422': { description: No. } } }
components:
  requestBodies:
    Thing: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 20 } } } } } }
    Like: { required: true, content: { application/json: { schema: { type: object, required: [stars], properties: { stars: { type: integer, minimum: 1, maximum: 5 } } } } } }
  responses:
    Thing: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
    Like: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Like' } } } }
  schemas:
    Thing: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string } } }
    Like: { type: object, required: [song_id, stars], properties: { song_id: { type: integer }, stars: { type: integer } } }
";

/// What is wrong with the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    SongNotListed,
    StarsLost,
    LikeStays,
}

#[derive(Clone)]
struct Server {
    defect: Defect,
    /// The things by the path of one.
    things: Arc<Mutex<BTreeMap<String, Value>>>,
}

type Answer = Result<Response, StatusCode>;

impl Server {
    fn add(&self, kind: &str, headers: &HeaderMap, body: &Bytes) -> Answer {
        let sent = sent(headers, body)?;
        let name = sent["name"].as_str().filter(|own| {
            let length = own.chars().count();
            (1..=20).contains(&length)
        });
        let name = name.ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
        let mut things = self.things.lock().expect("no panic");
        let id = things.len() + 1;
        let thing = json!({ "id": id, "name": name });
        things.insert(format!("{kind}/{id}"), thing.clone());
        Ok((StatusCode::CREATED, Json(thing)).into_response())
    }

    fn get(&self, kind: &str, id: &str) -> Answer {
        let path = format!("{kind}/{}", number(id)?);
        let things = self.things.lock().expect("no panic");
        let found = things.get(&path).cloned().ok_or(StatusCode::NOT_FOUND)?;
        Ok(Json(found).into_response())
    }
}

/// The body, where it is JSON.
fn sent(headers: &HeaderMap, body: &Bytes) -> Result<Value, StatusCode> {
    match headers.get("content-type") {
        Some(kind) if kind == "application/json" => {
            serde_json::from_slice(body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
    }
}

/// A number in a path.
fn number(text: &str) -> Result<usize, StatusCode> {
    let number = text.parse().ok();
    let number = number.filter(|number| (1..=9999).contains(number));
    number.ok_or(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn add_song(
    State(server): State<Server>,
    Path(album): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let _ = server.get("albums", &album)?;
    server.add("songs", &headers, &body)
}

async fn songs(State(server): State<Server>) -> Response {
    let things = server.things.lock().expect("no panic");
    let songs = things.iter().filter(|(path, _)| path.starts_with("songs/"));
    let most = if server.defect == Defect::SongNotListed {
        0
    } else {
        usize::MAX
    };
    let songs: Vec<Value> = songs.map(|(_, song)| song.clone()).take(most).collect();
    Json(songs).into_response()
}

async fn like(
    State(server): State<Server>,
    Path(song): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let id = number(&song)?;
    let stars = sent(&headers, &body)?["stars"].as_f64();
    let stars = stars.filter(|own| own.fract() == 0.0 && (1.0..=5.0).contains(own));
    let stars = stars.ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    let _ = server.get("songs", &song)?;
    let mut things = server.things.lock().expect("no panic");
    let answer = json!({ "song_id": id, "stars": stars });
    let mut kept = answer.clone();
    if server.defect == Defect::StarsLost {
        kept["stars"] = json!(5);
    }
    let before = things.insert(format!("likes/{id}"), kept);
    let status = match before {
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    Ok((status, Json(answer)).into_response())
}

async fn unlike(State(server): State<Server>, Path(song): Path<String>) -> Answer {
    let path = format!("likes/{}", number(&song)?);
    let mut things = server.things.lock().expect("no panic");
    let like = things.get(&path).cloned().ok_or(StatusCode::NOT_FOUND)?;
    things.remove(&path);
    if server.defect == Defect::LikeStays {
        things.insert(path, like);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn router(defect: Defect) -> Router {
    let things = Arc::default();
    let add_album = post(
        async |State(server): State<Server>, headers: HeaderMap, body: Bytes| {
            server.add("albums", &headers, &body)
        },
    );
    let one = |kind: &'static str| {
        get(async move |State(server): State<Server>, Path(id): Path<String>| server.get(kind, &id))
    };
    Router::new()
        .route("/albums", add_album)
        .route("/albums/{id}", one("albums"))
        .route("/albums/{id}/songs", post(add_song))
        .route("/songs", get(songs))
        .route("/songs/{id}", one("songs"))
        .route("/me/likes/{id}", one("likes").put(like).delete(unlike))
        .with_state(Server { defect, things })
}

/// `code operation` of each finding.
async fn found(defect: Defect) -> Vec<String> {
    let mut options = Options::in_process(router(defect));
    options.settle = std::time::Duration::ZERO;
    let api = read_text("songs.yaml", DOCUMENT).api.expect("a document");
    let outcome = run(api, &options, &()).await.expect("a run");
    let told = |own: &bindery_contract::Finding| format!("{} {}", own.code, own.operation);
    let mut found: Vec<String> = outcome.findings.iter().map(told).collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn what_borrows_its_place_or_its_key_is_played_on() {
    for (defect, expected) in [
        (Defect::None, &[][..]),
        (Defect::SongNotListed, &["created-not-listed songs"]),
        (
            Defect::StarsLost,
            &["update-not-kept like", "written-not-kept like"],
        ),
        (Defect::LikeStays, &["deleted-still-there unlike"]),
    ] {
        assert_eq!(found(defect).await, expected);
    }
}

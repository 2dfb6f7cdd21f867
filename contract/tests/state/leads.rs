//! What a page says of itself and of what follows: how many there are, whether more follow, and where these are.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::Options;
use bindery_contract::spec::Value;
use serde_json::json;

use super::{assert_among, findings, places};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Stamps, version: 1.0.0 }
paths:
  /stamps:
    get:
      operationId: stamps
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 50 } }
        - { name: offset, in: query, schema: { type: integer, minimum: 0, maximum: 9999, default: 0 } }
        - { name: land, in: query, schema: { enum: [fr, it] } }
      responses:
        '200':
          description: A page.
          headers: { X-Total-Count: { required: true, schema: { type: integer } } }
          content:
            application/json:
              schema:
                type: object
                required: [stamps, total, has_more]
                properties:
                  stamps: { type: array, items: { $ref: '#/components/schemas/Stamp' } }
                  total: { type: integer }
                  has_more: { type: boolean }
                  next: { type: string }
        '422': { description: No. }
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Stamp' } } } }
      responses: { '201': { $ref: '#/components/responses/Stamp' }, '422': { description: No. } }
  /stamps/batch:
    post:
      operationId: add_all
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [stamps], properties: { stamps: { type: array, minItems: 1, items: { $ref: '#/components/schemas/Stamp' } } } } } } }
      responses: { '201': { description: Made. }, '422': { description: No. } }
  /stamps/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
    get: { operationId: one, responses: { '200': { $ref: '#/components/responses/Stamp' }, '404': { description: None. }, '422': { description: No. } } }
components:
  responses:
    Stamp: { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Stamp' } } } }
  schemas:
    Stamp: { type: object, required: [land], properties: { id: { type: integer, readOnly: true }, land: { enum: [fr, it] } } }
";

/// What is wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    None,
    HeaderCounts,
    BodyCounts,
    MoreAlways,
    MoreNever,
    LinkMalformed,
    LinkRefused,
    LinkOverlaps,
    LinkLoses,
    LinkUnfiltered,
    NextUnfiltered,
    BatchOfOne,
}

#[derive(Clone)]
struct Album {
    defect: Defect,
    /// Whether pages lead on by a `Link`, and not by a URL in the body.
    links: bool,
    lands: Arc<Mutex<Vec<Value>>>,
}

type Asked = Query<BTreeMap<String, String>>;

/// A number of the query within its bounds; `None` where it is none.
fn number(asked: &Asked, name: &str, (least, most, usual): (usize, usize, usize)) -> Option<usize> {
    let Some(text) = asked.get(name) else {
        return Some(usual);
    };
    let number = text.parse().ok();
    number.filter(|number| (least..=most).contains(number))
}

async fn list(State(album): State<Album>, asked: Asked) -> Response {
    page(&album, &asked).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY.into_response())
}

fn page(album: &Album, asked: &Asked) -> Option<Response> {
    let land = asked.get("land");
    if land.is_some_and(|land| land != "fr" && land != "it") {
        return None;
    }
    let limit = number(asked, "limit", (1, 50, 50))?;
    let offset = number(asked, "offset", (0, 9999, 0))?;
    let lands = album.lands.lock().expect("no panic");
    let all = lands.iter().enumerate();
    let all = all.filter(|(_, own)| land.is_none_or(|land| *own == land));
    let all: Vec<Value> = all
        .map(|(at, own)| json!({ "id": at + 1, "land": own }))
        .collect();
    let end = (offset + limit).min(all.len());
    let is = |defect| album.defect == defect;
    let more = (end < all.len() || is(Defect::MoreAlways)) && !is(Defect::MoreNever);
    let mut body = json!({
        "stamps": all.get(offset..end).unwrap_or_default(),
        "total": all.len() + usize::from(is(Defect::BodyCounts)),
        "has_more": more,
    });
    let mut headers = HeaderMap::new();
    let count = all.len() + usize::from(is(Defect::HeaderCounts));
    headers.insert("x-total-count", count.into());
    if end < all.len() {
        let next = next(album, (limit, end), land);
        if album.links {
            let good = HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()?;
            let bad = HeaderValue::from_str(&format!("{next}; rel=\"next\"")).ok()?;
            headers.insert("link", if is(Defect::LinkMalformed) { bad } else { good });
        } else {
            body["next"] = next.into();
        }
    }
    Some((headers, Json(body)).into_response())
}

/// Where the next page is.
fn next(album: &Album, (limit, end): (usize, usize), land: Option<&String>) -> String {
    let offset = match album.defect {
        Defect::LinkRefused => 99_999,
        Defect::LinkOverlaps => end - 1,
        Defect::LinkLoses => end + 1,
        _ => end,
    };
    let next = format!("/stamps?limit={limit}&offset={offset}");
    let unfiltered = [Defect::LinkUnfiltered, Defect::NextUnfiltered].contains(&album.defect);
    let land = land.filter(|_| !unfiltered);
    land.map_or(next.clone(), |land| format!("{next}&land={land}"))
}

async fn add(State(album): State<Album>, body: String) -> Response {
    let stamp: Value = serde_json::from_str(&body).unwrap_or_default();
    if stamp["land"] != "fr" && stamp["land"] != "it" {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let mut lands = album.lands.lock().expect("no panic");
    lands.push(stamp["land"].clone());
    let made = json!({ "id": lands.len(), "land": stamp["land"] });
    (StatusCode::CREATED, Json(made)).into_response()
}

async fn add_all(State(album): State<Album>, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let sent = body["stamps"].as_array().cloned().unwrap_or_default();
    let is_land = |stamp: &Value| stamp["land"] == "fr" || stamp["land"] == "it";
    if sent.is_empty() || !sent.iter().all(is_land) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let few = album.defect == Defect::BatchOfOne;
    let kept = sent.iter().take(if few { 1 } else { sent.len() });
    let mut lands = album.lands.lock().expect("no panic");
    lands.extend(kept.map(|stamp| stamp["land"].clone()));
    StatusCode::CREATED.into_response()
}

async fn one(State(album): State<Album>, Path(id): Path<String>) -> Response {
    let id = id.parse::<usize>().ok();
    let Some(id) = id.filter(|id| (1..=9999).contains(id)) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match album.lands.lock().expect("no panic").get(id - 1) {
        Some(land) => Json(json!({ "id": id, "land": land })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn found(defect: Defect, links: bool) -> Vec<String> {
    let album = Album {
        defect,
        links,
        lands: Arc::default(),
    };
    let router = Router::new()
        .route("/stamps", get(list).post(add))
        .route("/stamps/batch", post(add_all))
        .route("/stamps/{id}", get(one))
        .with_state(album);
    places(&findings(DOCUMENT, &Options::in_process(router).seed(2)).await)
}

#[tokio::test]
async fn all_that_is_sent_at_once_is_made() {
    let one = "bulk-incomplete add_all body";
    assert_eq!(found(Defect::BatchOfOne, true).await, [one]);
}

#[tokio::test]
async fn a_page_counts_and_leads_on_as_it_should() {
    for links in [true, false] {
        assert_eq!(found(Defect::None, links).await, [] as [&str; 0]);
    }
    let header = "stamps response header";
    for (defect, links, expected) in [
        (
            Defect::HeaderCounts,
            true,
            format!("total-wrong {header} X-Total-Count"),
        ),
        (
            Defect::BodyCounts,
            true,
            "total-wrong stamps response body/total".to_owned(),
        ),
        (
            Defect::MoreAlways,
            true,
            "more-wrong stamps response body/has_more".to_owned(),
        ),
        (
            Defect::MoreNever,
            true,
            "more-wrong stamps response body/has_more".to_owned(),
        ),
        (
            Defect::LinkMalformed,
            true,
            format!("response-link-malformed {header} Link"),
        ),
        (
            Defect::LinkRefused,
            true,
            format!("cursor-refused {header} Link"),
        ),
        (
            Defect::LinkOverlaps,
            true,
            format!("pages-overlap {header} Link"),
        ),
        (Defect::LinkLoses, true, format!("pages-lose {header} Link")),
        (
            Defect::LinkLoses,
            false,
            "pages-lose stamps response body/next".to_owned(),
        ),
        (
            Defect::LinkUnfiltered,
            true,
            "filter-ignored stamps query land".to_owned(),
        ),
        (
            Defect::NextUnfiltered,
            false,
            "filter-ignored stamps query land".to_owned(),
        ),
    ] {
        assert_among(&expected, &found(defect, links).await);
    }
}

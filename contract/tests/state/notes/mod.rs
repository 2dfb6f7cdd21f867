//! A server for notes, written by hand, that conforms or has one planted defect.

mod list;
mod marks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// What the server does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    None,
    NotStored,
    FieldLost,
    EchoWrong,
    LocationWrong,
    PinReturned,
    PutLost,
    PatchLost,
    PatchResets,
    RefusedPutKept,
    RefusedPostKept,
    DeleteKeeps,
    DeleteKeepsListed,
    NotListed,
    LimitIgnored,
    OffsetIgnored,
    PagesOverlap,
    PagesLose,
    CursorStuck,
    Shuffled,
    TotalOfPage,
    FilterIgnored,
    FilterLoses,
    OthersServed,
    DeleteUnasked,
    Trace,
}

#[derive(Default)]
struct Store {
    last: u64,
    notes: BTreeMap<u64, Map<String, Value>>,
    marks: BTreeMap<u64, BTreeMap<u64, Value>>,
    hidden: Vec<u64>,
    reads: usize,
}

#[derive(Clone)]
struct Server {
    defect: Defect,
    store: Arc<Mutex<Store>>,
}

type Pairs = Query<Vec<(String, String)>>;

pub(crate) fn router(defect: Defect) -> Router {
    let server = Server {
        defect,
        store: Arc::default(),
    };
    Router::new().fallback(handle).with_state(server)
}

async fn handle(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    Query(pairs): Pairs,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let segments: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let unasked = server.defect == Defect::DeleteUnasked && method == Method::DELETE;
    let who = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.strip_prefix("Bearer "));
    let who = match who {
        Some(who @ ("ada" | "bob")) => who,
        _ if unasked => "ada",
        _ => return StatusCode::UNAUTHORIZED.into_response(),
    };
    let call = Call {
        server: &server,
        who,
        pairs: &pairs,
        headers: &headers,
        body: &body,
    };
    match (method.as_str(), segments.as_slice()) {
        ("GET", ["notes"]) => call.list(),
        ("POST", ["notes"]) => call.create(),
        (_, ["notes", id]) => Call::with(id, |id| match method.as_str() {
            "GET" => call.read(id),
            "PUT" => call.update(id, true),
            "PATCH" => call.update(id, false),
            "DELETE" => call.delete(id),
            _ => wrong_method("GET, PUT, PATCH, DELETE"),
        }),
        ("GET", ["notes", id, "marks"]) => Call::with(id, |id| call.marks(id)),
        ("POST", ["notes", id, "marks"]) => Call::with(id, |id| call.mark(id)),
        ("GET", ["notes", id, "marks", mark]) => {
            Call::with(id, |id| Call::with(mark, |mark| call.one_mark(id, mark)))
        }
        (_, ["notes"] | ["notes", _, "marks"]) => wrong_method("GET, POST"),
        (_, ["notes", _, "marks", _]) => wrong_method("GET"),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn wrong_method(allow: &'static str) -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [("allow", allow)]).into_response()
}

struct Call<'a> {
    server: &'a Server,
    who: &'a str,
    pairs: &'a [(String, String)],
    headers: &'a HeaderMap,
    body: &'a Bytes,
}

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

impl Call<'_> {
    fn has(&self, defect: Defect) -> bool {
        self.server.defect == defect
    }

    fn with(text: &str, then: impl Fn(u64) -> Response) -> Response {
        match text.parse() {
            Ok(id @ 1..=1_000_000) => then(id),
            _ => REFUSED.into_response(),
        }
    }

    fn query(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    fn number(
        &self,
        name: &str,
        range: std::ops::RangeInclusive<usize>,
        usual: usize,
    ) -> Result<usize, StatusCode> {
        let Some(text) = self.query(name) else {
            return Ok(usual);
        };
        text.parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or(REFUSED)
    }

    fn object(&self, media_type: &str) -> Result<Map<String, Value>, StatusCode> {
        let sent = self
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        if sent != Some(media_type) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(object)) => Ok(object),
            _ => Err(REFUSED),
        }
    }

    fn owned(&self, note: &Map<String, Value>) -> bool {
        note["owner"] == self.who || self.has(Defect::OthersServed)
    }

    fn create(&self) -> Response {
        let fields = match self.object("application/json") {
            Ok(fields) => fields,
            Err(status) => return status.into_response(),
        };
        let mut store = self.server.store.lock().expect("a store");
        let valid = valid(&fields, true);
        if !valid && !self.has(Defect::RefusedPostKept) {
            return self.refuse();
        }
        store.last += 1;
        let id = store.last;
        let mut note = json!({ "kind": "plan", "owner": self.who })
            .as_object()
            .cloned()
            .expect("an object");
        note.extend(fields.clone());
        note.insert("id".to_owned(), id.into());
        if !valid {
            note.insert("title".to_owned(), "broken".into());
            note.retain(|name, _| ["id", "owner", "title"].contains(&name.as_str()));
            note.insert("kind".to_owned(), "plan".into());
            store.notes.insert(id, note);
            return REFUSED.into_response();
        }
        if self.has(Defect::FieldLost) {
            note.remove("stars");
        }
        let mut shown = self.shown(&note);
        if self.has(Defect::EchoWrong) {
            shown["title"] = "another".into();
        }
        if !self.has(Defect::NotStored) {
            store.notes.insert(id, note);
        }
        let target = if self.has(Defect::LocationWrong) {
            id + 500
        } else {
            id
        };
        (
            StatusCode::CREATED,
            [("location", format!("/notes/{target}"))],
            axum::Json(shown),
        )
            .into_response()
    }

    fn refuse(&self) -> Response {
        if self.has(Defect::Trace) {
            let body = "{\"error\": \"Traceback (most recent call last):\\n  File \\\"/srv/app/notes.py\\\", line 12, in create\"}";
            return (REFUSED, [("content-type", "application/json")], body).into_response();
        }
        REFUSED.into_response()
    }

    fn shown(&self, note: &Map<String, Value>) -> Value {
        let mut shown = note.clone();
        shown.remove("owner");
        if let Some(pin) = shown
            .remove("pin")
            .filter(|_| self.has(Defect::PinReturned))
        {
            shown.insert("debug".to_owned(), json!({ "row": pin }));
        }
        shown.into()
    }

    fn read(&self, id: u64) -> Response {
        let store = self.server.store.lock().expect("a store");
        match store.notes.get(&id).filter(|note| self.owned(note)) {
            Some(note) if !store.hidden.contains(&id) => {
                axum::Json(self.shown(note)).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }

    fn update(&self, id: u64, whole: bool) -> Response {
        let media_type = if whole {
            "application/json"
        } else {
            "application/merge-patch+json"
        };
        let fields = match self.object(media_type) {
            Ok(fields) => fields,
            Err(status) => return status.into_response(),
        };
        let mut store = self.server.store.lock().expect("a store");
        let hidden = store.hidden.contains(&id);
        let Some(note) = store
            .notes
            .get_mut(&id)
            .filter(|note| self.owned(note) && !hidden)
        else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let mut next = note.clone();
        if whole {
            next.retain(|name, _| ["id", "owner"].contains(&name.as_str()));
            next.insert("kind".to_owned(), "plan".into());
        }
        if !valid(&fields, whole) {
            if self.has(Defect::RefusedPutKept) {
                let title = fields.get("title").filter(|title| title.is_string());
                note.extend(title.map(|title| ("title".to_owned(), title.clone())));
            }
            return self.refuse();
        }
        if self.has(Defect::PatchResets) && !whole {
            next.remove("stars");
        }
        next.extend(fields);
        let lost = if whole {
            Defect::PutLost
        } else {
            Defect::PatchLost
        };
        if self.has(lost) {
            let shown = self.shown(&next);
            return axum::Json(shown).into_response();
        }
        *note = next;
        axum::Json(self.shown(note)).into_response()
    }

    fn delete(&self, id: u64) -> Response {
        let mut store = self.server.store.lock().expect("a store");
        let there = store.notes.get(&id).is_some_and(|note| self.owned(note));
        if !there || store.hidden.contains(&id) {
            return StatusCode::NOT_FOUND.into_response();
        }
        match self.server.defect {
            Defect::DeleteKeeps => {}
            Defect::DeleteKeepsListed => store.hidden.push(id),
            _ => {
                store.notes.remove(&id);
            }
        }
        StatusCode::NO_CONTENT.into_response()
    }
}

/// Whether the fields are as the document says.
fn valid(fields: &Map<String, Value>, whole: bool) -> bool {
    let text = |value: &Value, least: usize, most: usize| {
        value
            .as_str()
            .is_some_and(|text| (least..=most).contains(&text.chars().count()))
    };
    let field = |(name, value): (&String, &Value)| match name.as_str() {
        "title" => text(value, 1, 40),
        "kind" => ["plan", "idea", "task"].iter().any(|kind| value == kind),
        "stars" => value
            .as_f64()
            .is_some_and(|stars| (0.0..=5.0).contains(&stars) && stars.fract() == 0.0),
        "done" => value.is_boolean(),
        "pin" => text(value, 4, 20),
        _ => false,
    };
    fields.iter().all(field) && (!whole || fields.contains_key("title"))
}

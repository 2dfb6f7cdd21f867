//! The list of the notes, page by page.

use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{Call, Defect, REFUSED};

impl Call<'_> {
    pub(super) fn list(&self) -> Response {
        let limit = self.number("limit", 1..=50, 20);
        let offset = self.number("offset", 0..=100_000, 0);
        let (Ok(limit), Ok(offset)) = (limit, offset) else {
            return REFUSED.into_response();
        };
        let kind = self.query("kind");
        let done = self.query("done");
        if kind.is_some_and(|kind| !["plan", "idea", "task"].contains(&kind))
            || done.is_some_and(|done| !["true", "false"].contains(&done))
        {
            return REFUSED.into_response();
        }
        let mut store = self.server.store.lock().expect("a store");
        store.reads += 1;
        let is_kind = |note: &&Map<String, Value>| {
            kind.is_none_or(|kind| note["kind"] == kind || self.has(Defect::FilterIgnored))
        };
        let done = done.map(|done| Value::Bool(done == "true"));
        let is_done =
            |note: &&Map<String, Value>| done.is_none() || note.get("done") == done.as_ref();
        let notes = store
            .notes
            .values()
            .filter(|note| note["owner"] == self.who)
            .filter(is_kind)
            .filter(is_done);
        let mut notes: Vec<Value> = notes.map(|note| self.shown(note)).collect();
        match self.server.defect {
            Defect::NotListed => notes.truncate(1),
            Defect::Shuffled if store.reads.is_multiple_of(2) => notes.reverse(),
            Defect::FilterLoses if kind.is_some() => {
                notes.pop();
            }
            _ => {}
        }
        let total = notes.len();
        let offset = match self.server.defect {
            Defect::OffsetIgnored => 0,
            Defect::PagesOverlap => offset.saturating_sub(1),
            Defect::PagesLose if offset > 0 => offset + 1,
            _ => offset,
        };
        let limit = if self.has(Defect::LimitIgnored) {
            50
        } else {
            limit
        };
        let page: Vec<Value> = notes.into_iter().skip(offset).take(limit).collect();
        let total = if self.has(Defect::TotalOfPage) {
            page.len()
        } else {
            total
        };
        axum::Json(json!({ "items": page, "total": total })).into_response()
    }
}

//! What hangs on a note: marks, listed by cursor.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Call, Defect, REFUSED};

impl Call<'_> {
    pub(super) fn mark(&self, id: u64) -> Response {
        let fields = match self.object("application/json") {
            Ok(fields) => fields,
            Err(status) => return status.into_response(),
        };
        let label = fields.get("label").and_then(Value::as_str);
        let Some(label) =
            label.filter(|label| fields.len() == 1 && (1..=40).contains(&label.chars().count()))
        else {
            return REFUSED.into_response();
        };
        let mut store = self.server.store.lock().expect("a store");
        if !store.notes.get(&id).is_some_and(|note| self.owned(note)) {
            return StatusCode::NOT_FOUND.into_response();
        }
        store.last += 1;
        let mark = json!({ "mark_id": store.last, "label": label });
        let key = store.last;
        store.marks.entry(id).or_default().insert(key, mark.clone());
        (StatusCode::CREATED, axum::Json(mark)).into_response()
    }

    pub(super) fn marks(&self, id: u64) -> Response {
        let size = match self.number("page_size", 1..=50, 20) {
            Ok(size) => size,
            Err(status) => return status.into_response(),
        };
        let mut after: u64 = self
            .query("cursor")
            .and_then(|cursor| cursor.parse().ok())
            .unwrap_or(0);
        if self.has(Defect::CursorStuck) {
            after = 0;
        }
        let store = self.server.store.lock().expect("a store");
        if !store.notes.get(&id).is_some_and(|note| self.owned(note)) {
            return StatusCode::NOT_FOUND.into_response();
        }
        let marks: Vec<(u64, Value)> = store
            .marks
            .get(&id)
            .cloned()
            .unwrap_or_default()
            .into_iter()
            .filter(|(key, _)| *key > after)
            .collect();
        let next = (marks.len() > size).then(|| marks[size - 1].0.to_string());
        let page: Vec<Value> = marks.into_iter().take(size).map(|(_, mark)| mark).collect();
        axum::Json(json!({ "marks": page, "next_cursor": next })).into_response()
    }

    pub(super) fn one_mark(&self, id: u64, mark: u64) -> Response {
        let store = self.server.store.lock().expect("a store");
        let there = store.notes.get(&id).is_some_and(|note| self.owned(note));
        let mark = store.marks.get(&id).and_then(|marks| marks.get(&mark));
        match mark.filter(|_| there) {
            Some(mark) => axum::Json(mark.clone()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    }
}

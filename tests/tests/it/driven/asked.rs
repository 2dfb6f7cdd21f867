//! What a request asks for, as the extractors of axum read it.

use axum::extract::{Form, Path, Query};
use axum::http::HeaderMap;
use axum::response::Json;
use serde_json::{Value, json};

type Pairs = Vec<(String, String)>;

/// What path, query and headers say.
pub(super) async fn query(
    Path(ids): Path<String>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
) -> Json<Value> {
    let list = headers.get("x-list").map(|list| list.to_str().unwrap());
    Json(json!({ "ids": ids, "pairs": query, "list": list.unwrap_or_default() }))
}

/// What path and form say.
pub(super) async fn form(Path(ids): Path<String>, Form(form): Form<Pairs>) -> Json<Value> {
    Json(json!({ "ids": ids, "pairs": form, "list": "" }))
}

//! Lists of five things in pages of two, in each of the ways that servers have for that.

use axum::Json;
use axum::body::Bytes;
use axum::extract::Path as Step;
use axum::http::Uri;
use serde_json::{Value, json};

/// How many things there are.
const THINGS: usize = 5;

/// A page of the list.
pub(super) async fn page(Step(what): Step<String>, uri: Uri, body: Bytes) -> Json<Value> {
    let query = |name: &str| {
        let mut pairs = uri
            .query()?
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value.to_owned())
    };
    let number = |name: &str| query(name).map(|text| text.parse::<usize>().unwrap());
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let sent = |pointer: &str| body.pointer(pointer).cloned();
    Json(match what.as_str() {
        "nested" => {
            let (items, next) = from(query("pageToken").map_or(0, |token| place(&token)), 2);
            let next = next.map(|next| format!("a/{next}"));
            json!({ "data": { "items": items }, "meta": { "nextPageToken": next } })
        }
        "search" => {
            assert_eq!(
                sent("/query"),
                Some(json!("a")),
                "what is searched for stays"
            );
            let cursor = sent("/page/cursor");
            let start = cursor.map_or(0, |cursor| place(cursor.as_str().unwrap()));
            let (items, next) = from(start, 2);
            let paging = next.map_or(json!({}), |next| json!({ "cursor": format!("a/{next}") }));
            json!({ "results": items, "paging": paging })
        }
        "filter" => {
            let asked = |pointer: &str| {
                sent(pointer).map(|sent| usize::try_from(sent.as_u64().unwrap()).unwrap())
            };
            json!(from(asked("/offset").unwrap_or(0), asked("/limit").unwrap_or(3)).0)
        }
        "last" => {
            let (items, next) = from(number("starting_after").map_or(0, |last| last + 1), 2);
            json!({ "data": items, "has_more": next.is_some() })
        }
        "numbered" => {
            let number = number("p").unwrap_or(1);
            assert!(number <= 3, "a page that the server said it does not have");
            json!({ "things": from((number - 1) * 2, 2).0, "others": [], "pages": 3 })
        }
        "since" => {
            let (items, next) = from(number("since").unwrap_or(0), 2);
            json!({ "things": items, "latest": next })
        }
        "bounded" => {
            let offset = number("offset").unwrap_or(0);
            assert!(offset <= 4, "more than the document allows");
            json!(from(offset, 2).0)
        }
        other => panic!("no list {other}"),
    })
}

/// Pages that say that there are more of them when there are none.
pub(super) async fn odd(Step(what): Step<String>, body: Bytes) -> Json<Value> {
    Json(if what == "nested" {
        json!({ "data": { "items": [{ "id": "0" }] }, "meta": { "nextPageToken": "same" } })
    } else {
        let body: Value = serde_json::from_slice(&body).unwrap();
        let cursor = body
            .pointer("/page/cursor")
            .map_or("", |own| own.as_str().unwrap());
        json!({ "results": [], "paging": { "cursor": format!("{cursor}x") } })
    })
}

/// At most so many things, and where the rest of them starts.
fn from(start: usize, most: usize) -> (Value, Option<usize>) {
    let end = (start + most).min(THINGS);
    let things = (start..end).map(|index| json!({ "id": index.to_string() }));
    (things.collect(), (end < THINGS).then_some(end))
}

/// What a cursor stands for; it has a character that a query must not have as it is.
fn place(cursor: &str) -> usize {
    let cursor = cursor.replace("%2F", "/");
    cursor.strip_prefix("a/").unwrap().parse().unwrap()
}

//! Requests that no encoder writes: a server may refuse them, but not fail.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::post;

use super::{found, pets};

/// The conforming router with something in front of it.
fn failing(test: fn(&Request) -> bool) -> Router {
    pets::router().layer(from_fn(move |request: Request, next: Next| async move {
        if test(&request) {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        next.run(request).await
    }))
}

const FAILED: &str = "server-error response status server-error";

#[tokio::test]
async fn what_conforms_copes_with_all_of_them() {
    assert_eq!(found(pets::router()).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_server_that_fails_on_one_of_them_is_found_out() {
    let cases: [fn(&Request) -> bool; 5] = [
        |request| {
            request
                .headers()
                .get("accept")
                .is_some_and(|value| value == "application/x-bindery")
        },
        |request| request.headers().values().any(|value| value.len() > 16_000),
        |request| request.uri().path().contains("%zz"),
        |request| {
            request
                .uri()
                .query()
                .is_some_and(|query| query.contains("%ff"))
        },
        |request| request.method() == "POST" && !request.headers().contains_key("content-type"),
    ];
    for (index, case) in cases.into_iter().enumerate() {
        let found = found(failing(case)).await;
        assert!(
            found.iter().any(|one| one == FAILED),
            "case {index}: {found:?}"
        );
        assert!(
            found.iter().all(|one| one == FAILED),
            "case {index}: {found:?}"
        );
    }
}

/// A handler that reads bodies in its own way.
async fn body(read: fn(&str) -> StatusCode) -> Vec<String> {
    let create = move |headers: HeaderMap, body: Bytes| async move {
        if !headers.contains_key("content-type") || headers["content-type"] != "application/json" {
            return StatusCode::UNSUPPORTED_MEDIA_TYPE;
        }
        read(&String::from_utf8_lossy(&body))
    };
    let routes = post(create).get(pets::list);
    found(pets::with(routes)).await
}

#[tokio::test]
async fn json_is_read_to_its_end_and_keys_may_be_there_twice() {
    let strict = |text: &str| pets::judge(serde_json::from_str(text).ok().as_ref());
    assert_eq!(body(strict).await, [] as [&str; 0]);
    let lax = |text: &str| {
        let mut values = serde_json::Deserializer::from_str(text).into_iter();
        pets::judge(values.next().and_then(Result::ok).as_ref())
    };
    assert_eq!(
        body(lax).await,
        ["invalid-input-accepted body json-trailing"]
    );
    let fails = |text: &str| {
        if text.matches("\"name\"").count() > 1 {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        pets::judge(serde_json::from_str(text).ok().as_ref())
    };
    assert_eq!(body(fails).await, [FAILED]);
    let empty = |text: &str| {
        if text.is_empty() {
            return StatusCode::CREATED;
        }
        pets::judge(serde_json::from_str(text).ok().as_ref())
    };
    assert_eq!(body(empty).await, ["missing-input-accepted body json"]);
}

//! A server that conforms, but shows in lists only after a while what was written.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use super::notes::{Defect, router};

/// How long a list stays what it was.
pub(crate) const LAG: Duration = Duration::from_secs(1);

/// The last lists, by their URL and who asked, and when something was written last.
type Lists = Arc<Mutex<(Vec<(String, Bytes)>, Option<Instant>)>>;

/// The server.
pub(crate) fn lagging() -> Router {
    router(Defect::None).layer(from_fn_with_state(Lists::default(), late))
}

async fn late(State(lists): State<Lists>, request: Request, next: Next) -> Response {
    let url = format!(
        "{} {:?}",
        request.uri(),
        request.headers().get("authorization")
    );
    let lock = || lists.lock().expect("no panic inside");
    if !request.method().is_safe() {
        let response = next.run(request).await;
        lock().1 = Some(Instant::now());
        return response;
    }
    let is_list = request.method() == Method::GET && request.uri().path() == "/notes";
    let response = next.run(request).await;
    if !is_list || !response.status().is_success() {
        return response;
    }
    let fresh = lock().1.is_none_or(|written| written.elapsed() > LAG);
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body in memory");
    let mut lists = lock();
    let old = lists.0.iter_mut().find(|(own, _)| *own == url);
    let shown = match old {
        Some((_, old)) if !fresh => old.clone(),
        Some((_, old)) => {
            old.clone_from(&body);
            body
        }
        None => {
            lists.0.push((url, body.clone()));
            body
        }
    };
    (parts, Body::from(shown)).into_response()
}

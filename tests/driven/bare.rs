//! A client without the default transport is given one, and does everything else itself.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bare::types::Note;
use bare::{Body, BuildError, Client, Pending, Transport, TransportError};
use bytes::Bytes;
use http::{Request, Response, StatusCode};

/// Fails once, then answers with what was sent; a note called `none` is not there.
#[derive(Default)]
struct Loop(AtomicUsize);

impl Transport for Loop {
    fn send(
        &self,
        request: Request<Body>,
        timeout: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            assert!(timeout.is_some_and(|left| left > Duration::from_secs(50)));
            if self.0.fetch_add(1, Ordering::Relaxed) == 0 {
                return Err(TransportError::connect("no connection"));
            }
            let path = request.uri().path().to_owned();
            let (mut response, sent) = (Response::new(()), request.into_body());
            if path == "/v1/notes/none" {
                *response.status_mut() = StatusCode::NOT_FOUND;
                return Ok(response.map(|()| Body::from(Bytes::from("\"gone\""))));
            }
            assert_eq!(path, "/v1/notes/a%20b");
            Ok(response.map(|()| sent))
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let none = Client::builder().build();
    assert!(matches!(none, Err(BuildError::Transport(_))));
    let transport = Loop::default();
    let client = Client::builder().transport(transport).build().unwrap();
    let note = client.notes().put_note("a b", Note::new("x")).send().await.unwrap();
    assert_eq!(note.text, "x");
    let error = client.notes().put_note("none", Note::new("x")).send().await;
    let error = error.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert!(error.api().is_some(), "{error}");
}

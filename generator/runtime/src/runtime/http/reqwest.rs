//! The default transport.

#[cfg(not(target_arch = "wasm32"))]
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::{Body, Pending, Transport, TransportError};

/// Carries requests with reqwest.
#[derive(Debug)]
pub(super) struct Reqwest(reqwest::Client);

impl Reqwest {
    /// A client with `connect_timeout`.
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder();
        #[cfg(not(target_arch = "wasm32"))]
        let builder = builder
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout);
        #[cfg(target_arch = "wasm32")]
        let _ = connect_timeout;
        builder.build().map(Self).map_err(TransportError::new)
    }

    async fn exchange(
        &self,
        request: Request<Body>,
        timeout: Option<Duration>,
    ) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = self
            .0
            .request(parts.method, parts.uri.to_string())
            .headers(parts.headers)
            .body(outgoing(body).await?);
        if let Some(timeout) = timeout {
            request = request.timeout(timeout);
        }
        let mut received = request.send().await.map_err(failure)?;
        let mut response = Response::new(Body::from(Bytes::new()));
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        *response.body_mut() = Body::pieces(Chunks(Box::pin(received.bytes_stream())));
        Ok(response)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: Request<Body>,
        timeout: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, timeout))
    }
}

/// A body as reqwest takes it: bytes at once, so that their number is known, and a stream piece by piece.
#[cfg(not(target_arch = "wasm32"))]
fn outgoing(body: Body) -> Ready<Result<reqwest::Body, TransportError>> {
    let stream = reqwest::Body::wrap_stream;
    ready(Ok(body.into_whole().map_or_else(stream, Into::into)))
}

/// A body as reqwest takes it. Browsers send no streams.
#[cfg(target_arch = "wasm32")]
async fn outgoing(body: Body) -> Result<reqwest::Body, TransportError> {
    let bytes = body.collect(usize::MAX).await;
    bytes
        .map(Into::into)
        .map_err(|_| TransportError::new("the body could not be read"))
}

/// The pieces of a body, with errors of our own.
struct Chunks<S>(Pin<Box<S>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Chunks<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0
            .as_mut()
            .poll_next(context)
            .map(|piece| piece.map(|result| result.map_err(failure)))
    }
}

/// URLs may hold keys, so they are cut from the error.
fn failure(error: reqwest::Error) -> TransportError {
    let (timeout, connect) = (error.is_timeout(), error.is_connect());
    let mut failure = TransportError::new(error.without_url());
    (failure.timeout, failure.connect) = (timeout, connect);
    failure
}

//! The default transport.

#[cfg(not(target_arch = "wasm32"))]
use std::future::{Ready, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, Uri};

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
        let url = url(&parts.uri).parse().map_err(TransportError::new)?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(outgoing(body).await?);
        *request.timeout_mut() = timeout;
        let mut received = self.0.execute(request).await.map_err(failure)?;
        let mut response = Response::new(Body::from(Bytes::new()));
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        *response.body_mut() = Body::received(received);
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

/// An absolute URL as text.
fn url(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let rest = uri.path_and_query().map_or("", |rest| rest.as_str());
    [scheme, "://", host, rest].concat()
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

/// URLs may hold keys, so they are cut from the error.
pub(super) fn failure(error: reqwest::Error) -> TransportError {
    let timeout = error.is_timeout();
    // Browsers do not tell whether there was a connection.
    #[cfg(target_arch = "wasm32")]
    let connect = false;
    #[cfg(not(target_arch = "wasm32"))]
    let connect = error.is_connect();
    let mut failure = TransportError::new(error.without_url());
    (failure.timeout, failure.connect) = (timeout, connect);
    failure
}

//! A service in this process in the place of a server, so that tests need no socket.

use std::convert::Into;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Body;
use tower_service::Service;

use super::Failure;

type Answer = Result<Response<Bytes>, (Failure, String)>;
type Call =
    dyn Fn(Request<Bytes>, usize) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync;

/// A service that answers requests in this process.
#[derive(Clone)]
pub(crate) struct InProcess(Arc<Call>);

impl InProcess {
    /// Takes any `tower` service, such as an axum `Router`.
    pub(crate) fn new<S, B>(service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: fmt::Display,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        Self(Arc::new(move |request, limit| {
            Box::pin(call(service.clone(), request, limit))
        }))
    }

    /// Has a request answered. A handler that panics is what a closed connection is for a server.
    pub(crate) async fn send(&self, request: Request<Bytes>, limit: usize) -> Answer {
        let answer = tokio::spawn((self.0)(request, limit)).await;
        answer.unwrap_or_else(|_| Err((Failure::Closed, "the handler panicked".to_owned())))
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

async fn call<S, B>(mut service: S, request: Request<Bytes>, limit: usize) -> Answer
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>>,
    S::Error: fmt::Display,
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let closed = |error: S::Error| (Failure::Closed, error.to_string());
    poll_fn(|context| service.poll_ready(context))
        .await
        .map_err(closed)?;
    let response = service.call(request.map(Full::new)).await.map_err(closed)?;
    let (parts, body) = response.into_parts();
    // A body that was announced longer than it is does not show without a socket.
    match Box::pin(Limited::new(body, limit).collect()).await {
        Ok(body) => Ok(Response::from_parts(parts, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => {
            let message = format!("the body is longer than {limit} bytes");
            Err((Failure::TooLarge, message))
        }
        Err(error) => Err((Failure::Truncated, error.to_string())),
    }
}

//! What carries requests: an object-safe trait over the types of the crate `http`.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::{Request, Response};

use super::Body;

/// A future in a box.
#[cfg(not(target_arch = "wasm32"))]
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A future in a box.
#[cfg(target_arch = "wasm32")]
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Carries one request and brings back the response.
///
/// An implementation follows no redirects and retries nothing: the client does, as the document and the standards
/// have it. It ends with [`TransportError::timeout`] when the whole exchange, the body included, takes longer than
/// `timeout`.
///
/// Without the feature `reqwest`, a client has no transport but the one that it is given:
///
/// ```
/// use std::time::Duration;
///
/// use bindery_runtime::runtime::{Body, Pending, Transport, TransportError};
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// /// Answers each request with an empty object, and goes nowhere.
/// struct Nowhere;
///
/// impl Transport for Nowhere {
///     fn send(
///         &self,
///         _: Request<Body>,
///         _: Option<Duration>,
///     ) -> Pending<'_, Result<Response<Body>, TransportError>> {
///         Box::pin(async { Ok(Response::new(Body::from(Bytes::from("{}")))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`.
    fn send(
        &self,
        request: Request<Body>,
        timeout: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>>;
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    pub(super) timeout: bool,
    pub(super) connect: bool,
    pub(super) too_long: bool,
    source: Box<dyn Error + Send + Sync>,
}

impl TransportError {
    /// The exchange failed: no connection, broken connection, bad TLS, not HTTP.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            timeout: false,
            connect: false,
            too_long: false,
            source: source.into(),
        }
    }

    /// There is no connection: nothing was sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            connect: true,
            ..Self::new(source)
        }
    }

    /// The response is longer than the client takes.
    pub(super) fn too_long() -> Self {
        Self {
            too_long: true,
            ..Self::new("it is longer than the client takes")
        }
    }

    /// The exchange took too long.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            timeout: true,
            ..Self::new(source)
        }
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Whether there was no connection, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.connect
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        let mut cause = self.source.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

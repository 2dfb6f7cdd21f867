//! A response whose body is still on its way.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::body::Unread;
use super::{Body, Call, Download, ErrorKind, Events, Fault, Pending, RawResponse, Sequence};
use crate::runtime::json::Json;

/// A response of which the status and the headers are there.
pub struct Incoming<'c> {
    pub(super) call: Call<'c>,
    pub(super) response: Response<Body>,
}

impl<'c> Incoming<'c> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Waits for the rest.
    ///
    /// # Errors
    /// When the connection fails, or when the body is longer than the client allows.
    pub fn collect(self) -> Pending<'c, Result<RawResponse, Fault>> {
        Box::pin(async move { self.call.collect(self.response).await })
    }

    /// The body piece by piece.
    pub fn download(self) -> Download {
        let (head, body) = self.response.into_parts();
        Download::new(head.status, head.headers, body)
    }

    /// The body as events (HTML §9.2) whose data is JSON.
    pub fn events<T: Json>(self) -> Events<'c, T> {
        Events::of_json(self)
    }

    /// The body as events (HTML §9.2) whose data is text.
    pub fn text_events(self) -> Events<'c, String> {
        Events::of_text(self)
    }

    /// The body as JSON values, one a line.
    pub fn lines<T: Json>(self) -> Sequence<T> {
        Sequence::new(self, b'\n')
    }

    /// The body as JSON values, each after a record separator (RFC 7464).
    pub fn records<T: Json>(self) -> Sequence<T> {
        Sequence::new(self, 0x1e)
    }

    /// Status and headers with a part of the body, for errors.
    pub(super) fn head(&self) -> RawResponse {
        RawResponse {
            operation: self.call.operation.name,
            status: self.response.status(),
            headers: self.response.headers().clone(),
            body: Bytes::new(),
        }
    }
}

impl Unread {
    pub(super) fn into_fault(self, operation: &'static str) -> Fault {
        match self {
            Self::TooLong => Fault::new(operation, ErrorKind::TooLong),
            Self::Failed(error) => Fault::transport(operation, error),
        }
    }
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("head", &self.head())
            .finish_non_exhaustive()
    }
}

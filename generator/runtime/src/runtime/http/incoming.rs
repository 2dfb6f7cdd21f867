//! A response whose body is still on its way.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::{Body, Call, Download, Fault, Pending, RawResponse};
#[cfg(feature = "part-events")]
use super::{EventData, Events, Sequence};
#[cfg(feature = "part-events")]
use crate::runtime::json::Json;

/// A response of which the status and the headers are there.
pub struct Incoming<'c> {
    pub(super) call: Call<'c>,
    pub(super) response: Response<Body>,
}

impl<'c> Call<'c> {
    /// Sends the call, and brings back the answer as soon as its status and headers are there. How long the body may
    /// take is limited only if the call itself says so, not by the client. What fails later is not sent again.
    ///
    /// # Errors
    /// When the call breaks the document's rules, or when there is no response.
    pub fn open(self) -> Pending<'c, Result<Incoming<'c>, Fault>> {
        Box::pin(async move {
            let response = self.exchange(false).await?;
            Ok(Incoming {
                call: self,
                response,
            })
        })
    }
}

impl<'c> Incoming<'c> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
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
    #[cfg(feature = "part-events")]
    pub fn events<T: Json>(self) -> Events<'c, T> {
        Events::of_json(self)
    }

    /// The body as events (HTML §9.2) whose names tell what their data is.
    #[cfg(feature = "part-events")]
    pub fn named_events<T: EventData>(self) -> Events<'c, T> {
        Events::of_named(self)
    }

    /// The body as events (HTML §9.2) whose data is text.
    #[cfg(feature = "part-events")]
    pub fn text_events(self) -> Events<'c, String> {
        Events::of_text(self)
    }

    /// The body as JSON values, one a line.
    #[cfg(feature = "part-events")]
    pub fn lines<T: Json>(self) -> Sequence<T> {
        Sequence::new(self, b'\n')
    }

    /// The body as JSON values, each after a record separator (RFC 7464).
    #[cfg(feature = "part-events")]
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

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("head", &self.head())
            .finish_non_exhaustive()
    }
}

//! A response as it came.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{ApiError, Error, ErrorKind, Fault};
use crate::runtime::json::{DecodeError, Json, Reader};

/// The headers under which servers give a request an id, the most common first.
const REQUEST_ID: [&str; 6] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-trace-id",
    "cf-ray",
];

/// A response: status, headers and the body as bytes.
#[derive(Clone)]
pub struct RawResponse {
    pub(super) operation: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl RawResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The text of a header; `None` if it is missing or no text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The id that the server gave the request.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID.iter().find_map(|name| self.header(name))
    }

    /// The media type of the body, without parameters.
    pub fn media_type(&self) -> Option<&str> {
        let media_type = self.header("content-type")?;
        Some(media_type.split(';').next().unwrap_or_default().trim())
    }

    /// Reads the body as JSON, leniently: a `null` for a property that may only be left out, and a property that the
    /// schema forbids, do not cost the whole response.
    ///
    /// # Errors
    /// When it is not JSON, or not of the type.
    pub fn json<T: Json>(&self) -> Result<T, DecodeError> {
        Reader::of(&self.body)?.lenient().finish()
    }

    /// Reads the body as text.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = std::str::from_utf8(&self.body);
        text.map(str::to_owned)
            .map_err(|error| DecodeError::new("UTF-8 text", "other bytes", error.valid_up_to()))
    }

    /// The body as it came.
    ///
    /// # Errors
    /// Never; it has the shape of the other ways to read a body.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// The same head with another body.
    #[cfg(feature = "part-events")]
    pub(super) fn with_body(&self, body: Bytes) -> Self {
        Self {
            operation: self.operation,
            status: self.status,
            headers: self.headers.clone(),
            body,
        }
    }

    /// What a call gives back for a status that the document calls a success: the body, by `read`.
    ///
    /// # Errors
    /// When the body cannot be read.
    pub fn read<T, E>(self, read: fn(&Self) -> Result<T, DecodeError>) -> Result<T, Error<E>> {
        let read = read(&self);
        self.settle(read)
    }

    /// What was read of it, or an error that has the whole of it.
    pub(super) fn settle<T, E>(self, read: Result<T, DecodeError>) -> Result<T, Error<E>> {
        read.map_err(|error| {
            let fault = Fault::new(self.operation, ErrorKind::Decode).caused_by(error);
            Error::of_response(fault, self, None)
        })
    }

    /// What a call gives back for any other status.
    pub fn failure<E: ApiError>(self) -> Error<E> {
        let (kind, api, cause) = match E::read(&self) {
            None => (ErrorKind::UnexpectedStatus, None, None),
            Some(Ok(api)) => (ErrorKind::Api, Some(api), None),
            Some(Err(error)) => (ErrorKind::Api, None, Some(error)),
        };
        let mut fault = Fault::new(self.operation, kind);
        if let Some(cause) = cause {
            fault = fault.caused_by(cause);
        }
        Error::of_response(fault, self, api)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status.as_u16())
            .field("media_type", &self.media_type())
            .field("request_id", &self.request_id())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

//! Why a call failed.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{RawResponse, TransportError};
use crate::runtime::check::Violations;
use crate::runtime::json::{DecodeError, Json, Value};

/// Why a call failed. `E` is the type of the errors that the document describes for the operation.
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    fault: Fault,
    response: Option<RawResponse>,
    api: Option<E>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call breaks the document's rules. Nothing was sent.
    InvalidRequest,
    /// There is no token to authorize the call with: its source failed. The call was not sent.
    Authorization,
    /// There is no response: no connection, a broken connection, bad TLS.
    Transport,
    /// There is no response in time.
    Timeout,
    /// The response is longer than the client's limit.
    TooLong,
    /// The server answered with a status that the document calls an error.
    Api,
    /// The server answered with a status that the document does not know.
    UnexpectedStatus,
    /// The response is not what the document says.
    Decode,
}

/// The errors that the document describes for an operation.
pub trait ApiError: Sized {
    /// Reads the error that belongs to the status; `None` where the document does not describe the status.
    fn read(response: &RawResponse) -> Option<Result<Self, DecodeError>>;
}

/// A failure without a response, before it is known which operation's error it becomes.
#[derive(Debug)]
pub struct Fault {
    operation: &'static str,
    kind: ErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Fault {
    pub(super) fn new(operation: &'static str, kind: ErrorKind) -> Self {
        Self {
            operation,
            kind,
            source: None,
        }
    }

    pub(super) fn caused_by(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    pub(super) fn transport(operation: &'static str, error: TransportError) -> Self {
        if error.too_long {
            return Self::new(operation, ErrorKind::TooLong);
        }
        let kind = if error.is_timeout() {
            ErrorKind::Timeout
        } else {
            ErrorKind::Transport
        };
        Self::new(operation, kind).caused_by(error)
    }
}

impl<E> Error<E> {
    pub(super) fn of_response(fault: Fault, response: RawResponse, api: Option<E>) -> Self {
        Self(Box::new(Inner {
            fault,
            response: Some(response),
            api,
        }))
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.fault.kind
    }

    /// The name of the operation.
    pub fn operation(&self) -> &'static str {
        self.0.fault.operation
    }

    /// Whether the call broke the document's rules, so that nothing was sent.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Whether there was no response in time.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Everything that is wrong with the call, if that is why it was not sent.
    pub fn violations(&self) -> Option<&Violations> {
        self.cause()
    }

    /// Where the response is not what the document says.
    pub fn decode(&self) -> Option<&DecodeError> {
        self.cause()
    }

    /// The error that the server answered with, if the document describes it.
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// The error that the server answered with, if the document describes it.
    pub fn into_api(self) -> Option<E> {
        self.0.api
    }

    /// The response, if there is one.
    pub fn response(&self) -> Option<&RawResponse> {
        self.0.response.as_ref()
    }

    /// The status of the response.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The body of the response.
    pub fn body(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// The id that the server gave the request.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    fn cause<T: StdError + 'static>(&self) -> Option<&T> {
        self.0.fault.source.as_ref()?.downcast_ref()
    }
}

impl<E> From<Fault> for Error<E> {
    fn from(fault: Fault) -> Self {
        Self(Box::new(Inner {
            fault,
            response: None,
            api: None,
        }))
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation())?;
        match self.kind() {
            ErrorKind::InvalidRequest => f.write_str("invalid request")?,
            ErrorKind::Authorization => f.write_str("no token")?,
            ErrorKind::Transport => f.write_str("no response")?,
            ErrorKind::Timeout => f.write_str("no response in time")?,
            ErrorKind::TooLong => f.write_str("the response is too long")?,
            ErrorKind::Api => {}
            ErrorKind::UnexpectedStatus => f.write_str("unexpected status ")?,
            ErrorKind::Decode => f.write_str("unreadable response ")?,
        }
        if let Some(response) = self.response() {
            write!(f, "{}", response.status)?;
            if self.kind() != ErrorKind::Decode {
                describe(response, f)?;
            }
            if let Some(id) = response.request_id() {
                write!(f, " (request {id})")?;
            }
        }
        match &self.0.fault.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

/// Writes the code and message that the body of an error has in one of the usual places.
fn describe(response: &RawResponse, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Ok(body) = Value::from_json(&response.body) else {
        return Ok(());
    };
    let text = |pointers: &[&str]| {
        pointers
            .iter()
            .find_map(|pointer| body.pointer(pointer)?.as_str().map(str::to_owned))
    };
    if let Some(code) = text(&[
        "/error/code",
        "/error/type",
        "/code",
        "/error_code",
        "/type",
    ]) {
        write!(f, ": {code}")?;
    }
    let message = text(&[
        "/error/message",
        "/message",
        "/detail",
        "/error_description",
        "/error",
        "/title",
        "/detail/0/msg",
        "/errors/0/message",
    ]);
    message.map_or(Ok(()), |message| write!(f, ": {message}"))
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("response", &self.0.response)
            .field("api", &self.0.api)
            .field("source", &self.0.fault.source)
            .finish()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .fault
            .source
            .as_ref()
            .map(|source| &**source as &(dyn StdError + 'static))
    }
}

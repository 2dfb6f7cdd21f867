//! A body on its way in or out.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::OwnedSemaphorePermit;

use super::{ErrorKind, Fault, TransportError};

/// How much room is made beforehand for a body that says how long it is: all of most bodies, and little of one that
/// does not come.
const ROOM: u64 = 1 << 20;

/// The body of a request or response, at once or piece by piece.
pub struct Body {
    content: Inner,
    /// How many bytes are said to come.
    expected: u64,
    /// What is given back when the body was read or dropped: one of the calls that may be under way at once.
    permit: Option<OwnedSemaphorePermit>,
}

enum Inner {
    Whole(Bytes),
    Pieces(Pieces<TransportError>),
    /// From the default transport.
    #[cfg(feature = "reqwest")]
    Received(Pieces<reqwest::Error>),
}

#[cfg(not(target_arch = "wasm32"))]
type Pieces<E> = Pin<Box<dyn Stream<Item = Result<Bytes, E>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Pieces<E> = Pin<Box<dyn Stream<Item = Result<Bytes, E>>>>;

/// Why a body was not taken.
pub(super) enum Unread {
    /// It is longer than allowed.
    TooLong,
    /// The connection failed.
    Failed(TransportError),
}

impl Body {
    fn of(content: Inner) -> Self {
        Self {
            content,
            expected: 0,
            permit: None,
        }
    }

    /// The same, but the call counts as under way for as long as the body is there.
    pub(super) fn holding(self, permit: Option<OwnedSemaphorePermit>) -> Self {
        Self { permit, ..self }
    }

    /// A body that comes piece by piece.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn pieces(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self::of(Inner::Pieces(Box::pin(stream)))
    }

    /// A body that comes piece by piece.
    #[cfg(target_arch = "wasm32")]
    pub fn pieces(stream: impl Stream<Item = Result<Bytes, TransportError>> + 'static) -> Self {
        Self::of(Inner::Pieces(Box::pin(stream)))
    }

    /// The body of a response that the default transport received.
    #[cfg(feature = "reqwest")]
    pub(super) fn received(response: reqwest::Response) -> Self {
        let expected = response.content_length().unwrap_or(0);
        let stream = Box::pin(response.bytes_stream());
        Self {
            expected,
            ..Self::of(Inner::Received(stream))
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let piece = poll_fn(|context| self.poll_piece(context));
        piece.await.transpose()
    }

    /// The next piece, if it is there; `None` at the end.
    pub(super) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let polled = match &mut self.content {
            Inner::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Whole(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Inner::Pieces(stream) => stream.as_mut().poll_next(context),
            #[cfg(feature = "reqwest")]
            Inner::Received(stream) => {
                let polled = stream.as_mut().poll_next(context);
                polled.map(|piece| piece.map(|result| result.map_err(super::reqwest::failure)))
            }
        };
        if matches!(polled, Poll::Ready(None)) {
            drop(self.permit.take());
        }
        polled
    }

    /// The bytes, if they are there at once; otherwise the body as it was.
    #[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
    pub(super) fn into_whole(self) -> Result<Bytes, Self> {
        match self.content {
            Inner::Whole(bytes) => Ok(bytes),
            _ => Err(self),
        }
    }

    /// All of it, if that is at most `limit` bytes. What comes in one piece is not copied.
    pub(super) async fn collect(mut self, limit: usize) -> Result<Bytes, Unread> {
        let mut first = Bytes::new();
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await.map_err(Unread::Failed)? {
            if first.len().max(whole.len()) + piece.len() > limit {
                return Err(Unread::TooLong);
            }
            if first.is_empty() {
                first = piece;
                continue;
            }
            if whole.is_empty() {
                let room = usize::try_from(self.expected.min(ROOM)).unwrap_or(0);
                whole.reserve(room.min(limit));
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&piece);
        }
        Ok(if whole.is_empty() {
            first
        } else {
            whole.into()
        })
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

/// The pieces.
impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of(Inner::Whole(bytes))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Inner::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            _ => f.write_str("Body(pieces)"),
        }
    }
}

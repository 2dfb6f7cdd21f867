//! A body on its way in or out.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::OwnedSemaphorePermit;

use super::TransportError;

/// The body of a request or response, at once or piece by piece.
pub struct Body {
    content: Inner,
    /// What is given back when the body was read or dropped: one of the calls that may be under way at once.
    permit: Option<OwnedSemaphorePermit>,
}

enum Inner {
    Whole(Bytes),
    Pieces(Pieces),
}

#[cfg(not(target_arch = "wasm32"))]
type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>>>>;

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
            Inner::Pieces(_) => Err(self),
        }
    }

    /// All of it, if that is at most `limit` bytes.
    pub(super) async fn collect(mut self, limit: usize) -> Result<Bytes, Unread> {
        let mut whole: Vec<u8> = Vec::new();
        while let Some(piece) = self.next().await.map_err(Unread::Failed)? {
            if whole.len() + piece.len() > limit {
                return Err(Unread::TooLong);
            }
            if whole.is_empty() && matches!(self.content, Inner::Whole(_)) {
                return Ok(piece);
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.into())
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
            Inner::Pieces(_) => f.write_str("Body(pieces)"),
        }
    }
}

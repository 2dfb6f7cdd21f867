//! What a call sends: bytes that can be sent again, or a stream that can be sent once.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::Body;

/// The body of a request: bytes, or a stream of them.
///
/// A stream is sent piece by piece and never held as a whole. It can be sent only once: such a call is not sent again
/// after a failure, and of several clones of a call one can be sent.
#[derive(Clone)]
pub struct Upload(Inner);

#[derive(Clone)]
enum Inner {
    Whole(Bytes),
    Once {
        body: Arc<Mutex<Option<Body>>>,
        length: Option<u64>,
    },
}

impl Upload {
    /// A stream whose length in bytes is known, so that the server is told it beforehand.
    pub fn sized(body: Body, length: u64) -> Self {
        Self::once(body, Some(length))
    }

    fn once(body: Body, length: Option<u64>) -> Self {
        let body = Arc::new(Mutex::new(Some(body)));
        Self(Inner::Once { body, length })
    }

    /// Whether it can be sent more than once.
    pub(super) fn can_repeat(&self) -> bool {
        self.whole().is_some()
    }

    /// The bytes, if they are there at once.
    pub(super) fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Once { .. } => None,
        }
    }

    /// How long a stream says it is.
    pub(super) fn declared_length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Whole(_) => None,
            Inner::Once { length, .. } => *length,
        }
    }

    /// The length in bytes, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Inner::Once { length, .. } => *length,
        }
    }

    /// The body to send; `None` if it is a stream that was sent before.
    pub(super) fn take(&self) -> Option<Body> {
        match &self.0 {
            Inner::Whole(bytes) => Some(Body::from(bytes.clone())),
            // The lock is held for this line only, which does not panic.
            Inner::Once { body, .. } => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }
}

impl From<Body> for Upload {
    fn from(body: Body) -> Self {
        Self::once(body, None)
    }
}

impl<B: Into<Bytes>> From<B> for Upload {
    fn from(bytes: B) -> Self {
        Self(Inner::Whole(bytes.into()))
    }
}

impl Default for Upload {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

/// The same bytes, or the same stream.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Whole(one), Inner::Whole(other)) => one == other,
            (Inner::Once { body: one, .. }, Inner::Once { body: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

impl Eq for Upload {}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Upload({length} bytes)"),
            None => f.write_str("Upload(stream)"),
        }
    }
}

//! A body of many JSON values: JSON lines, and JSON text sequences (RFC 7464).

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::body::Unread;
use super::{Body, Error, Incoming, RawResponse};
use crate::runtime::json::{DecodeError, Json};

/// Why a stream has no next item. What could not be read is the body of its [`response`](Error::response).
pub type StreamError = Error<Infallible>;

/// The values of a response as a stream. A value that cannot be read is an error, after which the others follow; a
/// broken connection ends it.
pub struct Sequence<T> {
    /// In a box, because it may be one of several answers, most of which are small.
    texts: Box<Texts>,
    read: fn(&RawResponse) -> Result<T, DecodeError>,
}

/// The texts between separators, still unread.
struct Texts {
    head: RawResponse,
    body: Option<Body>,
    separator: u8,
    buffer: Vec<u8>,
    /// Where the search for the next separator goes on.
    searched: usize,
    limit: usize,
}

impl<T: Json> Sequence<T> {
    pub(super) fn new(incoming: Incoming<'_>, separator: u8) -> Self {
        let texts = Texts {
            head: incoming.head(),
            limit: incoming.call.core.shared().settings.max_response,
            body: Some(incoming.response.into_body()),
            separator,
            buffer: Vec::new(),
            searched: 0,
        };
        Self {
            texts: Box::new(texts),
            read: RawResponse::json,
        }
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// When the value cannot be read, when it is longer than the client allows, or when the connection fails.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Texts {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Unread>>> {
        loop {
            if let Some(text) = self.take() {
                return Poll::Ready(Some(Ok(text)));
            }
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            let unread = if self.buffer.len() > self.limit {
                Unread::TooLong
            } else {
                match ready!(body.poll_piece(context)) {
                    Some(Ok(piece)) => {
                        self.buffer.extend_from_slice(&piece);
                        continue;
                    }
                    Some(Err(error)) => Unread::Failed(error),
                    // The last value needs no separator behind it.
                    None => {
                        self.buffer.push(self.separator);
                        self.body = None;
                        continue;
                    }
                }
            };
            self.body = None;
            self.buffer.clear();
            self.searched = 0;
            return Poll::Ready(Some(Err(unread)));
        }
    }

    /// The next text that is whole. What is blank is skipped.
    fn take(&mut self) -> Option<Bytes> {
        loop {
            let rest = &self.buffer[self.searched..];
            let Some(end) = rest.iter().position(|byte| *byte == self.separator) else {
                self.searched = self.buffer.len();
                return None;
            };
            let rest = self.buffer.split_off(self.searched + end + 1);
            let mut text = std::mem::replace(&mut self.buffer, rest);
            text.pop();
            self.searched = 0;
            let text = text.trim_ascii();
            let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
            if !text.is_empty() {
                return Some(Bytes::copy_from_slice(text));
            }
        }
    }
}

impl<T> Stream for Sequence<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let read = self.read;
        let next = ready!(self.texts.poll(context));
        let head = &self.texts.head;
        Poll::Ready(next.map(|text| match text {
            Ok(text) => head.with_body(text).read(read),
            Err(unread) => Err(unread.into_fault(head.operation).into()),
        }))
    }
}

impl<T> fmt::Debug for Sequence<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sequence")
            .field("ended", &self.texts.body.is_none())
            .finish_non_exhaustive()
    }
}

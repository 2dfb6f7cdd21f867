//! Server-sent events as a stream (HTML §9.2).

use std::fmt;
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;

use super::body::Unread;
use super::event::Parser;
use super::sequence::StreamError;
use super::{
    Body, Call, ErrorKind, Event, EventData, Fault, Incoming, Pending, RawResponse, Retries,
};
use crate::runtime::json::{DecodeError, Json};

/// How long to wait before the connection is made anew, when the server does not say.
const RETRY: Duration = Duration::from_secs(3);

/// Where JSON is expected, servers say with this text that nothing follows.
const DONE: &str = "[DONE]";

/// The events of a response as a stream. An event that cannot be read is an error, after which the others follow; a
/// broken connection ends it, unless it is [`reconnecting`](Self::reconnecting).
pub struct Events<'c, T> {
    /// In a box, because it may be one of several answers, most of which are small.
    source: Box<Source<'c>>,
    read: fn(&str, &RawResponse) -> Result<T, DecodeError>,
    done: Option<&'static str>,
}

/// The events, with their data unread.
struct Source<'c> {
    call: Call<'c>,
    head: RawResponse,
    state: State<'c>,
    parser: Parser,
    limit: usize,
    /// How often to connect anew in a row.
    attempts: u32,
    left: u32,
}

enum State<'c> {
    Reading(Body),
    Waiting(Pending<'static, ()>),
    Opening(Pending<'c, Result<Incoming<'c>, Fault>>),
    Ended,
}

impl<T> Events<'_, T> {
    /// Makes the connection anew when it ends or breaks, as the standard has it (HTML §9.2.3): after the time that the
    /// server names, or three seconds, and with the id of the last event in the header `Last-Event-ID`. It ends when
    /// the server answers with 204, with an error after another status or media type, and after `attempts` connections
    /// in a row that brought no event.
    ///
    /// The whole call is sent again, so that this is for calls that change nothing.
    #[must_use]
    pub fn reconnecting(mut self, attempts: u32) -> Self {
        (self.source.attempts, self.source.left) = (attempts, attempts);
        self
    }

    /// The id of the last event; empty where the server gave none.
    pub fn last_id(&self) -> &str {
        &self.source.parser.last_id
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// When the event cannot be read, when it is longer than the client allows, or when the connection fails.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<'c, T: Json> Events<'c, T> {
    pub(super) fn of_json(response: Incoming<'c>) -> Self {
        Self {
            source: Box::new(Source::new(response)),
            read: |_, data| data.json(),
            done: Some(DONE),
        }
    }
}

impl<'c, T: EventData> Events<'c, T> {
    pub(super) fn of_named(response: Incoming<'c>) -> Self {
        Self {
            source: Box::new(Source::new(response)),
            read: T::read_event,
            done: Some(DONE),
        }
    }
}

impl<'c> Events<'c, String> {
    pub(super) fn of_text(response: Incoming<'c>) -> Self {
        Self {
            source: Box::new(Source::new(response)),
            read: |_, data| data.text(),
            done: None,
        }
    }
}

impl<'c> Source<'c> {
    fn new(incoming: Incoming<'c>) -> Self {
        let head = incoming.head();
        // Nothing follows, and nothing is to be asked for again (HTML §9.2.3).
        let state = match head.status {
            StatusCode::NO_CONTENT => State::Ended,
            _ => State::Reading(incoming.response.into_body()),
        };
        Self {
            head,
            limit: incoming.call.core.shared().settings.max_response,
            state,
            call: incoming.call,
            parser: Parser::default(),
            attempts: 0,
            left: 0,
        }
    }

    fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<String>, StreamError>>> {
        loop {
            if matches!(self.state, State::Ended) {
                return Poll::Ready(None);
            }
            if let Some(event) = self.parser.next() {
                self.left = self.attempts;
                return Poll::Ready(Some(Ok(event)));
            }
            match &mut self.state {
                State::Reading(_) if self.parser.held() > self.limit => {
                    self.state = State::Ended;
                    let fault = Unread::TooLong.into_fault(self.head.operation);
                    return Poll::Ready(Some(Err(fault.into())));
                }
                State::Reading(body) => {
                    let piece = ready!(body.poll_piece(context));
                    if let Err(unread) = self.take(piece) {
                        self.state = State::Ended;
                        let fault = unread.into_fault(self.head.operation);
                        return Poll::Ready(Some(Err(fault.into())));
                    }
                }
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(context));
                    self.state = State::Opening(self.next_call().open());
                }
                State::Opening(opening) => {
                    let opened = ready!(opening.as_mut().poll(context));
                    if let Err(error) = self.opened(opened) {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Takes a piece, or the end of the connection.
    fn take(&mut self, piece: Option<Result<Bytes, super::TransportError>>) -> Result<(), Unread> {
        match piece {
            Some(Ok(piece)) => self.parser.push(&piece),
            Some(Err(error)) if !self.wait() => return Err(Unread::Failed(error)),
            None if !self.wait() => self.state = State::Ended,
            Some(Err(_)) | None => {}
        }
        Ok(())
    }

    /// Waits for the next connection; `false` where there is to be none.
    fn wait(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        self.parser.restart();
        let time = &self.call.core.shared().time;
        let sleep = time.sleep(self.parser.retry.unwrap_or(RETRY));
        // Where there is no clock, nothing is waited for.
        self.state = State::Waiting(sleep.unwrap_or_else(|| Box::pin(ready(()))));
        true
    }

    fn next_call(&self) -> Call<'c> {
        let mut call = self.call.clone();
        // How often there is a next connection has been said.
        call.retries(Retries::off());
        if !self.parser.last_id.is_empty() {
            call.header("last-event-id", &self.parser.last_id);
        }
        call
    }

    fn opened(&mut self, opened: Result<Incoming<'c>, Fault>) -> Result<(), StreamError> {
        let incoming = match opened {
            Ok(incoming) => incoming,
            Err(_) if self.wait() => return Ok(()),
            Err(fault) => return Err(fault.into()),
        };
        self.head = incoming.head();
        if incoming.status() == StatusCode::NO_CONTENT {
            self.state = State::Ended;
        } else if incoming.status() == StatusCode::OK
            && self.head.media_type() == Some("text/event-stream")
        {
            self.state = State::Reading(incoming.response.into_body());
        } else {
            let fault = Fault::new(self.head.operation, ErrorKind::UnexpectedStatus);
            return Err(StreamError::of_response(fault, self.head.clone(), None));
        }
        Ok(())
    }
}

// Nothing is pinned in place: what waits has a box of its own.
impl<T> Unpin for Events<'_, T> {}

impl<T> Stream for Events<'_, T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = match ready!(self.source.poll(context)) {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        if self.done == Some(&event.data) {
            self.source.state = State::Ended;
            return Poll::Ready(None);
        }
        let Event { event, id, data } = event;
        let whole = self.source.head.with_body(data.into());
        let data = (self.read)(&event, &whole);
        let read = whole.settle(data);
        Poll::Ready(Some(read.map(|data| Event { event, id, data })))
    }
}

impl<T> fmt::Debug for Events<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("last_id", &self.last_id())
            .finish_non_exhaustive()
    }
}

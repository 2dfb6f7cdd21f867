//! The format of server-sent events (HTML §9.2.6).

use std::time::Duration;

use super::RawResponse;
use crate::runtime::json::DecodeError;

/// An event (HTML §9.2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its type; `message` where the server does not name one.
    pub event: String,
    /// The last id that the server has given to an event; empty where it gave none.
    pub id: String,
    /// What it says.
    pub data: T,
}

/// Data whose type the name of its event tells.
pub trait EventData: Sized {
    /// Reads the data of the event `name`.
    ///
    /// # Errors
    /// When it is not as the document describes this event.
    fn read_event(name: &str, data: &RawResponse) -> Result<Self, DecodeError>;
}

/// Takes the bytes of a stream apart, whatever the pieces are in which they come.
#[derive(Debug, Default)]
pub(super) struct Parser {
    buffer: Vec<u8>,
    /// How much of the buffer is read.
    read: usize,
    /// How much of what follows is known to have no end of a line.
    searched: usize,
    begun: bool,
    /// The last line ended with a carriage return, which may be the first half of its end.
    after_return: bool,
    event: String,
    data: String,
    /// The id of the event at hand, and of those after it.
    id: String,
    /// The id of the last event that is whole.
    pub(super) last_id: String,
    /// How long to wait before the connection is made anew, if the server says so.
    pub(super) retry: Option<Duration>,
}

impl Parser {
    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.buffer.drain(..self.read);
        self.read = 0;
        self.buffer.extend_from_slice(piece);
    }

    /// How many bytes are held that make no event yet.
    pub(super) fn held(&self) -> usize {
        self.buffer.len() - self.read + self.data.len()
    }

    /// Forgets the event that the end of a connection has cut off, but not what holds for the next connection.
    pub(super) fn restart(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            retry: self.retry,
            ..Self::default()
        };
    }

    /// The next event that is whole.
    pub(super) fn next(&mut self) -> Option<Event<String>> {
        while let Some(line) = self.line() {
            if !line.is_empty() {
                self.field(&line);
            } else if let Some(event) = self.dispatch() {
                return Some(event);
            }
        }
        None
    }

    /// The next line that is whole. All that ends a line is ASCII, so no character is cut in two.
    fn line(&mut self) -> Option<String> {
        if self.after_return && self.read < self.buffer.len() {
            self.read += usize::from(self.buffer[self.read] == b'\n');
            self.after_return = false;
        }
        let rest = &self.buffer[self.read..];
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let Some(end) = rest.iter().skip(self.searched).position(ends) else {
            self.searched = rest.len();
            return None;
        };
        let end = end + std::mem::take(&mut self.searched);
        self.after_return = rest[end] == b'\r';
        let mut line = &rest[..end];
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        let line = String::from_utf8_lossy(line).into_owned();
        self.read += end + 1;
        Some(line)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let wait = value.parse().ok().map(Duration::from_millis);
                self.retry = wait.or(self.retry);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.last_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // Without a line of data there is no event; one empty line of it is one.
        data.pop()?;
        let unnamed = event.is_empty();
        Some(Event {
            event: if unnamed { "message".to_owned() } else { event },
            id: self.last_id.clone(),
            data,
        })
    }
}

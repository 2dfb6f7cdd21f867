//! The writer: JSON text as it grows.

use std::fmt::Write as _;

use super::Json;
use super::lexer::plain_end;

/// How much room a text has from the start, which is enough for most.
const ROOM: usize = 128;

/// Writes JSON text without white space (RFC 8259).
#[derive(Debug)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.text
    }

    /// Writes a `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes a value that is JSON text already, or a `null` where there is none.
    pub fn raw(&mut self, text: Option<&str>) {
        self.text.push_str(text.unwrap_or("null"));
    }

    /// Writes a number that is spelled as JSON has it.
    pub(super) fn number(&mut self, spelled: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(spelled);
    }

    /// Writes a string, with the escapes that RFC 8259 §7 asks for.
    pub fn string(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        loop {
            let (plain, special) = rest.split_at(plain_end(rest.as_bytes(), 0));
            self.text.push_str(plain);
            let Some(byte) = special.bytes().next() else {
                break;
            };
            self.escape(byte);
            rest = &special[1..];
        }
        self.text.push('"');
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            _ => self.number(format_args!("\\u{byte:04x}")),
        }
    }

    /// Writes an array of `items`.
    pub fn array(&mut self, items: &[&dyn Json]) {
        self.begin('[');
        for item in items {
            self.item(*item);
        }
        self.end(']');
    }

    /// Writes the next item of the open array.
    pub(super) fn item(&mut self, item: &dyn Json) {
        self.separate();
        item.write(self);
    }

    /// Writes a key of the open object and the colon after it.
    pub(super) fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.text.push(':');
    }

    /// Opens an array or object.
    pub(super) fn begin(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Closes it.
    pub(super) fn end(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Writes the comma before every part but the first.
    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }
}

impl Default for Writer {
    fn default() -> Self {
        let text = String::with_capacity(ROOM);
        Self { text }
    }
}

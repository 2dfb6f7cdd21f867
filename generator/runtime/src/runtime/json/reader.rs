//! The reader: a position in a text, and the steps that move it.

use std::borrow::Cow;
#[cfg(feature = "part-unions")]
use std::collections::HashMap;

use super::lexer::{self, Flaw};
use super::{DecodeError, Json, MAX_DEPTH};

/// How much of what was found an error shows, in characters.
const EXCERPT: usize = 40;

/// Reads the value of a key.
pub(super) type Member<'m, 'a> =
    dyn FnMut(&mut Reader<'a>, &Cow<'a, str>) -> Result<(), DecodeError> + 'm;

/// Reads JSON text value by value (RFC 8259).
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// Where containers end that were looked through before they were read, by where they start.
    #[cfg(feature = "part-unions")]
    pub(super) spans: HashMap<usize, usize>,
    /// How many properties nobody wanted, and how many nulls were taken for absence.
    pub(super) ignored: usize,
    /// Whether a null where a property may only be absent, and a property that is forbidden, are passed over.
    pub(super) lenient: bool,
    /// How many bytes were read in vain, to choose between the variants of a union.
    #[cfg(feature = "part-unions")]
    pub(super) wasted: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 (RFC 8259 §8.1).
    pub fn of(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| DecodeError::new("UTF-8 text", "other bytes", error.valid_up_to()))?;
        Ok(Self {
            text,
            at: 0,
            depth: 0,
            #[cfg(feature = "part-unions")]
            spans: HashMap::new(),
            ignored: 0,
            lenient: false,
            #[cfg(feature = "part-unions")]
            wasted: 0,
        })
    }

    /// The same, less strict: a `null` where a property may only be left out counts as left out, and a property that the
    /// schema forbids is ignored. Servers send both.
    pub fn lenient(self) -> Self {
        Self {
            lenient: true,
            ..self
        }
    }

    /// Reads the one value of the text.
    ///
    /// # Errors
    /// When it is not of the type, or when something follows it.
    pub fn finish<T: Json>(mut self) -> Result<T, DecodeError> {
        let value = self.value()?;
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.unexpected("the end of the text")),
        }
    }

    /// Reads the next value.
    ///
    /// # Errors
    /// When it is not of the type.
    pub fn value<T: Json>(&mut self) -> Result<T, DecodeError> {
        let mut value = T::initial();
        value.read(self)?;
        Ok(value)
    }

    /// Reads a string.
    ///
    /// # Errors
    /// When the next value is something else.
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a string"));
        }
        let start = self.at + 1;
        let end = lexer::plain_end(self.text.as_bytes(), start);
        // Most strings have no escapes.
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        let (text, end) = lexer::string(self.text, self.at).map_err(|flaw| self.flaw(&flaw))?;
        self.at = end;
        Ok(text)
    }

    /// Reads the next value as its text, for types that read JSON by themselves.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn raw(&mut self) -> Result<&'a str, DecodeError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(&self.text[start..self.at])
    }

    /// An error of a type that reads JSON by itself: what was expected, instead of `text`.
    pub fn refuse(&self, expected: &dyn std::fmt::Display, text: &str) -> DecodeError {
        let at = self.at.saturating_sub(text.len());
        DecodeError::new(expected.to_string(), excerpt(text), at)
    }

    /// Reads a number as it is spelled, and whether it has neither fraction nor exponent.
    ///
    /// # Errors
    /// When the next value is something else; the error says that `expected` was expected.
    pub(super) fn number(&mut self, expected: &str) -> Result<(&'a str, bool), DecodeError> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.unexpected(expected));
        }
        let start = self.at;
        let (end, plain) =
            lexer::number_end(self.text.as_bytes(), start).map_err(|flaw| self.flaw(&flaw))?;
        self.at = end;
        Ok((&self.text[start..end], plain))
    }

    /// Reads `word` if it comes next.
    pub(super) fn literal(&mut self, word: &str) -> bool {
        self.peek();
        let found = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// Reads a `null` if it comes next.
    pub fn null(&mut self) -> bool {
        self.literal("null")
    }

    /// Reads the items of an array, each with `item`, which is told the index.
    ///
    /// # Errors
    /// When the next value is something else, or when an item cannot be read.
    pub(super) fn array(
        &mut self,
        item: &mut dyn FnMut(&mut Self, usize) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.open(b'[', "an array")?;
        let mut index = 0;
        while self.goes_on(b']', index == 0)? {
            item(self, index).map_err(|error| error.inside(index.to_string()))?;
            index += 1;
        }
        Ok(())
    }

    /// Reads the members of an object, each value with `member`, which is told the key.
    ///
    /// # Errors
    /// When the next value is something else, or when a value cannot be read.
    pub(super) fn members(&mut self, member: &mut Member<'_, 'a>) -> Result<(), DecodeError> {
        self.open(b'{', "an object")?;
        let mut first = true;
        while self.goes_on(b'}', first)? {
            let key = self.key()?;
            member(self, &key).map_err(|error| error.inside(key))?;
            first = false;
        }
        Ok(())
    }

    /// Reads a key and the colon after it.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a property name"));
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        Ok(key)
    }

    /// Goes into an array or object.
    pub(super) fn open(&mut self, bracket: u8, expected: &str) -> Result<(), DecodeError> {
        if self.peek() != Some(bracket) {
            return Err(self.unexpected(expected));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.error(format!("at most {MAX_DEPTH} levels of nesting"), "more"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Whether the open array or object goes on: reads the comma before the next part, or the closing bracket.
    pub(super) fn goes_on(&mut self, close: u8, first: bool) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b',') if !first => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.depth -= 1;
                self.at += 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            _ => Err(self.unexpected(if close == b']' {
                "`,` or `]`"
            } else {
                "`,` or `}`"
            })),
        }
    }

    /// The first byte of the next word, which stays unread.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        self.at = lexer::skip_space(bytes, self.at);
        bytes.get(self.at).copied()
    }

    /// An error about what comes next.
    pub(super) fn unexpected(&mut self, expected: impl Into<String>) -> DecodeError {
        self.peek();
        let found = excerpt(&self.text[self.at..]);
        self.error(expected, found)
    }

    /// An error at the current position.
    pub(super) fn error(
        &self,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> DecodeError {
        DecodeError::new(expected, found, self.at)
    }

    fn flaw(&self, flaw: &Flaw) -> DecodeError {
        let rest = self.text.get(flaw.offset..).unwrap_or_default();
        DecodeError::new(flaw.expected, excerpt(rest), flaw.offset)
    }
}

/// What comes next, for a message: the kind of an array or object, otherwise the first characters.
fn excerpt(rest: &str) -> String {
    match rest.as_bytes().first() {
        None => "the end of the text".into(),
        Some(b'{') => "an object".into(),
        Some(b'[') => "an array".into(),
        Some(b'"') => shorten(rest.get(..string_length(rest)).unwrap_or(rest)),
        Some(b',' | b'}' | b']' | b':') => shorten(&rest[..1]),
        Some(_) => {
            let end = rest.find([',', '}', ']', ' ', '\n', '\r', '\t']);
            shorten(&rest[..end.unwrap_or(rest.len())])
        }
    }
}

fn string_length(rest: &str) -> usize {
    lexer::string(rest, 0).map_or(rest.len(), |(_, end)| end)
}

fn shorten(word: &str) -> String {
    let mut short: String = word.chars().take(EXCERPT).collect();
    if short.len() < word.len() {
        short.push('…');
    }
    format!("`{short}`")
}

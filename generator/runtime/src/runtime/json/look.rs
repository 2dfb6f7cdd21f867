//! Looking ahead: skipping values, and finding out what comes next without reading it.

use std::borrow::Cow;

use super::{DecodeError, Reader};

/// The kinds of JSON values (RFC 8259 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fractional part, however it is spelled: `1`, `1.0`, `1e2`.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Its name as `type` spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl<'a> Reader<'a> {
    /// The kind of the next value, which stays unread.
    ///
    /// # Errors
    /// When no value comes next.
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        Ok(match self.peek() {
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                let (text, plain) = self.number("a number")?;
                self.at = start;
                if plain || super::Decimal::parse(text).is_integer() {
                    Kind::Integer
                } else {
                    Kind::Number
                }
            }
            _ => return Err(self.unexpected("a value")),
        })
    }

    /// Skips the next value.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b'{') => self.members(&mut |reader, _| reader.skip()),
            Some(b'[') => self.array(&mut |reader, _| reader.skip()),
            _ => self.scalar().map(drop),
        }
    }

    /// Reads a value that is no container: the text of a string, the spelling of another; `None` for a container,
    /// which stays unread.
    pub(super) fn scalar(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            Some(b'{' | b'[') => Ok(None),
            Some(b'-' | b'0'..=b'9') => Ok(Some(self.number("a number")?.0.into())),
            _ => ["null", "true", "false"]
                .into_iter()
                .find(|word| self.literal(word))
                .map(|word| Some(word.into()))
                .ok_or_else(|| self.unexpected("a value")),
        }
    }
}

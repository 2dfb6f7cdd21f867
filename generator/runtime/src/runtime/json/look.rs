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

    /// The property `name` of the next value, which stays unread: the text of a string, the spelling of another
    /// scalar. `None` where the next value has no such property, or one that is null or no scalar.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn tag(&mut self, name: &str) -> Result<Option<String>, DecodeError> {
        let mut tag = None;
        self.look(&mut |reader, key| {
            if key != name {
                return Ok(true);
            }
            if reader.peek() != Some(b'n') {
                tag = reader.scalar()?.map(Cow::into_owned);
            }
            Ok(false)
        })?;
        Ok(tag)
    }

    /// The first of `names` that is a property of the next value, which stays unread, by its index.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn property(&mut self, names: &[&str]) -> Result<Option<usize>, DecodeError> {
        let mut found = None;
        self.look(&mut |_, key| {
            if let Some(index) = names.iter().position(|name| *name == key) {
                found = Some(found.map_or(index, |first: usize| first.min(index)));
            }
            Ok(found != Some(0))
        })?;
        Ok(found)
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

    /// Looks at the keys of the next value, if it is an object, until `more` says no; then goes back.
    fn look(
        &mut self,
        more: &mut dyn FnMut(&mut Self, &str) -> Result<bool, DecodeError>,
    ) -> Result<(), DecodeError> {
        if self.peek() != Some(b'{') {
            return Ok(());
        }
        let (start, depth) = (self.at, self.depth);
        self.open(b'{', "an object")?;
        let mut first = true;
        while self.goes_on(b'}', first)? {
            let key = self.key()?;
            if !more(self, &key)? {
                break;
            }
            self.pass()?;
            first = false;
        }
        (self.at, self.depth) = (start, depth);
        Ok(())
    }

    /// Skips the next value and remembers where the containers in it end, so that looking ahead again, from inside,
    /// passes each byte once: without this, nested unions whose tags come last would cost the square of their depth.
    fn pass(&mut self) -> Result<(), DecodeError> {
        let first = self.peek();
        let start = self.at;
        if !matches!(first, Some(b'{' | b'[')) {
            return self.scalar().map(drop);
        }
        if let Some(end) = self.spans.get(&start) {
            self.at = *end;
            return Ok(());
        }
        if first == Some(b'{') {
            self.members(&mut |reader, _| reader.pass())?;
        } else {
            self.array(&mut |reader, _| reader.pass())?;
        }
        self.spans.insert(start, self.at);
        Ok(())
    }

    /// Reads a value that is no container: the text of a string, the spelling of another; `None` for a container,
    /// which stays unread.
    fn scalar(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
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

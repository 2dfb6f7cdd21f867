//! Unions whose variants nothing tells apart: tried in order, and the one that loses least wins.

use std::borrow::Cow;

use super::{DecodeError, Json, Reader};
use crate::runtime::check::Checker;

/// Reads one variant of a union.
type Variant<T> = fn(&mut Reader<'_>) -> Result<T, DecodeError>;

/// How many times its own length a text may be read in vain, before it is given up as too ambiguous.
const MAX_WASTE: usize = 256;

impl Reader<'_> {
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

    /// Reads the next value as the first of `variants` that takes it whole and whose rules it keeps. Where there is none,
    /// as the first of those that ignore the fewest of its properties, and of these as one that breaks the fewest rules.
    ///
    /// # Errors
    /// When none of the variants takes it, or when nested unions make it take too long to find out.
    pub fn first_of<T: Json>(
        &mut self,
        expected: &str,
        variants: &[Variant<T>],
    ) -> Result<T, DecodeError> {
        self.peek();
        let (start, depth, ignored) = (self.at, self.depth, self.ignored);
        let mut best: Option<((usize, usize), usize, T)> = None;
        for variant in variants {
            let result = variant(self);
            let (end, lost) = (self.at, self.ignored - ignored);
            (self.at, self.depth, self.ignored) = (start, depth, ignored);
            if let Ok(value) = result {
                let flaws = (lost, broken_rules(&value));
                if best.as_ref().is_none_or(|(least, ..)| flaws < *least) {
                    best = Some((flaws, end, value));
                }
            }
            if matches!(best, Some(((0, 0), ..))) {
                break;
            }
            self.waste(end - start)?;
        }
        let Some(((lost, _), end, value)) = best else {
            return Err(self.unexpected(expected));
        };
        self.at = end;
        self.ignored = ignored + lost;
        Ok(value)
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

    /// Counts bytes that were read in vain.
    fn waste(&mut self, bytes: usize) -> Result<(), DecodeError> {
        self.wasted = self.wasted.saturating_add(bytes);
        if self.wasted > self.text.len().saturating_mul(MAX_WASTE) {
            return Err(self.error("unions that can be told apart", "too many that cannot"));
        }
        Ok(())
    }

    /// Reads a string that must be `value`.
    ///
    /// # Errors
    /// When the next value is something else.
    pub fn constant(&mut self, value: &str) -> Result<(), DecodeError> {
        self.peek();
        let start = self.at;
        if self.string().is_ok_and(|text| text == value) {
            return Ok(());
        }
        self.at = start;
        Err(self.unexpected(format!("{value:?}")))
    }

    /// The error of a value that is none of the variants of `expected`.
    pub fn no_variant(&mut self, expected: &str) -> DecodeError {
        self.unexpected(expected)
    }
}

/// How many rules a value breaks.
fn broken_rules(value: &dyn Json) -> usize {
    let mut checker = Checker::new();
    value.check(&[], &mut checker);
    checker.into_violations().len()
}

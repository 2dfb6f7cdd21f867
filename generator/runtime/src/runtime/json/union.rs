//! Unions whose variants nothing tells apart: tried in order, and the one that loses least wins.

use super::{DecodeError, Json, Reader};
use crate::runtime::check::Checker;

/// Reads one variant of a union.
type Variant<T> = fn(&mut Reader<'_>) -> Result<T, DecodeError>;

/// How many times its own length a text may be read in vain, before it is given up as too ambiguous.
const MAX_WASTE: usize = 256;

impl Reader<'_> {
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

//! Numbers of any size and precision, kept as they are spelled.

use std::fmt;

use super::{Decimal, DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// A JSON number (RFC 8259 §6), exactly as it was spelled: any integer, any fraction, any exponent.
///
/// Two numbers are equal when their values are: `1`, `1.0` and `10e-1` are the same number.
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// Reads a number that is spelled as JSON has it.
    ///
    /// # Errors
    /// When it is not: `1.`, `+1`, `NaN`.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        Self::from_json(text.trim())
    }

    /// A finite floating-point number; `None` for infinities and NaN, which JSON does not have.
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self(format!("{value:?}").into()))
    }

    /// The number as it is spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if it is an integer that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.digits()?.parse().ok()
    }

    /// The value, if it is an integer that fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.digits()?.parse().ok()
    }

    /// The nearest floating-point number; infinite if the value is too large.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Whether the value has no fractional part.
    pub fn is_integer(&self) -> bool {
        Decimal::parse(&self.0).is_integer()
    }

    /// The same value in the one spelling that all numbers of this value share.
    pub(super) fn canonical(&self) -> Self {
        Self(Decimal::parse(&self.0).to_string().into())
    }

    fn digits(&self) -> Option<String> {
        Decimal::parse(&self.0).to_integer()
    }
}

impl Json for Number {
    fn initial() -> Self {
        Self::from(0)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self(reader.number("a number")?.0.into());
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(format_args!("{}", self.0));
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.json(rules, self);
        checker.number(&self.0, rules);
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || Decimal::parse(&self.0) == Decimal::parse(&other.0)
    }
}

impl Eq for Number {}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! from_integer {
    ($($type:ident),*) => {$(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integer!(i32, i64, u32, u64, i128, u128);

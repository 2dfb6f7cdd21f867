//! Numbers of any size and precision, kept as they are spelled.

use std::fmt::{self, Write};

use super::{Decimal, DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// A JSON number (RFC 8259 §6), exactly as it was spelled: any integer, any fraction, any exponent.
///
/// Two numbers are equal when their values are: `1`, `1.0` and `10e-1` are the same number.
#[derive(Clone)]
pub struct Number(Digits);

/// The longest spelling that needs no allocation; that of every integer of the machine is shorter.
const SHORT: usize = 22;

/// The spelling of a number.
#[derive(Clone)]
enum Digits {
    Short(Short),
    Long(Box<str>),
}

#[derive(Clone, Default)]
struct Short {
    length: u8,
    bytes: [u8; SHORT],
}

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
        value.is_finite().then(|| Self::of(&format!("{value:?}")))
    }

    /// The number as it is spelled.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Digits::Short(text) => text.as_str(),
            Digits::Long(text) => text,
        }
    }

    /// A number that is spelled as JSON has it.
    pub(super) fn of(text: &str) -> Self {
        let mut short = Short::default();
        match short.write_str(text) {
            Ok(()) => Self(Digits::Short(short)),
            Err(_) => Self(Digits::Long(text.into())),
        }
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
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    /// Whether the value has no fractional part.
    pub fn is_integer(&self) -> bool {
        Decimal::parse(self.as_str()).is_integer()
    }

    /// The same value in the one spelling that all numbers of this value share.
    pub(super) fn canonical(&self) -> Self {
        Self::of(&Decimal::parse(self.as_str()).to_string())
    }

    fn digits(&self) -> Option<String> {
        Decimal::parse(self.as_str()).to_integer()
    }
}

impl Short {
    fn as_str(&self) -> &str {
        // Whole texts were written.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

/// Takes as much as fits.
impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let start = usize::from(self.length);
        let end = start + text.len();
        let free = self.bytes.get_mut(start..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length = u8::try_from(end).map_err(|_| fmt::Error)?;
        Ok(())
    }
}

impl Json for Number {
    fn initial() -> Self {
        Self::from(0)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self::of(reader.number("a number")?.0);
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(format_args!("{self}"));
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.json(rules, self);
        checker.number(self.as_str(), rules);
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.as_str(), other.as_str());
        one == other || Decimal::parse(one) == Decimal::parse(other)
    }
}

impl Eq for Number {}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! from_integer {
    ($($type:ident),*) => {$(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                let mut short = Short::default();
                match write!(short, "{value}") {
                    Ok(()) => Self(Digits::Short(short)),
                    Err(_) => Self(Digits::Long(value.to_string().into())),
                }
            }
        }
    )*};
}

from_integer!(i32, i64, u32, u64, i128, u128);

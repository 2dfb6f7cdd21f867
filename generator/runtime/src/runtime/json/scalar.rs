//! Booleans, numbers and strings.

use std::str::FromStr;

use super::{Decimal, DecodeError, Json, Number, Reader, Value, Writer, lexer};
use crate::runtime::check::{Checker, Rule};

impl Json for bool {
    fn initial() -> Self {
        false
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.literal("true");
        if *self || reader.literal("false") {
            Ok(())
        } else {
            Err(reader.unexpected("a boolean"))
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }

    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.json(rules, self);
    }
}

impl Json for String {
    fn initial() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }

    fn to_value(&self) -> Value {
        self.as_str().into()
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.json(rules, self);
        checker.text(self, rules);
    }
}

/// Integers of the machine. `1.0` and `1e2` are integers, too (JSON Schema 2020-12 §4.2.3).
macro_rules! integer {
    ($($type:ident: $name:literal),*) => {$(
        impl Json for $type {
            fn initial() -> Self {
                0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                *self = reader.integer($name)?;
                Ok(())
            }

            fn write(&self, writer: &mut Writer) {
                writer.number(format_args!("{self}"));
            }

            fn to_value(&self) -> Value {
                (*self).into()
            }

            fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
                if !rules.is_empty() {
                    checker.json(rules, self);
                    checker.number(Number::from(*self).as_str(), rules);
                }
            }
        }
    )*};
}

integer!(
    i32: "a 32-bit integer", i64: "a 64-bit integer", i128: "a 128-bit integer",
    u32: "an unsigned 32-bit integer", u64: "an unsigned 64-bit integer", u128: "an unsigned 128-bit integer"
);

/// Binary floating-point numbers, read to the nearest and written in the fewest digits that read back the same: a number
/// without a fraction as an integer, because some servers take no other for it.
macro_rules! float {
    ($($type:ident),*) => {$(
        impl Json for $type {
            fn initial() -> Self {
                0.0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let start = reader.at;
                let (text, _) = reader.number("a number")?;
                match text.parse::<$type>() {
                    Ok(number) if number.is_finite() => *self = number,
                    _ => {
                        reader.at = start;
                        return Err(reader.unexpected(concat!("a number that fits ", stringify!($type))));
                    }
                }
                Ok(())
            }

            /// JSON has no infinities: they are written as `null`, after `check` has reported them.
            fn write(&self, writer: &mut Writer) {
                if self.fract() == 0.0 && self.abs() < 1e15 {
                    writer.number(format_args!("{self}"));
                } else if self.is_finite() {
                    writer.number(format_args!("{self:?}"));
                } else {
                    writer.null();
                }
            }

            fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
                if self.is_finite() {
                    if !rules.is_empty() {
                        checker.json(rules, self);
                        checker.number(&format!("{self:?}"), rules);
                    }
                } else {
                    checker.report(format!("{self} is not a number of JSON"));
                }
            }
        }
    )*};
}

float!(f32, f64);

impl Reader<'_> {
    /// Reads an integer that fits the type.
    pub(super) fn integer<T: FromStr + TryFrom<i64>>(
        &mut self,
        expected: &str,
    ) -> Result<T, DecodeError> {
        self.peek();
        let start = self.at;
        if let Some((value, end)) = lexer::short_integer(self.text.as_bytes(), start)
            && let Ok(value) = T::try_from(value)
        {
            self.at = end;
            return Ok(value);
        }
        let (text, plain) = self.number(expected)?;
        // `-0` is no number of an unsigned type, but it is the integer 0.
        let parsed = if plain && text != "-0" {
            text.parse().ok()
        } else {
            Decimal::parse(text)
                .to_integer()
                .and_then(|digits| digits.parse().ok())
        };
        parsed.ok_or_else(|| {
            self.at = start;
            self.unexpected(expected)
        })
    }
}

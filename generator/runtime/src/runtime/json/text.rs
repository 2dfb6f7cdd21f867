//! Strings with a format, kept as they came: date-time, date, time, UUID.

use std::fmt;
use std::str::FromStr;

use super::{DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Format, Rule};

/// A string with a format. Reading takes any string, so that a sloppy server does no harm; `validate` reports it.
macro_rules! text {
    ($($(#[$doc:meta])* $name:ident: $format:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(super) String);

        impl $name {
            /// Takes a text that has the format.
            ///
            /// # Errors
            /// When it does not.
            pub fn parse(text: impl Into<String>) -> Result<Self, DecodeError> {
                let text = text.into();
                if $format.matches(&text) {
                    Ok(Self(text))
                } else {
                    Err(DecodeError::new($format.to_string(), format!("{text:?}"), 0))
                }
            }

            /// The text, as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Json for $name {
            fn initial() -> Self {
                Self(String::new())
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                self.0.read(reader)
            }

            fn write(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }

            fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
                checker.text(&self.0, &[Rule::Format($format)]);
                self.0.check(rules, checker);
            }
        }

        impl FromStr for $name {
            type Err = DecodeError;

            fn from_str(text: &str) -> Result<Self, DecodeError> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

text! {
    /// A date and time with its offset from UTC (RFC 3339 §5.6), such as `2026-01-31T12:00:00Z`.
    DateTime: Format::DateTime;
    /// A date (RFC 3339 §5.6), such as `2026-01-31`.
    Date: Format::Date;
    /// A time with its offset from UTC (RFC 3339 §5.6), such as `12:00:00Z`.
    Time: Format::Time;
    /// A UUID (RFC 9562 §4), such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
    Uuid: Format::Uuid;
}

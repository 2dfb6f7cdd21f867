//! A text that must not be seen in logs.

use std::fmt;

use crate::runtime::check::{Checker, Rule};
use crate::runtime::json::{DecodeError, Json, Reader, Writer};

/// A token, key or password. It shows only to who asks for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Json for Secret {
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
        self.0.check(rules, checker);
    }
}

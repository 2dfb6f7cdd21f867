//! Values that may be missing: optional ones, nullable ones, and those that are both.

use std::ops::Deref;

use super::{DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// A property that may be left out and may be `null`, where the two mean different things: in a PATCH, "leave it as it
/// is" and "remove it".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Field<T> {
    /// It is left out.
    #[default]
    Absent,
    /// It is `null`.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the value points to, if there is one: of a `Field<String>` the `&str`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether it is left out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A text for all that can be made of one: strings, enumerations, unions with a text among their types.
impl<'t, T: Json + From<&'t str>> From<&'t str> for Field<T> {
    fn from(value: &'t str) -> Self {
        Self::Value(value.into())
    }
}

/// `None` becomes `null`, not absent: who has an option at hand has something to say.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Json> Json for Field<T> {
    fn initial() -> Self {
        Self::Absent
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.null() {
            *self = Self::Null;
            return Ok(());
        }
        *self = Self::Value(T::initial());
        match self {
            Self::Value(value) => value.read(reader),
            Self::Absent | Self::Null => Ok(()),
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Value(value) => value.write(writer),
            Self::Absent | Self::Null => writer.null(),
        }
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        if let Self::Value(value) = self {
            value.check(rules, checker);
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T: Json> Json for Option<T> {
    fn initial() -> Self {
        None
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.null() {
            *self = None;
            return Ok(());
        }
        self.insert(T::initial()).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        if let Some(value) = self {
            value.check(rules, checker);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Box<T> {
    fn initial() -> Self {
        Self::new(T::initial())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        (**self).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        (**self).check(rules, checker);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

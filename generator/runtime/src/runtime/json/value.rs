//! Any JSON value.

use std::fmt;
use std::str::FromStr;

use super::{DecodeError, Entries, Json, Kind, Map, Number, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// Any JSON value, for what a schema leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is spelled.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order in which it came.
    Object(Map<Value>),
}

impl Value {
    /// The string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The items of the array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The properties of the object.
    pub fn as_object(&self) -> Option<&Map<Value>> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    /// What kind of value it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Boolean,
            Self::Number(number) if number.is_integer() => Kind::Integer,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The same value, with numbers in one spelling and properties in one order.
    pub(crate) fn canonical(self) -> Self {
        match self {
            Self::Number(number) => Self::Number(number.canonical()),
            Self::Array(items) => Self::Array(items.into_iter().map(Self::canonical).collect()),
            Self::Object(map) => {
                let mut entries: Vec<_> = map.into_iter().collect();
                entries.sort_by(|one, other| one.0.cmp(&other.0));
                let canonical = entries
                    .into_iter()
                    .map(|(key, value)| (key, value.canonical()));
                Self::Object(canonical.collect())
            }
            scalar => scalar,
        }
    }

    /// The value at a JSON Pointer (RFC 6901).
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        let mut value = self;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            value = match value {
                Self::Object(map) => map.get(&step)?,
                Self::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(value)
    }

    /// Puts a value at a JSON Pointer (RFC 6901). What is no object on the way becomes one.
    #[cfg(feature = "part-pages")]
    pub(crate) fn set(&mut self, pointer: &str, value: Value) {
        let Some(path) = pointer.strip_prefix('/') else {
            *self = value;
            return;
        };
        let (step, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        let step = step.replace("~1", "/").replace("~0", "~");
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Map::new());
        }
        let Self::Object(map) = self else { return };
        if !map.contains_key(&step) {
            map.insert(step.as_str(), Self::Null);
        }
        if let Some(inner) = map.get_mut(&step) {
            inner.set(rest, value);
        }
    }
}

impl Json for Value {
    fn initial() -> Self {
        Self::Null
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = match reader.peek() {
            Some(b't' | b'f') => Self::Bool(reader.value()?),
            Some(b'"') => Self::String(reader.value()?),
            Some(b'[') => Self::Array(reader.value()?),
            Some(b'{') => Self::Object(reader.value()?),
            _ if reader.null() => Self::Null,
            _ => Self::Number(Number::of(reader.number("a value")?.0)),
        };
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => value.write(writer),
            Self::Number(value) => value.write(writer),
            Self::String(value) => value.write(writer),
            Self::Array(value) => value.write(writer),
            Self::Object(value) => value.write(writer),
        }
    }

    fn to_value(&self) -> Value {
        self.clone()
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.value(rules, self);
        match self {
            Self::Null | Self::Bool(_) => {}
            Self::Number(value) => checker.number(value.as_str(), rules),
            Self::String(value) => checker.text(value, rules),
            Self::Array(value) => checker.array(rules, &super::list::items(value)),
            Self::Object(value) => {
                checker.property_count(value.len(), rules);
                value.check_entries(rules, checker);
            }
        }
    }
}

/// Reads JSON: `r#"{"a":1}"#.parse::<Value>()`.
impl FromStr for Value {
    type Err = DecodeError;

    fn from_str(json: &str) -> Result<Self, DecodeError> {
        Self::from_json(json)
    }
}

/// Writes JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

/// Infinities and NaN become `null`: JSON does not have them.
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

macro_rules! from_integer {
    ($($type:ident),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Number(value.into())
            }
        }
    )*};
}

from_integer!(i32, i64, u32, u64, i128, u128);

impl From<Map<Value>> for Value {
    fn from(value: Map<Value>) -> Self {
        Self::Object(value)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(value: Vec<T>) -> Self {
        Self::Array(value.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

//! The one visitor through which JSON and YAML become a value.

use std::borrow::Cow;
use std::fmt;

use serde::de::Visitor;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
};
use serde_json::{Map, Number};

use super::{merge, without_tabs};
use crate::Value;

/// The most nodes that one file may have, aliases multiplied out.
pub(crate) const MAX_NODES: usize = 8_000_000;

/// What the error says when there are more nodes than that.
pub(super) const TOO_MANY_NODES: &str = "the document has too many nodes";

/// A value, and what was noticed while it was read.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) remarks: Vec<Remark>,
}

/// Something that the value does not show.
pub(super) struct Remark {
    /// The keys that lead to it, the innermost first.
    pub(super) path: Vec<String>,
    /// What it is.
    pub(super) kind: RemarkKind,
}

/// What can be noticed.
pub(super) enum RemarkKind {
    /// The object has the key before.
    DuplicateKey,
    /// A YAML tag of the document's own.
    Tag(String),
    /// A merge key over what is no object.
    Merge,
    /// The text is indented with tabs.
    Tabs,
    /// There are more documents in the text.
    Documents,
    /// A number without a fraction is beyond 64 bits.
    Rounded(Number),
}

impl Remark {
    /// A remark on the text as a whole.
    fn whole(kind: RemarkKind) -> Self {
        Self {
            path: Vec::new(),
            kind,
        }
    }
}

/// Reads JSON.
pub(super) fn from_json(text: &str) -> Result<Parsed, serde_json::Error> {
    let mut reading = Reading::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Seed(&mut reading).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(reading.finish(value))
}

/// Reads YAML, with tabs as spaces where it cannot be read otherwise.
pub(super) fn from_yaml(text: &str) -> Result<Parsed, serde_yaml::Error> {
    from_strict_yaml(text).or_else(|error| match without_tabs(text) {
        Cow::Borrowed(_) => Err(error),
        Cow::Owned(spaced) => {
            let mut parsed = from_strict_yaml(&spaced).map_err(|_| error)?;
            parsed.remarks.push(Remark::whole(RemarkKind::Tabs));
            Ok(parsed)
        }
    })
}

/// Of several documents the first is read.
fn from_strict_yaml(text: &str) -> Result<Parsed, serde_yaml::Error> {
    let mut reading = Reading {
        merges: true,
        ..Reading::default()
    };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let value = match documents.next() {
        Some(first) => Seed(&mut reading).deserialize(first)?,
        None => Value::Null,
    };
    if documents.next().is_some() {
        reading.remarks.push(Remark::whole(RemarkKind::Documents));
    }
    Ok(reading.finish(value))
}

#[derive(Default)]
struct Reading {
    /// Whether `<<` merges.
    merges: bool,
    nodes: usize,
    remarks: Vec<Remark>,
}

impl Reading {
    fn finish(self, value: Value) -> Parsed {
        Parsed {
            value,
            remarks: self.remarks,
        }
    }

    fn remark(&mut self, kind: RemarkKind, path: Vec<String>) {
        self.remarks.push(Remark { path, kind });
    }

    /// Tells the remarks since `first` that they stand under a key.
    fn under(&mut self, first: usize, key: &dyn fmt::Display) {
        for remark in &mut self.remarks[first..] {
            remark.path.push(key.to_string());
        }
    }
}

struct Seed<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.nodes += 1;
        if self.0.nodes > MAX_NODES {
            return Err(D::Error::custom(TOO_MANY_NODES));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key)? {
            let first = self.0.remarks.len();
            let value = access.next_value_seed(Seed(&mut *self.0))?;
            self.0.under(first, &key);
            if map.contains_key(&key) {
                self.0.remark(RemarkKind::DuplicateKey, vec![key.clone()]);
            }
            map.insert(key, value);
        }
        if self.0.merges && map.contains_key(merge::KEY) {
            let (merged, clean) = merge::apply(map);
            if !clean {
                self.0
                    .remark(RemarkKind::Merge, vec![merge::KEY.to_owned()]);
            }
            map = merged;
        }
        Ok(Value::Object(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let first = self.0.remarks.len();
            let Some(item) = access.next_element_seed(Seed(&mut *self.0))? else {
                return Ok(Value::Array(items));
            };
            self.0.under(first, &items.len());
            items.push(item);
        }
    }

    /// YAML hands a tagged value over as the variant of an enum.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (tag, variant) = data.variant::<String>()?;
        self.0.remark(RemarkKind::Tag(tag), Vec::new());
        variant.newtype_variant_seed(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(as_float(&value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(as_float(&value))
    }

    /// JSON has no word for infinities and NaN; they stay the text that YAML has for them.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let Some(number) = Number::from_f64(value) else {
            let word = match value {
                value if value.is_nan() => ".nan",
                value if value > 0.0 => ".inf",
                _ => "-.inf",
            };
            return self.visit_str(word);
        };
        if value.abs() >= BEYOND_INTEGERS {
            self.0
                .remark(RemarkKind::Rounded(number.clone()), Vec::new());
        }
        Ok(Value::Number(number))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

/// From here on a number has no fraction and may be an integer that 64 bits do not hold (2^63).
const BEYOND_INTEGERS: f64 = 9_223_372_036_854_775_808.0;

/// An integer beyond 64 bits as JSON readers take it: the nearest float.
fn as_float(value: &dyn fmt::Display) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// A key as the text has it: in YAML `200`, `true` and `null` are the keys "200", "true" and "null".
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text as key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

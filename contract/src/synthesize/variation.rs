//! One value for each boundary of a schema, on either side of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};
use serde_json::json;

use super::{Synthesizer, VARIED_EFFORT};
use crate::shape::Shape;
use crate::validate::rule;

/// How deep into a value the boundaries of its parts are tried.
pub(super) const MAX_DEPTH: usize = 6;

/// A value that was made to stand at one boundary.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Variation {
    /// The rule that it keeps at its limit, or breaks.
    pub(crate) rule: String,
    /// Where in the value.
    pub(crate) pointer: String,
    /// The value.
    pub(crate) value: Value,
    /// Whether it holds text that was invented: a server may know better than the document what it means.
    pub(crate) invented: bool,
}

impl Variation {
    /// A variation of the whole value.
    pub(super) fn new(rule: &str, value: impl Into<Value>) -> Self {
        Self {
            rule: rule.to_owned(),
            pointer: String::new(),
            value: value.into(),
            invented: false,
        }
    }

    /// The same with invented text.
    pub(super) fn invented(self) -> Self {
        Self {
            invented: true,
            ..self
        }
    }

    /// The same as a part of a larger value.
    pub(super) fn inside(self, key: &str, value: Value) -> Self {
        Self {
            pointer: format!("/{}{}", crate::validate::escape(key), self.pointer),
            value,
            ..self
        }
    }
}

impl Synthesizer<'_> {
    /// The proposals for schemas that hold at once, valid or invalid ones.
    pub(super) fn variations(
        &self,
        schemas: &[SchemaId],
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let goes_on = self.varied.fetch_add(1, Ordering::Relaxed) < VARIED_EFFORT || depth < 2;
        let shapes = if goes_on && depth < MAX_DEPTH {
            self.shapes(schemas)
        } else {
            Arc::default()
        };
        shapes
            .iter()
            .flat_map(|shape| self.shape_variations(schemas, shape, valid, depth))
            .collect()
    }

    fn shape_variations(
        &self,
        schemas: &[SchemaId],
        shape: &Shape,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        if let Some(values) = &shape.values {
            return enumeration(shape, values, valid);
        }
        let mut found = Vec::new();
        for &kind in shape.likely_types() {
            match (kind, valid) {
                (Type::Null, true) => found.push(Variation::new("null", Value::Null)),
                (Type::Boolean, true) => {
                    found.extend([true, false].map(|value| Variation::new("boolean", value)));
                }
                (Type::Null | Type::Boolean, false) => {}
                (Type::Integer | Type::Number, _) => {
                    found.extend(super::number::variations(shape, kind, valid));
                    if valid && self.extreme {
                        found.extend(super::number::extremes(shape));
                    }
                }
                (Type::String, true) => found.extend(self.valid_texts(shape)),
                (Type::String, false) => found.extend(self.invalid_texts(shape)),
                (Type::Array, true) => found.extend(self.valid_arrays(shape, depth)),
                (Type::Array, false) => found.extend(self.invalid_arrays(shape, depth)),
                (Type::Object, true) => found.extend(self.valid_objects(schemas, shape, depth)),
                (Type::Object, false) => found.extend(self.invalid_objects(shape, depth)),
            }
        }
        if valid {
            found.extend(self.valid_combinations(shape, depth));
        } else {
            found.extend(wrong_types(shape));
            found.extend(self.invalid_combinations(shape));
        }
        found
    }
}

fn enumeration(shape: &Shape, values: &[Value], valid: bool) -> Vec<Variation> {
    if valid {
        return values
            .iter()
            .map(|value| Variation::new("enum", value.clone()))
            .collect();
    }
    // A text stays a text, so that only the value is wrong and not its type.
    let stranger = match values.iter().find(|value| !value.is_null()) {
        Some(Value::Number(_)) => json!(987_654_321),
        Some(Value::Bool(value)) => json!(!value),
        _ => json!("not-one-of-these"),
    };
    let mut found = vec![Variation::new("enum", stranger)];
    found.extend(in_other_case(values).map(|text| Variation::new(rule::ENUM_CASE, text)));
    found.extend(wrong_types(shape));
    found
}

/// One of several texts in another case, where that is none of them.
fn in_other_case(values: &[Value]) -> Option<String> {
    let mut texts = values.iter().filter_map(Value::as_str);
    let other = |text: &str| {
        let upper = text.to_uppercase();
        let other = if upper == text {
            text.to_lowercase()
        } else {
            upper
        };
        let is_new = values.iter().all(|value| value.as_str() != Some(&other));
        is_new.then_some(other)
    };
    texts.find_map(other)
}

/// A value of a type that is not allowed. Types that servers like to convert are left out: a number in a text may
/// pass for the number.
fn wrong_types(shape: &Shape) -> Vec<Variation> {
    let mut found = Vec::new();
    if shape.types.is_none() && shape.values.is_none() {
        return found;
    }
    let types = shape.types.clone().unwrap_or_default();
    let holds = |kinds: &[Type]| types.iter().any(|kind| kinds.contains(kind));
    let wrong = if holds(&[Type::Object, Type::Array])
        || (holds(&[Type::Boolean]) && !holds(&[Type::String]))
    {
        json!("not of this type")
    } else if holds(&[Type::Integer, Type::Number]) && !holds(&[Type::String]) {
        json!("not-a-number")
    } else {
        json!({ "not": "of this type" })
    };
    found.push(Variation::new("type", wrong));
    if !shape.allows(Type::Null) {
        found.push(Variation::new("type", Value::Null));
    }
    found
}

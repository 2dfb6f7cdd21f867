//! Objects with each property absent, present and at each of its boundaries.

use std::sync::atomic::Ordering;

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use serde_json::{Map, json};

use super::{Extent, Synthesizer, Variation};
use crate::shape::Shape;

/// The name of a property that no document has.
const STRANGER: &str = "bindery_unknown";

impl Synthesizer<'_> {
    /// The least object, with one property more for each valid boundary of that property.
    pub(super) fn valid_objects(
        &self,
        schemas: &[SchemaId],
        shape: &Shape,
        depth: usize,
    ) -> Vec<Variation> {
        let Some(base) = self.base(shape) else {
            return Vec::new();
        };
        let mut found = vec![Variation::new("required", Value::Object(base.clone()))];
        self.made.store(0, Ordering::Relaxed);
        if let Some(full) = self.object(shape, Extent::Full, &mut schemas.to_vec()) {
            found.push(Variation::new("properties", full).invented());
        }
        found.extend(self.property_variations(shape, &base, true, depth));
        if shape.properties.is_empty() && !shape.closed {
            let schemas: Vec<SchemaId> = shape.additional.clone();
            let entries = self.variations(&schemas, true, depth + 1).into_iter();
            found.extend(entries.map(|variation| with(&base, "key1", variation).invented()));
        }
        found
    }

    /// The least object without a property that must be there, with one that is invalid, or with one too many.
    pub(super) fn invalid_objects(
        &self,
        _schemas: &[SchemaId],
        shape: &Shape,
        depth: usize,
    ) -> Vec<Variation> {
        let Some(base) = self.base(shape) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for name in shape
            .required
            .iter()
            .filter(|name| self.is_required(shape, name))
        {
            let mut object = base.clone();
            object.shift_remove(name);
            found.push(Variation::new("required", Value::Null).inside(name, Value::Object(object)));
        }
        if shape.closed {
            found.push(with(
                &base,
                STRANGER,
                Variation::new("additionalProperties", json!("unknown")),
            ));
        }
        found.extend(self.wrong_size(shape, &base));
        found.extend(self.property_variations(shape, &base, false, depth));
        if shape.properties.is_empty() && !shape.closed && !shape.additional.is_empty() {
            let entries = self
                .variations(&shape.additional, false, depth + 1)
                .into_iter();
            found.extend(entries.map(|variation| with(&base, "key1", variation)));
        }
        found
    }

    fn base(&self, shape: &Shape) -> Option<Map<String, Value>> {
        match self.object(shape, Extent::Minimal, &mut Vec::new())? {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    fn property_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let mut found = Vec::new();
        for (name, schemas) in &shape.properties {
            // The tag of a branch is not varied: another tag would make it another branch.
            let tag = shape.tags.iter().any(|(property, _)| property == name);
            if !self.is_sent(schemas) || (tag && valid) {
                continue;
            }
            let variations = self.variations(schemas, valid, depth + 1).into_iter();
            found.extend(variations.map(|variation| with(base, name, variation)));
        }
        found
    }

    fn wrong_size(&self, shape: &Shape, base: &Map<String, Value>) -> Vec<Variation> {
        let mut found = Vec::new();
        if shape.size.least > 0 && shape.required.is_empty() {
            let few = base
                .iter()
                .take(usize::try_from(shape.size.least - 1).unwrap_or(0));
            let few: Map<_, _> = few
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            found.push(Variation::new("minProperties", Value::Object(few)));
        }
        if let Some(most) = shape.size.most.filter(|most| *most < 100 && !shape.closed) {
            let mut many = base.clone();
            let value = self.fresh_entry(shape);
            for index in 0..=most {
                if many.len() as u64 <= most {
                    many.insert(format!("key{index}"), value.clone());
                }
            }
            found.push(Variation::new("maxProperties", Value::Object(many)));
        }
        found
    }

    fn fresh_entry(&self, shape: &Shape) -> Value {
        let made = self.part(&shape.additional, Extent::Minimal, &mut Vec::new());
        made.unwrap_or_else(|| json!("value"))
    }
}

/// A base with one property more or another.
fn with(base: &Map<String, Value>, name: &str, variation: Variation) -> Variation {
    let mut object = base.clone();
    object.insert(name.to_owned(), variation.value.clone());
    variation.inside(name, Value::Object(object))
}

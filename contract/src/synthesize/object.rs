//! Objects with each property absent, present and at each of its boundaries.

use std::sync::atomic::Ordering;

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use serde_json::{Map, json};

use super::variation::MAX_DEPTH;
use super::{Extent, Synthesizer, Variation, format};
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
        found.extend(self.right_size(shape, &base));
        found.extend(self.entry_variations(shape, &base, true, depth));
        if shape.properties.is_empty() && !shape.closed {
            let entries = self.stranger_variations(shape, &base, true, depth);
            found.extend(entries.into_iter().map(Variation::invented));
        }
        found
    }

    /// The least object without a property that must be there, with one that is invalid, or with one too many.
    pub(super) fn invalid_objects(&self, shape: &Shape, depth: usize) -> Vec<Variation> {
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
        found.extend(self.entry_variations(shape, &base, false, depth));
        if shape.properties.is_empty() && !shape.closed && !shape.additional.is_empty() {
            found.extend(self.stranger_variations(shape, &base, false, depth));
        }
        found
    }

    fn base(&self, shape: &Shape) -> Option<Map<String, Value>> {
        let Value::Object(object) = self.object(shape, Extent::Minimal, &mut Vec::new())? else {
            return None;
        };
        let avoids = |object: &Value| {
            let mut avoided = shape.avoided.iter();
            !avoided.any(|id| self.is_valid(*id, object))
        };
        if avoids(&Value::Object(object.clone())) {
            return Some(object);
        }
        // On the other side of a condition some property is another.
        let others = self.property_variations(shape, &object, true, MAX_DEPTH - 2);
        let other = others
            .into_iter()
            .map(|variation| variation.value)
            .find(avoids);
        match other {
            Some(Value::Object(other)) => Some(other),
            _ => Some(object),
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
            let base = self.with_dependents(shape, base, name);
            found.extend(self.varied(&base, name, schemas, valid, depth));
        }
        found
    }

    /// A base with what must be there beside a property.
    fn with_dependents(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        name: &str,
    ) -> Map<String, Value> {
        let mut whole = base.clone();
        for other in shape.dependent.get(name).into_iter().flatten() {
            // Where none can be made, what is made without it is no valid value, and is left out.
            let _ = self.complete(shape, other, &mut whole);
        }
        whole
    }

    /// A base with a property that is not declared, under a name that it may have.
    fn stranger_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let Some(name) = self.names(shape, 1).into_iter().next() else {
            return Vec::new();
        };
        self.varied(base, &name, &shape.additional, valid, depth)
            .collect()
    }

    /// A base with a property at each boundary of its schemas.
    pub(super) fn varied(
        &self,
        base: &Map<String, Value>,
        name: &str,
        schemas: &[SchemaId],
        valid: bool,
        depth: usize,
    ) -> impl Iterator<Item = Variation> {
        let variations = self.variations(schemas, valid, depth + 1).into_iter();
        let bound = valid && format::is_ending(name);
        variations.map(move |variation| {
            let invented = variation.invented || bound && variation.value.is_string();
            with(
                base,
                name,
                Variation {
                    invented,
                    ..variation
                },
            )
        })
    }

    /// What is said about entries that are not declared one by one.
    fn entry_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let mut found = self.pattern_variations(shape, base, valid, depth);
        found.extend(self.name_variations(shape, base, valid, depth));
        found.extend(self.dependent_variations(shape, base, valid));
        found
    }

    /// Objects with as many properties as there may be; the least object has the fewest.
    fn right_size(&self, shape: &Shape, base: &Map<String, Value>) -> Vec<Variation> {
        let most = shape
            .size
            .most
            .and_then(|most| self.sized(shape, base, most));
        let most = most.map(|object| Variation::new("maxProperties", object).invented());
        most.into_iter().collect()
    }

    fn wrong_size(&self, shape: &Shape, base: &Map<String, Value>) -> Vec<Variation> {
        let few = shape.size.least.checked_sub(1);
        let many = shape.size.most.map(|most| most + 1);
        let counts = [("minProperties", few), ("maxProperties", many)];
        let sized = counts.into_iter().filter_map(|(rule, count)| {
            Some(Variation::new(rule, self.sized(shape, base, count?)?))
        });
        sized.collect()
    }

    /// The least object with so many properties: fewer of those that need not be there, or more declared and made-up
    /// ones; `None` when there are not as many, or too many must be there.
    fn sized(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        count: u64,
    ) -> Option<Map<String, Value>> {
        let count = usize::try_from(count)
            .ok()
            .filter(|count| *count < MAX_PROPERTIES)?;
        let mut object = base.clone();
        let optional = |name: &&String| !self.is_required(shape, name);
        let spare: Vec<&String> = base.keys().rev().filter(optional).collect();
        for name in spare {
            if object.len() > count {
                object.shift_remove(name);
            }
        }
        let sent = shape
            .properties
            .iter()
            .filter(|(_, schemas)| self.is_sent(schemas));
        let declared = sent.map(|(name, _)| name.clone());
        for name in declared.chain(self.names(shape, count as u64 + 1)) {
            if object.len() < count && !object.contains_key(&name) {
                let value = self.entry(shape, &name, Extent::Minimal, &mut Vec::new());
                object.extend(value.map(|value| (name, value)));
            }
        }
        (object.len() == count).then_some(object)
    }
}

/// One more than the most properties of an object that is made for its size.
const MAX_PROPERTIES: usize = 100;

/// A base with one property more or another.
fn with(base: &Map<String, Value>, name: &str, variation: Variation) -> Variation {
    let mut object = base.clone();
    object.insert(name.to_owned(), variation.value.clone());
    variation.inside(name, Value::Object(object))
}

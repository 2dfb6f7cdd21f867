//! The entries of an object that are not declared one by one: by a pattern, by the schema of the names, or because
//! another property is there.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use serde_json::{Map, json};

use super::{Extent, Synthesizer, Variation, pattern};
use crate::shape::Shape;

/// The longest name that is made for a pattern.
const MAX_NAME: u64 = 64;

impl Synthesizer<'_> {
    /// A value for a property of any name; `None` when none could be made, or none is allowed.
    pub(super) fn entry(
        &self,
        shape: &Shape,
        name: &str,
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        let schemas = entry_schemas(shape, name);
        let anything = |id: &SchemaId| self.schemas()[*id].boolean == Some(true);
        if schemas.iter().all(anything) {
            return Some(json!("value"));
        }
        self.part(&schemas, extent, path)
    }

    /// Names for properties that are not declared.
    pub(super) fn names(&self, shape: &Shape, count: u64) -> Vec<String> {
        if shape.names.is_empty() {
            return (1..=count).map(|index| format!("key{index}")).collect();
        }
        let proposals = self.variations(&shape.names, true, 1).into_iter();
        let proposals = proposals.map(|variation| variation.value);
        let counted = (1..=count).map(|index| json!(format!("key{index}")));
        let (wanted, limits) = (pattern::LONG, (1, MAX_NAME));
        let shapes = self.shapes(&shape.names);
        let patterns = shapes.iter().flat_map(|shape| &shape.patterns);
        let matching = patterns.flat_map(|own| {
            let salted = (1..=count).map(|index| self.random(&index.to_string()));
            salted.filter_map(|random| pattern::matching(own, wanted, limits, &random))
        });
        let fitting = proposals
            .chain(counted)
            .chain(matching.map(Value::from))
            .filter(|name| self.all_hold(&shape.names, name));
        fitting
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    }

    /// The least object with an entry for each pattern at each boundary of its schema.
    pub(super) fn pattern_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let mut found = Vec::new();
        for (own, schemas) in &shape.pattern_properties {
            let Some(name) = pattern::matching(own, 1, (1, MAX_NAME), &self.random(own)) else {
                continue;
            };
            found.extend(self.varied(base, &name, schemas, valid, depth));
        }
        found
    }

    /// The least object with an entry for each boundary of what its name may be.
    pub(super) fn name_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
        depth: usize,
    ) -> Vec<Variation> {
        let named = |variation: Variation| {
            let name = variation.value.as_str()?;
            let value = self.entry(shape, name, Extent::Minimal, &mut Vec::new())?;
            let mut object = base.clone();
            object.insert(name.to_owned(), value);
            Some(Variation::new("propertyNames", Value::Object(object)))
        };
        let variations = self.variations(&shape.names, valid, depth + 1);
        variations.into_iter().filter_map(named).collect()
    }

    /// The least object with a property that needs others: with all of them, or without one of them.
    pub(super) fn dependent_variations(
        &self,
        shape: &Shape,
        base: &Map<String, Value>,
        valid: bool,
    ) -> Vec<Variation> {
        let mut found = Vec::new();
        for (name, others) in &shape.dependent {
            let mut whole = base.clone();
            let names = std::iter::once(name).chain(others);
            if names
                .map(|name| self.complete(shape, name, &mut whole))
                .any(|made| made.is_none())
            {
                continue;
            }
            if valid {
                found.push(Variation::new("dependentRequired", whole));
                continue;
            }
            for other in others {
                let mut lacking = whole.clone();
                lacking.shift_remove(other);
                let missing = Variation::new("dependentRequired", Value::Null);
                found.push(missing.inside(other, Value::Object(lacking)));
            }
        }
        found
    }

    /// Adds a property where it is not there yet.
    pub(super) fn complete(
        &self,
        shape: &Shape,
        name: &str,
        object: &mut Map<String, Value>,
    ) -> Option<()> {
        if !object.contains_key(name) {
            let value = self.entry(shape, name, Extent::Minimal, &mut Vec::new())?;
            object.insert(name.to_owned(), value);
        }
        Some(())
    }
}

/// The schemas that hold for a property: its own, or those of patterns that its name matches, or of what is left.
fn entry_schemas(shape: &Shape, name: &str) -> Vec<SchemaId> {
    if let Some(own) = shape.properties.get(name) {
        return own.clone();
    }
    let patterns = shape.pattern_properties.iter();
    let matching = patterns.filter(|(own, _)| pattern::is_match(own, name));
    let found: Vec<SchemaId> = matching.flat_map(|(_, schemas)| schemas).copied().collect();
    if found.is_empty() {
        shape.additional.clone()
    } else {
        found
    }
}

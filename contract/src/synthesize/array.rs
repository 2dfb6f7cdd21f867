//! Arrays at the ends of their lengths, and with each boundary of an item.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use serde_json::json;

use super::{Extent, Synthesizer, Variation};
use crate::shape::Shape;

/// The longest array that is made.
const MAX_ITEMS: u64 = 1000;

impl Synthesizer<'_> {
    /// Arrays with the least and the most items, and one for each valid boundary of an item.
    pub(super) fn valid_arrays(&self, shape: &Shape, depth: usize) -> Vec<Variation> {
        let least = shape.fewest();
        let counts = [
            ("minItems", Some(least)),
            ("minItems", Some(least + 1)),
            ("maxItems", shape.count.most),
            ("minItems", Some(least + 2)),
        ];
        let mut found: Vec<Variation> = counts
            .into_iter()
            .filter_map(|(rule, count)| {
                Some(
                    self.counted(rule, shape, count.filter(|count| *count <= MAX_ITEMS)?)?
                        .invented(),
                )
            })
            .collect();
        found.extend(self.fully_contained(shape));
        found.extend(self.item_variations(shape, true, depth));
        found
    }

    /// Arrays that are too short or too long, hold an item twice, or hold an item that is invalid by one rule.
    pub(super) fn invalid_arrays(&self, shape: &Shape, depth: usize) -> Vec<Variation> {
        let open = Shape {
            count: crate::shape::Range::default(),
            ..shape.clone()
        };
        let short = shape.count.least.checked_sub(1);
        let long = shape
            .count
            .most
            .filter(|most| *most < MAX_ITEMS)
            .map(|most| most + 1);
        let mut found = Vec::new();
        found.extend(short.and_then(|count| self.counted("minItems", &open, count)));
        found.extend(long.and_then(|count| self.counted("maxItems", &open, count)));
        found.extend(self.twice(shape).filter(|_| shape.unique));
        found.extend(self.wrongly_contained(shape));
        found.extend(self.one_too_many(shape));
        found.extend(self.item_variations(shape, false, depth));
        found
    }

    fn counted(&self, rule: &str, shape: &Shape, count: u64) -> Option<Variation> {
        let value = self.items(shape, count, Extent::Minimal, &mut Vec::new())?;
        let enough = value
            .as_array()
            .is_some_and(|items| items.len() as u64 == count);
        enough.then(|| Variation::new(rule, value))
    }

    /// The least array whose last item is there once more.
    fn twice(&self, shape: &Shape) -> Option<Variation> {
        let mut items = self.array_of(shape, shape.fewest().max(shape.prefix.len() as u64 + 1))?;
        items.push(items.last()?.clone());
        if items.len() as u64 > shape.count.least.max(2) {
            items.remove(shape.prefix.len());
        }
        Some(Variation::new("uniqueItems", items))
    }

    /// An array with an item after those that there may be at all.
    fn one_too_many(&self, shape: &Shape) -> Option<Variation> {
        let never = |id: &SchemaId| self.schemas()[*id].boolean == Some(false);
        let closed = shape.items.iter().any(never);
        let mut items = self
            .array_of(shape, shape.prefix.len() as u64)
            .filter(|_| closed)?;
        let index = items.len().to_string();
        items.push(json!("item"));
        Some(Variation::new("items", Value::Null).inside(&index, Value::Array(items)))
    }

    fn array_of(&self, shape: &Shape, count: u64) -> Option<Vec<Value>> {
        match self.items(shape, count, Extent::Minimal, &mut Vec::new())? {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The least array for each boundary of each of its first items, and of the first after them.
    fn item_variations(&self, shape: &Shape, valid: bool, depth: usize) -> Vec<Variation> {
        let prefix = shape.prefix.iter().map(std::slice::from_ref);
        let rest = Some(shape.items.as_slice()).filter(|items| !items.is_empty());
        let mut found = Vec::new();
        for (index, schemas) in prefix.chain(rest).enumerate() {
            let least = shape.fewest().max(index as u64 + 1);
            let Some(base) = self
                .array_of(shape, least)
                .filter(|base| base.len() > index)
            else {
                continue;
            };
            for variation in self.variations(schemas, valid, depth + 1) {
                let mut items = base.clone();
                items[index].clone_from(&variation.value);
                found.push(variation.inside(&index.to_string(), Value::Array(items)));
            }
        }
        found
    }
}

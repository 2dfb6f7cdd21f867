//! Arrays at the ends of their lengths, and with each boundary of an item.

use bindery_spec::Value;

use super::{Extent, Synthesizer, Variation};
use crate::shape::Shape;

/// The longest array that is made.
const MAX_ITEMS: u64 = 1000;

impl Synthesizer<'_> {
    /// Arrays with the least and the most items, and one for each valid boundary of an item.
    pub(super) fn valid_arrays(&self, shape: &Shape, depth: usize) -> Vec<Variation> {
        let least = shape.count.least;
        let counts = [
            ("minItems", Some(least)),
            ("minItems", Some(least + 1)),
            ("maxItems", shape.count.most),
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
        if shape.unique {
            let twice = Shape {
                unique: false,
                ..shape.clone()
            };
            found.extend(self.counted("uniqueItems", &twice, shape.count.least.max(2)));
        }
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

    /// An array of the least length for each boundary of its first item.
    fn item_variations(&self, shape: &Shape, valid: bool, depth: usize) -> Vec<Variation> {
        let schemas = match shape.prefix.first() {
            Some(prefix) => std::slice::from_ref(prefix),
            None => shape.items.as_slice(),
        };
        if schemas.is_empty() {
            return Vec::new();
        }
        let Some(Value::Array(base)) = self.items(
            shape,
            shape.count.least.max(1),
            Extent::Minimal,
            &mut Vec::new(),
        ) else {
            return Vec::new();
        };
        self.variations(schemas, valid, depth + 1)
            .into_iter()
            .filter_map(|variation| {
                let mut items = base.clone();
                *items.first_mut()? = variation.value.clone();
                Some(variation.inside("0", Value::Array(items)))
            })
            .collect()
    }
}

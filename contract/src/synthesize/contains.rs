//! Arrays that hold as many items of a kind as they must, or may, or one more or less.

use bindery_spec::Value;
use serde_json::json;

use super::{Extent, Synthesizer, Variation};
use crate::shape::{Contained, Shape};

/// The most items of a kind that are made.
const MAX_CONTAINED: u64 = 100;

impl Synthesizer<'_> {
    /// Arrays with as many items of a kind as there may be.
    pub(super) fn fully_contained(&self, shape: &Shape) -> Vec<Variation> {
        let most = |index: usize| {
            let most = shape.contains[index].most?;
            Some(Variation::new(
                "maxContains",
                self.containing(shape, index, most)?,
            ))
        };
        (0..shape.contains.len()).filter_map(most).collect()
    }

    /// Arrays with one item of a kind too few or too many.
    pub(super) fn wrongly_contained(&self, shape: &Shape) -> Vec<Variation> {
        let mut found = Vec::new();
        for (index, contained) in shape.contains.iter().enumerate() {
            let few = if contained.least == 1 {
                "contains"
            } else {
                "minContains"
            };
            let counts = [
                (few, contained.least.checked_sub(1)),
                ("maxContains", contained.most.map(|most| most + 1)),
            ];
            for (rule, count) in counts {
                let value = count.and_then(|count| self.containing(shape, index, count));
                found.extend(value.map(|value| Variation::new(rule, value)));
            }
        }
        found
    }

    /// An array with so many items of a kind, and as many others as it needs.
    fn containing(&self, shape: &Shape, index: usize, count: u64) -> Option<Value> {
        let mut contains = shape.contains.clone();
        let contained = contains.get_mut(index).filter(|_| count <= MAX_CONTAINED)?;
        contained.least = count;
        let kind = *contained;
        let own = Shape {
            contains,
            count: crate::shape::Range::default(),
            ..shape.clone()
        };
        let least = own.fewest().max(own.prefix.len() as u64);
        let made = self.items(&own, least, Extent::Minimal, &mut Vec::new())?;
        let Value::Array(mut items) = made else {
            return None;
        };
        // An empty array says less than one that has something else in it.
        let wanted = shape
            .count
            .least
            .max(u64::from(shape.count.most != Some(0)));
        while (items.len() as u64) < wanted {
            match self.stranger(shape, kind, &items) {
                Some(stranger) => items.push(stranger),
                None => break,
            }
        }
        Some(Value::Array(items))
    }

    /// An item that is allowed, and not of the kind.
    fn stranger(&self, shape: &Shape, kind: Contained, items: &[Value]) -> Option<Value> {
        let allowed = self.variations(&shape.items, true, 1).into_iter();
        let others = self.variations(&[kind.schema], false, 1).into_iter();
        let proposals = allowed.chain(others).map(|variation| variation.value);
        proposals
            .chain([json!("item"), json!(0), json!(false)])
            .find(|value| {
                self.all_hold(&shape.items, value)
                    && !self.is_valid(kind.schema, value)
                    && !(shape.unique && items.contains(value))
            })
    }
}

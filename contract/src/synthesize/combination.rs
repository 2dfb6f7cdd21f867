//! Values that break what schemas say about each other: what `not` forbids, what two branches of `oneOf` allow, and tags
//! that stand for no branch.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use serde_json::json;

use super::{Extent, Synthesizer, Variation};
use crate::shape::{self, Shape};
use crate::validate::rule;

/// How many values are proposed for one combination.
const MAX_PROPOSALS: usize = 4;

/// How many other branches are tried beside the chosen one.
const MAX_BRANCHES: usize = 3;

impl Synthesizer<'_> {
    /// Values next to what `not` forbids.
    pub(super) fn valid_combinations(&self, shape: &Shape, depth: usize) -> Vec<Variation> {
        let forbidden = shape.nodes.iter().filter_map(|id| self.schemas()[*id].not);
        let beside = forbidden.flat_map(|id| self.variations(&[id], false, depth + 1));
        let renamed = beside.map(|variation| Variation::new("not", variation.value).invented());
        renamed.collect()
    }

    /// Values that are right but for the combination.
    pub(super) fn invalid_combinations(&self, shape: &Shape) -> Vec<Variation> {
        let mut found = Vec::new();
        for id in &shape.nodes {
            let node = &self.schemas()[*id];
            let forbidden = node.not.into_iter().flat_map(|id| self.like(shape, id));
            found.extend(forbidden.map(|value| Variation::new("not", value)));
            // Where there are tags, they say which branch is meant.
            if node.discriminator.is_none() {
                let others = node.one_of.iter().filter(|id| !shape.nodes.contains(id));
                let twice = others
                    .take(MAX_BRANCHES)
                    .flat_map(|id| self.like(shape, *id));
                found.extend(twice.map(|value| Variation::new("oneOf", value)));
            }
        }
        found.extend(self.unknown_tags(shape));
        found
    }

    /// Values of a shape that are also valid for another schema.
    fn like(&self, shape: &Shape, other: SchemaId) -> Vec<Value> {
        let mut found = Vec::new();
        for both in shape::beside(self.schemas(), shape, other) {
            for extent in [Extent::Minimal, Extent::Full] {
                found.extend(self.shape_values(&[], &both, extent, &mut Vec::new()));
            }
            if found.len() >= MAX_PROPOSALS {
                break;
            }
        }
        found.truncate(MAX_PROPOSALS);
        found
    }

    /// The least object of a branch, under a tag that stands for none.
    fn unknown_tags(&self, shape: &Shape) -> Vec<Variation> {
        let mut found = Vec::new();
        for (property, _) in &shape.tags {
            // What is meant by an unknown tag may be said.
            let open = shape.nodes.iter().any(|id| {
                let discriminator = self.schemas()[*id].discriminator.as_ref();
                discriminator.is_some_and(|own| own.property == *property && own.default.is_some())
            });
            let made = self.object(shape, Extent::Minimal, &mut Vec::new());
            if let Some(Value::Object(mut object)) = made.filter(|_| !open) {
                object.insert(property.clone(), json!("not-one-of-these"));
                let unknown = Variation::new(rule::DISCRIMINATOR, Value::Null);
                found.push(unknown.inside(property, Value::Object(object)));
            }
        }
        found
    }
}

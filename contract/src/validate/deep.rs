//! `deepObject` parameters: pairs such as `filter[price][gte]=1` as one value. The standard describes one pair of brackets
//! (OpenAPI 3.1 §4.8.12.4); what is deeper is read as those read it who send it: further names, and `[]` for an item.

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};

use super::Contract;
use super::export::Direction;
use crate::shape::Shape;
use crate::wire::Steps;

impl Contract {
    /// Reads the pairs that stand for one value, each by what is left of its steps.
    fn read_deep(&self, schemas: &[SchemaId], direction: Direction, pairs: &[Steps<'_>]) -> Value {
        if let [([], text)] = pairs {
            return self.read_scalar(schemas, direction, text);
        }
        let shapes = self.shapes(schemas);
        let is_item = |(steps, _): &Steps<'_>| matches!(steps, [step] if step.is_empty());
        let list = shapes.iter().find(|shape| shape.allows(Type::Array));
        if let Some(list) = list.filter(|_| pairs.iter().all(is_item)) {
            let items = pairs.iter();
            let read = |(_, text): &Steps<'_>| self.read_scalar(&list.items, direction, text);
            return items.map(read).collect();
        }
        let open = Shape::default();
        let object = shapes.iter().find(|shape| shape.allows(Type::Object));
        self.read_deep_object(object.unwrap_or(&open), direction, pairs)
    }

    /// Reads the pairs of an object, each property by its own schemas.
    pub(super) fn read_deep_object(
        &self,
        shape: &Shape,
        direction: Direction,
        pairs: &[Steps<'_>],
    ) -> Value {
        let read = |(name, pairs): (&str, Vec<Steps<'_>>)| {
            let schemas = shape.properties.get(name).unwrap_or(&shape.additional);
            (name.to_owned(), self.read_deep(schemas, direction, &pairs))
        };
        Value::Object(grouped(pairs).into_iter().map(read).collect())
    }
}

/// The pairs by their first step, in the order in which these come first.
fn grouped<'p>(pairs: &[Steps<'p>]) -> Vec<(&'p str, Vec<Steps<'p>>)> {
    let mut groups: Vec<(&str, Vec<Steps<'_>>)> = Vec::new();
    for (steps, text) in pairs {
        let (first, rest) = match steps {
            [first, rest @ ..] => (first.as_str(), rest),
            [] => ("", *steps),
        };
        match groups.iter_mut().find(|(name, _)| *name == first) {
            Some((_, group)) => group.push((rest, text)),
            None => groups.push((first, vec![(rest, text)])),
        }
    }
    groups
}

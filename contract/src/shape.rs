//! What schemas come to when references, `allOf` and one choice of each union are folded together.

mod merge;

use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas, Type};
use indexmap::IndexMap;

use crate::memo::Memo;
use crate::validate::discriminator;

/// How many combinations of branches are looked at.
const MAX_ALTERNATIVES: usize = 64;

/// For how many schemas the shapes are kept.
const MAX_KNOWN: usize = 4096;

/// The constraints that hold at once for a value, over one choice of branches.
///
/// It is an aid for reading and making values, not the law: values are judged by the schemas themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// The allowed types; `None` when nothing is said.
    pub(crate) types: Option<Vec<Type>>,
    /// The allowed values.
    pub(crate) values: Option<Vec<Value>>,
    /// The format.
    pub(crate) format: Option<String>,
    /// The least and greatest length of a text in characters.
    pub(crate) length: Range,
    /// The patterns of a text.
    pub(crate) patterns: Vec<String>,
    /// The lower bounds of a number: the bound, and whether it is excluded.
    pub(crate) minimum: Option<Bound>,
    /// The upper bounds of a number.
    pub(crate) maximum: Option<Bound>,
    /// What a number is a multiple of.
    pub(crate) multiples: Vec<f64>,
    /// The schemas of the items after the prefix.
    pub(crate) items: Vec<SchemaId>,
    /// The schemas of the first items.
    pub(crate) prefix: Vec<SchemaId>,
    /// What some item must be.
    pub(crate) contains: Vec<SchemaId>,
    /// The least and greatest number of items.
    pub(crate) count: Range,
    /// Whether items differ from each other.
    pub(crate) unique: bool,
    /// The properties, each with all schemas that hold for it.
    pub(crate) properties: IndexMap<String, Vec<SchemaId>>,
    /// The names that must be there, whatever the direction.
    pub(crate) required: Vec<String>,
    /// The schemas of other properties.
    pub(crate) additional: Vec<SchemaId>,
    /// What patterns of names are for.
    pub(crate) pattern_properties: IndexMap<String, Vec<SchemaId>>,
    /// Whether other properties are refused.
    pub(crate) closed: bool,
    /// The schemas of the names themselves.
    pub(crate) names: Vec<SchemaId>,
    /// The least and greatest number of properties.
    pub(crate) size: Range,
    /// Names that must be there when another is.
    pub(crate) dependent: IndexMap<String, Vec<String>>,
    /// The tag that this choice of branches has: a property and its value.
    pub(crate) tags: Vec<(String, Value)>,
    /// Examples, and then the default.
    pub(crate) samples: Vec<Value>,
    /// Whether nothing can be valid here.
    pub(crate) impossible: bool,
}

/// A least and a greatest count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    /// At least so many.
    pub(crate) least: u64,
    /// At most so many.
    pub(crate) most: Option<u64>,
}

/// One end of a range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bound {
    /// The number, as written.
    pub(crate) value: serde_json::Number,
    /// Whether the number itself is outside.
    pub(crate) excluded: bool,
}

impl Shape {
    /// The schemas of an item that is made; without a prefix, the first is what the array must contain.
    pub(crate) fn item(&self, index: usize) -> &[SchemaId] {
        match self.prefix.get(index) {
            Some(prefix) => std::slice::from_ref(prefix),
            None if index == 0 && !self.contains.is_empty() => &self.contains,
            None => &self.items,
        }
    }

    /// Whether a type is allowed.
    pub(crate) fn allows(&self, kind: Type) -> bool {
        self.types.as_ref().is_none_or(|types| {
            types.contains(&kind) || (kind == Type::Integer && types.contains(&Type::Number))
        })
    }

    /// The types that values are made of: what the schema says, or what its other keywords hint at.
    pub(crate) fn likely_types(&self) -> Vec<Type> {
        if let Some(types) = &self.types {
            return types.clone();
        }
        let text =
            self.format.is_some() || !self.patterns.is_empty() || self.length != Range::default();
        let number = self.minimum.is_some() || self.maximum.is_some() || !self.multiples.is_empty();
        let array =
            !self.items.is_empty() || !self.prefix.is_empty() || self.count != Range::default();
        match (number, array) {
            _ if text => vec![Type::String],
            (true, _) => vec![Type::Number],
            (_, true) => vec![Type::Array],
            _ => vec![Type::Object],
        }
    }
}

/// The shapes of a document's schemas, since one schema is a part of many values.
#[derive(Debug)]
pub(crate) struct Shapes(Memo<Vec<SchemaId>, Arc<[Shape]>>);

impl Default for Shapes {
    fn default() -> Self {
        Self(Memo::new(MAX_KNOWN))
    }
}

impl Shapes {
    /// The shapes that a value may have for which all of these schemas hold.
    pub(crate) fn of(&self, schemas: &Schemas, ids: &[SchemaId]) -> Arc<[Shape]> {
        self.0.get(ids, || alternatives(schemas, ids).into())
    }
}

/// Every node that holds at once with these: references and `allOf` followed, each node once.
pub(crate) fn conjunction(schemas: &Schemas, ids: &[SchemaId]) -> Vec<SchemaId> {
    let mut nodes = Vec::new();
    let mut queue: Vec<SchemaId> = ids.iter().rev().copied().collect();
    while let Some(id) = queue.pop() {
        if nodes.contains(&id) {
            continue;
        }
        nodes.push(id);
        let schema = &schemas[id];
        queue.extend(schema.all_of.iter().rev());
        let references = [&schema.dynamic_reference, &schema.reference];
        queue.extend(
            references
                .into_iter()
                .flatten()
                .map(|reference| reference.target),
        );
    }
    nodes
}

/// The shapes that a value may have: one for each combination of the branches of unions.
pub(crate) fn alternatives(schemas: &Schemas, ids: &[SchemaId]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    expand(
        schemas,
        Choice {
            nodes: conjunction(schemas, ids),
            ..Choice::default()
        },
        &mut shapes,
    );
    shapes
}

/// Nodes that hold at once, of which the unions of some are already decided.
#[derive(Clone, Default)]
struct Choice {
    nodes: Vec<SchemaId>,
    decided: Vec<(SchemaId, bool)>,
    tags: Vec<(String, Value)>,
}

fn expand(schemas: &Schemas, choice: Choice, shapes: &mut Vec<Shape>) {
    if shapes.len() >= MAX_ALTERNATIVES {
        return;
    }
    let Some((union, one)) = undecided(schemas, &choice) else {
        let shape = merge::merge(schemas, &choice.nodes, choice.tags);
        if !shape.impossible {
            shapes.push(shape);
        }
        return;
    };
    let schema = &schemas[union];
    for branch in if one { &schema.one_of } else { &schema.any_of } {
        let mut next = choice.clone();
        next.decided.push((union, one));
        for id in conjunction(schemas, &[*branch]) {
            if !next.nodes.contains(&id) {
                next.nodes.push(id);
            }
        }
        if let Some(discriminator) = &schema.discriminator {
            let tag = discriminator::tags(schemas, discriminator, *branch)
                .into_iter()
                .next();
            let tag = tag.map(|tag| (discriminator.property.clone(), Value::String(tag)));
            next.tags.extend(tag);
        }
        expand(schemas, next, shapes);
    }
}

fn undecided(schemas: &Schemas, choice: &Choice) -> Option<(SchemaId, bool)> {
    choice.nodes.iter().find_map(|id| {
        let schema = &schemas[*id];
        [(true, &schema.one_of), (false, &schema.any_of)]
            .into_iter()
            .find(|(one, branches)| !branches.is_empty() && !choice.decided.contains(&(*id, *one)))
            .map(|(one, _)| (*id, one))
    })
}

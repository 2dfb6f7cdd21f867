//! What a value has to choose between: the branches of unions, and the sides of conditions.

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas};

use super::{Shape, conjunction, merge};

/// How many combinations of branches are looked at.
const MAX_ALTERNATIVES: usize = 64;

/// The shapes that a value may have: one for each combination of branches and sides.
pub(crate) fn alternatives(schemas: &Schemas, ids: &[SchemaId]) -> Vec<Shape> {
    let choice = Choice {
        nodes: conjunction(schemas, ids),
        ..Choice::default()
    };
    let mut shapes = Vec::new();
    expand(schemas, choice, &mut shapes);
    shapes
}

/// The shapes of what is like a shape, and keeps another schema as well.
pub(crate) fn beside(schemas: &Schemas, shape: &Shape, other: SchemaId) -> Vec<Shape> {
    let every = shape.nodes.iter().flat_map(|id| {
        let forks = forks(&schemas[*id]).into_iter();
        forks.map(|fork| (*id, fork)).collect::<Vec<_>>()
    });
    let mut choice = Choice {
        nodes: shape.nodes.clone(),
        decided: every.collect(),
        tags: shape.tags.clone(),
        needed: shape.required.clone(),
        avoided: shape.avoided.clone(),
    };
    choice.add(schemas, &[other]);
    let mut shapes = Vec::new();
    expand(schemas, choice, &mut shapes);
    shapes
}

/// A place where values part.
#[derive(Clone, Copy, PartialEq)]
enum Fork {
    OneOf,
    AnyOf,
    /// `if`: either it holds and `then` as well, or `else` holds.
    Condition,
    /// `dependentSchemas`: by its index, a property is absent, or it is there and the schema holds.
    Dependent(usize),
}

/// One way to go on at a fork.
#[derive(Default)]
struct Way {
    /// The schemas that hold.
    schemas: Vec<SchemaId>,
    /// The property that is there.
    needed: Option<String>,
    /// The schema that does not hold.
    avoided: Option<SchemaId>,
}

/// Nodes that hold at once, of which some forks are already decided.
#[derive(Clone, Default)]
struct Choice {
    nodes: Vec<SchemaId>,
    decided: Vec<(SchemaId, Fork)>,
    tags: Vec<(String, Value)>,
    needed: Vec<String>,
    avoided: Vec<SchemaId>,
}

impl Choice {
    fn add(&mut self, schemas: &Schemas, ids: &[SchemaId]) {
        for id in conjunction(schemas, ids) {
            if !self.nodes.contains(&id) {
                self.nodes.push(id);
            }
        }
    }

    fn undecided(&self, schemas: &Schemas) -> Option<(SchemaId, Fork)> {
        self.nodes.iter().find_map(|id| {
            let open = |fork: &Fork| !self.decided.contains(&(*id, *fork));
            forks(&schemas[*id])
                .into_iter()
                .find(open)
                .map(|fork| (*id, fork))
        })
    }
}

fn expand(schemas: &Schemas, choice: Choice, shapes: &mut Vec<Shape>) {
    if shapes.len() >= MAX_ALTERNATIVES {
        return;
    }
    let Some((node, fork)) = choice.undecided(schemas) else {
        let mut shape = merge::merge(schemas, choice.nodes, choice.tags, choice.needed);
        shape.avoided = choice.avoided;
        if !shape.impossible {
            shapes.push(shape);
        }
        return;
    };
    let schema = &schemas[node];
    for way in ways(schema, fork) {
        let mut next = choice.clone();
        next.decided.push((node, fork));
        next.add(schemas, &way.schemas);
        next.needed.extend(way.needed);
        next.avoided.extend(way.avoided);
        if matches!(fork, Fork::OneOf | Fork::AnyOf) {
            next.tags.extend(tag(schema, &way.schemas));
        }
        expand(schemas, next, shapes);
    }
}

fn forks(schema: &Schema) -> Vec<Fork> {
    let condition =
        schema.condition.is_some() && (schema.then.is_some() || schema.otherwise.is_some());
    let known = [
        (Fork::OneOf, !schema.one_of.is_empty()),
        (Fork::AnyOf, !schema.any_of.is_empty()),
        (Fork::Condition, condition),
    ];
    let known = known.into_iter().filter(|(_, there)| *there);
    let dependent = (0..schema.dependent_schemas.len()).map(Fork::Dependent);
    known.map(|(fork, _)| fork).chain(dependent).collect()
}

fn ways(schema: &Schema, fork: Fork) -> Vec<Way> {
    let holding = |ids: Vec<SchemaId>| Way {
        schemas: ids,
        ..Way::default()
    };
    match fork {
        Fork::OneOf => schema.one_of.iter().map(|id| holding(vec![*id])).collect(),
        Fork::AnyOf => schema.any_of.iter().map(|id| holding(vec![*id])).collect(),
        Fork::Condition => vec![
            holding(schema.condition.into_iter().chain(schema.then).collect()),
            Way {
                avoided: schema.condition,
                ..holding(schema.otherwise.into_iter().collect())
            },
        ],
        Fork::Dependent(index) => {
            let dependent = schema.dependent_schemas.get_index(index);
            let there = dependent.map(|(name, id)| Way {
                schemas: vec![*id],
                needed: Some(name.clone()),
                avoided: None,
            });
            [Way::default()].into_iter().chain(there).collect()
        }
    }
}

/// The tag of a branch, where the union has a discriminator.
fn tag(union: &Schema, branch: &[SchemaId]) -> Option<(String, Value)> {
    let discriminator = union.discriminator.as_ref()?;
    let tags = discriminator.branches.get(branch.first()?)?;
    let tag = tags.all().next()?.clone();
    Some((discriminator.property.clone(), Value::String(tag)))
}

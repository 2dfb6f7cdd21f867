//! What schemas come to when references, `allOf` and one choice of each union are folded together.

mod choice;
mod merge;

use std::borrow::Cow;
use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas, Type};
use indexmap::IndexMap;

use crate::memo::Memo;

pub(crate) use choice::{alternatives, beside};

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
    /// What some items must be.
    pub(crate) contains: Vec<Contained>,
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
    /// What must not hold: the conditions whose other side was chosen.
    pub(crate) avoided: Vec<SchemaId>,
    /// The schemas that are folded together here.
    pub(crate) nodes: Vec<SchemaId>,
}

/// How many items must be of a kind (`contains`, `minContains`, `maxContains`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contained {
    /// What the items are.
    pub(crate) schema: SchemaId,
    /// At least so many of them.
    pub(crate) least: u64,
    /// At most so many of them.
    pub(crate) most: Option<u64>,
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
    /// Whether it is the end of what a format can hold, and no keyword of its own.
    pub(crate) of_format: bool,
}

impl Shape {
    /// The schemas of an item that is made: after the prefix comes what the array must contain, and then the rest.
    pub(crate) fn item(&self, index: usize) -> Cow<'_, [SchemaId]> {
        let Some(mut after) = index.checked_sub(self.prefix.len()) else {
            return Cow::Borrowed(std::slice::from_ref(&self.prefix[index]));
        };
        for contained in &self.contains {
            let least = usize::try_from(contained.least).unwrap_or(usize::MAX);
            match after.checked_sub(least) {
                Some(rest) => after = rest,
                None => return [&[contained.schema], self.items.as_slice()].concat().into(),
            }
        }
        Cow::Borrowed(&self.items)
    }

    /// The fewest items that an array has which is made: there is room for what it must contain.
    pub(crate) fn fewest(&self) -> u64 {
        let contained: u64 = self.contains.iter().map(|contained| contained.least).sum();
        let before = if contained > 0 {
            self.prefix.len() as u64
        } else {
            0
        };
        self.count.least.max(before.saturating_add(contained))
    }

    /// Whether a type is allowed.
    pub(crate) fn allows(&self, kind: Type) -> bool {
        self.types.as_ref().is_none_or(|types| {
            types.contains(&kind) || (kind == Type::Integer && types.contains(&Type::Number))
        })
    }

    /// The types that values are made of: what the schema says, or what its other keywords hint at.
    pub(crate) fn likely_types(&self) -> &[Type] {
        if let Some(types) = &self.types {
            return types;
        }
        let text =
            self.format.is_some() || !self.patterns.is_empty() || self.length != Range::default();
        let number = self.minimum.is_some() || self.maximum.is_some() || !self.multiples.is_empty();
        let array = !(self.items.is_empty() && self.prefix.is_empty() && self.contains.is_empty())
            || self.unique
            || self.count != Range::default();
        match (number, array) {
            _ if text => &[Type::String],
            (true, _) => &[Type::Number],
            (_, true) => &[Type::Array],
            _ => &[Type::Object],
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

/// The media type of a file, or of each of several; `None` for what is no file.
pub(crate) fn file_type<'a>(schemas: &'a Schemas, ids: &[SchemaId]) -> Option<&'a str> {
    let nodes = conjunction(schemas, ids);
    let items = nodes.iter().filter_map(|id| schemas[*id].items);
    let each = conjunction(schemas, &items.collect::<Vec<_>>());
    let mut own = nodes.iter().chain(&each).map(|id| &schemas[*id]);
    let file = own.find(|own| own.is_file())?;
    let stated = file.content_media_type.as_deref();
    Some(stated.unwrap_or("application/octet-stream"))
}

/// Every node that holds at once with these: references and `allOf` followed, each node once.
pub(crate) fn conjunction(schemas: &Schemas, ids: &[SchemaId]) -> Vec<SchemaId> {
    // Most schemas hold alone.
    if let [id] = ids
        && schemas[*id].all_of.is_empty()
        && references(&schemas[*id]).next().is_none()
    {
        return vec![*id];
    }
    let mut nodes = Vec::new();
    let mut queue: Vec<SchemaId> = ids.iter().rev().copied().collect();
    while let Some(id) = queue.pop() {
        if nodes.contains(&id) {
            continue;
        }
        nodes.push(id);
        let schema = &schemas[id];
        queue.extend(schema.all_of.iter().rev());
        queue.extend(references(schema));
    }
    nodes
}

/// What a schema refers to.
fn references(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let references = [&schema.dynamic_reference, &schema.reference];
    references
        .into_iter()
        .flatten()
        .map(|reference| reference.target)
}

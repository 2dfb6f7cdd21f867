//! Several schemas that all hold at once, seen as one: references followed and `allOf` unfolded.

use std::collections::BTreeSet;

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas, Type};
use indexmap::{IndexMap, IndexSet};

use super::statement::{
    allows_null_by_name, composes, implied_type, intersect, states, states_type, without_null,
};

/// A schema that takes part in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) struct Part {
    /// The schema.
    pub(in crate::lower) id: SchemaId,
    /// Which of its unions are left out, because one of their branches is a part by itself.
    pub(super) without: Without,
}

/// The unions of a schema that are left out: `oneOf`, `anyOf`.
pub(super) type Without = [bool; 2];

impl Part {
    /// Whether a union is left out.
    pub(super) fn is_bare(self) -> bool {
        self.without != [false; 2]
    }
}

impl From<SchemaId> for Part {
    fn from(id: SchemaId) -> Self {
        Self {
            id,
            without: [false; 2],
        }
    }
}

/// The schemas that hold at once.
#[derive(Debug)]
pub(in crate::lower) struct View<'a> {
    pub(in crate::lower) schemas: &'a Schemas,
    /// The schemas from the most general to the most specific, each once.
    pub(super) nodes: Vec<(Part, &'a Schema)>,
    /// How many `allOf` and `$ref` are open above the node of the same index; zero for the parts themselves.
    depths: Vec<usize>,
}

/// How many branches of unions are asked whether they allow null; unions may lead on from one to the next for ever.
const MAX_ASKED: usize = 500;

/// What is said about properties that are not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Undeclared {
    /// Nothing: they are allowed.
    Silent,
    /// They are forbidden.
    Forbidden,
    /// They are allowed, in so many words.
    Any,
    /// They have these schemas.
    Schemas(Vec<SchemaId>),
}

impl<'a> View<'a> {
    /// The view of `parts`.
    pub(in crate::lower) fn of(schemas: &'a Schemas, parts: &[Part]) -> Self {
        let mut view = Self {
            schemas,
            nodes: Vec::new(),
            depths: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for part in parts {
            view.add(*part, &mut seen);
        }
        view
    }

    /// The most general first: what a schema refers to comes before the schema itself. The way back is kept on the
    /// heap, because references may lead on as often as the document has schemas.
    fn add(&mut self, part: Part, seen: &mut BTreeSet<SchemaId>) {
        let mut open = vec![(part, 0, false)];
        while let Some((part, depth, is_done)) = open.pop() {
            if is_done {
                self.nodes.push((part, &self.schemas[part.id]));
                self.depths.push(depth);
            } else if seen.insert(part.id) {
                open.push((part, depth, true));
                let before = self.before(part);
                open.extend(
                    before
                        .into_iter()
                        .rev()
                        .map(|part| (part, depth + 1, false)),
                );
            }
        }
    }

    /// What holds for a part before it itself.
    fn before(&self, part: Part) -> Vec<Part> {
        let schema = &self.schemas[part.id];
        let targets = [&schema.reference, &schema.dynamic_reference];
        let targets = targets.into_iter().flatten().map(|target| Part {
            id: target.target,
            without: part.without.map(|without| without && !states(schema)),
        });
        let all_of = schema.all_of.iter().copied().map(Part::from);
        targets.chain(all_of).collect()
    }

    /// A schema of the document.
    pub(super) fn schema(&self, id: SchemaId) -> &'a Schema {
        &self.schemas[id]
    }

    /// The view of another schema of the same document.
    pub(in crate::lower) fn at(&self, id: SchemaId) -> Self {
        Self::of(self.schemas, &[Part::from(id)])
    }

    /// Whether two schemas say the same about values, as far as types go.
    pub(in crate::lower) fn is_alike(&self, left: SchemaId, right: SchemaId) -> bool {
        let (left, right) = (self.at(left), self.at(right));
        let scalar = |view: &Self| {
            let types = view.types();
            types.len() == 1 && !matches!(types[0], Type::Array | Type::Object)
        };
        let formats = left.format() == right.format();
        scalar(&left) && left.types() == right.types() && formats && left.values() == right.values()
    }

    /// The schemas, from the most general to the most specific.
    pub(in crate::lower) fn schemas(&self) -> impl DoubleEndedIterator<Item = &'a Schema> {
        self.nodes.iter().map(|(_, schema)| *schema)
    }

    /// The types that all of them allow, without null, or that keywords imply; empty when nothing is said.
    pub(in crate::lower) fn types(&self) -> Vec<Type> {
        let types = self.stated_types().unwrap_or_default();
        if types.is_empty() {
            self.implied_types()
        } else {
            types
        }
    }

    /// The types that `type` allows everywhere, without null; `None` when it is missing.
    pub(super) fn stated_types(&self) -> Option<Vec<Type>> {
        let mut types: Option<Vec<Type>> = None;
        for schema in self.schemas() {
            let stated: Vec<_> = without_null(&schema.types).collect();
            if stated.is_empty() {
                continue;
            }
            types = Some(match types {
                None => stated,
                Some(types) => intersect(&types, &stated),
            });
        }
        types
    }

    /// The type that keywords imply where `type` is missing.
    fn implied_types(&self) -> Vec<Type> {
        if let Some(values) = self.values() {
            let mut types: Vec<_> = values.iter().map(|value| Type::of(value)).collect();
            types.retain(|ty| *ty != Type::Null);
            types.sort_unstable();
            types.dedup();
            return types;
        }
        self.schemas().find_map(implied_type).into_iter().collect()
    }

    /// Whether null is allowed: said by the parts themselves or by everything that they are made of.
    pub(in crate::lower) fn is_nullable(&self) -> bool {
        self.allows(&mut IndexMap::new())
    }

    /// `asked` are the branches that this was asked of, with the answer; one that leads back to itself says nothing.
    fn allows(&self, asked: &mut IndexMap<SchemaId, bool>) -> bool {
        let said = self
            .schemas()
            .zip(&self.depths)
            .any(|(schema, depth)| *depth == 0 && (allows_null_by_name(schema)));
        let typed: Vec<_> = self
            .schemas()
            .filter(|schema| states_type(schema))
            .collect();
        said || (!typed.is_empty() && typed.iter().all(|schema| self.allows_null(schema, asked)))
    }

    fn allows_null(&self, schema: &Schema, asked: &mut IndexMap<SchemaId, bool>) -> bool {
        let mut branches = schema.one_of.iter().chain(&schema.any_of);
        allows_null_by_name(schema)
            || branches.any(|id| match asked.get(id) {
                Some(known) => *known,
                None if asked.len() >= MAX_ASKED => false,
                None => {
                    asked.insert(*id, false);
                    let branch = Self::of(self.schemas, &[Part::from(*id)]);
                    let origin = &schema.place.pointer;
                    let allows =
                        branch.nodes.len() < 64 && branch.is_null_or_nullable(origin, asked);
                    asked.insert(*id, allows);
                    allows
                }
            })
    }

    /// A branch that leads back to where it came from says nothing. Null itself stands at the place of its union where
    /// `nullable` made both of one schema.
    fn is_null_or_nullable(&self, origin: &str, asked: &mut IndexMap<SchemaId, bool>) -> bool {
        let mut schemas = self.schemas();
        self.is_null()
            || !schemas.any(|schema| &*schema.place.pointer == origin) && self.allows(asked)
    }

    /// Whether null is all that is allowed.
    pub(super) fn is_null(&self) -> bool {
        self.schemas().any(|schema| {
            schema.types == [Type::Null] && !composes(schema)
                || schema.constant == Some(Value::Null)
                || schema.values.as_deref() == Some(&[Value::Null])
        })
    }

    /// The values that all of them allow, without null; `None` when they are not listed.
    pub(in crate::lower) fn values(&self) -> Option<Vec<&'a Value>> {
        let mut values: Option<Vec<&Value>> = None;
        for schema in self.schemas() {
            let constant = schema.constant.as_ref().map(std::slice::from_ref);
            for stated in [constant, schema.values.as_deref()].into_iter().flatten() {
                values = Some(match values {
                    None => stated.iter().collect(),
                    Some(values) => values.into_iter().filter(|v| stated.contains(v)).collect(),
                });
            }
        }
        let values = values?;
        Some(
            values
                .into_iter()
                .filter(|value| !value.is_null())
                .collect(),
        )
    }

    /// The properties with the schemas that hold for each.
    pub(in crate::lower) fn properties(&self) -> IndexMap<&'a str, Vec<SchemaId>> {
        let mut properties: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
        for schema in self.schemas() {
            for (name, id) in &schema.properties {
                properties.entry(name).or_default().push(*id);
            }
        }
        for name in self.required() {
            properties.entry(name).or_default();
        }
        properties
    }

    /// The properties that must be there.
    pub(super) fn required(&self) -> IndexSet<&'a str> {
        let all = self.schemas().flat_map(|schema| &schema.required);
        all.map(String::as_str).collect()
    }

    /// What is said about properties that are not declared.
    pub(super) fn undeclared(&self) -> Undeclared {
        let mut typed = Vec::new();
        let mut any = false;
        let additional = |schema: &Schema| schema.additional_properties.is_some();
        // What conditions look at is evaluated, too, and so allowed; so is all that is additional.
        let evaluated = self.is_conditional() || self.schemas().any(additional);
        let stated = self.schemas().filter_map(|schema| {
            let unevaluated = schema.unevaluated_properties.filter(|_| !evaluated);
            schema.additional_properties.or(unevaluated)
        });
        for id in stated {
            match self.schemas[id].boolean {
                Some(false) => return self.by_pattern(Undeclared::Forbidden),
                Some(true) => any = true,
                None if !states(&self.schemas[id]) => any = true,
                None => typed.push(id),
            }
        }
        let by_pattern = |schema: &Schema| !schema.pattern_properties.is_empty();
        if !typed.is_empty() && !self.schemas().any(by_pattern) {
            return Undeclared::Schemas(typed);
        }
        any |= !typed.is_empty();
        self.by_pattern(if any {
            Undeclared::Any
        } else {
            Undeclared::Silent
        })
    }

    /// Properties by pattern: typed when there is one pattern, and nothing else is allowed.
    fn by_pattern(&self, otherwise: Undeclared) -> Undeclared {
        let mut patterns = self
            .schemas()
            .flat_map(|schema| schema.pattern_properties.values());
        match (patterns.next(), patterns.next()) {
            (None, _) => otherwise,
            (Some(id), None) if otherwise == Undeclared::Forbidden => {
                Undeclared::Schemas(vec![*id])
            }
            _ => Undeclared::Any,
        }
    }

    /// The most specific format.
    pub(super) fn format(&self) -> Option<&'a str> {
        self.schemas()
            .rev()
            .find_map(|schema| schema.format.as_deref())
    }
}

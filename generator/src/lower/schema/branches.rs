//! The unions of a view: their branches, and what holds beside those.

use bindery_spec::model::{Discriminator, Schema, SchemaId, Type};

use super::statement::implied_type;
use super::view::{Part, View};

/// The branches of a `oneOf` or an `anyOf`.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Branches<'a> {
    /// The schema that has the keyword.
    pub(super) owner: SchemaId,
    /// The branches.
    pub(super) ids: &'a [SchemaId],
    /// Whether exactly one of them must hold, and not just any.
    pub(super) is_one_of: bool,
    /// How they are told apart.
    pub(super) discriminator: Option<&'a Discriminator>,
}

impl<'a> View<'a> {
    /// The unions that a value must satisfy. One that this view is itself a branch of is left out: that is how
    /// `allOf` refers back to a parent that lists its children.
    pub(super) fn branches(&self) -> Vec<Branches<'a>> {
        let mut all = Vec::new();
        for (part, schema) in &self.nodes {
            let unions = [(&schema.one_of, true), (&schema.any_of, false)];
            for ((ids, is_one_of), without) in unions.into_iter().zip(part.without) {
                if without || ids.is_empty() || ids.iter().any(|id| self.contains(*id)) {
                    continue;
                }
                all.push(Branches {
                    owner: part.id,
                    ids,
                    is_one_of,
                    discriminator: schema.discriminator.as_ref(),
                });
            }
        }
        all
    }

    /// Whether a schema, or what it refers to, is one of these.
    fn contains(&self, id: SchemaId) -> bool {
        let target = self.schemas.target(id);
        self.nodes.iter().any(|(part, _)| part.id == target)
    }

    /// What holds when a branch holds: the branch, and what holds beside it.
    pub(super) fn with_branch(&self, branches: &Branches, branch: SchemaId) -> Vec<Part> {
        with(&self.beside(branches), branch)
    }

    /// What holds beside whichever branch of a union: everything here but that union.
    pub(super) fn beside(&self, branches: &Branches) -> Vec<Part> {
        if !self.has_base(branches) {
            return Vec::new();
        }
        let bare = |part: &Part| {
            let mut without = part.without;
            without[usize::from(!branches.is_one_of)] |= part.id == branches.owner;
            Part {
                id: part.id,
                without,
            }
        };
        self.nodes.iter().map(|(part, _)| bare(part)).collect()
    }

    /// Whether it says anything but which branches of a union hold.
    pub(super) fn has_base(&self, branches: &Branches) -> bool {
        let others = super::plan::telling(self).len() > 1;
        let scalar = |ty: &Type| !matches!(ty, Type::Null | Type::Object | Type::Array);
        let untyped = |id: &SchemaId| self.at(*id).types().is_empty();
        let says = |schema: &Schema| {
            implied_type(schema).is_some()
                || schema.format.is_some()
                || schema.types.iter().any(scalar) && branches.ids.iter().any(untyped)
        };
        // A branch that was chosen of another union holds as well.
        let chosen = self.nodes.iter().any(|(part, _)| part.is_bare());
        others || chosen || self.schemas().any(says)
    }
}

/// The parts of a branch, and what holds beside it.
pub(super) fn with(beside: &[Part], branch: SchemaId) -> Vec<Part> {
    [beside, &[Part::from(branch)]].concat()
}

//! Which branches of unions a value can have, and what depends on the value.

use bindery_spec::model::SchemaId;

use super::branches::{Branches, with};
use super::statement::{allows_null_by_name, intersect};
use super::view::View;

impl View<'_> {
    /// The branches of a union that a value other than null can have.
    pub(super) fn real_branches(&self, branches: &Branches) -> Vec<SchemaId> {
        let ids = branches.ids.iter().copied();
        let real: Vec<_> = ids.filter(|id| !self.at(*id).is_null()).collect();
        let beside = self.beside(branches);
        let is_possible = |id: &SchemaId| {
            let with = Self::of(self.schemas, &with(&beside, *id));
            !with.is_impossible() && with.branches().iter().all(|other| with.has_possible(other))
        };
        let possible: Vec<_> = real.iter().copied().filter(is_possible).collect();
        // Where all contradict the rest, the rest is what is wrong.
        if possible.is_empty() { real } else { possible }
    }

    /// Whether one branch of a union does not contradict the rest.
    fn has_possible(&self, branches: &Branches) -> bool {
        let beside = self.beside(branches);
        let mut ids = branches.ids.iter();
        ids.any(|id| !Self::of(self.schemas, &with(&beside, *id)).is_impossible())
    }

    /// Whether what else an object holds depends on what it holds.
    pub(super) fn is_conditional(&self) -> bool {
        self.schemas().any(|schema| {
            schema.then.is_some()
                || schema.otherwise.is_some()
                || !schema.dependent_schemas.is_empty()
        })
    }

    /// Whether no value can be allowed: what is said of types, or of listed values, excludes each other.
    pub(super) fn is_impossible(&self) -> bool {
        let stated = self.schemas().map(|schema| schema.types.as_slice());
        let mut stated = stated.filter(|types| !types.is_empty());
        let Some(first) = stated.next() else {
            return self.lists_nothing();
        };
        let left = stated.fold(first.to_vec(), |left, types| intersect(&left, types));
        left.is_empty() || self.lists_nothing()
    }

    fn lists_nothing(&self) -> bool {
        let lists_null = self.schemas().any(allows_null_by_name);
        !lists_null && self.values().is_some_and(|values| values.is_empty())
    }
}

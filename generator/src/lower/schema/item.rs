//! What holds for the items of an array: by position, after all positions, and where nothing else has looked at them
//! (JSON Schema 2020-12 §10.3.1 and §11.2).

use bindery_spec::model::{Schema, SchemaId};

use super::view::View;

impl View<'_> {
    /// The schemas of the items that have no position of their own.
    pub(in crate::lower) fn items(&self) -> Vec<SchemaId> {
        self.items_at(usize::MAX)
    }

    /// The schemas of the item at a position.
    pub(super) fn items_at(&self, index: usize) -> Vec<SchemaId> {
        let nodes = self.nodes.iter();
        let own = nodes.filter_map(|(part, schema)| {
            let stated = schema.prefix_items.get(index).copied().or(schema.items);
            stated.or_else(|| self.unevaluated_at(part.id, index))
        });
        own.collect()
    }

    /// What a schema says of an item that neither it nor what it refers to has looked at. It is left out where only the
    /// array at hand tells whether they have.
    fn unevaluated_at(&self, owner: SchemaId, index: usize) -> Option<SchemaId> {
        let left = self.schema(owner).unevaluated_items?;
        let whole = self.at(owner);
        let mut others = whole.nodes.iter().filter(|(part, _)| part.id != owner);
        let evaluates_all = |schema: &Schema| schema.items.is_some();
        let is_evaluated = others.any(|(_, schema)| schema.unevaluated_items.is_some())
            || whole
                .schemas()
                .any(|schema| index < schema.prefix_items.len())
            || whole.schemas().any(evaluates_all);
        (!is_evaluated && !whole.evaluates_some_items()).then_some(left)
    }

    /// Whether `unevaluatedItems` speaks of items that only a full evaluation can tell.
    pub(super) fn leaves_items(&self) -> bool {
        self.nodes.iter().any(|(part, schema)| {
            schema.unevaluated_items.is_some() && {
                let whole = self.at(part.id);
                whole.evaluates_some_items() && whole.schemas().all(|own| own.items.is_none())
            }
        })
    }

    /// Whether it depends on the array which of its items are looked at.
    fn evaluates_some_items(&self) -> bool {
        let looks = |schema: &Schema| schema.contains.is_some() || schema.condition.is_some();
        self.schemas().any(looks) || self.is_conditional() || !self.branches().is_empty()
    }
}

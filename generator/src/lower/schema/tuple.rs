//! Tuples: arrays whose items each have a type of their own (JSON Schema 2020-12 §10.3.1.1).

use bindery_spec::model::SchemaId;

use super::types::Types;
use super::view::{Part, View};
use crate::ir::{Constraints, Presence, Tuple, TupleItem, Type};
use crate::lower::docs;
use crate::lower::typed::Typed;

/// The most items that have a type of their own; those after them are alike.
const MAX_ITEMS: usize = 64;

/// The schemas of an array by position.
#[derive(Debug)]
pub(in crate::lower) struct Positions {
    /// What holds for each of the first items.
    pub(super) items: Vec<Vec<SchemaId>>,
    /// What holds for every item after them; `None` where there is none.
    pub(super) rest: Option<Vec<SchemaId>>,
    /// How many items there are at least.
    required: usize,
}

impl Positions {
    /// What all schemas of a view say of each position.
    pub(super) fn of(view: &View) -> Self {
        let longest = view.schemas().map(|schema| schema.prefix_items.len()).max();
        let stated = longest.unwrap_or_default();
        let most = view.schemas().filter_map(|schema| schema.max_items).min();
        let most = most.and_then(|most| usize::try_from(most).ok());
        let least = view.schemas().filter_map(|schema| schema.min_items).max();
        let items: Vec<_> = (0..stated.min(most.unwrap_or(stated)))
            .map_while(|index| at(view, index))
            .collect();
        let ends = items.len() < stated || most == Some(stated);
        let rest = if ends { None } else { at(view, stated) };
        Self {
            required: least.map_or(0, |least| usize::try_from(least).unwrap_or(usize::MAX)),
            items,
            rest,
        }
    }

    /// Whether there are so many items that they are not told apart.
    pub(super) fn are_too_many(&self) -> bool {
        self.items.len() > MAX_ITEMS
    }
}

/// What holds for the item at a position; `None` where there can be none.
fn at(view: &View, index: usize) -> Option<Vec<SchemaId>> {
    let ids = view.items_at(index);
    let forbids = |id: &SchemaId| view.schema(*id).boolean == Some(false);
    (!ids.iter().any(forbids)).then_some(ids)
}

/// Lowers an array by position.
pub(super) fn lower_tuple(types: &mut Types, view: &View, positions: &Positions) -> Tuple {
    let items = positions.items.iter().enumerate();
    let items = items.map(|(index, ids)| lower_item(types, ids, index, positions.required));
    let items = items.collect();
    let rest = positions.rest.as_ref().map(|ids| {
        let used = lower_item_type(types, ids);
        let constraints = used.constraints.clone();
        (used.whole(), constraints)
    });
    let others = rest.as_ref().map(|(_, constraints)| constraints);
    Tuple {
        constraints: Constraints {
            items: others.filter(|own| !own.is_empty()).cloned().map(Box::new),
            asks: super::ask::beyond(types, view),
            ..super::constrain::list(view)
        },
        items,
        rest,
    }
}

fn lower_item(types: &mut Types, ids: &[SchemaId], index: usize, required: usize) -> TupleItem {
    let used = lower_item_type(types, ids);
    let said = ids.last().map(|id| docs::of_schema(&types.schemas[*id]));
    let value = *types.resolve(&used.ty) == Type::Value;
    let is_required = index < required;
    TupleItem {
        docs: said
            .filter(|said| !said.is_empty())
            .unwrap_or_else(|| format!("Item {}.", index + 1)),
        presence: Presence::new(is_required, used.nullable || (value && !is_required)),
        constraints: used.constraints,
        ty: used.ty,
    }
}

fn lower_item_type(types: &mut Types, ids: &[SchemaId]) -> Typed {
    if ids.is_empty() {
        return Typed::any();
    }
    let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
    types.lower_all(&parts)
}

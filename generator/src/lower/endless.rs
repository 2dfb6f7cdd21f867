//! Types that require themselves without end: no value is that deep, and none could be begun.

use bindery_spec::diagnostic::codes;
use bindery_spec::{Diagnostics, Place};

use super::graph::components;
use crate::ir::{Item, ItemId, ItemKind, Presence, Type};

/// Lets the properties be absent by which types require themselves, because a value ends somewhere all the same.
pub(super) fn break_endless(items: &mut [Item], root: &Place, sink: &mut Diagnostics) {
    let edges: Vec<_> = items.iter_mut().map(required).collect();
    let (component, cyclic) = components(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        let own = component[index];
        if !cyclic[own] {
            continue;
        }
        let mut is_loosened = false;
        each_required(item, &mut |id, presence| {
            if component[id.0 as usize] == own {
                *presence = presence.or_absent();
                is_loosened = true;
            }
        });
        if is_loosened {
            let message = format!(
                "{} requires itself without end, and is taken without what leads back to it",
                item.name
            );
            sink.push(codes::RULE_UNCHECKED.at(root, message));
        }
    }
}

/// The items without which an item cannot be.
fn required(item: &mut Item) -> Vec<usize> {
    let mut targets = Vec::new();
    each_required(item, &mut |id, _| targets.push(id.0 as usize));
    if let ItemKind::Alias(ty) = &item.kind {
        targets.extend(whole(ty).map(|id| id.0 as usize));
    }
    targets
}

/// Calls `visit` with the items that must stand in a value.
fn each_required(item: &mut Item, visit: &mut dyn FnMut(ItemId, &mut Presence)) {
    let mut visit = |ty: &Type, presence: &mut Presence| {
        if let (Presence::Required, Some(id)) = (*presence, whole(ty)) {
            visit(id, presence);
        }
    };
    match &mut item.kind {
        ItemKind::Struct(body) => {
            let fields = body.fields.iter_mut();
            fields.for_each(|field| visit(&field.ty, &mut field.presence));
        }
        ItemKind::Tuple(tuple) => {
            let items = tuple.items.iter_mut();
            items.for_each(|item| visit(&item.ty, &mut item.presence));
        }
        // A union begins as what it does not know.
        ItemKind::Union(_) | ItemKind::Enum(_) | ItemKind::Alias(_) => {}
    }
}

/// The item that every value of a type is.
fn whole(ty: &Type) -> Option<ItemId> {
    match ty {
        Type::Item(id) => Some(*id),
        Type::Boxed(inner) => whole(inner),
        _ => None,
    }
}

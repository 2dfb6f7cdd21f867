//! The type graph: which types contain themselves, which are sent and which received, and which files they go to.

use crate::ir::{Given, Item, ItemId, ItemKind, Operation, Success, Type};

/// Calls `visit` with every item that a type mentions, and whether it is held by value rather than on the heap.
pub(super) fn mentions(ty: &Type, by_value: bool, visit: &mut dyn FnMut(ItemId, bool)) {
    match ty {
        Type::Item(id) => visit(*id, by_value),
        Type::Nullable(inner) => mentions(inner, by_value, visit),
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => mentions(inner, false, visit),
        _ => {}
    }
}

/// The item that a value of a type is, on the heap or not, unless it is null.
pub(super) fn held(mut ty: &Type) -> Option<usize> {
    while let Type::Boxed(inner) | Type::Nullable(inner) = ty {
        ty = inner;
    }
    match ty {
        Type::Item(id) => Some(id.0 as usize),
        _ => None,
    }
}

/// Calls `visit` with every use of a type in an item.
pub(super) fn uses<'t>(item: &'t Item, visit: &mut dyn FnMut(&'t Type)) {
    match &item.kind {
        ItemKind::Struct(body) => {
            body.fields.iter().for_each(|field| visit(&field.ty));
            body.additional
                .iter()
                .for_each(|additional| visit(&additional.ty));
        }
        ItemKind::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        ItemKind::Tuple(tuple) => {
            tuple.items.iter().for_each(|item| visit(&item.ty));
            tuple.rest.iter().for_each(|(ty, _)| visit(ty));
        }
        ItemKind::Alias(ty) => visit(ty),
        ItemKind::Enum(_) => {}
    }
}

/// The items that each item mentions; only those that it holds by value where `by_value` is set.
pub(super) fn edges(items: &[Item], by_value: bool) -> Vec<Vec<usize>> {
    let edges = items.iter().map(|item| {
        let mut targets = Vec::new();
        uses(item, &mut |ty| {
            mentions(ty, true, &mut |id, value| {
                if value || !by_value {
                    targets.push(id.0 as usize);
                }
            });
        });
        targets
    });
    edges.collect()
}

/// Everything that can be reached, the roots included.
pub(super) fn reach(edges: &[Vec<usize>], roots: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; edges.len()];
    let mut open: Vec<usize> = roots.into_iter().collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reached[node], true) {
            open.extend(&edges[node]);
        }
    }
    reached
}

/// The strongly connected component of every node, by number (Tarjan, without recursion). The second value tells
/// which components are cycles.
pub(super) fn components(edges: &[Vec<usize>]) -> (Vec<usize>, Vec<bool>) {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low) = (vec![NEW; count], vec![NEW; count]);
    let (mut component, mut cyclic) = (vec![NEW; count], Vec::new());
    let (mut next, mut stack) = (0, Vec::new());
    for root in 0..count {
        let mut calls = if index[root] == NEW {
            vec![(root, 0)]
        } else {
            Vec::new()
        };
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                calls.push((node, edge + 1));
                if index[target] == NEW {
                    calls.push((target, 0));
                } else if component[target] == NEW {
                    low[node] = low[node].min(index[target]);
                }
                continue;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == index[node] {
                let at = stack
                    .iter()
                    .rposition(|open| *open == node)
                    .unwrap_or_default();
                let members = stack.split_off(at);
                cyclic.push(members.len() > 1 || edges[node].contains(&node));
                for member in members {
                    component[member] = cyclic.len() - 1;
                }
            }
        }
    }
    (component, cyclic)
}

/// The items that an operation mentions: those that it sends, and those that it receives.
pub(super) fn mentioned(
    operation: &Operation,
    errors: &[crate::ir::ErrorEnum],
) -> (Vec<usize>, Vec<usize>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    let parameters = operation
        .arguments
        .iter()
        .chain(&operation.options)
        .map(|p| &p.ty);
    for ty in parameters.chain(operation.body.iter().map(|body| &body.ty)) {
        mentions(ty, true, &mut |id, _| sent.push(id.0 as usize));
    }
    if let Some(Given::Fields { item, .. }) = operation.body.as_ref().map(|body| &body.given) {
        sent.push(item.0 as usize);
    }
    let successes = operation.successes().flat_map(Success::contents);
    let errors = errors[operation.error.index]
        .variants
        .iter()
        .filter_map(|v| v.content.as_ref());
    for content in successes.chain(errors) {
        mentions(&content.ty, true, &mut |id, _| received.push(id.0 as usize));
    }
    for header in operation.headers.iter().flat_map(|own| &own.fields) {
        mentions(&header.ty, true, &mut |id, _| received.push(id.0 as usize));
    }
    (sent, received)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_found_whatever_their_length() {
        let edges = vec![vec![1], vec![2], vec![1], vec![3], vec![]];
        let (component, cyclic) = components(&edges);
        assert_eq!(component[1], component[2]);
        let in_cycle: Vec<_> = component.iter().map(|number| cyclic[*number]).collect();
        assert_eq!(in_cycle, [false, true, true, true, false]);
    }
}

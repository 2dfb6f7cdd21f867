//! Which parts of the runtime a client needs.

use std::collections::BTreeSet;

use bindery_spec::model::Schema;

use crate::ir::{Codec, Crate, Framing, Item, ItemKind, Operation, RuntimePart, Success};

/// The parts of the runtime that a crate needs, which was made of `schemas`.
pub(super) fn needed(krate: &Crate, schemas: &[&Schema]) -> BTreeSet<RuntimePart> {
    let mut parts = BTreeSet::new();
    let mut credentials = krate.credentials.iter();
    if credentials.any(|own| own.source.is_some() || !own.grants.is_empty()) {
        parts.insert(RuntimePart::Tokens);
    }
    let patterns =
        |schema: &&Schema| schema.pattern.is_some() || !schema.pattern_properties.is_empty();
    if schemas.iter().any(patterns) {
        parts.insert(RuntimePart::Patterns);
    }
    parts.extend(krate.items.iter().filter_map(of_item));
    let operations = krate.tags.iter().flat_map(|tag| &tag.operations);
    operations.for_each(|operation| of_operation(operation, &mut parts));
    parts
}

fn of_item(item: &Item) -> Option<RuntimePart> {
    match &item.kind {
        ItemKind::Struct(body) if body.multipart || body.parts => Some(RuntimePart::Multipart),
        ItemKind::Union(_) => Some(RuntimePart::Unions),
        ItemKind::Tuple(_) => Some(RuntimePart::Tuples),
        ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Alias(_) => None,
    }
}

fn of_operation(operation: &Operation, parts: &mut BTreeSet<RuntimePart>) {
    let body = operation.body.as_ref();
    if body.is_some_and(|body| body.codec == Codec::Multipart) {
        parts.insert(RuntimePart::Multipart);
    }
    if operation.headers.is_some() {
        parts.insert(RuntimePart::Headers);
    }
    if operation.pagination.is_some() {
        parts.insert(RuntimePart::Pages);
    }
    for framing in operation.successes().flat_map(Success::framings) {
        parts.insert(RuntimePart::Streams);
        if framing != Framing::Pieces {
            parts.insert(RuntimePart::Events);
        }
    }
}

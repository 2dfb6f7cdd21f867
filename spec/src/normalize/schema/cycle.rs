//! Schemas that only lead back to themselves: `A` is `B`, and `B` is `A`.

use crate::Diagnostics;
use crate::diagnostic::codes;
use crate::model::{SchemaId, Schemas};

/// Reports each circle of `$ref`s once and takes one of them away, so that nobody walks it forever.
pub(super) fn cut(schemas: &mut Schemas, sink: &mut Diagnostics) {
    // For each schema the walk that passed it; the walks are numbered from 1.
    let mut passed = vec![0; schemas.len()];
    let starts: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    for (walk, start) in (1_usize..).zip(starts) {
        let mut id = start;
        while passed[id.0 as usize] == 0 {
            passed[id.0 as usize] = walk;
            match &schemas[id].reference {
                Some(reference) => id = reference.target,
                None => break,
            }
        }
        if passed[id.0 as usize] == walk && schemas[id].reference.is_some() {
            report(schemas, id, sink);
        }
    }
}

fn report(schemas: &mut Schemas, id: SchemaId, sink: &mut Diagnostics) {
    let mut schema = schemas[id].clone();
    let text = schema
        .reference
        .take()
        .map(|reference| reference.text)
        .unwrap_or_default();
    let at = schema.place.child("$ref");
    sink.push(codes::REFERENCE_CYCLE.at(&at, format!("`{text}` leads back to itself")));
    schemas.set(id, schema);
}

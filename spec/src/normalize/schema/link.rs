//! Schemas that only refer to others: chains of them are as long as documents like, and are walked once, here.

use std::collections::HashSet;

use crate::model::{SchemaId, Schemas};

/// Lets a named schema that only refers lead to the end of its chain, and one without a name to the first name in it, so
/// that nobody has to go through a thousand others to find out what a schema is.
pub(super) fn shorten(schemas: &mut Schemas, links: &HashSet<SchemaId>) {
    let is_link = |schemas: &Schemas, id| links.contains(&id) && schemas[id].reference.is_some();
    let mut done = HashSet::new();
    let starts: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    for start in starts {
        let (mut passed, mut end) = (Vec::new(), start);
        // What is done is short, and circles were cut: one of their schemas refers to nothing any more.
        while is_link(schemas, end) {
            if done.insert(end) {
                passed.push(end);
            }
            end = schemas.target(end);
        }
        for id in passed.into_iter().rev() {
            let next = schemas.target(id);
            let is_stop = schemas[next].name.is_some() || !is_link(schemas, next);
            let target = match schemas[id].name {
                Some(_) => end,
                None if is_stop => next,
                None => schemas.target(next),
            };
            lead(schemas, id, target);
        }
    }
}

fn lead(schemas: &mut Schemas, id: SchemaId, target: SchemaId) {
    let mut schema = schemas[id].clone();
    if let Some(reference) = &mut schema.reference {
        reference.target = target;
    }
    schemas.set(id, schema);
}

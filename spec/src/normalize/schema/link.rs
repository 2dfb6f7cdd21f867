//! Schemas that only refer to others: chains of them are as long as documents like, and are walked once, here.
//!
//! A component that is a file of its own is such a schema, and gives that file its name.

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

/// Lets the schema of another file that has no name be the component that is nothing but a reference to it. Nothing else
/// refers to the component's place then but as to a schema without a name.
pub(super) fn adopt(schemas: &mut Schemas, links: &HashSet<SchemaId>) {
    let components = schemas.named().filter(|(_, id)| links.contains(id));
    let components: Vec<_> = components.map(|(name, id)| (name.to_owned(), id)).collect();
    for (name, component) in components {
        let file = schemas.target(component);
        let is_other = schemas[file].place.file != schemas[component].place.file;
        if is_other && schemas[file].name.is_none() {
            schemas.rename(component, None);
            schemas.rename(file, Some(name.clone()));
            schemas.name(name, file);
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

//! Inheritance: a component with a discriminator stands for each component that joins it by `allOf`
//! (OpenAPI 3.1 §4.8.25).

use std::collections::{HashMap, HashSet};

use crate::model::{Schema, SchemaId, Schemas};

/// What stands for the parents where others join them.
type Parts = HashMap<SchemaId, SchemaId>;

/// Says by `oneOf` what documents say by inheritance: a component that others join becomes the union of them and of
/// itself, and what they join is the component without its discriminator, under a name of its own.
pub(super) fn spread(schemas: &mut Schemas) {
    let parents = schemas.named().map(|(_, id)| id);
    let parents: Vec<_> = parents
        .filter(|id| schemas[*id].is_tagged_alone())
        .collect();
    if parents.is_empty() {
        return;
    }
    let children = children(schemas);
    let families = parents.into_iter().map(|id| (id, heirs(&children, id)));
    let families: Vec<_> = families.filter(|(_, heirs)| !heirs.is_empty()).collect();
    let mut names: HashSet<String> = schemas.named().map(|(name, _)| name.to_owned()).collect();
    let mut parts = Parts::new();
    for (parent, _) in &families {
        parts.insert(*parent, part(schemas, *parent, &mut names));
    }
    join_parts(schemas, &parts);
    for (parent, heirs) in &families {
        if let Some(union) = union(schemas, *parent, heirs, &parts) {
            schemas.set(*parent, union);
        }
    }
}

/// The components that join each schema by themselves.
fn children(schemas: &Schemas) -> HashMap<SchemaId, Vec<SchemaId>> {
    let mut children: HashMap<_, Vec<_>> = HashMap::new();
    for (_, id) in schemas.named() {
        for part in &schemas[id].all_of {
            children.entry(end(schemas, *part)).or_default().push(id);
        }
    }
    children
}

/// The components that join a parent, directly or by way of others.
fn heirs(children: &HashMap<SchemaId, Vec<SchemaId>>, parent: SchemaId) -> Vec<SchemaId> {
    let mut known = HashSet::from([parent]);
    let mut found = vec![parent];
    let mut next = 0;
    while let Some(joined) = found.get(next) {
        let new = children.get(joined).into_iter().flatten();
        let new: Vec<_> = new.copied().filter(|id| known.insert(*id)).collect();
        found.extend(new);
        next += 1;
    }
    found.split_off(1)
}

/// Where the references that a schema starts with lead to; longer chains were made short before.
fn end(schemas: &Schemas, id: SchemaId) -> SchemaId {
    schemas.target(schemas.target(id))
}

/// The parent without its discriminator, under a name that is free.
fn part(schemas: &mut Schemas, parent: SchemaId, names: &mut HashSet<String>) -> SchemaId {
    let mut schema = schemas[parent].clone();
    let mut name = schema.name.clone().unwrap_or_default();
    while !names.insert(name.clone()) {
        name.push_str("Base");
    }
    schema.discriminator = None;
    schema.name = Some(name.clone());
    let id = schemas.push(schema);
    schemas.name(name, id);
    id
}

/// Lets every `allOf` that joins a parent join the part.
fn join_parts(schemas: &mut Schemas, parts: &Parts) {
    let joined = schemas.iter().flat_map(|(_, schema)| schema.all_of.clone());
    for id in joined.collect::<Vec<_>>() {
        let Some(part) = parts.get(&end(schemas, id)) else {
            continue;
        };
        let mut schema = schemas[id].clone();
        if let Some(reference) = &mut schema.reference {
            reference.target = *part;
        }
        schemas.set(id, schema);
    }
}

/// A parent as the union of its heirs and itself. What is tagged otherwise, or not at all, is the parent.
fn union(schemas: &Schemas, parent: SchemaId, heirs: &[SchemaId], parts: &Parts) -> Option<Schema> {
    let own = &schemas[parent];
    let branch = |id: &SchemaId| parts.get(id).copied().unwrap_or(*id);
    let mut discriminator = own.discriminator.clone()?;
    for id in discriminator.mapping.values_mut() {
        *id = branch(&end(schemas, *id));
    }
    // What stands for a parent is not called as it is.
    for id in heirs
        .iter()
        .chain([&parent])
        .filter(|id| branch(id) != **id)
    {
        let mapped = discriminator
            .mapping
            .values()
            .any(|known| *known == branch(id));
        if let Some(name) = schemas[*id].name.clone().filter(|_| !mapped) {
            discriminator.mapping.entry(name).or_insert(branch(id));
        }
    }
    let default = discriminator.default.map(|id| end(schemas, id));
    discriminator.default = Some(branch(&default.unwrap_or(parent)));
    Some(Schema {
        name: own.name.clone(),
        title: own.title.clone(),
        description: own.description.clone(),
        deprecated: own.deprecated,
        examples: own.examples.clone(),
        external_docs: own.external_docs.clone(),
        extensions: own.extensions.clone(),
        one_of: heirs.iter().chain([&parent]).map(branch).collect(),
        discriminator: Some(discriminator),
        ..Schema::new(own.place.clone())
    })
}

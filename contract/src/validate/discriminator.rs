//! Discriminators: the tag decides which branch of a union holds (OpenAPI 3.1 §4.8.25).
//!
//! Branches often overlap but for the tag that the document only implies. Stating the tag in each branch makes `oneOf`
//! mean what the author meant, and lets no branch hold under another's tag.

use bindery_spec::Value;
use bindery_spec::model::{Discriminator, Schema, SchemaId, Schemas};
use serde_json::json;

use super::export::Exporter;

/// A branch of a union with the tags that stand for it.
pub(super) fn branch(exporter: &Exporter<'_>, union: &Schema, id: SchemaId) -> Value {
    let child = exporter.child(id);
    let Some(discriminator) = &union.discriminator else {
        return child;
    };
    let property = &discriminator.property;
    let is = |other: SchemaId| target(exporter.schemas, other) == target(exporter.schemas, id);
    if discriminator.default.is_some_and(is) {
        // It is meant by every tag that stands for no other branch, and by none (OpenAPI 3.2 §4.25).
        let others = union
            .one_of
            .iter()
            .chain(&union.any_of)
            .filter(|other| !is(**other));
        let others = others.flat_map(|other| tags(exporter.schemas, discriminator, *other));
        let others: Vec<_> = others.collect();
        return json!({
            "allOf": [child, { "not": { "type": "object", "properties": { property: { "enum": others } }, "required": [property] } }]
        });
    }
    let tags = tags(exporter.schemas, discriminator, id);
    if tags.is_empty() {
        return child;
    }
    json!({
        "allOf": [child, { "type": "object", "properties": { property: { "enum": tags } }, "required": [property] }]
    })
}

/// The tags that stand for a branch: those that the mapping lists, and the name of its component.
///
/// The name is a tag of its own even beside a mapping; only a mapping that uses it for another schema takes it away.
pub(crate) fn tags(
    schemas: &Schemas,
    discriminator: &Discriminator,
    branch: SchemaId,
) -> Vec<String> {
    let target = target(schemas, branch);
    let mut tags: Vec<String> = discriminator
        .mapping
        .iter()
        .filter(|(_, id)| self::target(schemas, **id) == target)
        .map(|(tag, _)| tag.clone())
        .collect();
    if let Some(name) = &schemas[target].name
        && !discriminator.mapping.contains_key(name)
    {
        tags.push(name.clone());
    }
    tags
}

/// The component that a branch is, through plain references.
fn target(schemas: &Schemas, mut id: SchemaId) -> SchemaId {
    // A chain of references is never longer than the document, and a cycle ends here.
    for _ in 0..schemas.len() {
        let schema = &schemas[id];
        match &schema.reference {
            Some(reference) if schema.name.is_none() => id = reference.target,
            _ => break,
        }
    }
    id
}

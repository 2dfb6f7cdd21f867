//! Discriminators: the tag decides which branch of a union holds (OpenAPI 3.1 §4.8.25).
//!
//! Branches often overlap but for the tag that the document only implies. Stating the tag in each branch makes `oneOf`
//! mean what the author meant, and lets no branch hold under another's tag.

use bindery_spec::Value;
use bindery_spec::model::{BranchTags, Schema, SchemaId};
use serde_json::json;

use super::export::Exporter;

/// A branch of a union with the tags that stand for it.
pub(super) fn branch(exporter: &Exporter<'_>, union: &Schema, id: SchemaId) -> Value {
    let child = exporter.child(id);
    let Some(discriminator) = &union.discriminator else {
        return child;
    };
    let property = &discriminator.property;
    let own = discriminator.branches.get(&id);
    if own.is_some_and(|own| own.is_default) {
        // It is meant by every tag that stands for no other branch, and by none (OpenAPI 3.2 §4.25).
        let others = discriminator
            .branches
            .values()
            .filter(|own| !own.is_default);
        let others: Vec<_> = others.flat_map(BranchTags::all).collect();
        return json!({
            "allOf": [child, { "not": { "type": "object", "properties": { property: { "enum": others } }, "required": [property] } }]
        });
    }
    let tags: Vec<_> = own.into_iter().flat_map(BranchTags::all).collect();
    if tags.is_empty() {
        return child;
    }
    json!({
        "allOf": [child, { "type": "object", "properties": { property: { "enum": tags } }, "required": [property] }]
    })
}

//! Discriminators: the tag decides which branch of a union holds (OpenAPI 3.1 §4.8.25).
//!
//! Branches often overlap but for the tag that the document only implies. Stating the tag in each branch makes `oneOf`
//! mean what the author meant, and lets no branch hold under another's tag.

use std::cell::Cell;

use bindery_spec::Value;
use bindery_spec::model::{Discriminator, Schema, SchemaId, Schemas, Type};
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
/// The name is a tag of its own even beside a mapping; only a mapping that uses it for another schema takes it away, and
/// a branch that says itself that its tags are others.
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
        let tag = Tag {
            schemas,
            property: &discriminator.property,
            text: name,
            left: Cell::new(MOST),
        };
        tags.extend(tag.fits(branch).then(|| name.clone()));
    }
    tags
}

/// How many schemas are looked at to find out whether one takes a tag; one that is made of more takes any.
const MOST: usize = 200;

/// A tag that a schema may take or not.
struct Tag<'a> {
    schemas: &'a Schemas,
    property: &'a str,
    text: &'a str,
    /// How many schemas may still be looked at.
    left: Cell<usize>,
}

impl Tag<'_> {
    /// Whether an object with this tag can be of a schema.
    fn fits(&self, id: SchemaId) -> bool {
        let property = self.schemas[id].properties.get(self.property);
        property.is_none_or(|own| self.fits_text(*own)) && self.holds(id, &|id| self.fits(id))
    }

    /// Whether the text can be of a schema, by its type and by the values that it lists.
    fn fits_text(&self, id: SchemaId) -> bool {
        let schema = &self.schemas[id];
        let listed = schema.values.as_ref();
        (schema.types.is_empty() || schema.types.contains(&Type::String))
            && schema.constant.as_ref().is_none_or(|own| own == self.text)
            && listed.is_none_or(|values| values.iter().any(|own| own == self.text))
            && self.holds(id, &|id| self.fits_text(id))
    }

    /// Whether something is so of all that a schema refers to and joins, and of one of its branches.
    fn holds(&self, id: SchemaId, is_so: &dyn Fn(SchemaId) -> bool) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else {
            return true;
        };
        self.left.set(left);
        let schema = &self.schemas[id];
        let is_so = |id: &SchemaId| is_so(*id);
        let referred = schema.reference.as_ref().map(|reference| reference.target);
        let one = |branches: &[SchemaId]| branches.is_empty() || branches.iter().any(is_so);
        referred.iter().chain(&schema.all_of).all(is_so)
            && one(&schema.any_of)
            && one(&schema.one_of)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_that_lists_its_tags_is_not_called_by_its_name() {
        let text = "openapi: 3.1.0
info: { title: Inputs, version: 1.0.0 }
paths: {}
components:
  schemas:
    Input:
      oneOf: [{ $ref: '#/components/schemas/Short' }, { $ref: '#/components/schemas/Long' }, { $ref: '#/components/schemas/Any' }]
      discriminator: { propertyName: type }
    Short: { properties: { type: { enum: [message] } } }
    Long: { oneOf: [{ $ref: '#/components/schemas/Short' }, { properties: { type: { anyOf: [{ const: text }, { type: 'null' }] } } }] }
    Any: { allOf: [{ properties: { type: { type: string } } }] }
";
        let api = bindery_spec::read_text("inputs.yaml", text).api;
        let schemas = &api.expect("a document").schemas;
        let union = schemas
            .iter()
            .find(|(_, schema)| !schema.one_of.is_empty() && schema.discriminator.is_some());
        let (_, union) = union.expect("the union");
        let discriminator = union.discriminator.as_ref().expect("a discriminator");
        let tags = |branch: &SchemaId| tags(schemas, discriminator, *branch).join(" ");
        let all: Vec<_> = union.one_of.iter().map(tags).collect();
        assert_eq!(all, ["", "", "Any"]);
    }
}

//! Which schemas say something about a value, or about what is inside it.

use std::collections::BTreeSet;

use super::{Schema, SchemaId, Schemas};

impl Schemas {
    /// The given schemas, and all that apply to their values or to parts of them (JSON Schema 2020-12 §7.5, §8.2.3, §10, §11).
    pub fn reach(&self, roots: impl IntoIterator<Item = SchemaId>) -> BTreeSet<SchemaId> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<_> = roots.into_iter().collect();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(applied(&self[id]));
            }
        }
        reached
    }
}

/// The schemas that a schema applies.
fn applied(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let references = [&schema.reference, &schema.dynamic_reference];
    let references = references.into_iter().flatten().map(|own| own.target);
    let single = [
        schema.not,
        schema.condition,
        schema.then,
        schema.otherwise,
        schema.items,
        schema.contains,
        schema.unevaluated_items,
        schema.additional_properties,
        schema.property_names,
        schema.unevaluated_properties,
    ];
    let lists = [
        &schema.all_of,
        &schema.any_of,
        &schema.one_of,
        &schema.prefix_items,
    ];
    let named = [
        &schema.properties,
        &schema.pattern_properties,
        &schema.dependent_schemas,
    ];
    references
        .chain(single.into_iter().flatten())
        .chain(lists.into_iter().flatten().copied())
        .chain(named.into_iter().flat_map(|own| own.values().copied()))
}

#[cfg(test)]
mod tests {
    use crate::read_text;

    #[test]
    fn every_keyword_with_a_schema_leads_on() {
        let text = r"
openapi: 3.1.0
info: { title: A, version: '1' }
paths: {}
components:
  schemas:
    Root:
      $ref: '#/components/schemas/Next'
      allOf: [{}]
      anyOf: [{}]
      oneOf: [{}]
      not: {}
      if: {}
      then: {}
      else: {}
      prefixItems: [{}]
      items: {}
      contains: {}
      unevaluatedItems: {}
      properties: { a: {} }
      patternProperties: { b: {} }
      additionalProperties: {}
      propertyNames: {}
      dependentSchemas: { c: {} }
      unevaluatedProperties: {}
    Next: { items: { $ref: '#/components/schemas/Root' } }
    Other: {}
";
        let schemas = read_text("a.yaml", text).api.expect("a document").schemas;
        let named = |name: &str| schemas.named().find(|(own, _)| *own == name).unwrap().1;
        let reached = schemas.reach([named("Root")]);
        assert!(!reached.contains(&named("Other")));
        // The other is the only one that nothing leads to.
        assert_eq!(reached.len(), schemas.len() - 1);
    }
}

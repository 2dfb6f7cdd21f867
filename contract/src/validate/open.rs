//! What a document leaves open, because references lead to nothing.

use std::collections::BTreeSet;

use bindery_spec::model::{Schema, SchemaId};

use super::Contract;

impl Contract {
    /// Whether more may hold for values of a schema than is known, in the whole or in some part.
    pub(crate) fn is_open(&self, schema: SchemaId) -> bool {
        self.open.get(&schema, || {
            let (mut seen, mut queue) = (BTreeSet::new(), vec![schema]);
            while let Some(id) = queue.pop() {
                let schema = &self.api.schemas[id];
                if schema.unresolved {
                    return true;
                }
                if seen.insert(id) {
                    queue.extend(inner(schema));
                }
            }
            false
        })
    }
}

/// The schemas that apply to a value or to its parts.
fn inner(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let references = [&schema.reference, &schema.dynamic_reference].into_iter();
    let references = references.flatten().map(|reference| reference.target);
    let single = [
        schema.items,
        schema.contains,
        schema.additional_properties,
        schema.then,
        schema.otherwise,
    ];
    let named = schema.properties.values();
    let named = named.chain(schema.pattern_properties.values());
    let lists = [
        &schema.all_of,
        &schema.any_of,
        &schema.one_of,
        &schema.prefix_items,
    ];
    references
        .chain(single.into_iter().flatten())
        .chain(named.copied())
        .chain(lists.into_iter().flatten().copied())
}

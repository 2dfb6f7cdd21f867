//! What a document leaves open, because references lead to nothing.

use bindery_spec::model::SchemaId;

use super::Contract;

impl Contract {
    /// Whether more may hold for values of a schema than is known, in the whole or in some part.
    pub(crate) fn is_open(&self, schema: SchemaId) -> bool {
        let schemas = &self.api.schemas;
        self.open.get(&schema, || {
            let mut reached = schemas.reach([schema]).into_iter();
            reached.any(|id| schemas[id].unresolved)
        })
    }
}

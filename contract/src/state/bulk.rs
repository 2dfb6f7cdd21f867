//! What makes several things at once: `POST` below the path of them all, with a list of what makes one.

use bindery_spec::model::SchemaId;

use super::attributes;
use super::infer::Finder;
use super::look;
use super::path::anonymous;
use super::resource::{Bulk, Resource};
use crate::shape::conjunction;
use crate::validate::pointer_to;

impl Finder<'_> {
    /// What makes several things of a resource at once.
    pub(super) fn bulks(&self, own: &Resource) -> Vec<Bulk> {
        let create = own.create.as_ref().map(|own| own.operation);
        let Some(one) = create.and_then(|create| Some((create, self.body(create)?))) else {
            return Vec::new();
        };
        // What is sent at once stands in no envelope of its own.
        let (_, one) = look::fields(&self.api.schemas, &self.api.operations[one.0], one.1);
        let collection = anonymous(own.collection());
        let posts = self.operations().filter(|(_, operation)| {
            let path = anonymous(&operation.path);
            let below = path.strip_prefix(&collection);
            operation.method == "POST"
                && below.is_some_and(|below| below.starts_with(['/', ':']) && !below.contains('{'))
        });
        let found = posts.filter_map(|(operation, _)| {
            let at = self.list_of(self.body(operation)?, one)?;
            Some(Bulk { operation, at })
        });
        found.collect()
    }

    /// The schema of an operation's body.
    fn body(&self, operation: usize) -> Option<SchemaId> {
        let body = self.api.operations[operation].body.as_ref()?;
        let (_, schema) = look::written(&self.api.schemas, &body.content)?;
        Some(schema)
    }

    /// Where a body has a list of what another is, as a JSON Pointer.
    fn list_of(&self, body: SchemaId, one: SchemaId) -> Option<String> {
        let schemas = &self.api.schemas;
        let has = |ids: &[SchemaId]| self.is_same(&look::items(schemas, ids), one);
        if has(&[body]) {
            return Some(String::new());
        }
        let properties = look::properties(schemas, &[body]);
        let mut lists = properties.iter().filter(|(_, ids)| has(ids));
        lists.next().map(|(name, _)| pointer_to(name))
    }

    /// Whether the items of a list are what makes one: by the same schema, or with the same properties.
    fn is_same(&self, items: &[SchemaId], one: SchemaId) -> bool {
        let schemas = &self.api.schemas;
        let own = conjunction(schemas, &[one]);
        let shared = conjunction(schemas, items);
        let names = |ids: &[SchemaId]| {
            let (known, _) = attributes::flat(schemas, look::properties(schemas, ids));
            let mut names: Vec<String> = known.into_keys().collect();
            names.sort();
            names
        };
        let inner = names(items);
        shared.iter().any(|id| own.contains(id)) || !inner.is_empty() && inner == names(&[one])
    }
}

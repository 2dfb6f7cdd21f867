//! Schemas: an arena with one node for each place that holds one, filled from a queue and so without recursion.

mod cycle;
mod inherit;
mod keywords;
mod link;
mod nullable;
mod pattern;
mod tag;
mod types;

use std::collections::{HashMap, HashSet, VecDeque};
use std::ptr;

use super::reader::Reader;
use super::reference::component;
use crate::model::{Schema, SchemaId, Schemas};
use crate::resolve::{Node, unescape};
use crate::source::Place;

/// The schemas that are known, and those that are still to be read.
#[derive(Default)]
pub(super) struct Arena<'a> {
    schemas: Schemas,
    /// By the address of the value: one value, one place, one node.
    ids: HashMap<usize, SchemaId>,
    queue: VecDeque<(SchemaId, Node<'a>)>,
}

impl<'a> Reader<'a> {
    /// The id of the schema at a node, which is read later if it is new.
    pub(super) fn schema(&mut self, node: Node<'a>) -> SchemaId {
        let address = ptr::from_ref(node.value).addr();
        if let Some(id) = self.schemas.ids.get(&address) {
            return *id;
        }
        let id = self.schemas.schemas.push(Schema::new(node.place.clone()));
        self.schemas.ids.insert(address, id);
        self.schemas.queue.push_back((id, node));
        id
    }

    /// The id of a new schema that allows everything, for what has none.
    pub(super) fn any_schema(&mut self, place: &Place) -> SchemaId {
        self.made_schema(Schema::new(place.clone()))
    }

    /// The id of a schema that stands nowhere as such.
    pub(super) fn made_schema(&mut self, schema: Schema) -> SchemaId {
        self.schemas.schemas.push(schema)
    }

    /// The id of the schema that an object of Swagger 2.0 is beside what else it is: a parameter, a header, a field.
    pub(super) fn simple_schema(&mut self, node: &Node<'a>) -> SchemaId {
        let address = ptr::from_ref(node.value).addr();
        if let Some(id) = self.schemas.ids.get(&address) {
            return *id;
        }
        let schema = keywords::read_simple(self, node);
        let id = self.made_schema(schema);
        self.schemas.ids.insert(address, id);
        id
    }

    /// Makes the schemas of the components known by their names, before anything refers to them.
    pub(super) fn name_schemas(&mut self, root: &Node<'a>) {
        let components = self.object(root, "components");
        let owners = components.iter().map(|node| (node, "schemas"));
        for (owner, key) in owners.chain([(root, "definitions")]).collect::<Vec<_>>() {
            for (name, node) in self.entries(owner, key) {
                let id = self.schema(node);
                self.schemas.schemas.name(name, id);
            }
        }
    }

    /// Reads all schemas that are known by now, and those that they lead to.
    pub(super) fn read_schemas(&mut self) -> Schemas {
        let mut links = HashSet::new();
        while let Some((id, node)) = self.schemas.queue.pop_front() {
            let name = component(&node.place);
            let file_name = self.file_name(&node.place).filter(|_| name.is_none());
            let alone = node.value.as_object().is_some_and(|own| own.len() == 1);
            let mut schema = keywords::read(self, &node.entered());
            if alone && schema.reference.is_some() {
                links.insert(id);
            }
            (schema.name, schema.file_name) = (name, file_name);
            self.schemas.schemas.set(id, schema);
        }
        let mut schemas = std::mem::take(&mut self.schemas.schemas);
        cycle::cut(&mut schemas, self.sink);
        link::adopt(&mut schemas, &links);
        link::shorten(&mut schemas, &links);
        inherit::spread(&mut schemas);
        tag::assign(&mut schemas);
        schemas
    }

    /// What a schema of another file is called there: its key, or the name of the file less what is behind the first dot.
    fn file_name(&self, place: &Place) -> Option<String> {
        if place.file == self.document.root().place.file {
            return None;
        }
        let key = place.pointer.rsplit('/').next().unwrap_or_default();
        let name = self.document.sources.name(place.file);
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let called = if key.is_empty() {
            stem.into()
        } else {
            unescape(key)
        };
        (!called.is_empty()).then(|| called.into_owned())
    }
}

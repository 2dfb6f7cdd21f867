//! What an inline schema is called: the name of what it stands in, and its place there.
//!
//! The name depends on the schema's own place only, so it does not change with the order in which schemas are met, nor
//! with anything unrelated in the document.

use std::collections::{BTreeSet, HashSet};

use bindery_spec::Place;
use bindery_spec::model::{Schema, SchemaId, Schemas};

use super::role::roles;
use super::view::{Part, View};
use crate::ir::Words;

/// Where every schema of a document stands.
#[derive(Debug)]
pub(in crate::lower) struct Origins {
    of: Vec<Option<Origin>>,
    /// The names that components have.
    taken: HashSet<String>,
}

#[derive(Clone, Debug)]
enum Origin {
    /// At the root of an operation: the whole name.
    Root(String),
    /// In another schema: what is added to its name.
    Child(SchemaId, String),
}

impl Origins {
    /// The origins of all schemas that stand in other schemas.
    pub(in crate::lower) fn of(schemas: &Schemas) -> Self {
        let names = schemas.iter().filter_map(|(_, own)| own.name.as_deref());
        let mut origins = Self {
            of: vec![None; schemas.len()],
            taken: names.map(|name| Words::of(name).pascal()).collect(),
        };
        for (id, schema) in schemas.iter() {
            origins.visit(id, schema, schemas);
        }
        origins
    }

    /// Says what a schema is called that an operation has, and what it `is` for it, which tells it from a component of that
    /// name; the first who says so is heard.
    pub(in crate::lower) fn root(&mut self, id: SchemaId, name: &str, is: &str) {
        let origin = &mut self.of[id.0 as usize];
        if origin.is_none() {
            *origin = Some(Origin::Root(
                if self.taken.contains(&Words::of(name).pascal()) {
                    format!("{name} {is}")
                } else {
                    name.to_owned()
                },
            ));
        }
    }

    /// The words of a schema's name.
    pub(super) fn name(&self, id: SchemaId, schemas: &Schemas) -> String {
        if let Some(name) = &schemas[id].name {
            return name.clone();
        }
        match &self.of[id.0 as usize] {
            None => {
                let schema = &schemas[id];
                let own = schema.file_name.clone();
                let own = own.or_else(|| definition(&schema.place));
                own.or_else(|| schema.title.clone()).unwrap_or_default()
            }
            Some(Origin::Root(name)) => name.clone(),
            Some(Origin::Child(parent, role)) => {
                format!("{} {role}", self.name(*parent, schemas))
            }
        }
    }

    /// What a schema adds to the name of the schema that it stands in.
    pub(super) fn role(&self, id: SchemaId, schemas: &Schemas) -> String {
        let schema = &schemas[id];
        if let Some(reference) = &schema.reference {
            return self.role(reference.target, schemas);
        }
        match (&schema.name, &self.of[id.0 as usize]) {
            (Some(name), _) => name.clone(),
            (None, Some(Origin::Child(_, role))) => role.clone(),
            _ => String::new(),
        }
    }

    /// Of schemas that stand in several components, the one in the component that is made of the others.
    pub(super) fn nearest(&self, parts: &[Part], schemas: &Schemas) -> Option<Part> {
        let component = |part: &Part| self.component(part.id, schemas);
        let is_named = |part: &Part| schemas[part.id].name.is_some();
        if parts.len() < 2 || parts.iter().any(is_named) {
            return None;
        }
        let components: Option<BTreeSet<_>> = parts.iter().map(component).collect();
        let components = components?;
        let holds_all = |part: &&Part| {
            let view = component(part).map(|own| View::of(schemas, &[Part::from(own)]));
            let nodes = view.iter().flat_map(|view| &view.nodes);
            let held: BTreeSet<_> = nodes.map(|(part, _)| part.id).collect();
            components.is_subset(&held)
        };
        parts.iter().rev().find(holds_all).copied()
    }

    /// The name of a branch of a union that holds beside other schemas: that of the schema which is made of them all, and
    /// what each branch adds.
    pub(super) fn beside(&self, parts: &[Part], schemas: &Schemas) -> Option<String> {
        let bare: Vec<_> = parts.iter().filter(|part| part.is_bare()).collect();
        let whole = parts.iter().rev().find(|part| {
            let view = View::of(schemas, &[Part::from(part.id)]);
            let holds = |own: &&Part| view.nodes.iter().any(|(part, _)| part.id == own.id);
            bare.iter().all(holds)
        });
        let chosen = bare.iter().flat_map(|own| {
            let schema = &schemas[own.id];
            let unions = [&schema.one_of, &schema.any_of]
                .into_iter()
                .zip(own.without);
            unions
                .filter(|(_, without)| *without)
                .flat_map(|(ids, _)| ids)
        });
        let chosen: BTreeSet<_> = chosen.map(|id| schemas.target(*id)).collect();
        let is_branch = |part: &&Part| chosen.contains(&part.id);
        let branches = parts.iter().filter(is_branch);
        let roles: Vec<_> = branches.map(|part| self.role(part.id, schemas)).collect();
        let whole = self.name(whole.filter(|_| !bare.is_empty())?.id, schemas);
        Some(format!("{whole} {}", roles.join(" ")))
    }

    /// The component that a schema stands in, or is.
    fn component(&self, id: SchemaId, schemas: &Schemas) -> Option<SchemaId> {
        let mut id = id;
        while schemas[id].name.is_none() {
            let Some(Origin::Child(parent, _)) = &self.of[id.0 as usize] else {
                return None;
            };
            id = *parent;
        }
        Some(id)
    }

    fn visit(&mut self, id: SchemaId, schema: &Schema, schemas: &Schemas) {
        for (name, child) in schema.properties.iter().chain(&schema.pattern_properties) {
            self.child(*child, id, name, schemas);
        }
        for (child, role) in parts(schema) {
            self.child(child, id, role, schemas);
        }
        for child in &schema.all_of {
            self.child(*child, id, "", schemas);
        }
        for (i, child) in schema.prefix_items.iter().enumerate() {
            self.child(*child, id, &format!("item {}", i + 1), schemas);
        }
        for branches in [&schema.one_of, &schema.any_of] {
            self.visit_branches(id, branches, schemas);
        }
    }

    /// A branch is called by its title, or by what tells it from the others; one that is the only branch but null is the
    /// union itself.
    fn visit_branches(&mut self, id: SchemaId, branches: &[SchemaId], schemas: &Schemas) {
        let is_null = |id: &&SchemaId| schemas[**id].types == [bindery_spec::model::Type::Null];
        let alone = branches.iter().filter(|id| !is_null(id)).count() < 2;
        let roles = roles(branches, schemas);
        for child in branches {
            let schema = &schemas[*child];
            let role = match (&schema.title, roles.get(child)) {
                _ if alone => "",
                (Some(title), _) => title,
                (None, role) => role.map_or("", String::as_str),
            };
            self.child(*child, id, role, schemas);
        }
    }

    fn child(&mut self, child: SchemaId, parent: SchemaId, role: &str, schemas: &Schemas) {
        // A component stands at its own place, and a schema that several others share was met at its first place.
        if schemas[child].name.is_none() && self.of[child.0 as usize].is_none() {
            self.of[child.0 as usize] = Some(Origin::Child(parent, role.to_owned()));
        }
    }
}

/// The key of a schema that stands among definitions (JSON Schema 2020-12 §8.2.4) and in no other schema.
fn definition(place: &Place) -> Option<String> {
    let mut steps = place.pointer.rsplit('/');
    let (key, keyword) = (steps.next()?, steps.next()?);
    let is_definition = ["$defs", "definitions"].contains(&keyword);
    is_definition.then(|| key.replace("~1", "/").replace("~0", "~"))
}

/// The schemas that a schema has under a keyword of their own, with what the keyword adds to the name.
fn parts(schema: &Schema) -> impl Iterator<Item = (SchemaId, &'static str)> {
    let parts = [
        (schema.items, "item"),
        (schema.additional_properties, "value"),
        (schema.unevaluated_properties, "value"),
        (schema.content_schema, "content"),
        (schema.contains, "item"),
        (schema.unevaluated_items, "item"),
    ];
    parts.into_iter().filter_map(|(id, role)| Some((id?, role)))
}

//! What an inline schema is called: the name of what it stands in, and its place there.
//!
//! The name depends on the schema's own place only, so it does not change with the order in which schemas are met, nor
//! with anything unrelated in the document.

use std::collections::{BTreeMap, BTreeSet};

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas};
use indexmap::IndexSet;

use super::view::{Part, View};

/// Where every schema of a document stands.
#[derive(Debug)]
pub(in crate::lower) struct Origins {
    of: Vec<Option<Origin>>,
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
        let mut origins = Self {
            of: vec![None; schemas.len()],
        };
        for (id, schema) in schemas.iter() {
            origins.visit(id, schema, schemas);
        }
        origins
    }

    /// Says what a schema is called that an operation has; the first who says so is heard.
    pub(in crate::lower) fn root(&mut self, id: SchemaId, name: &str) {
        let origin = &mut self.of[id.0 as usize];
        if origin.is_none() {
            *origin = Some(Origin::Root(name.to_owned()));
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
                let own = schema.file_name.as_ref().or(schema.title.as_ref());
                own.cloned().unwrap_or_default()
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
        let tags = tags(branches, schemas);
        for child in branches {
            let schema = &schemas[*child];
            let role = match (&schema.title, tags.get(child)) {
                _ if alone => String::new(),
                (Some(title), _) => title.clone(),
                (None, Some(tag)) => (*tag).to_owned(),
                (None, None) => kind_word(schema),
            };
            self.child(*child, id, &role, schemas);
        }
    }

    fn child(&mut self, child: SchemaId, parent: SchemaId, role: &str, schemas: &Schemas) {
        // A component stands at its own place, and a schema that several others share was met at its first place.
        if schemas[child].name.is_none() && self.of[child.0 as usize].is_none() {
            self.of[child.0 as usize] = Some(Origin::Child(parent, role.to_owned()));
        }
    }
}

/// The schemas that a schema has under a keyword of their own, with what the keyword adds to the name.
fn parts(schema: &Schema) -> impl Iterator<Item = (SchemaId, &'static str)> {
    let parts = [
        (schema.items, "item"),
        (schema.additional_properties, "value"),
        (schema.unevaluated_properties, "value"),
        (schema.content_schema, "content"),
        (schema.contains, "item"),
    ];
    parts.into_iter().filter_map(|(id, role)| Some((id?, role)))
}

/// Branches without a name and a title by a text that tells them from the others: the only value of the property that
/// tells most of them apart.
fn tags<'a>(branches: &[SchemaId], schemas: &'a Schemas) -> BTreeMap<SchemaId, &'a str> {
    let nameless = |id: &SchemaId| schemas[*id].name.is_none() && schemas[*id].title.is_none();
    let nameless: Vec<_> = branches.iter().copied().filter(nameless).collect();
    let properties = nameless
        .iter()
        .flat_map(|id| schemas[*id].properties.keys());
    let properties: IndexSet<&String> = properties.collect();
    let told = properties.into_iter().map(|property| {
        let mut told: BTreeMap<&str, Vec<SchemaId>> = BTreeMap::new();
        for id in &nameless {
            let value = schemas[*id].properties.get(property);
            if let Some(tag) = value.and_then(|value| only_value(&schemas[*value])) {
                told.entry(tag).or_default().push(*id);
            }
        }
        told.retain(|_, ids| ids.len() == 1);
        told
    });
    let best = told.reduce(|best, next| if next.len() > best.len() { next } else { best });
    let best = best.into_iter().flatten();
    best.flat_map(|(tag, ids)| ids.into_iter().map(move |id| (id, tag)))
        .collect()
}

/// The only text that a schema allows.
fn only_value(schema: &Schema) -> Option<&str> {
    let listed = schema.values.as_deref().unwrap_or_default();
    let only = <&[Value; 1]>::try_from(listed).ok().map(|[value]| value);
    schema.constant.as_ref().or(only)?.as_str()
}

/// A word for an inline branch that has no title.
fn kind_word(schema: &Schema) -> String {
    use bindery_spec::model::Type;
    if let Some(text) = schema.constant.as_ref().and_then(|value| value.as_str()) {
        return text.to_owned();
    }
    let tag = schema
        .properties
        .keys()
        .find(|name| schema.required.contains(name));
    match (schema.types.first(), tag) {
        (Some(Type::Object) | None, Some(name)) => format!("with {name}"),
        (Some(Type::Object), None) => "object".to_owned(),
        (Some(Type::Array), _) => "list".to_owned(),
        (Some(Type::String), _) => "string".to_owned(),
        (Some(Type::Boolean), _) => "bool".to_owned(),
        (Some(Type::Integer), _) => "integer".to_owned(),
        (Some(Type::Number), _) => "number".to_owned(),
        (Some(Type::Null) | None, _) => "variant".to_owned(),
    }
}

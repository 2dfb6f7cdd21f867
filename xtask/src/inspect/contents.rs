//! What a document holds, counted.

use std::collections::BTreeMap;

use bindery_spec::model::{Api, Operation, Schema, SecuritySchemeKind, Type};
use bindery_spec::{Reading, Severity};
use serde::Serialize;

use super::features::Features;

/// What is in a document. This is also what `--json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Contents {
    pub(super) title: String,
    pub(super) version: String,
    pub(super) standard: String,
    pub(super) servers: Vec<String>,
    /// The security schemes by name.
    pub(super) security: BTreeMap<String, String>,
    pub(super) files: Vec<File>,
    /// The operations by their first tag, as declared; those without a tag stand under the empty name.
    pub(super) tags: Vec<Tag>,
    pub(super) webhooks: Vec<Call>,
    /// The component schemas by kind.
    pub(super) components: BTreeMap<&'static str, usize>,
    /// The places of the document that hold a schema.
    pub(super) schema_places: usize,
    pub(super) features: Features,
    pub(super) problems: Problems,
}

/// One file of the document.
#[derive(Debug, Serialize)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: usize,
    pub(super) operations: usize,
    pub(super) schema_places: usize,
}

/// The operations under a tag.
#[derive(Debug, Serialize)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) operations: Vec<Call>,
}

/// One operation.
#[derive(Debug, Serialize)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) id: Option<String>,
    pub(super) deprecated: bool,
}

/// How much `lint` has to say.
#[derive(Debug, Serialize)]
pub(super) struct Problems {
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl Contents {
    /// Counts what a document holds.
    pub(super) fn of(api: &Api, reading: &Reading) -> Self {
        let errors = reading
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        Self {
            title: api.info.title.clone(),
            version: api.info.version.clone(),
            standard: api.version.to_string(),
            servers: api.servers.iter().map(|s| s.url.clone()).collect(),
            security: security(api),
            files: files(api, reading),
            tags: tags(api),
            webhooks: api.webhooks.iter().map(Call::of).collect(),
            components: components(api),
            schema_places: api.schemas.len(),
            features: Features::of(api),
            problems: Problems {
                errors,
                warnings: reading.diagnostics.iter().count() - errors,
            },
        }
    }

    /// How many operations there are under all tags.
    pub(super) fn operations(&self) -> usize {
        self.tags.iter().map(|tag| tag.operations.len()).sum()
    }
}

impl Call {
    fn of(operation: &Operation) -> Self {
        Self {
            method: operation.method.clone(),
            path: operation.path.clone(),
            id: operation.id.clone(),
            deprecated: operation.deprecated,
        }
    }
}

fn security(api: &Api) -> BTreeMap<String, String> {
    let text = |kind: &SecuritySchemeKind| match kind {
        SecuritySchemeKind::ApiKey { name, location } => {
            format!("key `{name}` in {location:?}").to_lowercase()
        }
        SecuritySchemeKind::Http { scheme, .. } => format!("http {scheme}"),
        SecuritySchemeKind::OAuth2 { flows } => format!("oauth2, {} flows", flows.len()),
        SecuritySchemeKind::OpenIdConnect { .. } => "openIdConnect".to_owned(),
        SecuritySchemeKind::MutualTls => "mutualTLS".to_owned(),
    };
    let schemes = api.security_schemes.iter();
    schemes
        .map(|(name, scheme)| (name.clone(), text(&scheme.kind)))
        .collect()
}

fn files(api: &Api, reading: &Reading) -> Vec<File> {
    let mut files: Vec<File> = reading
        .sources
        .files()
        .map(|file| File {
            name: reading.sources.name(file).to_owned(),
            bytes: reading.sources.text(file).len(),
            operations: 0,
            schema_places: 0,
        })
        .collect();
    for operation in &api.operations {
        files[operation.place.file.0 as usize].operations += 1;
    }
    for (_, schema) in api.schemas.iter() {
        files[schema.place.file.0 as usize].schema_places += 1;
    }
    files
}

/// The operations by their first tag: declared tags first and in their order, then the others as they come.
fn tags(api: &Api) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let names = api.tags.iter().map(|tag| tag.name.as_str());
    for name in names {
        tag(&mut tags, name);
    }
    for operation in &api.operations {
        let name = operation.tags.first().map_or("", String::as_str);
        tag(&mut tags, name).operations.push(Call::of(operation));
    }
    tags
}

fn tag<'t>(tags: &'t mut Vec<Tag>, name: &str) -> &'t mut Tag {
    let index = tags.iter().position(|tag| tag.name == name);
    let index = index.unwrap_or_else(|| {
        tags.push(Tag {
            name: name.to_owned(),
            operations: Vec::new(),
        });
        tags.len() - 1
    });
    &mut tags[index]
}

fn components(api: &Api) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for (_, id) in api.schemas.named() {
        *kinds.entry(kind(&api.schemas[id])).or_default() += 1;
    }
    kinds
}

/// The most telling thing that a schema states.
fn kind(schema: &Schema) -> &'static str {
    let is = |ty| schema.types.contains(&ty);
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        "union"
    } else if !schema.all_of.is_empty() {
        "composition"
    } else if schema.values.is_some() || schema.constant.is_some() {
        "enumeration"
    } else if schema.reference.is_some() || schema.dynamic_reference.is_some() {
        "reference"
    } else if !schema.properties.is_empty() {
        "object"
    } else if is(Type::Object) {
        "map"
    } else if is(Type::Array) || schema.items.is_some() {
        "array"
    } else if schema.types.is_empty() {
        "anything"
    } else {
        "scalar"
    }
}

//! The OpenAPI Object: the root of a document.

use super::reader::{Reader, extensions};
use super::{components, keys, path, security, server, swagger2};
use crate::model::{Api, Contact, Info, License, Operation, Schemas, Server, Tag, Version};
use crate::resolve::Node;

/// Reads the root (OpenAPI 3.1 §4.8.1).
pub(super) fn read<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Api {
    reader.check_keys(root, keys::ROOT);
    check_containers(reader, root);
    reader.name_schemas(root);
    let defaults = path::Defaults {
        security: security::requirements(reader, root).unwrap_or_default(),
        consumes: swagger2::media_types(reader, root, "consumes", &[]),
        produces: swagger2::media_types(reader, root, "produces", &[]),
    };
    let mut api = Api {
        version: reader.version,
        info: info(reader, root),
        servers: servers(reader, root),
        tags: tags(reader, root),
        operations: path::read_all(reader, root, "paths", &defaults),
        webhooks: webhooks(reader, root, &defaults),
        schemas: Schemas::default(),
        security_schemes: security::schemes(reader, root),
        external_docs: reader.external_docs(root),
        dialect: reader.text(root, "jsonSchemaDialect"),
        uri: reader.text(root, "$self"),
        extensions: extensions(root),
        place: root.place.clone(),
    };
    components::read_all(reader, root, &defaults);
    api.schemas = reader.read_schemas();
    api
}

/// Webhooks, which had their key with an `x-` before OpenAPI 3.1 had one for them.
fn webhooks<'a>(
    reader: &mut Reader<'a>,
    root: &Node<'a>,
    defaults: &path::Defaults,
) -> Vec<Operation> {
    let mut webhooks = path::read_all(reader, root, "webhooks", defaults);
    webhooks.extend(path::read_all(reader, root, "x-webhooks", defaults));
    webhooks
}

/// A document has paths, or since OpenAPI 3.1 webhooks or components instead (OpenAPI 3.1 §4.8.1).
fn check_containers<'a>(reader: &mut Reader<'a>, root: &Node<'a>) {
    let has = |key: &str| root.value.get(key).is_some();
    let instead = reader.version >= Version::V3_1 && (has("webhooks") || has("components"));
    if !has("paths") && !instead {
        reader.missing(root, "paths");
    }
}

/// The servers of the document; never none (OpenAPI 3.1 §4.8.1).
fn servers<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Vec<Server> {
    let servers = match reader.version {
        Version::V2_0 => swagger2::servers(reader, root),
        _ => server::read_all(reader, root),
    };
    if servers.is_empty() {
        return vec![server::root()];
    }
    servers
}

/// Reads the Info Object (OpenAPI 3.1 §4.8.2).
fn info<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Info {
    let Some(node) = reader.object(root, "info") else {
        reader.missing(root, "info");
        return Info::default();
    };
    reader.check_keys(&node, keys::INFO);
    Info {
        title: reader.required_text(&node, "title"),
        summary: reader.text(&node, "summary"),
        description: reader.text(&node, "description"),
        terms_of_service: reader.text(&node, "termsOfService"),
        contact: reader.object(&node, "contact").map(|contact| Contact {
            name: reader.text(&contact, "name"),
            url: reader.text(&contact, "url"),
            email: reader.text(&contact, "email"),
            extensions: extensions(&contact),
        }),
        license: reader.object(&node, "license").map(|license| License {
            name: reader.required_text(&license, "name"),
            identifier: reader.text(&license, "identifier"),
            url: reader.text(&license, "url"),
            extensions: extensions(&license),
        }),
        version: reader.required_text(&node, "version"),
        extensions: extensions(&node),
    }
}

fn tags<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Vec<Tag> {
    let mut tags = Vec::new();
    for node in reader.items(root, "tags") {
        if reader.expect_object(&node) {
            reader.check_keys(&node, keys::TAG);
            tags.push(Tag {
                name: reader.required_text(&node, "name"),
                summary: reader.text(&node, "summary"),
                description: reader.text(&node, "description"),
                parent: reader.text(&node, "parent"),
                kind: reader.text(&node, "kind"),
                external_docs: reader.external_docs(&node),
            });
        }
    }
    tags
}

//! The OpenAPI Object: the root of a document.

use super::reader::{Reader, extensions};
use super::{path, security, server};
use crate::model::{Api, Info, Schemas, Tag};
use crate::resolve::Node;

/// Reads the root (OpenAPI 3.1 §4.8.1).
pub(super) fn read<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Api {
    reader.name_schemas(root);
    let defaults = path::Defaults {
        security: security::requirements(reader, root).unwrap_or_default(),
    };
    let mut api = Api {
        version: reader.version,
        info: info(reader, root),
        servers: server::read_all(reader, root),
        tags: tags(reader, root),
        operations: path::read_all(reader, root, "paths", &defaults),
        webhooks: path::read_all(reader, root, "webhooks", &defaults),
        schemas: Schemas::default(),
        security_schemes: security::schemes(reader, root),
        extensions: extensions(root),
        place: root.place.clone(),
    };
    if api.servers.is_empty() {
        api.servers.push(server::root());
    }
    api.schemas = reader.read_schemas();
    api
}

/// Reads the Info Object (OpenAPI 3.1 §4.8.2).
fn info<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Info {
    let Some(node) = reader.object(root, "info") else {
        reader.missing(root, "info");
        return Info::default();
    };
    Info {
        title: reader.required_text(&node, "title"),
        description: reader.text(&node, "description"),
        terms_of_service: reader.text(&node, "termsOfService"),
        contact: reader
            .object(&node, "contact")
            .map(|contact| openapiv3::Contact {
                name: reader.text(&contact, "name"),
                url: reader.text(&contact, "url"),
                email: reader.text(&contact, "email"),
                extensions: extensions(&contact),
            }),
        license: reader
            .object(&node, "license")
            .map(|license| openapiv3::License {
                name: reader.required_text(&license, "name"),
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
            tags.push(Tag {
                name: reader.required_text(&node, "name"),
                description: reader.text(&node, "description"),
            });
        }
    }
    tags
}

//! Servers: Swagger 2.0 spells them as `schemes`, `host` and `basePath`.

use indexmap::IndexMap;

use super::super::reader::Reader;
use crate::model::Server;
use crate::resolve::Node;

/// Reads the servers of the document, one for each scheme.
pub(in super::super) fn servers<'a>(reader: &mut Reader<'a>, root: &Node<'a>) -> Vec<Server> {
    let schemes = reader.texts(root, "schemes");
    located(reader, root, &schemes)
}

/// Reads the servers of an operation that has `schemes` of its own.
pub(in super::super) fn operation_servers<'a>(
    reader: &mut Reader<'a>,
    operation: &Node<'a>,
) -> Vec<Server> {
    let schemes = reader.texts(operation, "schemes");
    if schemes.is_empty() {
        return Vec::new();
    }
    let root = reader.document.root();
    located(reader, &root, &schemes)
}

fn located<'a>(reader: &mut Reader<'a>, root: &Node<'a>, schemes: &[String]) -> Vec<Server> {
    let host = reader.text(root, "host").filter(|host| !host.is_empty());
    let path = reader.text(root, "basePath").unwrap_or_default();
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let Some(host) = host else {
        return if path.is_empty() {
            Vec::new()
        } else {
            vec![server(format!("{slash}{path}"))]
        };
    };
    // Without schemes it is the one that the document was fetched with (Swagger 2.0, `schemes`).
    if schemes.is_empty() {
        return vec![server(format!("//{host}{slash}{path}"))];
    }
    schemes
        .iter()
        .map(|scheme| server(format!("{scheme}://{host}{slash}{path}")))
        .collect()
}

fn server(url: String) -> Server {
    Server {
        name: None,
        url,
        description: None,
        variables: IndexMap::new(),
    }
}

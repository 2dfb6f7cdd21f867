//! Components that nothing refers to: they are read for what is wrong with them and for the schemas in them.

use super::path::{self, Defaults};
use super::reader::Reader;
use super::response;
use super::{body, example, header, keys, link, media_type, parameter};
use crate::model::Status;
use crate::resolve::Node;

/// Reads every component (OpenAPI 3.1 §4.8.7). Those that were read before have nothing new to report.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, root: &Node<'a>, defaults: &Defaults) {
    for (_, node) in reader.named(root, "parameters") {
        parameter::read(reader, node);
    }
    for (_, node) in reader.named(root, "responses") {
        response::read(reader, Status::Default, node, &defaults.produces);
    }
    let Some(components) = reader.object(root, "components") else {
        return;
    };
    reader.check_keys(&components, keys::COMPONENTS);
    example::read_all(reader, &components);
    header::read_all(reader, &components);
    link::read_all(reader, &components);
    for (_, node) in reader.named(&components, "parameters") {
        parameter::read(reader, node);
    }
    for (_, node) in reader.named(&components, "responses") {
        response::read(reader, Status::Default, node, &[]);
    }
    for (_, node) in reader.named(&components, "requestBodies") {
        body::read(reader, node);
    }
    for (name, node) in reader.named(&components, "mediaTypes") {
        media_type::read(reader, name, node);
    }
    for (name, node) in reader.named(&components, "pathItems") {
        path::read(reader, name, node, defaults);
    }
    for (_, node) in reader.named(&components, "callbacks") {
        if let Some(followed) = reader.follow(node) {
            for (expression, node) in followed.node.members() {
                if !expression.starts_with("x-") {
                    path::read(reader, expression, node, defaults);
                }
            }
        }
    }
}

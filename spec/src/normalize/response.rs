//! Responses, by status.

use super::reader::Reader;
use super::{header, keys, link, media_type, swagger2};
use crate::diagnostic::codes;
use crate::model::{Response, Status, Version};
use crate::resolve::Node;

/// Reads the `responses` of an operation (OpenAPI 3.1 §4.8.16).
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    operation: &Node<'a>,
    produces: &[String],
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (text, node) in reader.members(operation, "responses") {
        match status(text) {
            Some(status) => responses.extend(read(reader, status, node, produces)),
            None => reader.report(
                &codes::VALUE_UNKNOWN,
                &node.place,
                format!("`{text}` is no status: a status is `200`, `2XX` or `default`"),
            ),
        }
    }
    responses
}

/// Reads a Response Object (OpenAPI 3.1 §4.8.17).
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    status: Status,
    node: Node<'a>,
    produces: &[String],
) -> Option<Response> {
    let followed = reader.follow(node)?;
    let node = followed.node;
    reader.check_keys(&node, keys::RESPONSE);
    let description = match followed.description {
        Some(description) => description,
        // OpenAPI 3.2 no longer requires it.
        None if reader.version >= Version::V3_2 => {
            reader.text(&node, "description").unwrap_or_default()
        }
        None => reader.required_text(&node, "description"),
    };
    Some(Response {
        status,
        name: followed.name,
        description,
        headers: header::read_all(reader, &node),
        content: match reader.version {
            Version::V2_0 => swagger2::content(reader, &node, produces),
            _ => media_type::read_all(reader, &node),
        },
        links: link::read_all(reader, &node),
        place: node.place,
    })
}

/// The status of a key (OpenAPI 3.1 §4.8.16.2).
pub(super) fn status(text: &str) -> Option<Status> {
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let digit = text
        .chars()
        .next()?
        .to_digit(10)
        .filter(|digit| (1..=9).contains(digit))?;
    if text.len() == 3 && text[1..].eq_ignore_ascii_case("xx") {
        return u8::try_from(digit).ok().map(Status::Range);
    }
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code
        .then(|| text.parse().ok().map(Status::Code))
        .flatten()
}

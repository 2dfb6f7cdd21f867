//! Responses, by status.

use super::reader::Reader;
use super::{header, keys, link, media_type, swagger2};
use crate::diagnostic::codes;
use crate::model::{MediaType, Response, Status, Version};
use crate::resolve::Node;

/// Reads the `responses` of an operation (OpenAPI 3.1 §4.8.16).
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    operation: &Node<'a>,
    produces: &[String],
) -> Vec<Response> {
    let members = reader.members(operation, "responses");
    let stated: Vec<_> = members
        .iter()
        .filter_map(|(text, _)| status(text))
        .collect();
    let mut responses: Vec<Response> = Vec::new();
    for (text, node) in members {
        let exact = status(text);
        let status = exact.unwrap_or_else(|| meant(text));
        let is_known = responses.iter().any(|known| known.status == status);
        let is_stated = is_known || (exact.is_none() && stated.contains(&status));
        if is_stated || exact.is_none() {
            reader.report(
                &codes::VALUE_UNKNOWN,
                &node.place,
                odd(text, status, is_stated),
            );
        }
        if !is_stated {
            responses.push(read(reader, status, node, produces));
        }
    }
    responses
}

/// What is said of a key that is no status, or the same status as another key.
fn odd(text: &str, status: Status, is_stated: bool) -> String {
    if is_stated {
        format!("`{text}` is left out, because `{status}` is described by another key")
    } else {
        format!("`{text}` is no status (`200`, `2XX` or `default`), and is read as `{status}`")
    }
}

/// Reads a Response Object (OpenAPI 3.1 §4.8.17); of one that cannot be had the status is kept.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    status: Status,
    node: Node<'a>,
    produces: &[String],
) -> Response {
    let own = node.clone();
    let Some(followed) = reader.follow(node) else {
        return unknown(reader, status, &own);
    };
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
    Response {
        status,
        name: followed.name,
        summary: followed.summary.or_else(|| reader.text(&node, "summary")),
        description,
        headers: header::read_all(reader, &node),
        content: content(reader, &node, produces),
        links: link::read_all(reader, &node),
        place: node.place,
    }
}

/// The content in the words of either version; those of the other one have been reported.
fn content<'a>(reader: &mut Reader<'a>, node: &Node<'a>, produces: &[String]) -> Vec<MediaType> {
    match node.value.get("content") {
        Some(_) => media_type::read_all(reader, node),
        None => swagger2::content(reader, node, produces),
    }
}

/// A response that stands behind a broken reference may have any content; one that is `null` has none.
fn unknown<'a>(reader: &mut Reader<'a>, status: Status, node: &Node<'a>) -> Response {
    let is_reference = node.value.get("$ref").is_some();
    Response {
        status,
        name: None,
        summary: None,
        description: String::new(),
        headers: Vec::new(),
        content: is_reference
            .then(|| media_type::any(reader, &node.place))
            .into_iter()
            .collect(),
        links: Vec::new(),
        place: node.place.clone(),
    }
}

/// What a key that is no status is likely to mean: `200 OK` is 200, `20x` is `2XX`, and `ok` is everything.
fn meant(text: &str) -> Status {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let code = text.get(..3).filter(|_| digits == 3).and_then(status);
    let first = text.bytes().next().filter(|_| digits < 3);
    match (code, first) {
        (Some(code), _) => code,
        (None, Some(digit @ b'1'..=b'5')) => Status::Range(digit - b'0'),
        _ => Status::Default,
    }
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

//! Multipart bodies: `multipart/form-data` (RFC 7578, OpenAPI 3.1 §4.8.14.4).

use bindery_spec::Value;
use bindery_spec::model::MediaType;
use serde_json::Map;

use super::{form, scalar_text};
use crate::shape::file_type;
use crate::validate::media::ContentType;
use crate::validate::{Contract, Direction};

/// The boundary of the bodies that we send. Values that are made never contain it.
pub(crate) const BOUNDARY: &str = "bindery-boundary-7f3a";

/// Encodes an object, one part for each property and each item; `None` for values that are no object.
pub(crate) fn encode(contract: &Contract, media: &MediaType, value: &Value) -> Option<String> {
    let shapes = media.schema.map(|schema| contract.shapes(&[schema]));
    let shape = shapes.as_deref().and_then(<[_]>::first);
    let mut body = String::new();
    for (name, value) in value.as_object()? {
        let stated = media.encoding.get(name);
        let stated = stated.and_then(|encoding| encoding.content_type.as_deref());
        let schemas = shape.and_then(|shape| shape.properties.get(name));
        let declared = stated.or_else(|| file_type(&contract.api.schemas, schemas?));
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            part(&mut body, name, item, declared);
        }
    }
    body.extend([format!("--{BOUNDARY}--\r\n")]);
    Some(body)
}

fn part(body: &mut String, name: &str, value: &Value, declared: Option<&str>) {
    let first = declared
        .and_then(|list| list.split(',').next())
        .map(str::trim);
    let (kind, text) = match scalar_text(value) {
        Some(text) => (first, text),
        None if value.is_null() => return,
        None => (first.or(Some("application/json")), value.to_string()),
    };
    body.extend([format!("--{BOUNDARY}\r\n")]);
    let name = name.replace('"', "%22");
    body.extend([format!("Content-Disposition: form-data; name=\"{name}\"")]);
    // A part with a type of its own that is not JSON is a file to most servers.
    match kind {
        Some(kind) if !kind.contains("json") => body.push_str("; filename=\"file\""),
        _ => {}
    }
    body.push_str("\r\n");
    if let Some(kind) = kind {
        body.extend([format!(
            "Content-Type: {}\r\n",
            crate::validate::media::concrete(kind)
        )]);
    }
    body.extend([format!("\r\n{text}\r\n")]);
}

/// Decodes a multipart body by the schema of the media type; `None` for what is none.
pub(crate) fn decode(
    contract: &Contract,
    media: &MediaType,
    content_type: &ContentType,
    bytes: &[u8],
    direction: Direction,
) -> Option<Value> {
    let parts = split(bytes, content_type.parameter("boundary")?)?;
    let shape = media
        .schema
        .and_then(|schema| contract.shapes(&[schema]).first().cloned())
        .unwrap_or_default();
    let mut object = Map::new();
    for Part { name, .. } in &parts {
        if object.contains_key(name) {
            continue;
        }
        let texts: Vec<&String> = parts
            .iter()
            .filter(|other| other.name == *name)
            .map(|other| &other.text)
            .collect();
        let value = match shape
            .properties
            .get(name)
            .and_then(|schemas| schemas.first())
        {
            Some(schema) => {
                let split = |kind: super::Kind<'_>| gather(&texts, kind);
                let value = contract.read_parameter(*schema, direction, &split)?;
                form::parse_nested(contract, *schema, direction, value)
            }
            None => Value::String(texts.first().copied().cloned().unwrap_or_default()),
        };
        object.insert(name.clone(), value);
    }
    Some(Value::Object(object))
}

/// The types that parts say they have, by the names of these.
pub(crate) fn types(content_type: &ContentType, bytes: &[u8]) -> Vec<(String, String)> {
    let boundary = content_type.parameter("boundary");
    let parts = boundary.and_then(|boundary| split(bytes, boundary));
    let typed = parts.into_iter().flatten();
    typed
        .filter_map(|part| Some((part.name, part.kind?)))
        .collect()
}

fn gather(texts: &[&String], kind: super::Kind<'_>) -> Option<super::Raw> {
    match kind {
        super::Kind::Array => Some(super::Raw::Array(
            texts.iter().map(|text| (*text).clone()).collect(),
        )),
        super::Kind::Scalar => texts
            .first()
            .map(|text| super::Raw::Scalar((*text).clone())),
        super::Kind::Object(..) => None,
    }
}

/// One part, as it came.
struct Part {
    name: String,
    kind: Option<String>,
    text: String,
}

/// The parts (RFC 2046 §5.1.1). Bytes that are not UTF-8 are kept as replacement characters: files are not
/// looked into.
fn split(bytes: &[u8], boundary: &str) -> Option<Vec<Part>> {
    let text = String::from_utf8_lossy(bytes);
    let delimiter = format!("--{boundary}");
    let (_, rest) = text.split_once(&delimiter)?;
    let mut parts = Vec::new();
    for chunk in rest.split(&format!("\r\n{delimiter}")) {
        if chunk.starts_with("--") {
            return Some(parts);
        }
        let (headers, content) = chunk.split_once("\r\n\r\n")?;
        parts.push(Part {
            name: disposition_name(headers)?,
            kind: header(headers, "content-type").map(|kind| kind.trim().to_owned()),
            text: content.to_owned(),
        });
    }
    // An empty form has only the closing delimiter.
    rest.starts_with("--").then_some(parts)
}

fn disposition_name(headers: &str) -> Option<String> {
    let (_, after) = header(headers, "content-disposition")?.split_once("name=\"")?;
    let (name, _) = after.split_once('"')?;
    Some(name.replace("%22", "\""))
}

/// The value of a header of a part.
fn header<'h>(headers: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = headers.lines().filter_map(|line| line.split_once(':'));
    let own = lines.find(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    own.map(|(_, value)| value)
}

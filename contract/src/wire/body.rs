//! Values to bodies, by media type.

use bindery_spec::Value;
use bindery_spec::model::MediaType;
use bytes::Bytes;

use super::{form, multipart, scalar_text};
use crate::validate::media::{self, ContentType, Format};
use crate::validate::{Contract, Direction};

/// A body and the content type that it is sent with; `None` when the media type cannot carry the value.
pub(crate) fn encode_body(
    contract: &Contract,
    media: &MediaType,
    value: &Value,
) -> Option<(String, Bytes)> {
    let name = media::concrete(&media.name);
    let text = match media::format_of(&media.name) {
        Format::Json => serde_json::to_string(value).ok()?,
        Format::JsonLines => lines(value),
        Format::Form => form::encode(media, value)?,
        Format::Multipart => {
            let body = multipart::encode(contract, media, value)?;
            let content_type = format!("{name}; boundary={}", multipart::BOUNDARY);
            return Some((content_type, body.into()));
        }
        Format::Text | Format::Opaque => scalar_text(value).unwrap_or_else(|| value.to_string()),
    };
    Some((name, text.into()))
}

/// The value of a body; `None` when it is none, or its media type is not read.
pub(crate) fn decode_body(
    contract: &Contract,
    declared: &[MediaType],
    content_type: &str,
    bytes: &[u8],
) -> Option<Value> {
    let used = ContentType::parse(content_type)?;
    let media = media::choose(declared, &used)?;
    match used.format() {
        Format::Json => serde_json::from_slice(bytes).ok(),
        Format::Form => form::decode(contract, media, bytes, Direction::Request),
        Format::Multipart => multipart::decode(contract, media, &used, bytes, Direction::Request),
        _ => None,
    }
}

/// One line for each item of an array; one line for anything else.
fn lines(value: &Value) -> String {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    items
        .iter()
        .flat_map(|item| [item.to_string(), "\n".to_owned()])
        .collect()
}

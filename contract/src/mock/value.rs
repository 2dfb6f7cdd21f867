//! What a mock sends: the document's examples where they are valid, otherwise the simplest valid value.

use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{Example, Header, MediaType, ParameterFormat, SchemaId};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::prefer::Preference;
use crate::synthesize::Synthesizer;
use crate::validate::media;
use crate::validate::{Contract, Direction};
use crate::wire::{Spelling, encode_body, encode_header};

/// Headers that the connection and the encoding of the body decide.
const NOT_OURS: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The body for a media type; `None` when the media type can carry none.
pub(super) fn body(
    contract: &Contract,
    media: &MediaType,
    preference: &Preference,
) -> Option<(String, Bytes)> {
    // What is asked for by its name is given, valid or not: it stands in the document for a reason.
    let is_named = |own: &&Example| own.name.is_some() && own.name == preference.example;
    let named = media.examples.iter().find(is_named);
    let valid = || {
        media
            .examples
            .iter()
            .find(|own| is_served(contract, media, own))
    };
    let documented = || Some(valid).filter(|_| !preference.dynamic)?();
    if let Some(body) = named
        .or_else(documented)
        .and_then(|example| written(media, example))
    {
        return Some(body);
    }
    let value = match media.schema {
        Some(schema) if preference.dynamic => random(contract, schema, preference.seed),
        Some(schema) => contract.answer(schema),
        None => Arc::new(Value::Object(serde_json::Map::new())),
    };
    encode_body(media, &value)
}

/// A header with its text; `None` when it is not for a mock to say.
pub(super) fn header(contract: &Contract, header: &Header) -> Option<(HeaderName, HeaderValue)> {
    let name: HeaderName = header.name.parse().ok()?;
    if NOT_OURS.contains(&name.as_str()) {
        return None;
    }
    let examples = header
        .examples
        .iter()
        .filter_map(|example| example.value.clone());
    let text = match &header.format {
        ParameterFormat::Style {
            style,
            explode,
            schema,
            ..
        } => {
            let mut valid = examples.filter(|value| is_valid(contract, *schema, value));
            let value = valid.next().map(Arc::new);
            let value = value.unwrap_or_else(|| contract.answer(*schema));
            let spelling = Spelling {
                name: &header.name,
                style: *style,
                explode: *explode,
                allow_reserved: false,
            };
            encode_header(spelling, &value)
        }
        ParameterFormat::Content(media) => {
            let (_, bytes) = body(contract, media, &Preference::default())?;
            String::from_utf8(bytes.into()).ok()?
        }
    };
    Some((name, HeaderValue::from_str(&text).ok()?))
}

/// Whether an example may be served without being asked for.
fn is_served(contract: &Contract, media: &MediaType, example: &Example) -> bool {
    let valid = |value: &Value| {
        media
            .schema
            .is_none_or(|schema| is_valid(contract, schema, value))
    };
    example.serialized.is_some() || example.value.as_ref().is_some_and(valid)
}

/// An example as it stands on the wire.
fn written(media: &MediaType, example: &Example) -> Option<(String, Bytes)> {
    match (&example.serialized, &example.value) {
        (Some(text), _) => Some((media::concrete(&media.name), text.clone().into())),
        (None, Some(value)) => encode_body(media, value),
        (None, None) => None,
    }
}

/// A value that the schema allows, by the seed; where none can be made, what is answered otherwise.
fn random(contract: &Contract, schema: SchemaId, seed: u64) -> Arc<Value> {
    let synthesizer = Synthesizer::new(contract, Direction::Response, seed);
    let made = synthesizer.random_value(schema, seed);
    made.map_or_else(|| contract.answer(schema), Arc::new)
}

fn is_valid(contract: &Contract, schema: SchemaId, value: &Value) -> bool {
    contract.is_valid(schema, Direction::Response, value)
}

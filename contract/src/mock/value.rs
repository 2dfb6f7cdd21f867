//! What a mock sends: the document's examples where they are valid, otherwise the simplest valid value.

use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{
    Example, Header, Location, MediaType, Operation, ParameterFormat, SchemaId,
};
use bytes::Bytes;
use http::header::{ETAG, LINK, LOCATION};
use http::{HeaderName, HeaderValue};

use super::prefer::Preference;
use crate::checks::{date, entity_tag, link};
use crate::synthesize::Synthesizer;
use crate::validate::media;
use crate::validate::{Contract, Direction};
use crate::wire::percent::{self, Keep};
use crate::wire::{Spelling, encode_body, encode_header, scalar_text};

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
        .and_then(|example| written(contract, media, example))
    {
        return Some(body);
    }
    let value = match media.schema {
        Some(schema) if preference.dynamic => random(contract, schema, preference.seed),
        Some(schema) => contract.answer(schema),
        None => Arc::new(Value::Object(serde_json::Map::new())),
    };
    encode_body(contract, media, &value)
}

/// A header with its text; `None` when it is not for a mock to say.
pub(super) fn header(
    contract: &Contract,
    operation: &Operation,
    header: &Header,
) -> Option<(HeaderName, HeaderValue)> {
    let name: HeaderName = header.name.parse().ok()?;
    if NOT_OURS.contains(&name.as_str()) {
        return None;
    }
    let examples = header
        .examples
        .iter()
        .filter_map(|example| example.value.clone());
    let place =
        (name == LOCATION).then(|| location(contract, operation).or_else(|| elsewhere(operation)));
    let known = examples.chain(place.flatten());
    let text = match &header.format {
        ParameterFormat::Style {
            style,
            explode,
            schema,
            ..
        } => {
            let mut valid = known.filter(|value| is_valid(contract, *schema, value));
            let value = valid.next().map(Arc::new);
            let value = value.unwrap_or_else(|| contract.answer(*schema));
            let spelling = Spelling {
                name: &header.name,
                style: *style,
                explode: *explode,
                allow_reserved: false,
            };
            let text = encode_header(spelling, &value);
            // Times, links and entity tags are written as HTTP does it, where the document only says that it is a text.
            let good = match name {
                ETAG => entity_tag::is_malformed(text.as_bytes()).then_some(entity_tag::GOOD),
                LINK => link::is_malformed(&text).then_some(link::GOOD),
                _ => date::is_malformed(&name, &text).then_some(date::GOOD),
            };
            let good = good.filter(|good| is_valid(contract, *schema, &(*good).into()));
            good.map_or(text, ToOwned::to_owned)
        }
        ParameterFormat::Content(media) => {
            let (_, bytes) = body(contract, media, &Preference::NONE)?;
            String::from_utf8(bytes.into()).ok()?
        }
    };
    Some((name, HeaderValue::from_str(&text).ok()?))
}

/// Where one of what an operation makes is read, as a reference from its own path (RFC 3986 §4.2); `None` when the document
/// does not say.
fn location(contract: &Contract, operation: &Operation) -> Option<Value> {
    let path = operation.path.trim_end_matches('/');
    let key = |path_of_one: &str| {
        let below = path_of_one.strip_prefix(path)?.strip_prefix("/{")?;
        below
            .strip_suffix('}')
            .filter(|own| !own.contains('{'))
            .map(ToOwned::to_owned)
    };
    let mut operations = contract.api.operations.iter();
    let schema = operations.find_map(|own| {
        let key = key(&own.path).filter(|_| own.method == "GET")?;
        own.parameter(Location::Path, &key)?.schema()
    })?;
    let text = percent::encode(&scalar_text(&contract.answer(schema))?, Keep::Unreserved);
    let last = path.rsplit('/').next().filter(|_| path == operation.path);
    Some(match last {
        Some(last) if last.contains('{') => return None,
        Some(last) => format!("{last}/{text}").into(),
        None => text.into(),
    })
}

/// Where something else than what is read stands: the root of the API, as a reference from an operation's own path. A reference
/// that was made up could lead to the same operation again, and so in a circle.
fn elsewhere(operation: &Operation) -> Option<Value> {
    let depth = operation.path.matches('/').count();
    let reads = operation.method == "GET" && operation.path != "/";
    reads.then(|| format!("./{}", "../".repeat(depth.saturating_sub(1))).into())
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
fn written(contract: &Contract, media: &MediaType, example: &Example) -> Option<(String, Bytes)> {
    match (&example.serialized, &example.value) {
        (Some(text), _) => Some((media::concrete(&media.name), text.clone().into())),
        (None, Some(value)) => encode_body(contract, media, value),
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

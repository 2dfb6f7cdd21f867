//! Media types: which one is spoken, and how it is spelled.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{self, MediaType};

use crate::ir::{Codec, Content, Framing, Type};
use crate::lower::schema::types::Types;

/// The media type that a client speaks best, of those that are offered.
pub(super) fn choose(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .min_by_key(|media_type| (rank(&media_type.name), media_type.schema.is_none()))
}

/// How a media type is spelled.
pub(super) fn codec(name: &str) -> Codec {
    let essence = essence(name);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Codec::Form,
        "multipart/form-data" => Codec::Multipart,
        "*/*" | "application/*" => Codec::Json,
        name if name.ends_with("/json") || name.ends_with("+json") => Codec::Json,
        name if name.starts_with("text/") || is_written(name) => Codec::Text,
        _ => Codec::Bytes,
    }
}

/// How a media type of a response is spelled: what is sequential (OpenAPI 3.2 §4.14.3) comes as a stream.
pub(super) fn answer_codec(name: &str) -> Codec {
    match essence(name).as_str() {
        "text/event-stream" => Codec::Stream(Framing::Events),
        "application/json-seq" => Codec::Stream(Framing::Records),
        name if name.ends_with("+json-seq") => Codec::Stream(Framing::Records),
        name if LINES.contains(&name) => Codec::Stream(Framing::Lines),
        _ => codec(name),
    }
}

/// JSON lines under the names that are in use.
const LINES: &[&str] = &[
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/x-json-stream",
    "application/ndjson",
    "application/x-ndjson",
];

/// Whether a media type outside of `text/` is text all the same (RFC 6838 §4.2.5).
fn is_written(name: &str) -> bool {
    let subtype = name.split('/').next_back().unwrap_or_default();
    let suffix = subtype.rsplit('+').next().unwrap_or_default();
    [
        "xml",
        "yaml",
        "x-yaml",
        "javascript",
        "graphql",
        "sql",
        "json-seq",
        "x-ndjson",
        "jsonl",
    ]
    .contains(&suffix)
}

/// What a media type is called in names: its subtype without the suffix, and its parameters, which may tell versions apart.
pub(super) fn subtype(name: &str) -> String {
    let (_, subtype) = name.split_once('/').unwrap_or(("", name));
    subtype.replace("+json", "").replace('*', "any")
}

/// The media type that is sent: the one that the document names, or one that its pattern allows.
pub(super) fn sent(name: &str) -> String {
    let essence = essence(name);
    let any = match (codec(name), essence.contains('*')) {
        (_, false) => return name.to_owned(),
        (Codec::Json, _) => "application/json",
        (Codec::Text, _) => "text/plain",
        _ => "application/octet-stream",
    };
    any.to_owned()
}

/// The content of a response that is read as a whole.
pub(super) fn lower_content(types: &mut Types, media_type: &MediaType) -> Content {
    let codec = codec(&media_type.name);
    let ty = match codec {
        Codec::Json => media_type
            .schema
            .map_or(Type::Value, |id| types.lower(&[id]).whole()),
        Codec::Text => Type::String,
        Codec::Form | Codec::Multipart | Codec::Bytes | Codec::Stream(_) => Type::Bytes,
    };
    if codec != Codec::Json {
        report_untyped(types, media_type);
    }
    // What a client cannot take apart it hands over as it is.
    let codec = if ty == Type::Bytes {
        Codec::Bytes
    } else {
        codec
    };
    Content {
        media_type: media_type.name.clone(),
        codec,
        ty,
    }
}

/// Reports content that has more to it than the text or the bytes that a client has of it, and says whether it has.
pub(super) fn report_untyped(types: &mut Types, media_type: &MediaType) -> bool {
    let schema = media_type.item_schema.or(media_type.schema);
    let Some(view) = schema.map(|id| types.view(&[id.into()])) else {
        return false;
    };
    let composed = |ty: &model::Type| matches!(ty, model::Type::Object | model::Type::Array);
    let is_composed = media_type.item_schema.is_some() || view.types().iter().any(composed);
    if is_composed {
        let message = format!(
            "a client has content of the media type {} as text or bytes, and not as its schema says",
            media_type.name
        );
        types
            .sink
            .push(codes::CONTENT_UNTYPED.at(&media_type.place, message));
    }
    is_composed
}

fn rank(name: &str) -> u8 {
    match (answer_codec(name), essence(name).as_str()) {
        (Codec::Json, "application/json") => 0,
        (Codec::Json, name) if name.contains('*') => 4,
        (Codec::Json, _) => 1,
        (Codec::Multipart, _) => 2,
        (Codec::Form, _) => 3,
        (Codec::Stream(_), _) => 5,
        (Codec::Text, _) => 6,
        (Codec::Bytes, _) => 7,
    }
}

fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

//! Operations that speak several media types: a call of its own for each kind of body, and on each call a way to send
//! it for each kind of answer.

use bindery_spec::model::{MediaType, Operation, Response, SchemaId, Schemas, Type};

use super::content::{answer_codec, choose, codec, subtype};
use crate::ir::{Codec, Framing};
use crate::lower::schema::view::{Part, View};

/// An operation that speaks less than the document lets it.
pub(super) struct Alternative {
    /// What is left out of the operation is left out here.
    pub(super) operation: Operation,
    /// What its name has beyond that of the operation; empty for the kind that a client speaks best.
    pub(super) role: String,
}

/// Media types that are spelled alike and have values of one type.
struct Kind<'a> {
    role: String,
    codec: Codec,
    schema: Option<SchemaId>,
    names: Vec<&'a str>,
}

/// The operation once for each kind of body that it takes, the best first.
pub(super) fn by_body(operation: &Operation, schemas: &Schemas) -> Vec<Alternative> {
    let content = operation.body.as_ref().map(|body| body.content.as_slice());
    let kinds = kinds(content.unwrap_or_default(), schemas, codec);
    let kinds: Vec<_> = kinds
        .into_iter()
        .map(|kind| (kind.role, owned(&kind.names)))
        .collect();
    if kinds.len() < 2 {
        let (operation, role) = (operation.clone(), String::new());
        return vec![Alternative { operation, role }];
    }
    let narrowed = kinds.into_iter().enumerate().map(|(index, (role, names))| {
        let mut operation = operation.clone();
        if let Some(body) = &mut operation.body {
            body.content.retain(|own| names.contains(&own.name));
        }
        let role = if index == 0 { String::new() } else { role };
        Alternative { operation, role }
    });
    narrowed.collect()
}

/// The operation once for each kind of answer beside the best one; what has the best one only stays as it is.
///
/// What another media type says of the same type as the best one is the same in another spelling, and left out.
pub(super) fn by_answer(operation: &Operation, schemas: &Schemas) -> Vec<Alternative> {
    let mut roles: Vec<String> = Vec::new();
    for response in &operation.responses {
        let others = others(response, schemas).into_iter().map(|kind| kind.role);
        for role in others {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    let narrowed = roles.into_iter().map(|role| {
        let mut operation = operation.clone();
        for response in &mut operation.responses {
            let others = others(response, schemas);
            let kind = others.iter().find(|kind| kind.role == role);
            if let Some(names) = kind.map(|kind| owned(&kind.names)) {
                response.content.retain(|own| names.contains(&own.name));
            }
        }
        Alternative { operation, role }
    });
    narrowed.collect()
}

/// The kinds of content of a response but the best.
fn others<'a>(response: &'a Response, schemas: &Schemas) -> Vec<Kind<'a>> {
    let all = kinds(&response.content, schemas, answer_codec);
    let best = all.first().and_then(|kind| kind.schema);
    let tells_more = |kind: &Kind| match (best, kind.schema) {
        _ if kind.codec.framing().is_some() => true,
        (Some(best), Some(own)) => !is_same(best, own, schemas, 0),
        _ => true,
    };
    all.into_iter().skip(1).filter(tells_more).collect()
}

/// The kinds of content, the one that a client speaks best first.
fn kinds<'a>(
    content: &'a [MediaType],
    schemas: &Schemas,
    codec: fn(&str) -> Codec,
) -> Vec<Kind<'a>> {
    let Some(best) = choose(content) else {
        return Vec::new();
    };
    let schema = |own: &MediaType| own.item_schema.or(own.schema);
    let mut kinds: Vec<Kind> = Vec::new();
    let others = content.iter().filter(|own| own.name != best.name);
    for media_type in std::iter::once(best).chain(others) {
        let codec = codec(&media_type.name);
        let is_known = |kind: &&mut Kind| {
            kind.codec == codec && is_one(codec, kind.schema, schema(media_type), schemas)
        };
        if let Some(kind) = kinds.iter_mut().find(is_known) {
            kind.names.push(&media_type.name);
            continue;
        }
        kinds.push(Kind {
            role: role(codec, &media_type.name),
            codec,
            schema: schema(media_type),
            names: vec![&media_type.name],
        });
    }
    kinds
}

/// Text and bytes are what they are, whatever their schemas say.
fn is_one(
    codec: Codec,
    left: Option<SchemaId>,
    right: Option<SchemaId>,
    schemas: &Schemas,
) -> bool {
    match (codec, left, right) {
        (Codec::Text | Codec::Bytes, ..) => true,
        (_, Some(left), Some(right)) => is_same(left, right, schemas, 0),
        // A media type without a schema tells nothing that the other one does not.
        (_, _, right) => right.is_none(),
    }
}

/// Whether two schemas are the same one, or lists of the same one, or scalars of which the same is said.
fn is_same(left: SchemaId, right: SchemaId, schemas: &Schemas, depth: u8) -> bool {
    let view = |id| View::of(schemas, &[Part::from(id)]);
    let (left, right) = (schemas.target(left), schemas.target(right));
    if left == right {
        return true;
    }
    let (ours, theirs) = (view(left), view(right));
    let are_lists = ours.types() == [Type::Array] && theirs.types() == [Type::Array];
    match (schemas[left].items, schemas[right].items) {
        (Some(ours), Some(theirs)) if are_lists && depth < 8 => {
            is_same(ours, theirs, schemas, depth + 1)
        }
        _ => ours.is_alike(left, right),
    }
}

/// What a kind is called: by its codec, and JSON of another type by its media type.
fn role(codec: Codec, name: &str) -> String {
    match codec {
        Codec::Json => subtype(name),
        Codec::Form => "form".to_owned(),
        Codec::Multipart => "multipart".to_owned(),
        Codec::Text => "text".to_owned(),
        Codec::Bytes | Codec::Stream(Framing::Pieces) => "bytes".to_owned(),
        Codec::Stream(Framing::Events | Framing::NamedEvents | Framing::TextEvents) => {
            "events".to_owned()
        }
        Codec::Stream(Framing::Lines) => "lines".to_owned(),
        Codec::Stream(Framing::Records) => "records".to_owned(),
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

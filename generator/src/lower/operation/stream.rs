//! Responses that are taken while they come: what an item of them is.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{MediaType, SchemaId, Type as Kind};

use super::content::{answer_codec, choose};
use crate::ir::{Codec, Content, Framing, Success, Type};
use crate::lower::schema::event::{EventKind, is_text, kinds};
use crate::lower::schema::types::Types;

const JSON_TEXT: &str = "this event has a JSON string as data beside events of other data, and a client has all of them as text";

/// The content of a response as a stream; `None` where it is to be read as a whole.
pub(super) fn lower_stream(types: &mut Types, content: &[MediaType]) -> Option<Content> {
    let media_type = choose(content)?;
    let framing = answer_codec(&media_type.name).framing()?;
    let (framing, ty) = match framing {
        Framing::Events => lower_event(types, media_type),
        framing => (framing, lower_item(types, media_type)),
    };
    Some(Content {
        media_type: media_type.name.clone(),
        codec: Codec::Stream(framing),
        ty,
    })
}

/// What stands for the bytes of an answer where they are wanted piece by piece.
pub(super) fn lower_download(success: &Success) -> Option<Success> {
    let Success::Same { statuses, content } = success else {
        return None;
    };
    let bytes = content.as_ref().filter(|own| own.codec == Codec::Bytes)?;
    Some(Success::Same {
        statuses: statuses.clone(),
        content: Some(Content {
            codec: Codec::Stream(Framing::Pieces),
            ..bytes.clone()
        }),
    })
}

/// The items of a sequence: what `itemSchema` says (OpenAPI 3.2 §4.14.3), or what the schema says of a list of them. A
/// schema of something else is meant for each item: documents before 3.2 had no other way to say it.
fn lower_item(types: &mut Types, media_type: &MediaType) -> Type {
    item(types, media_type).map_or(Type::Value, |ids| types.lower(&ids).whole())
}

fn item(types: &Types, media_type: &MediaType) -> Option<Vec<SchemaId>> {
    if let Some(item) = media_type.item_schema {
        return Some(vec![item]);
    }
    let schema = media_type.schema?;
    let view = types.view(&[schema.into()]);
    let items = view.items();
    let is_list = view.types() == [Kind::Array] && !items.is_empty();
    Some(if is_list { items } else { vec![schema] })
}

/// The data of an event: `itemSchema` describes whole events (OpenAPI 3.2 §4.14.4.3); before 3.2 the schema is meant for
/// the data.
fn lower_event(types: &mut Types, media_type: &MediaType) -> (Framing, Type) {
    if let Some(event) = media_type.item_schema {
        return lower_kinds(types, event);
    }
    match item(types, media_type).filter(|ids| !is_text(types.schemas, ids)) {
        Some(ids) => (Framing::Events, types.lower(&ids).whole()),
        None => (Framing::TextEvents, Type::String),
    }
}

fn lower_kinds(types: &mut Types, event: SchemaId) -> (Framing, Type) {
    let kinds = kinds(types.schemas, event);
    let is_json_text =
        |own: &&EventKind| !own.content.is_empty() && is_text(types.schemas, &own.content);
    match kinds.as_slice() {
        [] => (Framing::TextEvents, Type::String),
        [first, others @ ..] if others.iter().all(|own| own.content == first.content) => {
            match first.content.as_slice() {
                [] => (Framing::TextEvents, Type::String),
                content => (Framing::Events, types.lower(content).whole()),
            }
        }
        several => match several.iter().find(is_json_text) {
            Some(odd) => {
                let place = &types.schemas[odd.schema].place;
                types.sink.push(codes::NOT_CARRIED.at(place, JSON_TEXT));
                (Framing::TextEvents, Type::String)
            }
            None => (Framing::NamedEvents, types.lower_data(event, kinds)),
        },
    }
}

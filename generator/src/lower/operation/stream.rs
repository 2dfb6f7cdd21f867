//! Responses that are taken while they come: what an item of them is.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{MediaType, SchemaId, Type as Kind};

use super::content::{answer_codec, choose};
use crate::ir::{Codec, Content, Framing, Success, Type};
use crate::lower::schema::types::Types;

const SEVERAL: &str =
    "these events are described apart from each other, and a client has the data of each as text";

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

/// The data of an event: `itemSchema` describes whole events, of which `data` may have content of its own (OpenAPI 3.2
/// §4.14.4.3), or be described by itself, where a document means what the text is parsed to; before 3.2 the schema is
/// meant for the data.
fn lower_event(types: &mut Types, media_type: &MediaType) -> (Framing, Type) {
    let data = match media_type.item_schema {
        Some(event) => event_content(types, event),
        None => item(types, media_type).filter(|ids| !is_text(types, ids)),
    };
    match data {
        Some(ids) => (Framing::Events, types.lower(&ids).whole()),
        None => (Framing::TextEvents, Type::String),
    }
}

fn event_content(types: &mut Types, event: SchemaId) -> Option<Vec<SchemaId>> {
    let view = types.view(&[event.into()]);
    let Some(data) = view.properties().get("data").cloned() else {
        let several = view
            .schemas()
            .find(|own| !own.one_of.is_empty() || !own.any_of.is_empty());
        if let Some(schema) = several {
            types
                .sink
                .push(codes::NOT_CARRIED.at(&schema.place, SEVERAL));
        }
        return None;
    };
    let content = |id: &SchemaId| types.schemas[types.schemas.target(*id)].content_schema;
    let content: Vec<_> = data.iter().filter_map(content).collect();
    if content.is_empty() {
        return (!is_text(types, &data)).then_some(data);
    }
    Some(content)
}

fn is_text(types: &Types, ids: &[SchemaId]) -> bool {
    let parts: Vec<_> = ids.iter().copied().map(Into::into).collect();
    let kinds = types.view(&parts).types();
    kinds.is_empty() || kinds == [Kind::String]
}

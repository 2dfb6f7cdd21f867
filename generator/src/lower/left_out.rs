//! What the document says and a client has no place for: it is told, so that nothing is lost in silence.

use std::collections::BTreeSet;

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{MediaType, Operation, Schema, SchemaId, Type};
use bindery_spec::{Api, Diagnostics};

use super::schema::event::kinds;
use super::schema::view::View;

const XML: &str = "this says how a value is spelled in XML, and a client has XML as text";
const CONTENT: &str = "this describes what the text holds, and a client has it as text";
const TAG: &str =
    "no union stands beside this: a client reads a value as this type, whatever its tag is";
const DEFAULT: &str = "without `type` the schema is read as what its other keywords are for, and this is a value of another type";

/// Reports it for all schemas.
pub(super) fn report(api: &Api, sink: &mut Diagnostics) {
    let contents = || api.operations.iter().flat_map(contents);
    let has_xml = contents().any(|own| own.name.to_ascii_lowercase().contains("xml"));
    let events: BTreeSet<_> = contents().flat_map(|own| event_data(api, own)).collect();
    for (id, schema) in api.schemas.iter() {
        let found = [
            ("xml", has_xml && schema.xml.is_some(), XML),
            (
                "contentSchema",
                schema.content_schema.is_some() && !events.contains(&id),
                CONTENT,
            ),
            ("discriminator", schema.is_tagged_alone(), TAG),
            (
                "default",
                has_default_of_other_type(api, id, schema),
                DEFAULT,
            ),
        ];
        for (key, _, why) in found.into_iter().filter(|(_, states, _)| *states) {
            sink.push(codes::NOT_CARRIED.at(&schema.place.child(key), why));
        }
    }
}

/// Whether the default would be allowed, because the schema states no type, and cannot be read.
fn has_default_of_other_type(api: &Api, id: SchemaId, schema: &Schema) -> bool {
    let default = schema.default.as_ref().filter(|own| !own.is_null());
    let Some(own) = default.map(Type::of).filter(|_| schema.types.is_empty()) else {
        return false;
    };
    let holds = |ty: &Type| *ty == own || *ty == Type::Number && own == Type::Integer;
    let implied = View::of(&api.schemas, &[id.into()]).types();
    !implied.is_empty() && !implied.iter().any(holds)
}

/// All that an operation sends or gets.
fn contents(operation: &Operation) -> impl Iterator<Item = &MediaType> {
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let got = operation.responses.iter().flat_map(|own| &own.content);
    sent.chain(got)
}

/// The schemas of the data of events, whose content has a type.
fn event_data(api: &Api, media_type: &MediaType) -> Vec<SchemaId> {
    let event = media_type.item_schema.into_iter();
    let kinds = event.flat_map(|id| kinds(&api.schemas, id));
    let data = kinds.flat_map(|own| own.stated);
    data.map(|id| api.schemas.target(id)).collect()
}

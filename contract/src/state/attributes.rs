//! Things as JSON:API has them: what is said of one stands in `attributes`, beside its key and its type (JSON:API 1.1 §7.2).

use std::borrow::Cow;

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas, Type};

use super::look::{self, Properties};

/// Where the attributes stand in a thing, as a JSON Pointer.
const PLACE: &str = "/attributes";

/// Whether a property of a thing holds its attributes.
pub(crate) fn is_name(name: &str) -> bool {
    PLACE[1..] == *name
}

/// The schema of the attributes of a thing with these properties; `None` where a thing is not made up like that.
pub(super) fn schema(schemas: &Schemas, thing: &Properties) -> Option<SchemaId> {
    let is = |ids: &[SchemaId], kind| look::types(schemas, ids) == [kind];
    let ids = thing.get(&PLACE[1..])?;
    let typed = thing.get("type").is_some_and(|ids| is(ids, Type::String));
    let told = ids.len() == 1 && is(ids, Type::Object);
    (typed && told && !look::properties(schemas, ids).is_empty()).then(|| ids[0])
}

/// Where what is said of a thing stands, and its schema: the thing itself, or its attributes.
pub(super) fn fields(schemas: &Schemas, (place, thing): (String, SchemaId)) -> (String, SchemaId) {
    match schema(schemas, &look::properties(schemas, &[thing])) {
        Some(inner) => (place + PLACE, inner),
        None => (place, thing),
    }
}

/// The thing that a thing stands in when these are its fields.
pub(super) fn outer(fields: &str) -> Option<&str> {
    fields.strip_suffix(PLACE)
}

/// What is said at a place of a whole; attributes with the key and the type that stand beside them.
pub(super) fn thing(whole: &Value, place: &str) -> Option<Value> {
    let mut own = whole.pointer(place)?.clone();
    let beside = outer(place).and_then(|outer| whole.pointer(outer)?.as_object());
    if let Some((own, beside)) = own.as_object_mut().zip(beside) {
        let scalars = beside
            .iter()
            .filter(|(_, own)| own.is_string() || own.is_number());
        for (name, value) in scalars {
            own.entry(name).or_insert_with(|| value.clone());
        }
    }
    Some(own)
}

/// An item of a list with what is said of it at a place in it; one that is made up otherwise than the others is as it is.
pub(crate) fn item<'v>(item: &'v Value, place: &str) -> Cow<'v, Value> {
    let flat = (!place.is_empty()).then(|| thing(item, place)).flatten();
    flat.map_or(Cow::Borrowed(item), Cow::Owned)
}

/// Puts a value at a place, with the objects that lead there.
pub(super) fn put(whole: &mut Value, place: &str, value: Value) {
    let mut steps = place.split('/').skip(1);
    let spot = steps.try_fold(whole, |own, step| {
        if !own.is_object() {
            *own = Value::Object(serde_json::Map::new());
        }
        let fields = own.as_object_mut()?;
        Some(
            fields
                .entry(crate::validate::unescape(step))
                .or_insert(Value::Null),
        )
    });
    if let Some(spot) = spot {
        *spot = value;
    }
}

/// The properties of a thing with those of its attributes, and where the latter stand.
pub(super) fn flat(schemas: &Schemas, mut thing: Properties) -> (Properties, &'static str) {
    let Some(inner) = schema(schemas, &thing) else {
        return (thing, "");
    };
    thing.extend(look::properties(schemas, &[inner]));
    (thing, PLACE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::thing;

    #[test]
    fn what_stands_beside_attributes_is_of_the_thing() {
        let whole = json!({ "data": { "id": "7", "type": "pets", "attributes": { "type": "cat" }, "links": {} } });
        let own = thing(&whole, "/data/attributes").expect("a thing");
        assert_eq!(own, json!({ "type": "cat", "id": "7" }));
        assert_eq!(thing(&whole, "/data").as_ref(), whole.get("data"));
        assert_eq!(thing(&whole, "/pet"), None);
    }
}

//! Keys deeper in a body: in the parts of a thing and in the items of its lists, such as the lines of an order.

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas, Type};

use super::body::Maker;
use super::{look, names};
use crate::validate::{pointer_to, unescape};

/// How deep parts and lists are looked into.
const DEPTH: usize = 2;

/// What may be a key in a body.
pub(super) struct Candidate {
    /// Where it stands, as a JSON Pointer in which `-` stands for each item of a list.
    pub(super) place: String,
    /// What it is called; an item of a list as one of what the list is called.
    pub(super) name: String,
    pub(super) schemas: Vec<SchemaId>,
}

/// What may be a key below what stands at a place.
pub(super) fn candidates(schemas: &Schemas, body: SchemaId, at: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    look_into(schemas, &[body], at, DEPTH, &mut found);
    found
}

fn look_into(
    schemas: &Schemas,
    ids: &[SchemaId],
    at: &str,
    depth: usize,
    found: &mut Vec<Candidate>,
) {
    for (name, ids) in look::properties(schemas, ids) {
        let place = format!("{at}{}", pointer_to(&name));
        let items = look::items(schemas, &ids);
        let each = format!("{place}/-");
        if look::is_key(schemas, &ids) {
            found.push(Candidate {
                place,
                name,
                schemas: ids,
            });
        } else if look::is_key(schemas, &items) {
            found.push(Candidate {
                place: each,
                name: names::singular(&name),
                schemas: items,
            });
        } else if depth > 0 && !items.is_empty() {
            look_into(schemas, &items, &each, depth - 1, found);
        } else if depth > 0 && look::types(schemas, &ids) == [Type::Object] {
            look_into(schemas, &ids, &place, depth - 1, found);
        }
    }
}

/// The values at a place in which `-` stands for each item of a list.
pub(super) fn each_mut<'v>(value: &'v mut Value, place: &str) -> Vec<&'v mut Value> {
    let mut found = vec![value];
    for step in place.split('/').skip(1) {
        let below = found.into_iter().flat_map(|own| match own {
            Value::Array(items) if step == "-" => items.iter_mut().collect(),
            Value::Object(fields) => fields.get_mut(&unescape(step)).into_iter().collect(),
            _ => Vec::new(),
        });
        found = below.collect();
    }
    found
}

impl Maker<'_> {
    /// Puts a value in at each place of those (`-` is each item of a list), if the body stays valid.
    pub(super) fn set_each(&self, body: &mut Value, places: &str, value: &Value) {
        let mut next = body.clone();
        for place in each_mut(&mut next, places) {
            *place = value.clone();
        }
        if self.is_valid(&next) {
            *body = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_item_of_a_list_is_reached() {
        let mut body = json!({ "lines": [{ "sku": 1 }, { "sku": 2 }, {}], "-": 3 });
        for own in each_mut(&mut body, "/lines/-/sku") {
            *own = 7.into();
        }
        let wanted = json!({ "lines": [{ "sku": 7 }, { "sku": 7 }, {}], "-": 3 });
        assert_eq!(body, wanted);
        assert_eq!(each_mut(&mut body, "/-").len(), 1);
        assert!(each_mut(&mut body, "/lines/sku").is_empty());
    }
}

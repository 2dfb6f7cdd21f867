//! Values of `enum` (JSON Schema 2020-12 Validation §6.1.2).

use std::collections::BTreeSet;

use super::allow::{allows_type, type_name};
use crate::diagnostic::codes;
use crate::model::Schema;
use crate::{Api, Diagnostics, Value};

/// Reports lists without values, values that come twice, and values of another type than the schema has.
pub(super) fn check_values(api: &Api, sink: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter() {
        if let Some(values) = &schema.values {
            check_list(schema, values, sink);
        }
    }
}

fn check_list(schema: &Schema, values: &[Value], sink: &mut Diagnostics) {
    let at = schema.place.child("enum");
    if values.is_empty() {
        let message = "this `enum` has no values, so no value is allowed";
        sink.push(
            codes::ENUM_EMPTY
                .at(&at, message)
                .help("list the values, or remove `enum`"),
        );
    }
    let mut seen = BTreeSet::new();
    for (index, value) in values.iter().enumerate() {
        if !seen.insert(value.to_string()) {
            sink.push(
                codes::ENUM_DUPLICATE.at(&at.child(index), format!("`{value}` is here twice")),
            );
        } else if !allows_type(schema, value) {
            let message = format!(
                "`{value}` is {}, which the `type` does not allow",
                type_name(value)
            );
            let diagnostic = codes::ENUM_MISMATCH.at(&at.child(index), message);
            sink.push(
                diagnostic.help(
                    "write the value as the type says, in quotes for a string, or add its type",
                ),
            );
        }
    }
}

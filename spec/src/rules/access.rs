//! `readOnly` and `writeOnly` exclude each other (OpenAPI 3.0 §4.7.24.2).

use crate::diagnostic::codes;
use crate::{Api, Diagnostics};

/// Reports schemas that are both.
pub(super) fn check_direction(api: &Api, sink: &mut Diagnostics) {
    for (_, schema) in api
        .schemas
        .iter()
        .filter(|(_, schema)| schema.read_only && schema.write_only)
    {
        sink.push(
            codes::READ_ONLY_AND_WRITE_ONLY
                .at(
                    &schema.place.child("writeOnly"),
                    "a value cannot be `readOnly` and `writeOnly`",
                )
                .related("the other is here", &schema.place.child("readOnly")),
        );
    }
}

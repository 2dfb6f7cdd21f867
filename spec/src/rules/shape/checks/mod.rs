//! What the keys of one object must keep together, where a list of keys cannot say it.

mod parameter;
mod security;
mod server;

pub(super) use parameter::{
    check_header, check_parameter, check_parameters, check_swagger_parameter,
};
pub(super) use security::{check_security_scheme, check_swagger_scheme};
pub(super) use server::check_server;

use serde_json::Map;

use super::walk::Finding;
use crate::Value;
use crate::diagnostic::codes;
use crate::model::Version;

/// Up to 3.0 an array says what its items are (OpenAPI 3.0 §4.7.24.1).
pub(super) fn check_items(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    let is_array = map.get("type").is_some_and(|kind| kind == "array");
    if is_array && !map.contains_key("items") && finding.version <= Version::V3_0 {
        finding.report_key(
            "items",
            &codes::REQUIRED_KEY_MISSING,
            "`items` is missing beside `type: array`",
        );
    }
}

/// The text under a key.
fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    map.get(key).and_then(Value::as_str)
}

/// Reports each of some keys that is not there.
fn require(map: &Map<String, Value>, finding: &mut Finding<'_, '_>, keys: &[&str], reason: &str) {
    for key in keys.iter().filter(|key| !map.contains_key(**key)) {
        finding.report_key(
            key,
            &codes::REQUIRED_KEY_MISSING,
            format!("`{key}` is missing beside {reason}"),
        );
    }
}

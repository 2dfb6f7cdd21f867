//! Security schemes: what each type requires (OpenAPI 3.1 §4.8.27.1).

use serde_json::Map;

use super::super::walk::Finding;
use super::parameter::check_name;
use super::{require, text};
use crate::Value;

/// What the types of 3.x require.
const REQUIRED: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// What the flows of 2.0 require.
const FLOWS: &[(&str, &[&str])] = &[
    ("implicit", &["authorizationUrl", "scopes"]),
    ("password", &["tokenUrl", "scopes"]),
    ("application", &["tokenUrl", "scopes"]),
    ("accessCode", &["authorizationUrl", "tokenUrl", "scopes"]),
];

/// The keys that the type of a scheme requires.
pub(in super::super) fn check_security_scheme(
    map: &Map<String, Value>,
    finding: &mut Finding<'_, '_>,
) {
    require_for(map, finding, "type", REQUIRED);
    check_key_name(map, finding);
}

/// The keys that the type and the flow of a scheme of 2.0 require.
pub(in super::super) fn check_swagger_scheme(
    map: &Map<String, Value>,
    finding: &mut Finding<'_, '_>,
) {
    match text(map, "type") {
        Some("apiKey") => {
            require(map, finding, &["name", "in"], "`type: apiKey`");
            check_key_name(map, finding);
        }
        Some("oauth2") => {
            require(map, finding, &["flow"], "`type: oauth2`");
            require_for(map, finding, "flow", FLOWS);
        }
        _ => {}
    }
}

/// An API key has a name as a parameter has one.
fn check_key_name(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    if text(map, "type") == Some("apiKey") {
        check_name(map, finding, text(map, "in").unwrap_or_default());
    }
}

fn require_for(
    map: &Map<String, Value>,
    finding: &mut Finding<'_, '_>,
    key: &str,
    table: &[(&str, &[&str])],
) {
    let word = text(map, key).unwrap_or_default();
    if let Some((_, keys)) = table.iter().find(|(row, _)| *row == word) {
        require(map, finding, keys, &format!("`{key}: {word}`"));
    }
}

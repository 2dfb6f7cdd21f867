//! Parameters: what their location, style and neighbours allow (OpenAPI 3.1 §4.8.12, OpenAPI 3.2 §4.12).

use std::collections::BTreeMap;

use serde_json::Map;

use super::super::names;
use super::super::walk::Finding;
use super::{require, text};
use crate::Value;
use crate::diagnostic::codes;
use crate::model::Version;
use crate::source::Place;

/// The styles of each location.
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["matrix", "label", "simple"]),
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// What the location of a parameter of 3.x asks of its other keys.
pub(in super::super) fn check_parameter(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    let location = text(map, "in").unwrap_or_default();
    check_name(map, finding, location);
    check_required(map, finding, location);
    check_style(map, finding, location);
    check_reserved(map, finding, location);
    check_content(map, finding);
    if location == "querystring" && map.contains_key("schema") {
        let message = "a `querystring` parameter has `content`, not `schema`";
        finding.report_key("schema", &codes::KEYS_EXCLUSIVE, message);
    }
}

/// What a header of 3.x asks of its keys.
pub(in super::super) fn check_header(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    check_content(map, finding);
}

/// What the location of a parameter of 2.0 asks of its other keys.
pub(in super::super) fn check_swagger_parameter(
    map: &Map<String, Value>,
    finding: &mut Finding<'_, '_>,
) {
    let location = text(map, "in").unwrap_or_default();
    check_required(map, finding, location);
    match location {
        "" => {}
        "body" => require(map, finding, &["schema"], "`in: body`"),
        location => require(map, finding, &["type"], &format!("`in: {location}`")),
    }
}

/// What the parameters of an operation or a path item ask of each other.
pub(in super::super) fn check_parameters(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    let Some(parameters) = map.get("parameters").and_then(Value::as_array) else {
        return;
    };
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let parameter = finding.resolve(parameter);
        let (Some(name), Some(location)) = (parameter["name"].as_str(), parameter["in"].as_str())
        else {
            continue;
        };
        // There is one query string, whatever it is called.
        let name = if location == "querystring" { "" } else { name };
        match seen.get(&(name, location)) {
            Some(first) => found.push((*first, index, location == "querystring")),
            None => {
                seen.insert((name, location), index);
            }
        }
    }
    let first_of = |wanted: &str| {
        seen.iter()
            .find(|((_, at), _)| *at == wanted)
            .map(|(_, index)| *index)
    };
    let mixed = first_of("querystring").zip(first_of("query"));
    report_clashes(finding, &found, mixed);
}

fn report_clashes(
    finding: &mut Finding<'_, '_>,
    repeated: &[(usize, usize, bool)],
    mixed: Option<(usize, usize)>,
) {
    let list = finding.here().child("parameters");
    let mut report = |code, message: &str, first: usize, second: usize| {
        let places: (Place, Place) = (list.child(second), list.child(first));
        finding.report_pair(
            code,
            message.to_owned(),
            &places.0,
            ("the other is here", &places.1),
        );
    };
    for (first, second, is_whole) in repeated {
        if *is_whole {
            let message = "two parameters stand for the whole query string";
            report(&codes::QUERYSTRING_CONFLICT, message, *first, *second);
        } else {
            let message = "two parameters have the same name and location";
            report(&codes::PARAMETER_DUPLICATE, message, *first, *second);
        }
    }
    if let Some((whole, single)) = mixed {
        let message = "a `query` parameter stands beside one for the whole query string";
        report(&codes::QUERYSTRING_CONFLICT, message, whole, single);
    }
}

/// The characters of a name, by where it stands.
pub(super) fn check_name(map: &Map<String, Value>, finding: &mut Finding<'_, '_>, location: &str) {
    let Some(name) = text(map, "name") else {
        return;
    };
    let (is_good, expected) = match location {
        "header" => (names::is_token(name), names::HEADER.expected),
        "path" => (
            !name.contains(['{', '}']),
            "a name for a path: it has a brace",
        ),
        _ => (true, ""),
    };
    if !is_good {
        let message = format!("`{name}` is not {expected}");
        finding.report_key("name", &codes::NAME_MALFORMED, message);
    }
}

fn check_required(map: &Map<String, Value>, finding: &mut Finding<'_, '_>, location: &str) {
    if location == "path" && map.get("required") != Some(&Value::Bool(true)) {
        let message = "a path parameter must say `required: true`";
        finding.report(&codes::PATH_PARAMETER_OPTIONAL, message);
    }
}

fn check_style(map: &Map<String, Value>, finding: &mut Finding<'_, '_>, location: &str) {
    let Some(style) = text(map, "style") else {
        return;
    };
    let Some((_, styles)) = STYLES.iter().find(|(name, _)| *name == location) else {
        return;
    };
    let is_known = |style: &str| style != "cookie" || finding.version >= Version::V3_2;
    let styles: Vec<&str> = styles
        .iter()
        .copied()
        .filter(|style| is_known(style))
        .collect();
    if !styles.contains(&style) {
        let message = format!(
            "`in: {location}` has no style `{style}`: it has `{}`",
            styles.join("`, `")
        );
        finding.report_key("style", &codes::STYLE_MISPLACED, message);
    }
}

/// `allowReserved` is for what is percent-encoded: query parameters, since 3.2 paths and form cookies too.
fn check_reserved(map: &Map<String, Value>, finding: &mut Finding<'_, '_>, location: &str) {
    if !map.contains_key("allowReserved") {
        return;
    }
    let is_new = finding.version >= Version::V3_2;
    let is_allowed = match location {
        "query" => true,
        "path" => is_new,
        "cookie" => is_new && text(map, "style") != Some("cookie"),
        _ => false,
    };
    // 3.0 allows the key everywhere and gives it a meaning for queries only.
    if !is_allowed && finding.version >= Version::V3_1 {
        let message = format!("`allowReserved` has no meaning for this `in: {location}`");
        finding.report_key("allowReserved", &codes::ALLOW_RESERVED_MISPLACED, message);
    }
}

/// `content` has one media type (OpenAPI 3.1 §4.8.12.4).
fn check_content(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    let content = map.get("content").and_then(Value::as_object);
    if let Some(count) = content.map(Map::len).filter(|count| *count != 1) {
        let message = format!("`content` must have one media type here, and has {count}");
        finding.report_key("content", &codes::CONTENT_NOT_SINGLE, message);
    }
}

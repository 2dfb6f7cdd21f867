//! Values to text, by style (OpenAPI 3.1 §4.8.12.4).

use bindery_spec::Value;
use bindery_spec::model::Style;

use super::percent::{self, Keep};
use super::{Spelling, scalar_text};

/// The text that takes the place of `{name}` in a path.
pub(crate) fn encode_path(spelling: Spelling<'_>, value: &Value) -> String {
    let escape = |text: &str| percent::encode(text, keep(spelling));
    let name = percent::encode(spelling.name, Keep::Unreserved);
    match spelling.style {
        Style::Label => label(&parts(value, spelling.explode, &escape), spelling.explode),
        Style::Matrix => matrix(&name, value, spelling.explode, &escape),
        _ => joined(&parts(value, spelling.explode, &escape), ","),
    }
}

/// The pairs of a query, without `?` and not yet joined by `&`.
pub(crate) fn encode_query(spelling: Spelling<'_>, value: &Value) -> Vec<String> {
    let escape = |text: &str| percent::encode(text, keep(spelling));
    let name = percent::encode(spelling.name, Keep::Unreserved);
    match (spelling.style, value) {
        (Style::DeepObject, Value::Object(_)) => deep(&name, value, &escape),
        (style, _) if !spelling.explode => {
            let parts = parts(value, false, &escape);
            // An empty list has no pair at all (RFC 6570 §3.2.8).
            if parts.is_empty() {
                return Vec::new();
            }
            vec![format!("{name}={}", joined(&parts, delimiter(style)))]
        }
        _ => spread(&name, value, &escape),
    }
}

/// A pair for each text inside, with its names in brackets, and empty ones for an item.
fn deep(name: &str, value: &Value, escape: &dyn Fn(&str) -> String) -> Vec<String> {
    let below = |step: &str, value| deep(&format!("{name}%5B{}%5D", escape(step)), value, escape);
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, own)| below(key, own))
            .collect(),
        Value::Array(items) => items.iter().flat_map(|item| below("", item)).collect(),
        scalar => {
            let text = scalar_text(scalar).map(|text| format!("{name}={}", escape(&text)));
            text.into_iter().collect()
        }
    }
}

/// The value of a header. Nothing is percent-encoded there.
pub(crate) fn encode_header(spelling: Spelling<'_>, value: &Value) -> String {
    joined(&parts(value, spelling.explode, &str::to_owned), ",")
}

/// The pairs of a cookie header, not yet joined by `; `.
pub(crate) fn encode_cookie(spelling: Spelling<'_>, value: &Value) -> Vec<String> {
    let escape = |text: &str| match spelling.style {
        Style::Cookie => text.to_owned(),
        _ => percent::encode(text, keep(spelling)),
    };
    if spelling.explode {
        spread(spelling.name, value, &escape)
    } else {
        vec![format!(
            "{}={}",
            spelling.name,
            joined(&parts(value, false, &escape), ",")
        )]
    }
}

/// The delimiter of a list in a query, as it stands on the wire.
pub(super) fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::TabDelimited => "%09",
        _ => ",",
    }
}

fn keep(spelling: Spelling<'_>) -> Keep {
    if spelling.allow_reserved {
        Keep::Reserved
    } else {
        Keep::Unreserved
    }
}

/// The texts between which the delimiters stand.
fn parts(value: &Value, explode: bool, escape: &dyn Fn(&str) -> String) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .iter()
            .filter_map(scalar_text)
            .map(|text| escape(&text))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .filter_map(|(key, value)| Some((escape(key), escape(&scalar_text(value)?))))
            .flat_map(|(key, value)| {
                if explode {
                    vec![format!("{key}={value}")]
                } else {
                    vec![key, value]
                }
            })
            .collect(),
        scalar => scalar_text(scalar)
            .map(|text| escape(&text))
            .into_iter()
            .collect(),
    }
}

/// One pair for each item, each property, or the value itself.
fn spread(name: &str, value: &Value, escape: &dyn Fn(&str) -> String) -> Vec<String> {
    let parts = parts(value, true, escape);
    if value.is_object() {
        parts
    } else {
        parts.iter().map(|part| format!("{name}={part}")).collect()
    }
}

fn label(parts: &[String], explode: bool) -> String {
    format!(".{}", joined(parts, if explode { "." } else { "," }))
}

fn matrix(name: &str, value: &Value, explode: bool, escape: &dyn Fn(&str) -> String) -> String {
    let pairs = if explode {
        spread(name, value, escape)
    } else {
        vec![format!(
            "{name}={}",
            joined(&parts(value, false, escape), ",")
        )]
    };
    pairs
        .iter()
        // An empty value has no `=` in this style (RFC 6570 §3.2.7).
        .flat_map(|pair| [";", pair.strip_suffix('=').unwrap_or(pair)])
        .collect()
}

fn joined(parts: &[String], delimiter: &str) -> String {
    parts.join(delimiter)
}

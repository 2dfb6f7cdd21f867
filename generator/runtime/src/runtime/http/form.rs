//! Bodies of the media type `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.14.3).

use super::style::{self, Put};
use super::{Spelling, Style};
use crate::runtime::json::{Map, Value};

/// How much room a query or form has from the start, which is enough for most.
const ROOM: usize = 128;

/// How one property of a form is spelled (OpenAPI 3.1 §4.8.15).
#[derive(Debug)]
pub struct Encoding {
    /// The property.
    pub property: &'static str,
    /// Its spelling; [`Style::Json`] for a content type of JSON.
    pub spelling: Spelling,
}

/// The text of a form. A property without an encoding is text, an array of them repeats its name, and an object is JSON.
pub(super) fn spell(body: &Value, encodings: &[Encoding]) -> String {
    let mut text = String::new();
    if let Some(properties) = body.as_object() {
        pairs(properties, encodings, &mut |name, value| {
            append(&mut text, "&", name, value);
        });
    }
    text
}

/// The pairs of a form.
pub(super) fn pairs(properties: &Map<Value>, encodings: &[Encoding], put: &mut Put<'_>) {
    for (name, value) in properties.iter() {
        let encoding = encodings.iter().find(|encoding| encoding.property == name);
        let spelling = match (encoding, value) {
            (Some(encoding), _) => encoding.spelling,
            (None, Value::Object(_)) => Spelling::new(Style::Json, false),
            (None, _) => Spelling::new(Style::Form, true),
        };
        style::pairs(name, spelling, value, put);
    }
}

/// Puts a pair behind those that stand in a query, form or cookie.
pub(super) fn append(text: &mut String, separator: &str, name: &str, value: &str) {
    if text.is_empty() {
        text.reserve(ROOM);
    } else {
        text.push_str(separator);
    }
    for part in [name, "=", value] {
        text.push_str(part);
    }
}

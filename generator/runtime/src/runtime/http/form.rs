//! Bodies of the media type `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.14.3).

use super::{Spelling, Style, style};
use crate::runtime::json::{Map, Value};

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
    let properties = body.as_object();
    join(&properties.map_or_else(Vec::new, |properties| pairs(properties, encodings)))
}

/// The pairs of a form.
pub(super) fn pairs(properties: &Map<Value>, encodings: &[Encoding]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in properties.iter() {
        let encoding = encodings.iter().find(|encoding| encoding.property == name);
        let spelling = match (encoding, value) {
            (Some(encoding), _) => encoding.spelling,
            (None, Value::Object(_)) => Spelling::new(Style::Json, false),
            (None, _) => Spelling::new(Style::Form, true),
        };
        pairs.extend(style::pairs(name, spelling, value));
    }
    pairs
}

/// Pairs as they stand in a query or form.
pub(super) fn join(pairs: &[(String, String)]) -> String {
    let texts: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    texts.join("&")
}

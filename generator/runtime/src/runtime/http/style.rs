//! How a value is spelled in a path, a query, a header or a cookie (OpenAPI 3.1 §4.8.12.3, RFC 6570).

use std::borrow::Cow;

use super::encode::{Keep, encode};
use super::{Spelling, Style, form};
use crate::runtime::json::{Json, Value};

/// The pairs of a query, cookie or form, encoded.
pub(super) fn pairs(name: &str, spelling: Spelling, value: &Value) -> Vec<(String, String)> {
    Speller::of(spelling).pairs(name, value)
}

/// The parts of a multipart body, which are not encoded.
pub(super) fn parts(name: &str, spelling: Spelling, value: &Value) -> Vec<(String, String)> {
    let speller = Speller {
        spelling,
        keep: Keep::All,
    };
    speller.pairs(name, value)
}

/// The text of a path parameter; `None` for nothing at all.
pub(super) fn path(name: &str, spelling: Spelling, value: &Value) -> Option<String> {
    let speller = Speller::of(spelling);
    Some(match (spelling.style, value) {
        (_, Value::Null) => return None,
        (Style::Json, _) => speller.encode(&value.to_json()),
        (Style::Matrix, _) => speller.matrix(name, value),
        (Style::Label, _) => {
            let separator = if spelling.explode { "." } else { "," };
            format!(".{}", speller.list(value).join(separator))
        }
        _ => speller.list(value).join(","),
    })
}

/// The text of a header, which is not encoded; `None` for nothing at all.
pub(super) fn header(spelling: Spelling, value: &Value) -> Option<String> {
    let speller = Speller {
        spelling,
        keep: Keep::All,
    };
    match (spelling.style, value) {
        (_, Value::Null) => None,
        (Style::Json, _) => Some(value.to_json()),
        _ => Some(speller.list(value).join(",")),
    }
}

struct Speller {
    spelling: Spelling,
    keep: Keep,
}

impl Speller {
    fn of(spelling: Spelling) -> Self {
        let keep = match spelling {
            Spelling {
                style: Style::Cookie,
                ..
            } => Keep::All,
            Spelling {
                allow_reserved: true,
                ..
            } => Keep::Reserved,
            _ => Keep::Unreserved,
        };
        Self { spelling, keep }
    }

    fn pairs(&self, name: &str, value: &Value) -> Vec<(String, String)> {
        let name = self.encode(name);
        match (self.spelling.style, value) {
            (_, Value::Null) => Vec::new(),
            (Style::Json, _) => vec![(name, self.encode(&value.to_json()))],
            (Style::DeepObject, _) => self.deep(name, value),
            (Style::Query, Value::Object(map)) => form::pairs(map, &[]),
            (_, Value::Array(items)) if items.is_empty() => Vec::new(),
            (_, Value::Object(map)) if map.is_empty() => Vec::new(),
            (_, Value::Array(items)) if self.spelling.explode => items
                .iter()
                .map(|item| (name.clone(), self.scalar(item)))
                .collect(),
            (_, Value::Object(map)) if self.spelling.explode => map
                .iter()
                .map(|(key, item)| (self.encode(key), self.scalar(item)))
                .collect(),
            _ => vec![(name, self.list(value).join(self.separator()))],
        }
    }

    fn encode(&self, text: &str) -> String {
        encode(text, self.keep)
    }

    fn scalar(&self, value: &Value) -> String {
        self.encode(&plain(value))
    }

    /// The parts of a value: one of a scalar, one an item, one or two a property.
    fn list(&self, value: &Value) -> Vec<String> {
        match value {
            Value::Array(items) => items.iter().map(|item| self.scalar(item)).collect(),
            Value::Object(map) if self.spelling.explode => map
                .iter()
                .map(|(key, item)| format!("{}={}", self.encode(key), self.scalar(item)))
                .collect(),
            Value::Object(map) => map
                .iter()
                .flat_map(|(key, item)| [self.encode(key), self.scalar(item)])
                .collect(),
            scalar => vec![self.scalar(scalar)],
        }
    }

    fn separator(&self) -> &'static str {
        match (self.spelling.style, self.keep) {
            (Style::SpaceDelimited, Keep::All) => " ",
            (Style::PipeDelimited, Keep::All) => "|",
            (Style::TabDelimited, Keep::All) => "\t",
            (Style::SpaceDelimited, _) => "%20",
            (Style::PipeDelimited, _) => "%7C",
            (Style::TabDelimited, _) => "%09",
            _ => ",",
        }
    }

    /// `;name=value`, where an empty value has no `=` (RFC 6570 §3.2.7).
    fn matrix(&self, name: &str, value: &Value) -> String {
        let name = self.encode(name);
        let pair = |text: String| {
            if text.is_empty() {
                format!(";{name}")
            } else {
                format!(";{name}={text}")
            }
        };
        match value {
            Value::Array(_) if self.spelling.explode => {
                self.list(value).into_iter().map(pair).collect()
            }
            Value::Object(_) if self.spelling.explode => format!(";{}", self.list(value).join(";")),
            _ => pair(self.list(value).join(",")),
        }
    }

    /// The name of a property inside `name`.
    fn inner(&self, name: &str, key: &str) -> String {
        match self.keep {
            Keep::All => format!("{name}[{key}]"),
            _ => format!("{name}%5B{}%5D", self.encode(key)),
        }
    }

    /// `name[key]=value`, and so on for objects inside; an array repeats its name.
    fn deep(&self, name: String, value: &Value) -> Vec<(String, String)> {
        match value {
            Value::Object(map) => map
                .iter()
                .flat_map(|(key, item)| self.deep(self.inner(&name, key), item))
                .collect(),
            Value::Array(items) => items
                .iter()
                .flat_map(|item| self.deep(name.clone(), item))
                .collect(),
            scalar => vec![(name, self.scalar(scalar))],
        }
    }
}

/// A scalar as text. The standard leaves arrays and objects inside others undefined: they are spelled as JSON.
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_json()),
    }
}

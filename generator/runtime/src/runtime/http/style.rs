//! How a value is spelled in a path, a query, a header or a cookie (OpenAPI 3.1 §4.8.12.3, RFC 6570).

use std::borrow::Cow;

use super::encode::{Keep, encode};
use super::{Spelling, Style, form};
use crate::runtime::json::{Json, Value};

/// Takes the name and the text of a value, or of a part of it.
pub(super) type Put<'p> = dyn FnMut(&str, &str) + 'p;

/// The pairs of a query, cookie or form, encoded.
pub(super) fn pairs(name: &str, spelling: Spelling, value: &Value, put: &mut Put<'_>) {
    Speller::of(spelling).pairs(name, value, put);
}

/// The parts of a multipart body, which are not encoded.
#[cfg(feature = "part-multipart")]
pub(super) fn parts(name: &str, spelling: Spelling, value: &Value, put: &mut Put<'_>) {
    let speller = Speller {
        spelling,
        keep: Keep::All,
    };
    speller.pairs(name, value, put);
}

/// The text of a path parameter; `None` for nothing at all.
pub(super) fn path<'a>(name: &str, spelling: Spelling, value: &'a Value) -> Option<Cow<'a, str>> {
    let speller = Speller::of(spelling);
    Some(match (spelling.style, value) {
        (_, Value::Null) => return None,
        (Style::Json, _) => speller.json(value),
        (Style::Matrix, _) => speller.matrix(name, value).into(),
        (Style::Label, _) => {
            let separator = if spelling.explode { "." } else { "," };
            format!(".{}", speller.list(value, separator)).into()
        }
        _ => speller.list(value, speller.separator()),
    })
}

/// The text of a header, which is not encoded; `None` for nothing at all.
pub(super) fn header(spelling: Spelling, value: &Value) -> Option<Cow<'_, str>> {
    let speller = Speller {
        spelling,
        keep: Keep::All,
    };
    match (spelling.style, value) {
        (_, Value::Null) => None,
        (Style::Json, _) => Some(speller.json(value)),
        _ => Some(speller.list(value, speller.separator())),
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

    fn pairs(&self, name: &str, value: &Value, put: &mut Put<'_>) {
        let name = &self.encode(name);
        match (self.spelling.style, value) {
            (_, Value::Null) => {}
            (Style::Json, _) => put(name, &self.json(value)),
            (Style::DeepObject, _) => self.deep(name, value, put),
            (Style::Query, Value::Object(map)) => form::pairs(map, &[], put),
            (_, Value::Array(items)) if items.is_empty() => {}
            (_, Value::Object(map)) if map.is_empty() => {}
            (_, Value::Array(items)) if self.spelling.explode => {
                for item in items {
                    put(name, &self.scalar(item));
                }
            }
            (_, Value::Object(map)) if self.spelling.explode => {
                for (key, item) in map.iter() {
                    put(&self.encode(key), &self.scalar(item));
                }
            }
            _ => put(name, &self.list(value, self.separator())),
        }
    }

    fn encode<'a>(&self, text: &'a str) -> Cow<'a, str> {
        encode(text, self.keep)
    }

    fn encode_all<'a>(&self, text: Cow<'a, str>) -> Cow<'a, str> {
        match text {
            Cow::Borrowed(text) => self.encode(text),
            Cow::Owned(text) => Cow::Owned(self.encode(&text).into_owned()),
        }
    }

    fn json<'a>(&self, value: &Value) -> Cow<'a, str> {
        self.encode_all(Cow::Owned(value.to_json()))
    }

    fn scalar<'a>(&self, value: &'a Value) -> Cow<'a, str> {
        self.encode_all(plain(value))
    }

    /// The parts of a value with `separator` between them: one of a scalar, one an item, one or two a property.
    fn list<'a>(&self, value: &'a Value, separator: &str) -> Cow<'a, str> {
        let parts: Vec<_> = match value {
            Value::Array(items) => items.iter().map(|item| self.scalar(item)).collect(),
            Value::Object(map) if self.spelling.explode => map
                .iter()
                .map(|(key, item)| format!("{}={}", self.encode(key), self.scalar(item)).into())
                .collect(),
            Value::Object(map) => map
                .iter()
                .flat_map(|(key, item)| [self.encode(key), self.scalar(item)])
                .collect(),
            scalar => return self.scalar(scalar),
        };
        parts.join(separator).into()
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
        let pair = |text: &str| {
            if text.is_empty() {
                format!(";{name}")
            } else {
                format!(";{name}={text}")
            }
        };
        match value {
            Value::Array(items) if self.spelling.explode => {
                items.iter().map(|item| pair(&self.scalar(item))).collect()
            }
            Value::Object(_) if self.spelling.explode => format!(";{}", self.list(value, ";")),
            _ => pair(&self.list(value, ",")),
        }
    }

    /// The name of a property inside `name`.
    fn inner(&self, name: &str, key: &str) -> String {
        match self.keep {
            Keep::All => format!("{name}[{key}]"),
            _ => format!("{name}%5B{}%5D", self.encode(key)),
        }
    }

    /// `name[key]=value`, and so on for what is inside. The standard says nothing of arrays there (OpenAPI 3.1
    /// §4.8.12.4), so that they are spelled as most servers read them: `name[]=value` for an item that is a scalar, and
    /// `name[0][key]=value` for one that has parts, which must stay together.
    fn deep(&self, name: &str, value: &Value, put: &mut Put<'_>) {
        match value {
            Value::Object(map) => {
                for (key, item) in map.iter() {
                    self.deep(&self.inner(name, key), item, put);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let step = match item {
                        Value::Array(_) | Value::Object(_) => index.to_string(),
                        _ => String::new(),
                    };
                    self.deep(&self.inner(name, &step), item, put);
                }
            }
            scalar => put(name, &self.scalar(scalar)),
        }
    }
}

/// A scalar as text. The standard leaves arrays and objects inside others undefined: they are spelled as JSON.
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        Value::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Value::Number(number) => Cow::Borrowed(number.as_str()),
        other => Cow::Owned(other.to_json()),
    }
}

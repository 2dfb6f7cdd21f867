//! The headers of a response that the document describes.

use std::fmt::Write;

use http::HeaderMap;

use crate::runtime::json::{Json, Reader, Value};

/// The headers of a response, read as their types when they are asked for. What is missing, and what is not of its
/// type, is `None`.
#[derive(Clone, Debug)]
pub struct Headers(HeaderMap);

impl Headers {
    /// The headers of a response.
    pub fn of(headers: &HeaderMap) -> Self {
        Self(headers.clone())
    }

    /// The headers as they came.
    pub fn raw(&self) -> &HeaderMap {
        &self.0
    }

    /// A text.
    pub fn text<T: Json>(&self, name: &str) -> Option<T> {
        read(&quoted(&self.lines(name)?))
    }

    /// A number, `true` or `false`, or JSON where the document says so.
    pub fn literal<T: Json>(&self, name: &str) -> Option<T> {
        read(&self.lines(name)?)
    }

    /// Texts with commas between them.
    pub fn texts<T: Json>(&self, name: &str) -> Option<T> {
        self.list(name, quoted)
    }

    /// Numbers with commas between them.
    pub fn literals<T: Json>(&self, name: &str) -> Option<T> {
        self.list(name, str::to_owned)
    }

    fn list<T: Json>(&self, name: &str, spell: fn(&str) -> String) -> Option<T> {
        let lines = self.lines(name)?;
        let items = lines.split(',').map(str::trim);
        let items: Vec<_> = items.filter(|item| !item.is_empty()).map(spell).collect();
        read(&format!("[{}]", items.join(",")))
    }

    /// All lines of a header as one (RFC 9110 §5.3).
    fn lines(&self, name: &str) -> Option<String> {
        let mut all: Option<String> = None;
        for line in self.0.get_all(name) {
            let line = line.to_str().ok()?;
            match &mut all {
                None => all = Some(line.to_owned()),
                Some(all) => write!(all, ", {line}").ok()?,
            }
        }
        all
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_json()
}

fn read<T: Json>(json: &str) -> Option<T> {
    Reader::of(json.as_bytes()).ok()?.lenient().finish().ok()
}

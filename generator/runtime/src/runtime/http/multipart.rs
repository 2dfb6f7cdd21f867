//! Bodies of the media type `multipart/form-data` (RFC 7578, OpenAPI 3.1 §4.8.14.4).

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::retry::Chance;
use super::{Body, Spelling, TransportError, Upload, style};
use crate::runtime::check::{Checker, Violation};
use crate::runtime::json::{Json, Key, Value};

/// A file, or other binary content, of a multipart body: bytes, or a stream that is never held as a whole and can be sent
/// once, [`Upload::sized`] where its length is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    name: Option<String>,
    media_type: Option<String>,
    content: Upload,
}

impl File {
    /// Content without a name, of the media type that the document states.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self {
            name: None,
            media_type: None,
            content: content.into(),
        }
    }

    /// The same, under a file name.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..self
        }
    }

    /// The same, as another media type.
    pub fn of_type(self, media_type: impl Into<String>) -> Self {
        Self {
            media_type: Some(media_type.into()),
            ..self
        }
    }
}

/// The parts of a multipart body.
#[derive(Debug)]
pub struct Multipart {
    parts: Vec<Part>,
    checker: Checker,
}

#[derive(Debug)]
struct Part {
    name: String,
    media_type: String,
    file_name: Option<String>,
    content: Upload,
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self {
            parts: Vec::new(),
            checker: Checker::new(),
        }
    }

    /// Adds a property: text for a scalar, JSON for an object, and a part for each item of an array. An absent one
    /// adds nothing.
    pub fn property(&mut self, key: Key, value: &dyn Json) {
        self.add(key, value, None);
    }

    /// The same, for a property whose parts have a media type of their own. As JSON, an array is one part.
    pub fn property_as(&mut self, key: Key, value: &dyn Json, media_type: &str) {
        self.add(key, value, Some(media_type));
    }

    /// The same, for a property with a style of its own, which outweighs a media type (OpenAPI 3.1 §4.8.15.1). An array
    /// that is not spread is one part. Nothing is percent-encoded.
    pub fn property_in(&mut self, key: Key, value: &dyn Json, spelling: Spelling) {
        let Some(value) = self.checked(key, value) else {
            return;
        };
        style::parts(key.name, spelling, &value, &mut |name, text| {
            self.text(name, &Value::from(text), None);
        });
    }

    /// Adds a file; `media_type` is what the document states.
    pub fn file(&mut self, name: &str, file: &File, media_type: &str) {
        self.parts.push(Part {
            name: name.to_owned(),
            media_type: file
                .media_type
                .clone()
                .unwrap_or_else(|| media_type.to_owned()),
            file_name: Some(file.name.clone().unwrap_or_else(|| name.to_owned())),
            content: file.content.clone(),
        });
    }

    fn add(&mut self, key: Key, value: &dyn Json, media_type: Option<&str>) {
        let Some(value) = self.checked(key, value) else {
            return;
        };
        match value {
            Value::Array(items) if !media_type.is_some_and(is_json) => {
                for item in &items {
                    self.text(key.name, item, media_type);
                }
            }
            value => self.text(key.name, &value, media_type),
        }
    }

    /// The value of a property that is there, checked against its rules.
    fn checked(&mut self, key: Key, value: &dyn Json) -> Option<Value> {
        if value.is_absent() && !key.required {
            return None;
        }
        self.checker
            .inside(key.name, |checker| value.check(key.rules, checker));
        Some(value.to_value())
    }

    fn text(&mut self, name: &str, value: &Value, media_type: Option<&str>) {
        let structured = matches!(value, Value::Array(_) | Value::Object(_));
        let usual = if structured {
            "application/json"
        } else {
            "text/plain"
        };
        let media_type = media_type.unwrap_or(usual);
        let content = if is_json(media_type) {
            value.to_json()
        } else {
            style::plain(value).into_owned()
        };
        self.parts.push(Part {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            file_name: None,
            content: content.into(),
        });
    }

    /// The body, the boundary between its parts, and what breaks the document's rules.
    pub(super) fn spell(mut self, chance: &Chance) -> (Upload, String, Vec<Violation>) {
        let boundary = self.boundary(chance);
        let mut pieces: Vec<Upload> = Vec::new();
        for part in &self.parts {
            let head = format!("--{boundary}\r\n{}\r\n\r\n", part.head());
            pieces.extend([head.into(), part.content.clone(), "\r\n".into()]);
        }
        pieces.push(format!("--{boundary}--\r\n").into());
        let body = join(&pieces);
        if body.is_none() {
            self.checker.report("holds a stream that was sent before");
        }
        (
            body.unwrap_or_default(),
            boundary,
            self.checker.at("body").into_violations(),
        )
    }

    /// A boundary that no part holds: the first of a fixed series, so that the same body is the same bytes. What streams
    /// hold is not known, so that beside them it is one that nobody can guess.
    fn boundary(&self, chance: &Chance) -> String {
        if self.parts.iter().any(|part| !part.content.can_repeat()) {
            return format!("boundary-{:016x}{:016x}", chance.next(), chance.next());
        }
        let mut number = 0_u64;
        loop {
            let boundary = format!("boundary-{number:016x}");
            if !self
                .parts
                .iter()
                .any(|part| part.holds(boundary.as_bytes()))
            {
                return boundary;
            }
            number += 1;
        }
    }
}

/// All pieces as one: bytes where all are bytes, and a stream otherwise. `None` if a stream among them was sent before.
fn join<'p>(pieces: &'p [Upload]) -> Option<Upload> {
    let bytes = |piece: &'p Upload| piece.whole().map(|bytes| &**bytes);
    let whole: Option<Vec<&[u8]>> = pieces.iter().map(bytes).collect();
    if let Some(whole) = whole {
        return Some(whole.concat().into());
    }
    let length = pieces.iter().map(Upload::length).sum();
    let bodies: Option<VecDeque<_>> = pieces.iter().map(Upload::take).collect();
    let body = Body::pieces(Chain(bodies?));
    Some(match length {
        Some(length) => Upload::sized(body, length),
        None => body.into(),
    })
}

/// Bodies one after the other.
struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            match body.poll_piece(context) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                polled => return polled,
            }
        }
        Poll::Ready(None)
    }
}

impl Part {
    fn head(&self) -> String {
        let mut head = format!(
            "content-disposition: form-data; name=\"{}\"",
            quote(&self.name)
        );
        if let Some(name) = &self.file_name {
            head.push_str("; filename=\"");
            head.push_str(&quote(name));
            head.push('"');
        }
        // A line break here would start a header of its own.
        let media_type = self.media_type.replace(['\r', '\n'], "");
        format!("{head}\r\ncontent-type: {media_type}")
    }

    fn holds(&self, boundary: &[u8]) -> bool {
        let content = self.content.whole().map(|bytes| &**bytes);
        let mut windows = content.unwrap_or_default().windows(boundary.len());
        windows.any(|window| window == boundary)
    }
}

/// A name inside quotes, escaped as browsers do (WHATWG HTML §4.10.22.8).
fn quote(name: &str) -> String {
    name.replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('"', "%22")
}

fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    name.eq_ignore_ascii_case("application/json") || name.to_ascii_lowercase().ends_with("+json")
}

//! What all readers share: typed access to the values of an object, lenient and with a diagnostic.

use std::collections::HashSet;

use super::schema::Arena;
use crate::diagnostic::{Code, codes};
use crate::model::{Extensions, ExternalDocs, Version};
use crate::resolve::{Document, Node};
use crate::source::Place;
use crate::{Diagnostics, Value};

/// The state of a normalization.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) version: Version,
    pub(super) schemas: Arena<'a>,
    /// The objects that are being read and may hold themselves by reference.
    pub(super) active: Vec<Place>,
    pub(super) sink: &'a mut Diagnostics,
    /// What was reported: a shared component is read for each reference to it, and reported once.
    reported: HashSet<(&'static str, Option<Place>, String)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document, version: Version, sink: &'a mut Diagnostics) -> Self {
        Self {
            document,
            version,
            schemas: Arena::default(),
            active: Vec::new(),
            sink,
            reported: HashSet::new(),
        }
    }

    pub(super) fn report(&mut self, code: &Code, at: &Place, message: impl Into<String>) {
        self.push(code.at(at, message));
    }

    pub(super) fn push(&mut self, diagnostic: crate::Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.at.clone(),
            diagnostic.message.clone(),
        );
        if self.reported.insert(key) {
            self.sink.push(diagnostic);
        }
    }

    /// A text. Numbers and booleans are taken as the text that they are written as.
    pub(super) fn text(&mut self, node: &Node<'a>, key: &str) -> Option<String> {
        let value = node.member(key)?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => {
                self.wrong_type(node, key, "a string");
                Some(self.written(&node.place.child(key), number))
            }
            Value::Bool(flag) => {
                self.wrong_type(node, key, "a string");
                Some(flag.to_string())
            }
            _ => {
                self.wrong_type(node, key, "a string");
                None
            }
        }
    }

    /// A text that the standard requires; empty where it is missing.
    pub(super) fn required_text(&mut self, node: &Node<'a>, key: &str) -> String {
        if node.member(key).is_none() {
            self.missing(node, key);
        }
        self.text(node, key).unwrap_or_default()
    }

    /// A flag; `None` where it is not stated.
    pub(super) fn flag(&mut self, node: &Node<'a>, key: &str) -> Option<bool> {
        let value = node.member(key)?;
        if let Value::Bool(flag) = value {
            return Some(*flag);
        }
        self.wrong_type(node, key, "a boolean");
        match value.as_str() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        }
    }

    /// A number of things, not negative.
    pub(super) fn count(&mut self, node: &Node<'a>, key: &str) -> Option<u64> {
        let value = node.member(key)?;
        if let Some(count) = value.as_u64().or_else(|| whole(value.as_f64()?)) {
            return Some(count);
        }
        self.wrong_type(node, key, "an integer that is not negative");
        value.as_str()?.trim().parse().ok()
    }

    /// A list of texts. A single text is taken as a list of one.
    pub(super) fn texts(&mut self, node: &Node<'a>, key: &str) -> Vec<String> {
        let Some(list) = node.get(key) else {
            return Vec::new();
        };
        if let Value::String(text) = list.value {
            self.wrong_type(node, key, "a list of strings");
            return vec![text.clone()];
        }
        let mut texts = Vec::new();
        for item in self.items(node, key) {
            match item.value {
                Value::String(text) => texts.push(text.clone()),
                Value::Number(_) | Value::Bool(_) => {
                    self.unexpected(&item, "a string");
                    texts.push(item.value.to_string());
                }
                _ => self.unexpected(&item, "a string"),
            }
        }
        texts
    }

    /// An object under a key.
    pub(super) fn object(&mut self, node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let child = node.get(key)?;
        self.expect_object(&child).then_some(child)
    }

    /// The members of an object under a key, without its `x-…` keys.
    pub(super) fn members(&mut self, node: &Node<'a>, key: &str) -> Vec<(&'a str, Node<'a>)> {
        match self.object(node, key) {
            Some(object) => object
                .members()
                .filter(|(key, _)| !key.starts_with("x-"))
                .collect(),
            None => Vec::new(),
        }
    }

    /// The members of a map of objects under a key, which may be called like an extension: `x-api-key` is a good name for
    /// a security scheme (OpenAPI 3.1 §4.8.7). What is no object under such a name is an extension at a wrong place.
    pub(super) fn named(&mut self, node: &Node<'a>, key: &str) -> Vec<(&'a str, Node<'a>)> {
        let mut entries = self.entries(node, key);
        entries.retain(|(name, entry)| !name.starts_with("x-") || entry.value.is_object());
        entries
    }

    /// The members of an object under a key, whatever they are called.
    pub(super) fn entries(&mut self, node: &Node<'a>, key: &str) -> Vec<(&'a str, Node<'a>)> {
        self.object(node, key)
            .map_or_else(Vec::new, |object| object.members().collect())
    }

    /// The items of an array under a key.
    pub(super) fn items(&mut self, node: &Node<'a>, key: &str) -> Vec<Node<'a>> {
        let Some(list) = node.get(key) else {
            return Vec::new();
        };
        if !list.value.is_array() {
            self.unexpected(&list, "an array");
        }
        list.items().collect()
    }

    /// The `externalDocs` of an object (OpenAPI 3.1 §4.8.11).
    pub(super) fn external_docs(&mut self, node: &Node<'a>) -> Option<ExternalDocs> {
        let docs = self.object(node, "externalDocs")?;
        Some(ExternalDocs {
            description: self.text(&docs, "description"),
            url: self.required_text(&docs, "url"),
        })
    }

    /// Whether a node is an object, with a diagnostic if not.
    pub(super) fn expect_object(&mut self, node: &Node<'a>) -> bool {
        if !node.value.is_object() {
            self.unexpected(node, "an object");
        }
        node.value.is_object()
    }

    /// Says that an object lacks a key.
    pub(super) fn missing(&mut self, node: &Node<'a>, key: &str) {
        self.report(
            &codes::REQUIRED_KEY_MISSING,
            &node.place.child(key),
            format!("`{key}` is missing"),
        );
    }

    /// Says that a value is not what the standard has there.
    pub(super) fn unexpected(&mut self, node: &Node<'a>, expected: &str) {
        let found = describe(node.value);
        self.report(
            &codes::WRONG_TYPE,
            &node.place,
            format!("expected {expected}, found {found}"),
        );
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'a>, key: &str, expected: &str) {
        if let Some(child) = node.get(key) {
            let found = describe(child.value);
            self.report(
                &codes::WRONG_TYPE,
                &child.place,
                format!("`{key}` is to be {expected}, found {found}"),
            );
        }
    }
}

/// The `x-…` keys of an object.
pub(super) fn extensions(node: &Node<'_>) -> Extensions {
    let members = node.value.as_object().into_iter().flatten();
    members
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > 40 => "a string".to_owned(),
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// A float that is a whole number of things, as YAML and generators write `1.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range and the fraction are checked first"
)]
fn whole(number: f64) -> Option<u64> {
    let is_whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    is_whole.then_some(number as u64)
}

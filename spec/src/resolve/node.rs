//! A node of a document: its value, where it stands, and what its references are relative to.

use std::fmt::Display;
use std::sync::Arc;

use super::uri;
use crate::Value;
use crate::source::Place;

/// A borrowed node. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    pub(crate) place: Place,
    /// The `$id` in force (JSON Schema 2020-12 §8.2.1); `None` where the file's own location is.
    pub(crate) base: Option<Arc<str>>,
}

impl<'a> Node<'a> {
    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<Node<'a>> {
        Some(self.child(key, self.member(key)?))
    }

    /// The value under a key, as it is.
    pub(crate) fn member(&self, key: &str) -> Option<&'a Value> {
        let object = self.value.as_object()?;
        // To look at each key of a small object costs less than to hash the one that is asked for.
        if object.len() > 8 {
            return object.get(key);
        }
        let mut members = object.iter();
        members.find_map(|(own, value)| (own == key).then_some(value))
    }

    /// The value under a key where it is a string.
    pub(crate) fn str(&self, key: &str) -> Option<&'a str> {
        self.member(key)?.as_str()
    }

    /// The members of an object; none for anything else.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
    }

    /// The items of an array; none for anything else.
    pub(crate) fn items(&self) -> impl Iterator<Item = Node<'a>> {
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| self.child(index, value))
    }

    /// The node of a value inside this one.
    pub(crate) fn child(&self, key: impl Display, value: &'a Value) -> Node<'a> {
        Node {
            value,
            place: self.place.child(key),
            base: self.base.clone(),
        }
    }

    /// The same node with its own `$id` in force, if it has one.
    pub(crate) fn entered(mut self) -> Self {
        if let Some(id) = self.str("$id") {
            let base = self.base.as_deref().unwrap_or_default();
            self.base = Some(uri::join(base, uri::split(id).0).into());
        }
        self
    }
}

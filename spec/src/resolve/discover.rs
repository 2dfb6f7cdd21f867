//! A walk over all values of a file: which other files it refers to, and which names it gives to its parts.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexSet;

use super::uri;
use crate::Value;

/// What one file refers to and what it declares.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    /// The parts before `#` of all references that have one, in document order.
    pub(super) references: IndexSet<String>,
    /// Absolute or relative `$id`s with the pointer to what they name.
    pub(super) ids: Vec<(String, Arc<str>)>,
    /// `$anchor`s and `$dynamicAnchor`s by the `$id` in force and the name.
    pub(super) anchors: HashMap<(Option<String>, String), Arc<str>>,
    /// The names of `$dynamicAnchor`s, as often as they are given.
    pub(super) dynamic_anchors: Vec<String>,
}

/// Walks over a file.
pub(super) fn discover(root: &Value) -> Discovery {
    let mut discovery = Discovery::default();
    discovery.walk(root, &mut String::new(), None);
    discovery
}

impl Discovery {
    /// The depth of a value was limited when it was read, so recursion is safe.
    fn walk(&mut self, value: &Value, pointer: &mut String, base: Option<&str>) {
        match value {
            Value::Object(map) => {
                let id = self.declare(value, pointer, base);
                let base = id.as_deref().or(base);
                for (key, child) in map {
                    match child {
                        Value::String(text) if key == "$ref" || key == "$dynamicRef" => {
                            self.refer(text);
                        }
                        Value::Object(mapping) if key == "mapping" => {
                            mapping
                                .values()
                                .filter_map(Value::as_str)
                                .for_each(|text| self.refer_to_file(text));
                        }
                        _ => {}
                    }
                    self.descend(child, pointer, key, base);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    self.descend(child, pointer, &index.to_string(), base);
                }
            }
            _ => {}
        }
    }

    fn descend(&mut self, child: &Value, pointer: &mut String, key: &str, base: Option<&str>) {
        if !child.is_object() && !child.is_array() {
            return;
        }
        let length = pointer.len();
        pointer.push('/');
        for c in key.chars() {
            match c {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                c => pointer.push(c),
            }
        }
        self.walk(child, pointer, base);
        pointer.truncate(length);
    }

    /// Notes the names that an object gives itself; returns its `$id`, resolved against the one in force.
    fn declare(&mut self, value: &Value, pointer: &str, base: Option<&str>) -> Option<String> {
        let text = |key| value.get(key).and_then(Value::as_str);
        let own = text("$id").or_else(|| text("$self").filter(|_| pointer.is_empty()));
        let id = own.map(|id| uri::join(base.unwrap_or_default(), uri::split(id).0));
        if let Some(id) = &id {
            self.ids.push((id.clone(), pointer.into()));
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            let base = id.as_deref().or(base).map(str::to_owned);
            self.anchors
                .entry((base, anchor.to_owned()))
                .or_insert_with(|| pointer.into());
        }
        self.dynamic_anchors
            .extend(text("$dynamicAnchor").map(str::to_owned));
        id
    }

    fn refer(&mut self, reference: &str) {
        let file = uri::split(reference).0;
        if !file.is_empty() {
            self.references.insert(file.to_owned());
        }
    }

    /// The values of a discriminator's mapping are names or references; only what looks like a file is one.
    fn refer_to_file(&mut self, text: &str) {
        let file = uri::split(text).0;
        if [".yaml", ".yml", ".json"]
            .iter()
            .any(|extension| file.ends_with(extension))
        {
            self.refer(text);
        }
    }
}

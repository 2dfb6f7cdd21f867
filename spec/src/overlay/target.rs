//! The document that overlays change, and where its parts came from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json_path::NormalizedPath;

use super::action::{Action, Change};
use crate::Value;
use crate::load::MAX_NODES;
use crate::source::{FileId, Origins, Place};

/// How deep a changed document may be nested: as deep as one that is read.
const MAX_DEPTH: usize = 128;

/// A document under change.
pub(super) struct Target<'v> {
    file: FileId,
    value: &'v mut Value,
    origins: Origins,
}

impl<'v> Target<'v> {
    /// A document that nothing has changed yet.
    pub(super) fn new(file: FileId, value: &'v mut Value) -> Self {
        Self {
            file,
            value,
            origins: Origins::default(),
        }
    }

    /// Where its parts came from.
    pub(super) fn finish(self) -> Origins {
        self.origins
    }

    /// Carries an action out on everything that it selects, and gives how much that was.
    ///
    /// # Errors
    /// Why it cannot be carried out; then nothing has changed.
    pub(super) fn apply(&mut self, action: &Action) -> Result<usize, String> {
        let located = action.query.query_located(self.value);
        let selected: BTreeSet<String> = located
            .locations()
            .map(NormalizedPath::to_json_pointer)
            .collect();
        match &action.change {
            Change::Remove => self.remove(&selected)?,
            Change::Update(update) => {
                self.leave_room(selected.len(), update)?;
                let from = action.place.child("update");
                for pointer in &selected {
                    self.update(pointer, update, &from);
                }
            }
        }
        Ok(selected.len())
    }

    /// Refuses an update that makes the document larger or deeper than one that is read may be.
    fn leave_room(&self, times: usize, update: &Value) -> Result<(), String> {
        let ((nodes, depth), (more, deeper)) = (measure(self.value), measure(update));
        if nodes.saturating_add(times.saturating_mul(more)) > MAX_NODES {
            return Err(format!(
                "the document would have more than {MAX_NODES} nodes"
            ));
        }
        if depth + deeper > MAX_DEPTH {
            return Err(format!(
                "the document would be nested deeper than {MAX_DEPTH} levels"
            ));
        }
        Ok(())
    }

    /// Appends to an array, merges into everything else.
    fn update(&mut self, pointer: &str, update: &Value, from: &Place) {
        match self.value.pointer_mut(pointer) {
            Some(Value::Array(items)) => {
                let new = format!("{pointer}/{}", items.len());
                items.push(update.clone());
                self.origins.set(new, from.clone());
            }
            Some(_) => self.merge(pointer, update, from),
            None => {}
        }
    }

    /// Objects are merged key by key and arrays appended; anything else is replaced, but nothing by `null`.
    fn merge(&mut self, pointer: &str, update: &Value, from: &Place) {
        match (self.value.pointer_mut(pointer), update) {
            (Some(Value::Object(old)), Value::Object(new)) => {
                let absent: Vec<_> = new.keys().filter(|key| !old.contains_key(*key)).collect();
                for key in &absent {
                    old.insert((*key).clone(), Value::Null);
                }
                for (key, value) in new {
                    let child = child(pointer, key);
                    if absent.contains(&key) {
                        self.replace(child, value, from.child(key));
                    } else {
                        self.merge(&child, value, &from.child(key));
                    }
                }
            }
            (Some(Value::Array(old)), Value::Array(new)) => {
                let first = old.len();
                old.extend(new.iter().cloned());
                for index in 0..new.len() {
                    let place = from.child(index);
                    self.origins
                        .set(format!("{pointer}/{}", first + index), place);
                }
            }
            (Some(Value::Object(_) | Value::Array(_)), Value::Null) => {}
            _ => self.replace(pointer.to_owned(), update, from.clone()),
        }
    }

    fn replace(&mut self, pointer: String, value: &Value, from: Place) {
        if let Some(old) = self.value.pointer_mut(&pointer) {
            *old = value.clone();
            self.origins.set(pointer, from);
        }
    }

    fn remove(&mut self, selected: &BTreeSet<String>) -> Result<(), String> {
        if selected.contains("") {
            return Err("the whole document cannot be removed".to_owned());
        }
        let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for pointer in selected {
            if let Some((parent, key)) = pointer.rsplit_once('/') {
                parents.entry(parent).or_default().push(key);
            }
        }
        let mut parents: Vec<_> = parents.into_iter().collect();
        // What is deeper goes first, so that no pointer is out of date when its turn comes.
        parents.sort_by_key(|(parent, _)| std::cmp::Reverse(parent.matches('/').count()));
        for (parent, keys) in parents {
            self.remove_children(parent, &keys);
        }
        Ok(())
    }

    fn remove_children(&mut self, parent: &str, keys: &[&str]) {
        match self.value.pointer_mut(parent) {
            Some(Value::Object(object)) => {
                for key in keys {
                    object.shift_remove(&unescape(key));
                    self.origins.take(&format!("{parent}/{key}"));
                }
            }
            Some(Value::Array(items)) => {
                let gaps: BTreeSet<usize> =
                    keys.iter().filter_map(|key| key.parse().ok()).collect();
                let (length, mut index) = (items.len(), 0..);
                items.retain(|_| !index.next().is_some_and(|index| gaps.contains(&index)));
                self.origins.close_gaps(self.file, parent, length, &gaps);
            }
            _ => {}
        }
    }
}

/// How many nodes a value has, and how deep it is.
fn measure(value: &Value) -> (usize, usize) {
    let children: Vec<_> = match value {
        Value::Array(items) => items.iter().map(measure).collect(),
        Value::Object(object) => object.values().map(measure).collect(),
        _ => Vec::new(),
    };
    let start = (1, 1);
    children.into_iter().fold(start, |(nodes, depth), (n, d)| {
        (nodes + n, depth.max(d + 1))
    })
}

/// The pointer of a key under another pointer (RFC 6901 §3).
fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

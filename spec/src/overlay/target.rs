//! The document that overlays change, and where its parts came from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json_path::{JsonPath, NormalizedPath};

use super::action::{Action, Change};
use crate::Value;
use crate::load::MAX_NODES;
use crate::resolve::unescape;
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
        let selected = self.select(&action.query);
        match &action.change {
            Change::Remove => self.remove(&selected)?,
            Change::Update(update) => {
                let from = action.place.child("update");
                self.update_all(&selected, update, &from, action.concatenates)?;
            }
            Change::Copy(query) => {
                let (copied, from) = self.copied(query)?;
                self.update_all(&selected, &copied, &from, action.concatenates)?;
            }
        }
        Ok(selected.len())
    }

    /// The pointers to what a query selects.
    fn select(&self, query: &JsonPath) -> BTreeSet<String> {
        let located = query.query_located(self.value);
        let pointers = located.locations().map(NormalizedPath::to_json_pointer);
        pointers.collect()
    }

    /// The one node that a query selects, and where it came from.
    fn copied(&self, query: &JsonPath) -> Result<(Value, Place), String> {
        let selected = self.select(query);
        let nodes = selected
            .iter()
            .filter_map(|pointer| Some((self.value.pointer(pointer)?, pointer)));
        match nodes.collect::<Vec<_>>().as_slice() {
            [(node, pointer)] => Ok(((*node).clone(), self.origins.of(self.file, pointer))),
            nodes => Err(format!(
                "`copy` selects {} nodes, and one node is copied",
                nodes.len()
            )),
        }
    }

    fn update_all(
        &mut self,
        selected: &BTreeSet<String>,
        update: &Value,
        from: &Place,
        concatenates: bool,
    ) -> Result<(), String> {
        self.leave_room(selected.len(), update)?;
        for pointer in selected {
            self.update(pointer, update, from, concatenates);
        }
        Ok(())
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
    fn update(&mut self, pointer: &str, update: &Value, from: &Place, concatenates: bool) {
        let at = Place::new(self.file, pointer);
        match self.value.pointer_mut(pointer) {
            Some(Value::Array(items)) if !(concatenates && update.is_array()) => {
                let new = at.child(items.len());
                items.push(update.clone());
                self.origins.set(new.pointer.to_string(), from.clone());
            }
            Some(value) => merge(value, update, &at, from, &mut self.origins),
            None => {}
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
                    object.shift_remove(&*unescape(key));
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

/// Objects are merged key by key and arrays appended; anything else is replaced, but nothing by `null`.
fn merge(value: &mut Value, update: &Value, at: &Place, from: &Place, origins: &mut Origins) {
    match (value, update) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, update) in new {
                let (at, from) = (at.child(key), from.child(key));
                if let Some(value) = old.get_mut(key) {
                    merge(value, update, &at, &from, origins);
                } else {
                    old.insert(key.clone(), update.clone());
                    origins.set(at.pointer.to_string(), from);
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (index, update) in new.iter().enumerate() {
                let new = at.child(old.len());
                origins.set(new.pointer.to_string(), from.child(index));
                old.push(update.clone());
            }
        }
        (Value::Object(_) | Value::Array(_), Value::Null) => {}
        (value, update) => {
            *value = update.clone();
            origins.set(at.pointer.to_string(), from.clone());
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

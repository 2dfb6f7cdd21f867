//! The shape of a text with the byte offsets of its keys and values, built once when the first place is asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::resolve::unescape;

/// Every node of a text in document order, parents before their children.
#[derive(Debug, Default)]
pub(super) struct Outline {
    nodes: Vec<Node>,
    /// The children of the nodes that were passed on the way to a place: thousands of places may stand below one node.
    known: Mutex<HashMap<usize, Children>>,
}

/// Children by key or position; of equal keys there are several.
type Children = HashMap<Box<str>, Vec<usize>>;

#[derive(Debug)]
struct Node {
    /// The key under which it stands; `None` in an array and at the root.
    key: Option<Box<str>>,
    /// What a caret underlines: the key, or the value where there is no key.
    span: Range<usize>,
    /// The index behind the last of its descendants.
    end: usize,
}

impl Outline {
    /// Opens a node; what is opened before it is closed stands inside it.
    pub(super) fn open(&mut self, key: Option<&str>, span: Range<usize>) -> usize {
        self.nodes.push(Node {
            key: key.map(Box::from),
            span,
            end: 0,
        });
        self.nodes.len() - 1
    }

    /// Closes a node.
    pub(super) fn close(&mut self, index: usize) {
        self.nodes[index].end = self.nodes.len();
    }

    /// Moves a node that was opened before its text was known.
    pub(super) fn relocate(&mut self, index: usize, span: Range<usize>) {
        self.nodes[index].span = span;
    }

    /// Whether it is known where a node stands.
    pub(super) fn is_placed(&self, index: usize) -> bool {
        self.nodes[index].span != (0..0)
    }

    /// Takes the node back that was opened last.
    pub(super) fn take_back(&mut self, index: usize) {
        self.nodes.truncate(index);
    }

    /// What to underline for a JSON Pointer; the nearest ancestor where it leads to nothing.
    pub(super) fn find(&self, pointer: &str) -> Range<usize> {
        let mut index = 0;
        let mut span = 0..0;
        for token in tokens(pointer) {
            // Of equal keys the last one counts, as for the value.
            let Some(child) = self.children_at(index, &token).pop() else {
                break;
            };
            index = child;
            span = self.span(index).unwrap_or(span);
        }
        span
    }

    /// Where a node stands; a node without a place of its own stands where its first child does.
    fn span(&self, index: usize) -> Option<Range<usize>> {
        if self.is_placed(index) {
            return Some(self.nodes[index].span.clone());
        }
        let child = self.nodes.get(index + 1..self.nodes[index].end)?.first()?;
        (child.span != (0..0)).then(|| child.span.clone())
    }

    /// Where each of several equal keys stands.
    pub(super) fn find_all(&self, pointer: &str) -> Vec<usize> {
        let mut found = vec![0];
        for token in tokens(pointer) {
            found = found
                .into_iter()
                .flat_map(|index| self.children_at(index, &token))
                .collect();
        }
        found
            .into_iter()
            .filter_map(|index| Some(self.span(index)?.start))
            .collect()
    }

    /// The children under a key or a position, in the order of the text.
    fn children_at(&self, parent: usize, token: &str) -> Vec<usize> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let children = known.entry(parent).or_insert_with(|| {
            let mut children = Children::new();
            for (position, child) in self.children(parent).enumerate() {
                let key = self.nodes[child].key.clone();
                let key = key.unwrap_or_else(|| position.to_string().into());
                children.entry(key).or_default().push(child);
            }
            children
        });
        children.get(token).cloned().unwrap_or_default()
    }

    fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(parent).map_or(0, |node| node.end);
        let mut next = parent + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.nodes[child].end.max(child + 1);
                child
            })
        })
    }
}

/// The unescaped tokens of a JSON Pointer (RFC 6901 §4).
fn tokens(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|token| unescape(token).into_owned())
}

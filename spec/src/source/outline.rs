//! The shape of a text with the byte offsets of its keys and values, built once when the first place is asked for.

use std::ops::Range;

use crate::resolve::unescape;

/// Every node of a text in document order, parents before their children.
#[derive(Debug, Default)]
pub(super) struct Outline {
    nodes: Vec<Node>,
}

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
            let Some(child) = self.children_at(index, &token).last() else {
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

    fn children_at(&self, parent: usize, token: &str) -> impl Iterator<Item = usize> {
        let position = token.parse::<usize>().ok();
        self.children(parent)
            .enumerate()
            .filter(move |(i, child)| match &self.nodes[*child].key {
                Some(key) => **key == *token,
                None => Some(*i) == position,
            })
            .map(|(_, child)| child)
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

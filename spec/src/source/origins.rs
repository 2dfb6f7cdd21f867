//! Where the nodes of a document came from that was changed after it was read.

use std::collections::{BTreeMap, BTreeSet};

use super::{FileId, Place};

/// The places of nodes that came from elsewhere, by their pointers; each stands for everything below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(BTreeMap<String, Place>);

impl Origins {
    /// Where the node at a pointer came from: of the nearest one above it that is known, otherwise it was always there.
    pub(crate) fn of(&self, file: FileId, pointer: &str) -> Place {
        let mut end = pointer.len();
        loop {
            if let Some(place) = self.0.get(&pointer[..end]) {
                let below = &pointer[end..];
                return Place::new(place.file, format!("{}{below}", place.pointer));
            }
            match pointer[..end].rfind('/') {
                Some(slash) => end = slash,
                None => return Place::new(file, pointer),
            }
        }
    }

    /// Says where a node came from, with all below it.
    pub(crate) fn set(&mut self, pointer: String, place: Place) {
        self.take(&pointer);
        self.0.insert(pointer, place);
    }

    /// Follows the items of a list of `length` to their new places after some were removed.
    pub(crate) fn close_gaps(
        &mut self,
        file: FileId,
        list: &str,
        length: usize,
        gaps: &BTreeSet<usize>,
    ) {
        let first = gaps.first().copied().unwrap_or(length);
        let mut to = first;
        for from in first..length {
            let pointer = format!("{list}/{from}");
            let origin = self.of(file, &pointer);
            let below = self.take(&pointer);
            if gaps.contains(&from) {
                continue;
            }
            let new = format!("{list}/{to}");
            for (old, place) in below {
                self.0
                    .insert(format!("{new}{}", &old[pointer.len()..]), place);
            }
            self.0.insert(new, origin);
            to += 1;
        }
    }

    /// Forgets a node and all below it, and gives back what was known.
    pub(crate) fn take(&mut self, pointer: &str) -> Vec<(String, Place)> {
        // `0` is the character after `/`, so this range is the node's children and theirs.
        let below = self.0.range(format!("{pointer}/")..format!("{pointer}0"));
        let mut keys: Vec<_> = below.map(|(key, _)| key.clone()).collect();
        keys.push(pointer.to_owned());
        let taken = keys.into_iter().filter_map(|key| self.0.remove_entry(&key));
        taken.collect()
    }
}

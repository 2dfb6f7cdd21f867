//! Objects whose keys the schema does not know: a list of pairs, with an index when it is long.

use std::collections::HashMap;
use std::fmt;

use super::{DecodeError, Json, Reader, Writer};
use crate::runtime::check::{Checker, Rule};

/// From how many entries on there is an index; below, comparing is faster than hashing.
const INDEXED: usize = 16;

/// Values by key, in the order in which they came. Lookups are fast at any size.
#[derive(Clone)]
pub struct Map<T> {
    entries: Vec<(String, T)>,
    /// Nothing while the map is short.
    index: Option<Box<Index>>,
}

/// Where each key stands.
#[derive(Clone, Default)]
struct Index(HashMap<String, usize>);

impl<T> Map<T> {
    /// An empty map.
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            index: None,
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&T> {
        Some(&self.entries[self.position(key)?].1)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        let position = self.position(key)?;
        Some(&mut self.entries[position].1)
    }

    /// Whether there is an entry for `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Sets the value of `key`, and gives back the one that it replaces. New keys come last.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        let key = key.into();
        if let Some(position) = self.position(&key) {
            return Some(std::mem::replace(&mut self.entries[position].1, value));
        }
        self.push(key, value);
        None
    }

    /// Adds an entry whose key is not there yet.
    fn push(&mut self, key: String, value: T) {
        self.entries.push((key, value));
        self.grown();
    }

    /// Takes notice of new entries.
    fn grown(&mut self) {
        if self.entries.len() > INDEXED {
            let Index(index) = &mut **self.index.get_or_insert_default();
            let new = self.entries.iter().enumerate().skip(index.len());
            index.extend(new.map(|(position, (key, _))| (key.clone(), position)));
        }
    }

    /// Removes the entry of `key`; those after it move up.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let (_, value) = self.entries.remove(self.position(key)?);
        self.index = None;
        self.grown();
        Some(value)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value))
    }

    /// The entries in order, with values to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.entries
            .iter_mut()
            .map(|(key, value)| (key.as_str(), value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => self.entries.iter().position(|(name, _)| name == key),
            Some(index) => index.0.get(key).copied(),
        }
    }
}

/// Shows the entries in order, and not what finds them.
impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The properties of an object beside those that have fields, whatever their type is.
#[doc(hidden)]
pub trait Entries {
    /// Forgets all entries.
    fn clear_entries(&mut self);

    /// Reads the value of `key`.
    ///
    /// # Errors
    /// When it is of another type, or when the key was there before.
    fn read_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes all entries into the open object.
    fn write_entries(&self, writer: &mut Writer);

    /// Checks all keys and values.
    fn check_entries(&self, rules: &'static [Rule], checker: &mut Checker);

    /// How many there are.
    fn count(&self) -> usize;

    /// Whether `key` is among them.
    fn has(&self, key: &str) -> bool;
}

impl<T: Json> Entries for Map<T> {
    fn clear_entries(&mut self) {
        *self = Self::new();
    }

    fn read_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if self.contains_key(key) {
            return Err(reader.error("each property once", "it a second time"));
        }
        let value = reader.value()?;
        self.push(key.to_owned(), value);
        Ok(())
    }

    fn write_entries(&self, writer: &mut Writer) {
        for (key, value) in &self.entries {
            writer.key(key);
            value.write(writer);
        }
    }

    fn check_entries(&self, rules: &'static [Rule], checker: &mut Checker) {
        for (key, value) in &self.entries {
            checker.entry(key, value, rules);
        }
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn has(&self, key: &str) -> bool {
        self.contains_key(key)
    }
}

impl<T: Json> Json for Map<T> {
    fn initial() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear_entries();
        reader.members(&mut |reader, key| self.read_entry(key, reader))
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin('{');
        self.write_entries(writer);
        writer.end('}');
    }

    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        checker.property_count(self.len(), rules);
        checker.json(rules, self);
        self.check_entries(rules, checker);
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The order of the entries does not matter (RFC 8259 §4).
impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<T: Eq> Eq for Map<T> {}

/// Of entries with the same key, the last one stays.
impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, T> Extend<(K, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Into<String>, T, const N: usize> From<[(K, T); N]> for Map<T> {
    fn from(entries: [(K, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

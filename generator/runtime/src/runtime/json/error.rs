//! What is said when a text is not the JSON that was expected.

use std::fmt;

/// Why a text could not be read: where, what was expected, and what stood there.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    /// The steps from the root, the innermost first.
    steps: Vec<String>,
    expected: String,
    found: String,
    offset: usize,
}

impl DecodeError {
    pub(crate) fn new(
        expected: impl Into<String>,
        found: impl Into<String>,
        offset: usize,
    ) -> Self {
        Self(Box::new(Details {
            steps: Vec::new(),
            expected: expected.into(),
            found: found.into(),
            offset,
        }))
    }

    /// The same error, seen from the object whose property `key` holds the value.
    pub(crate) fn inside(mut self, key: impl Into<String>) -> Self {
        self.0.steps.push(key.into());
        self
    }

    /// The place as a JSON Pointer (RFC 6901); empty for the whole text.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.0.steps.iter().rev() {
            push_step(&mut pointer, step);
        }
        pointer
    }

    /// What the type called for, such as `a string` or `the properties "id" and "name"`.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What stood there, shortened.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// The byte at which the value starts that could not be read, from 0.
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

/// Appends a step to a JSON Pointer (RFC 6901 §3).
pub(crate) fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    for character in step.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(character),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = self.pointer();
        if !pointer.is_empty() {
            write!(f, "at {pointer}: ")?;
        }
        let Details {
            expected,
            found,
            offset,
            ..
        } = &*self.0;
        write!(f, "expected {expected}, found {found} (byte {offset})")
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("pointer", &self.pointer())
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl std::error::Error for DecodeError {}

//! What breaks a rule, and where.

use std::fmt;

use crate::runtime::json::push_step;

/// One thing that is wrong with a value or a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    place: String,
    message: String,
}

impl Violation {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }

    /// Where: `query limit`, `body /filters/0`; a JSON Pointer for a value by itself.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What: `5000 is above the maximum of 1000`.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)
    }
}

/// Everything that is wrong with a value or a call; at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Self(violations))
        }
    }

    pub(crate) fn one(violation: Violation) -> Self {
        Self(vec![violation])
    }

    /// Each violation, in the order of the schema.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// A step from a value into it.
#[derive(Debug)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A place as people read it: the root, and a JSON Pointer from there.
pub(super) fn place(root: &str, steps: &[Step]) -> String {
    let mut place = root.to_owned();
    if !root.is_empty() && !steps.is_empty() {
        place.push(' ');
    }
    for step in steps {
        match step {
            Step::Key(key) => push_step(&mut place, key),
            Step::Index(index) => push_step(&mut place, &index.to_string()),
        }
    }
    place
}

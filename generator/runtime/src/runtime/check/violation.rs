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

    /// Seen from the object or array whose part `step` breaks the rule.
    pub(super) fn place_inside(&mut self, step: impl fmt::Display) {
        let mut place = String::new();
        push_step(&mut place, &step.to_string());
        self.place.insert_str(0, &place);
    }

    /// Seen from outside of the value, which stands at `root`.
    pub(super) fn place_at(&mut self, root: impl fmt::Display) {
        let space = if self.place.is_empty() { "" } else { " " };
        self.place = format!("{root}{space}{}", self.place);
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

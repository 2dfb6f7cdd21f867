//! What a schema asks of a value beyond its type, checked before anything is sent.

mod collection;
mod format;
mod json;
mod number;
mod pattern;
mod reference;
mod rule;
mod text;
mod violation;

pub use self::format::Format;
pub use self::rule::Rule;
pub use self::violation::{Violation, Violations};

use std::fmt::Display;

use super::json::{Json, Value};
use pattern::Patterns;

/// Goes through a value and collects what breaks the rules, with the place of each.
///
/// A place grows from the inside out, when a violation is there to be placed: a value that keeps its rules costs no text.
#[derive(Debug, Default)]
pub struct Checker {
    violations: Vec<Violation>,
    patterns: Patterns,
}

impl Checker {
    /// A checker that has found nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports what is wrong with the value at hand.
    pub fn report(&mut self, message: impl Into<String>) {
        self.violations.push(Violation::new("", message));
    }

    /// Reports a value that is none of those that the schema lists.
    pub fn not_one_of(&mut self, value: impl Display, values: &[&str]) {
        self.report(format!("{value} is not one of {}", values.join(", ")));
    }

    /// Reports an object whose tag is none of those that the schema lists.
    pub fn unknown_tag(&mut self, name: &str, object: &Value, tags: &[&str]) {
        match object.as_object().and_then(|object| object.get(name)) {
            Some(tag) => self.inside(name, |checker| checker.not_one_of(tag.to_json(), tags)),
            None => self.report(format!("has no {name}")),
        }
    }

    /// Everything that was reported.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// The same, about a value that stands at `root`: `body`, `query limit`.
    pub(crate) fn at(mut self, root: impl Display) -> Self {
        for violation in &mut self.violations {
            violation.place_at(&root);
        }
        self
    }

    pub(crate) fn finish(self) -> Result<(), Violations> {
        Violations::of(self.violations)
    }

    /// Checks the property `key` of the object at hand.
    pub(crate) fn inside(&mut self, key: impl Display, check: impl FnOnce(&mut Self)) {
        let before = self.violations.len();
        check(self);
        for violation in &mut self.violations[before..] {
            violation.place_inside(&key);
        }
    }

    /// Checks the item at `index` of the array at hand.
    pub(crate) fn item(&mut self, index: usize, item: &dyn Json, rules: &'static [Rule]) {
        self.inside(index, |checker| item.check(rules, checker));
    }
}

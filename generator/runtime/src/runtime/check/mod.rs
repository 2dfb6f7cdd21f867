//! What a schema asks of a value beyond its type, checked before anything is sent.

mod collection;
mod format;
mod json;
mod number;
mod pattern;
mod rule;
mod text;
mod violation;

pub use self::format::Format;
pub use self::rule::Rule;
pub use self::violation::{Violation, Violations};

use super::json::{Json, Value};
use pattern::Patterns;
use violation::Step;

/// Goes through a value and collects what breaks the rules, with the place of each.
#[derive(Debug)]
pub struct Checker {
    /// Where the value stands that is checked: `body`, `query limit`; empty for a value by itself.
    root: String,
    steps: Vec<Step>,
    violations: Vec<Violation>,
    patterns: Patterns,
}

impl Checker {
    /// A checker of the value that stands at `root`.
    pub fn new(root: impl Into<String>) -> Self {
        Self {
            root: root.into(),
            steps: Vec::new(),
            violations: Vec::new(),
            patterns: Patterns::default(),
        }
    }

    /// Reports what is wrong with the value at hand.
    pub fn report(&mut self, message: impl Into<String>) {
        let place = violation::place(&self.root, &self.steps);
        self.violations.push(Violation::new(place, message));
    }

    /// Reports a value that is none of those that the schema lists.
    pub fn not_one_of(&mut self, value: impl std::fmt::Display, values: &[&str]) {
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

    pub(crate) fn finish(self) -> Result<(), Violations> {
        Violations::of(self.violations)
    }

    /// Checks the property `key` of the object at hand.
    pub(crate) fn inside(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Key(key.to_owned()));
        check(self);
        self.steps.pop();
    }

    /// Checks the item at `index` of the array at hand.
    pub(crate) fn item(&mut self, index: usize, item: &dyn Json, rules: &'static [Rule]) {
        self.steps.push(Step::Index(index));
        item.check(rules, self);
        self.steps.pop();
    }
}

//! What is wrong with a document, or cannot be carried over from it.

pub mod codes;
mod render;

pub use codes::{Class, Code};
pub use render::{render, render_brief};

use std::collections::BTreeSet;

use crate::source::Place;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written and the exit code is 1.
    Error,
    /// The work goes on; `--strict` makes it an error.
    Warning,
}

/// One finding about a document: a stable code, a sentence, and where it stands.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The stable, documented code, such as `reference-not-found`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one sentence without a final stop.
    pub message: String,
    /// Where it stands; `None` for what has no place, such as a file that cannot be read.
    pub at: Option<Place>,
    /// The other places that it concerns, such as the first of two duplicates.
    pub related: Vec<(String, Place)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, at: &Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            at: Some(at.clone()),
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, at: &Place, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, at, message)
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, at: &Place) -> Self {
        self.related.push((message.into(), at.clone()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The sink that every stage writes to: problems are collected, and the stage goes on.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// All of them in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Adds the findings of a second look at the same nodes: none about a place that a finding is about already.
    pub(crate) fn extend_silent(&mut self, later: Self) {
        let said: BTreeSet<_> = self.items.iter().map(|item| item.at.clone()).collect();
        let new = later.items.into_iter();
        self.items
            .extend(new.filter(|item| !said.contains(&item.at)));
    }

    /// Adds findings, each once: what is looked at again says the same again.
    pub fn extend_unique(&mut self, later: Self) {
        let mut added = BTreeSet::new();
        let new = later.items.into_iter();
        self.items.extend(
            new.filter(|item| added.insert((item.code, item.at.clone(), item.message.clone()))),
        );
    }

    /// Makes errors of all departures from the standard ([`Class::Standard`]), for those who judge a document instead of
    /// using it.
    ///
    /// ```
    /// let mut reading = bindery_spec::read_text("pets.yaml", "
    /// openapi: 3.1.0
    /// info: { title: Pets, version: 1.0.0 }
    /// overlays: {}
    /// paths: {}
    /// ");
    /// assert!(!reading.diagnostics.has_errors());
    /// reading.diagnostics.hold_to_standard();
    /// assert!(reading.diagnostics.has_errors());
    /// ```
    pub fn hold_to_standard(&mut self) {
        for item in &mut self.items {
            if codes::find(item.code).is_some_and(|code| code.class == Class::Standard) {
                item.severity = Severity::Error;
            }
        }
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, items: T) {
        self.items.extend(items);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

//! Which operations are probed.

use std::str::FromStr;

use bindery_spec::model::Operation;

/// Includes and excludes; an exclude wins, and without includes everything is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what one of these selects.
    pub include: Vec<Selector>,
    /// Nothing that one of these selects.
    pub exclude: Vec<Selector>,
}

/// What selects operations: `operation=NAME`, `tag=NAME`, `path=PREFIX` or `method=GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// By `operationId`.
    Operation(String),
    /// By one of its tags.
    Tag(String),
    /// By how its path starts.
    Path(String),
    /// By its method, in any case.
    Method(String),
    /// By its method in upper case and its whole path template.
    Route(String, String),
}

impl Filter {
    /// Whether an operation is in.
    pub fn selects(&self, operation: &Operation) -> bool {
        let any =
            |selectors: &[Selector]| selectors.iter().any(|selector| selector.selects(operation));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// Which operations may be called so that those that are selected find something: all that are not excluded, but
    /// only the safe ones where no other is selected.
    pub(crate) fn helpers(&self, operations: &[Operation]) -> Vec<bool> {
        let mut selected = operations.iter().filter(|own| self.selects(own));
        let changes = selected.any(|own| !is_safe(&own.method));
        let everything = Self {
            include: Vec::new(),
            exclude: self.exclude.clone(),
        };
        let may = |own: &Operation| {
            self.selects(own) || (everything.selects(own) && (changes || is_safe(&own.method)))
        };
        operations.iter().map(may).collect()
    }
}

impl Selector {
    fn selects(&self, operation: &Operation) -> bool {
        match self {
            Self::Operation(id) => operation.id.as_ref() == Some(id),
            Self::Tag(tag) => operation.tags.contains(tag),
            Self::Path(prefix) => operation.path.starts_with(prefix),
            Self::Route(method, path) => operation.method == *method && operation.path == *path,
            Self::Method(method) => operation.method.eq_ignore_ascii_case(method),
        }
    }
}

/// Whether a method changes nothing (RFC 9110 §9.2.1).
pub(super) fn is_safe(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS"].contains(&method)
}

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not `operation=…`, `tag=…`, `path=…` or `method=…`");
        let (kind, value) = text.split_once('=').ok_or_else(expected)?;
        let value = value.to_owned();
        match kind {
            "operation" => Ok(Self::Operation(value)),
            "tag" => Ok(Self::Tag(value)),
            "path" => Ok(Self::Path(value)),
            "method" => Ok(Self::Method(value)),
            _ => Err(expected()),
        }
    }
}

/// One part of so many, counted from one: `2/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    part: usize,
    of: usize,
}

impl Shard {
    /// Whether the part has what stands at a position, counted from zero.
    pub(super) fn has(self, position: usize) -> bool {
        position % self.of == self.part - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (part, of) = text.split_once('/')?;
            Some((part.parse().ok()?, of.parse().ok()?))
        };
        match read() {
            Some((part, of)) if 1 <= part && part <= of => Ok(Self { part, of }),
            _ => Err(format!("`{text}` is no part of a whole, such as `2/8`")),
        }
    }
}

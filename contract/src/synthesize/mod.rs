//! Values from schemas: simple ones, all of them, one for each boundary, and invalid ones by exactly one rule.
//!
//! Whatever is made here is a proposal: the validator has the last word, and what it does not confirm is dropped.

mod answer;
mod array;
mod combination;
mod contains;
mod entries;
mod format;
mod number;
mod object;
mod pattern;
mod random;
mod text;
mod value;
mod variation;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas};

use crate::shape::Shape;
use crate::validate::{Contract, Direction, Part};

pub(crate) use pattern::{LONG, is_match, matching};
pub(crate) use variation::Variation;

/// Makes values for the schemas of a document, deterministically by its seed.
pub(crate) struct Synthesizer<'a> {
    contract: &'a Contract,
    direction: Direction,
    seed: u64,
    /// Whether parts need not be valid where they cannot be.
    lenient: bool,
    /// Whether values are made that are allowed for want of a limit only.
    extreme: bool,
    /// Whether text was invented that the document says nothing about.
    invented: AtomicBool,
    /// How many schemas the value has that is being made.
    made: AtomicUsize,
    /// How many schemas were tried at their boundaries for the value that is varied.
    varied: AtomicUsize,
}

/// How many schemas a value is made of before what may be left out is left out: where every schema leads to many others,
/// a value with all that is allowed has more parts than any memory holds.
const FULL_EFFORT: usize = 1_000;

/// How many schemas are tried at their boundaries before the parts of parts are left as they are.
const VARIED_EFFORT: usize = 400;

/// The rule of values that are allowed for want of a limit only: nobody says that a server takes them, but it must say
/// something.
pub(crate) const EXTREME: &str = "extreme";

/// The rules that the validator tells apart better than who makes a value: they look like another, but for where they
/// stand.
const PRECISE: [&str; 4] = [
    "const",
    "dependentRequired",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// How much of a value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Only what must be there.
    Minimal,
    /// Everything that may be there, but nothing inside itself.
    Full,
}

impl<'a> Synthesizer<'a> {
    /// A synthesizer for messages of a direction.
    pub(crate) fn new(contract: &'a Contract, direction: Direction, seed: u64) -> Self {
        Self {
            contract,
            direction,
            seed,
            lenient: false,
            extreme: false,
            invented: AtomicBool::new(false),
            made: AtomicUsize::new(0),
            varied: AtomicUsize::new(0),
        }
    }

    /// The same with values among the valid ones, under the rule [`EXTREME`], that are allowed for want of a limit only.
    pub(crate) fn with_extremes(self) -> Self {
        Self {
            extreme: true,
            ..self
        }
    }

    /// A valid value; `None` when none could be found.
    pub(crate) fn value(&self, schema: SchemaId, extent: Extent) -> Option<Value> {
        self.made.store(0, Ordering::Relaxed);
        let value = self.part(&[schema], extent, &mut Vec::new())?;
        self.contract.confirmed(schema, self.direction, value)
    }

    /// A value that comes close, where none is valid: what cannot be made right is made of the right type.
    pub(crate) fn nearest(&self, schema: SchemaId) -> Value {
        let lenient = Self {
            lenient: true,
            ..Self::new(self.contract, self.direction, self.seed)
        };
        let made = lenient.part(&[schema], Extent::Minimal, &mut Vec::new());
        made.unwrap_or(Value::Null)
    }

    /// Valid values: the minimal one, the full one, and one for each boundary, each different from the others.
    pub(crate) fn valid(&self, schema: SchemaId) -> Vec<Variation> {
        let mut found: Vec<Variation> = Vec::new();
        for extent in [Extent::Minimal, Extent::Full] {
            self.invented.store(false, Ordering::Relaxed);
            if let Some(value) = self.value(schema, extent) {
                let rule = if extent == Extent::Minimal {
                    "minimal"
                } else {
                    "full"
                };
                found.push(Variation {
                    invented: self.invented.load(Ordering::Relaxed),
                    ..Variation::new(rule, value)
                });
            }
        }
        self.varied.store(0, Ordering::Relaxed);
        found.extend(
            self.variations(&[schema], true, 0)
                .into_iter()
                .filter(|variation| self.is_valid(schema, &variation.value)),
        );
        distinct(found)
    }

    /// Values that break the schema by one rule at one place, each named.
    pub(crate) fn invalid(&self, schema: SchemaId) -> Vec<Variation> {
        self.varied.store(0, Ordering::Relaxed);
        let proposals = self.variations(&[schema], false, 0);
        distinct(proposals)
            .into_iter()
            .filter_map(|variation| self.breaking_one_rule(schema, variation))
            .collect()
    }

    fn is_valid(&self, schema: SchemaId, value: &Value) -> bool {
        self.contract.is_valid(schema, self.direction, value)
    }

    /// A value that is invalid at the place that it was made for, and nowhere beside it, by the name of what it breaks.
    fn breaking_one_rule(&self, schema: SchemaId, variation: Variation) -> Option<Variation> {
        let violations =
            self.contract
                .check_value(schema, self.direction, &variation.value, &Part::Body);
        let at = &variation.pointer;
        let related = |pointer: &str| pointer.starts_with(at.as_str()) || at.starts_with(pointer);
        let first = violations.first()?;
        let together = violations
            .iter()
            .all(|violation| related(&violation.spot.pointer));
        let alone = violations.iter().all(|own| own.rule == first.rule);
        if violations.iter().all(|own| own.overlaps) {
            // What was to be broken in one branch is allowed by others.
            return Some(Variation {
                rule: "oneOf".to_owned(),
                pointer: first.spot.pointer.clone(),
                ..variation
            });
        }
        // Two branches of `oneOf` were to hold, and do not.
        let misses = variation.rule == "oneOf";
        let is_precise = alone && PRECISE.contains(&first.rule.as_str());
        together.then(|| Variation {
            rule: if is_precise || misses {
                first.rule.clone()
            } else {
                variation.rule
            },
            ..variation
        })
    }

    fn shapes(&self, schemas: &[SchemaId]) -> Arc<[Shape]> {
        self.contract.shapes(schemas)
    }

    fn schemas(&self) -> &'a Schemas {
        &self.contract.api.schemas
    }

    /// Notes that text was made up.
    fn invent(&self) {
        self.invented.store(true, Ordering::Relaxed);
    }

    /// A generator of its own for each purpose, so that what is made here does not depend on what was made before.
    fn random(&self, salt: &str) -> fastrand::Rng {
        let hash = salt
            .bytes()
            .fold(self.seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        fastrand::Rng::with_seed(hash)
    }
}

/// The first of each value, in order.
fn distinct(variations: Vec<Variation>) -> Vec<Variation> {
    let mut seen = std::collections::BTreeSet::new();
    variations
        .into_iter()
        .filter(|variation| seen.insert(variation.value.to_string()))
        .collect()
}

#[cfg(test)]
mod tests;

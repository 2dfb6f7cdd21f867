//! What a run came to: findings, coverage, and what could not be checked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bindery_spec::SourceMap;

use super::coverage::Covered;
use super::finding::Finding;
use super::operation::Probed;

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What does not conform, in the order of the document.
    pub findings: Vec<Finding>,
    /// What was seen of each operation.
    pub coverage: Vec<Covered>,
    /// How many requests were sent.
    pub requests: usize,
    /// How long it took.
    pub duration: Duration,
    /// The seed, to make the same run again.
    pub seed: u64,
    /// What of the document could not be checked: a sentence each, with its code.
    pub not_checked: Vec<String>,
}

impl Outcome {
    /// What could not be checked, as sentences.
    pub(crate) fn not_checked(diagnostics: &bindery_spec::Diagnostics) -> Vec<String> {
        let mut told: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        // Who met it first depends on the workers.
        for own in diagnostics.iter() {
            let sentence = format!("{}: {}", own.code, own.message);
            let places = own.at.iter().map(|place| &*place.pointer);
            told.entry(sentence).or_default().extend(places);
        }
        let told = told.into_iter();
        told.map(|(sentence, places)| match places.first() {
            Some(first) if places.len() > 1 => {
                format!("{sentence} ({} times, first at {first})", places.len())
            }
            Some(only) => format!("{sentence} (at {only})"),
            None => sentence,
        })
        .collect()
    }

    /// Notes in which file and line the broken pieces of the document stand, by what it was read from.
    pub fn locate(&mut self, sources: &SourceMap) {
        let pieces = self
            .findings
            .iter_mut()
            .filter_map(|finding| finding.document.as_mut());
        pieces.for_each(|piece| piece.locate(sources));
    }

    /// Adds what was found in an operation and what showed only in `played` sequences of requests on it.
    pub(super) fn add(&mut self, operation: &str, probed: Probed, played: &mut Vec<Finding>) {
        let mut own = probed.findings;
        for finding in played.extract_if(.., |finding| finding.operation == operation) {
            // What a single request showed as well needs no sequence.
            if !own.iter().any(|other| other.is_like(&finding)) {
                own.push(finding);
            }
        }
        self.findings.append(&mut own);
        self.coverage.push(probed.covered);
        self.requests += probed.requests;
    }

    /// Whether nothing was found that fails a run; warnings do so only when it is strict.
    pub fn is_clean(&self, strict: bool) -> bool {
        !self
            .findings
            .iter()
            .any(|finding| finding.is_error() || (strict && finding.is_certain()))
    }
}

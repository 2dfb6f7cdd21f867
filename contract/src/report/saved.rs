//! JSON reports read again: to merge them, and to know what was found before.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::json::SCHEMA_VERSION;
use crate::probe::{Covered, Finding, Outcome};

/// A JSON report that was read.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What the document is called.
    pub document: String,
    /// Where the API was served.
    pub base_url: String,
    /// What came out.
    pub outcome: Outcome,
}

/// Why a report cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It is not JSON, or lacks what a report has.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is of a later version.
    #[error("its schema_version is {0}, and this program reads {SCHEMA_VERSION}")]
    Version(u32),
}

#[derive(Deserialize)]
struct Body {
    schema_version: u32,
    document: String,
    base_url: String,
    seed: u64,
    requests: usize,
    duration_ms: u64,
    findings: Vec<Finding>,
    coverage: Vec<Covered>,
    #[serde(default)]
    not_checked: Vec<String>,
}

impl Saved {
    /// Reads a report.
    ///
    /// # Errors
    /// When it is none, or of a version that is not known.
    pub fn read(bytes: &[u8]) -> Result<Self, SavedError> {
        let body: Body = serde_json::from_slice(bytes)?;
        if body.schema_version != SCHEMA_VERSION {
            return Err(SavedError::Version(body.schema_version));
        }
        Ok(Self {
            document: body.document,
            base_url: body.base_url,
            outcome: Outcome {
                findings: body.findings,
                coverage: body.coverage,
                requests: body.requests,
                duration: Duration::from_millis(body.duration_ms),
                seed: body.seed,
                not_checked: body.not_checked,
            },
        })
    }

    /// Takes in another report. What both have counts together; they are taken to have run side by side.
    pub fn add(&mut self, other: Self) {
        let (own, other) = (&mut self.outcome, other.outcome);
        own.requests += other.requests;
        own.duration = own.duration.max(other.duration);
        for finding in other.findings {
            let key = Fingerprint::of(&finding);
            match own
                .findings
                .iter_mut()
                .find(|known| Fingerprint::of(known) == key)
            {
                Some(known) => known.cases += finding.cases,
                None => own.findings.push(finding),
            }
        }
        for covered in other.coverage {
            match own
                .coverage
                .iter_mut()
                .find(|known| known.operation == covered.operation)
            {
                Some(known) => unite(known, covered),
                None => own.coverage.push(covered),
            }
        }
        for sentence in other.not_checked {
            if !own.not_checked.contains(&sentence) {
                own.not_checked.push(sentence);
            }
        }
    }
}

fn unite(known: &mut Covered, other: Covered) {
    add(&mut known.statuses, other.statuses);
    let never = [
        (&mut known.unseen, other.unseen),
        (&mut known.unseen_fields, other.unseen_fields),
        (&mut known.unseen_values, other.unseen_values),
        (&mut known.unseen_media_types, other.unseen_media_types),
    ];
    for (own, others) in never {
        own.retain(|one| others.contains(one));
    }
    known.fields = known.fields.max(other.fields);
    known.values = known.values.max(other.values);
    for (place, rules) in other.tried {
        add(known.tried.entry(place).or_default(), rules);
    }
    known.skipped = known.skipped.take().filter(|_| other.skipped.is_some());
}

fn add<K: Ord>(known: &mut BTreeMap<K, usize>, other: BTreeMap<K, usize>) {
    for (key, count) in other {
        *known.entry(key).or_default() += count;
    }
}

/// What makes two findings the same in different runs; the values that were sent do not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Fingerprint {
    code: String,
    operation: String,
    location: String,
    pointer: String,
    rule: String,
}

impl Fingerprint {
    fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.clone(),
            operation: finding.operation.clone(),
            location: finding.location.clone(),
            pointer: finding.pointer.clone(),
            rule: finding.rule.clone(),
        }
        .general()
    }

    /// The same for every item of a list.
    fn general(mut self) -> Self {
        let step = |step: &str| {
            if step.parse::<usize>().is_ok() {
                "*"
            } else {
                step
            }
            .to_owned()
        };
        self.pointer = self
            .pointer
            .split('/')
            .map(step)
            .collect::<Vec<_>>()
            .join("/");
        self
    }
}

/// The findings that are known already, so that only new ones fail a build. Every JSON report can be read as one.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: std::collections::BTreeSet<Fingerprint>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is no JSON object with `findings`.
    pub fn read(bytes: &[u8]) -> Result<Self, SavedError> {
        #[derive(Deserialize)]
        struct Known {
            findings: Vec<Fingerprint>,
        }
        let known: Known = serde_json::from_slice(bytes)?;
        Ok(Self {
            known: known
                .findings
                .into_iter()
                .map(Fingerprint::general)
                .collect(),
        })
    }

    /// Takes the known findings out of an outcome, and says how many they were.
    pub fn take_from(&self, outcome: &mut Outcome) -> usize {
        let before = outcome.findings.len();
        outcome
            .findings
            .retain(|finding| !self.known.contains(&Fingerprint::of(finding)));
        before - outcome.findings.len()
    }
}

//! What becomes of one value, and what that means.

use bindery_contract::Sample;

use crate::compare::{Comparison, compare};
use crate::program::Answer;

/// What became of a value, for the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// An allowed value came back as it was.
    Same,
    /// An allowed value came back with a number spelled in another way.
    Respelled,
    /// An allowed value came back without a property that nobody declared, as types that are only received have it.
    Ignored,
    /// An allowed value came back as another one.
    Changed,
    /// An allowed value could not be read.
    Unread,
    /// An allowed value came back, but `validate()` complains about it.
    Disputed,
    /// A value crashed or hung the program.
    Lost,
    /// A broken value was refused.
    Refused,
    /// A value was taken that breaks nothing but a `oneOf` of which it keeps several branches: a union takes the first that
    /// fits.
    Overlapping,
    /// A broken value was taken.
    Accepted,
}

impl Outcome {
    /// The outcomes with their names in tables, in the order of the columns.
    pub(crate) const ALL: [(Self, &str); 10] = [
        (Self::Same, "same"),
        (Self::Respelled, "respelled"),
        (Self::Ignored, "ignored"),
        (Self::Changed, "changed"),
        (Self::Unread, "unread"),
        (Self::Disputed, "disputed"),
        (Self::Lost, "lost"),
        (Self::Refused, "refused"),
        (Self::Overlapping, "overlap"),
        (Self::Accepted, "accepted"),
    ];

    /// The name in tables.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_good(self) -> bool {
        matches!(
            self,
            Self::Same | Self::Respelled | Self::Ignored | Self::Refused | Self::Overlapping
        )
    }
}

/// An outcome with its place and cause, which are empty where all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    pub(crate) pointer: String,
    pub(crate) cause: String,
}

impl Verdict {
    fn new(outcome: Outcome, pointer: &str, cause: impl Into<String>) -> Self {
        Self {
            outcome,
            pointer: pointer.to_owned(),
            cause: cause.into(),
        }
    }
}

/// Judges the answer to an allowed value.
pub(crate) fn allowed(sample: &Sample, answer: &Answer) -> Verdict {
    let (violations, text) = match answer {
        Answer::Lost(reason) => return Verdict::new(Outcome::Lost, "", *reason),
        Answer::Unread(reason) => return Verdict::new(Outcome::Unread, "", reason),
        Answer::Read { violations, text } => (violations, text),
    };
    let Ok(after) = serde_json::from_str(text) else {
        return Verdict::new(Outcome::Changed, "", "what is written is no JSON");
    };
    match compare(&sample.value, &after) {
        Comparison::Changed { pointer, .. } if is_stranger(sample, &pointer) => {
            Verdict::new(Outcome::Ignored, "", "")
        }
        Comparison::Changed { pointer, cause } => Verdict::new(Outcome::Changed, &pointer, cause),
        _ if !violations.is_empty() => Verdict::new(Outcome::Disputed, "", violations),
        Comparison::Respelled => Verdict::new(Outcome::Respelled, "", ""),
        Comparison::Same => Verdict::new(Outcome::Same, "", ""),
    }
}

/// Judges the answer to a broken value.
pub(crate) fn broken(sample: &Sample, answer: &Answer) -> Verdict {
    match answer {
        Answer::Lost(reason) => Verdict::new(Outcome::Lost, &sample.pointer, *reason),
        Answer::Read { violations, .. } if violations.is_empty() && sample.rule == "oneOf" => {
            Verdict::new(Outcome::Overlapping, "", "")
        }
        Answer::Read { violations, .. } if violations.is_empty() => {
            let cause = format!("{} is not checked", sample.rule);
            Verdict::new(Outcome::Accepted, &sample.pointer, cause)
        }
        _ => Verdict::new(Outcome::Refused, "", ""),
    }
}

/// Whether what is at a place is the property that was added to the sample, and that nobody declared.
fn is_stranger(sample: &Sample, pointer: &str) -> bool {
    let inside = pointer.strip_prefix(&sample.pointer);
    sample.rule == "undeclared" && inside.is_some_and(|rest| rest == "/bindery_undeclared")
}

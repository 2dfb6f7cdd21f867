//! One request with what the document says about it.

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::checks::Base;
use crate::validate::{Part, Spot};

/// One request that is to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The request.
    pub(crate) draft: Draft,
    /// What the case is about: what was varied.
    pub(crate) spot: Spot,
    /// The rule that is kept at its limit, or broken.
    pub(crate) rule: String,
    /// What the document says about it.
    pub(crate) expect: Expect,
}

/// What the document says about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Expect {
    /// It is valid.
    Valid {
        /// Whether it holds invented text that a server may refuse for reasons of its own.
        invented: bool,
    },
    /// It breaks exactly one rule.
    Invalid,
    /// Something that must be there is missing.
    Missing,
    /// The path does not have its method.
    UndeclaredMethod,
    /// Its body is of a media type that is not declared.
    UnsupportedMediaType,
    /// It has no credential, or one that nobody gave out.
    Unauthorized,
    /// It is unusual, and the standard leaves it to the server whether to take it; an answer it must have.
    Unusual,
    /// It asks what HTTP offers for the path, by the method that is its rule (HEAD, OPTIONS); the document need not
    /// have it.
    Companion,
}

impl Case {
    /// A case that the document allows.
    pub(crate) fn valid(draft: Draft, spot: Spot, rule: &str, invented: bool) -> Self {
        Self::new(draft, spot, rule, Expect::Valid { invented })
    }

    /// A case with an expectation.
    pub(crate) fn new(draft: Draft, spot: Spot, rule: &str, expect: Expect) -> Self {
        Self {
            draft,
            spot,
            rule: rule.to_owned(),
            expect,
        }
    }

    /// A case for a request that somebody else made: what matters of it is what is expected.
    pub(crate) fn recorded(spot: Spot, rule: &str, expect: Expect) -> Self {
        let draft = Draft {
            method: None,
            parameters: Vec::new(),
            body: super::Content::Empty,
            credentials: super::Credentials::default(),
            quirk: None,
        };
        Self::new(draft, spot, rule, expect)
    }

    /// What a valid request is called in a sentence.
    pub(crate) fn valid_name(&self) -> String {
        let spot = &self.spot;
        match (self.rule.as_str(), &spot.part) {
            ("absent", _) => format!("the request without {spot}"),
            (rule, Part::Request) => format!("the {rule} valid request"),
            (rule, _) => format!("a valid request ({rule} at {spot})"),
        }
    }

    /// Whether the document allows the request.
    pub(crate) fn is_valid(&self) -> bool {
        matches!(self.expect, Expect::Valid { .. })
    }
}

/// What a request was sent for, in a form that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub(crate) expect: Expect,
    pub(crate) location: String,
    pub(crate) pointer: String,
    pub(crate) rule: String,
    /// What the server made of the request that the case was made from.
    pub(crate) base: Base,
}

impl Tried {
    /// What a case is about.
    pub(crate) fn of(case: &Case, base: Base) -> Self {
        Self {
            expect: case.expect,
            location: case.spot.part.to_string(),
            pointer: case.spot.pointer.clone(),
            rule: case.rule.clone(),
            base,
        }
    }

    /// The case again, for a request that is known.
    pub(crate) fn case(&self) -> Case {
        let part = Part::named(&self.location);
        let spot = Spot::inside(part, self.pointer.as_str());
        Case::recorded(spot, &self.rule, self.expect)
    }
}

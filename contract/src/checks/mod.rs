//! What an exchange is checked for: one file a check, each with its rules, their levels, and the standard behind them.

mod accepted;
mod authorization;
pub(crate) mod client;
pub(crate) mod custom;
pub(crate) mod date;
pub(crate) mod entity_tag;
pub(crate) mod framing;
pub(crate) mod head;
mod header;
mod leak;
pub(crate) mod link;
pub(crate) mod method;
mod missing;
pub(crate) mod problem;
mod rejected;
mod response;
pub(crate) mod rules;
pub(crate) mod server_error;
pub(crate) mod state;
mod status;
mod transport;

pub(crate) use authorization::IGNORED;
pub(crate) use method::SERVED;
pub(crate) use missing::NOT_THERE;
pub(crate) use status::UNDOCUMENTED;

use bindery_spec::model::{Location, Operation};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::probe::{Case, Reply};
use crate::validate::{Contract, Part, Spot, Violation, rule};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The document or the standard is broken; the run fails.
    Error,
    /// The standard leaves room; the run fails only when it is strict.
    Warning,
}

impl Level {
    /// As reports have it: `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A kind of finding, as `bindery-contract explain` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The stable code.
    pub code: &'static str,
    /// What it says at most; a single finding may say less.
    pub level: Level,
    /// Whether one answer is all the evidence: it breaks the document or the standard by itself, whatever state the server
    /// was in. That it does not show again may be because the first request changed something.
    pub evident: bool,
    /// The section of the standard that it stands on.
    pub section: &'static str,
    /// What is wrong, in one sentence.
    pub title: &'static str,
    /// Why it matters, and what to do.
    pub explanation: &'static str,
}

/// All checks, sorted by their code.
pub fn all() -> Vec<&'static Check> {
    let mut all: Vec<&Check> = [
        accepted::CHECKS,
        authorization::CHECKS,
        client::CHECKS,
        custom::CHECKS,
        date::CHECKS,
        entity_tag::CHECKS,
        leak::CHECKS,
        link::CHECKS,
        framing::CHECKS,
        head::CHECKS,
        method::CHECKS,
        missing::CHECKS,
        problem::CHECKS,
        rejected::CHECKS,
        response::CHECKS,
        server_error::CHECKS,
        status::CHECKS,
        transport::CHECKS,
    ]
    .concat();
    all.extend(state::checks());
    all.sort_by_key(|check| check.code);
    all
}

/// What one exchange showed.
pub(crate) struct Observed<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) operation: &'a Operation,
    pub(crate) case: &'a Case,
    pub(crate) reply: &'a Reply,
    /// What the server made of the request that the case was made from.
    pub(crate) base: Base,
}

/// What a server made of the request that the cases of an operation are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Base {
    /// It was accepted (2xx).
    Accepted,
    /// It was refused as invalid, so that whatever is made from it may be refused for the same reason.
    Refused,
    /// Something else, such as 404; or it was not sent yet.
    Open,
}

/// Something wrong that one exchange showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) check: &'static Check,
    pub(crate) level: Level,
    pub(crate) spot: Spot,
    pub(crate) rule: String,
    pub(crate) message: String,
}

impl Flaw {
    /// A flaw of the level that its check has.
    pub(crate) fn new(
        check: &'static Check,
        spot: Spot,
        rule: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            check,
            level: check.level,
            spot,
            rule: rule.into(),
            message: message.into(),
        }
    }

    /// The same as a warning.
    pub(crate) fn warning(self) -> Self {
        Self {
            level: Level::Warning,
            ..self
        }
    }

    fn of(check: &'static Check, violation: Violation) -> Self {
        Self::new(check, violation.spot, violation.rule, violation.message)
    }
}

/// Whether a code says that a valid request was refused.
pub(crate) fn is_refusal_of_valid(code: &str) -> bool {
    code == rejected::REJECTED.code
}

/// Whether a violation says that a credential is missing, be it declared as security or as a header parameter.
pub(crate) fn is_credential(violation: &Violation) -> bool {
    match &violation.spot.part {
        Part::Credential(_) => true,
        Part::Parameter(Location::Header, name) => {
            name.eq_ignore_ascii_case("authorization") && violation.rule == rule::REQUIRED
        }
        _ => false,
    }
}

/// A function that looks at an answer.
type Judge = fn(&Observed<'_>, &http::Response<Bytes>) -> Vec<Flaw>;

/// Everything that is wrong with an exchange.
pub(crate) fn judge(observed: &Observed<'_>) -> Vec<Flaw> {
    let answer = match observed.reply {
        Reply::Answer(answer) => answer,
        Reply::Failure(failure, message) => return vec![transport::flaw(*failure, message)],
    };
    let checks: [Judge; 15] = [
        leak::check,
        server_error::check,
        status::check,
        response::check,
        rejected::check,
        accepted::check,
        authorization::check,
        authorization::demanded,
        method::check,
        missing::check,
        framing::check,
        date::check,
        entity_tag::check,
        link::check,
        problem::check,
    ];
    let flaws = checks.iter().flat_map(|check| check(observed, answer));
    one_refusal(one_echo(flaws.collect()))
}

/// What was taken although it is wrong comes back as wrong as it was: that is one defect, and not two.
fn one_echo(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    let taken: Vec<(String, String)> = flaws
        .iter()
        .filter(|flaw| flaw.check.code == accepted::ACCEPTED.code && flaw.spot.part == Part::Body)
        .map(|flaw| (flaw.spot.pointer.clone(), flaw.rule.clone()))
        .collect();
    flaws.retain(|flaw| {
        let same = |(pointer, rule): &(String, String)| {
            flaw.spot.pointer == *pointer && flaw.rule == *rule
        };
        flaw.spot.part != Part::ResponseBody || !taken.iter().any(same)
    });
    flaws
}

/// That a valid request was refused, and that the document does not declare the refusal, is one thing. It is the
/// refusal where that is wrong for certain; otherwise the document, which lacks a status and most likely a rule.
fn one_refusal(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    let level = |code: &str| {
        let mut flaws = flaws.iter();
        flaws
            .find(|flaw| flaw.check.code == code)
            .map(|flaw| flaw.level)
    };
    let (refused, undeclared) = (rejected::REJECTED.code, status::UNDOCUMENTED.code);
    let moot = match (level(refused), level(undeclared)) {
        (Some(Level::Error), Some(_)) => undeclared,
        (Some(Level::Warning), Some(_)) => refused,
        _ => return flaws,
    };
    flaws.retain(|flaw| flaw.check.code != moot);
    flaws
}

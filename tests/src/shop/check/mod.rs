//! Whether a request keeps the rules, place by place: where one is planted, a rule is forgotten or an edge is refused.

mod format;
mod number;
mod text;
mod value;

pub(super) use format::{is_date, is_date_time, is_email, is_time, is_uri, is_uuid};
pub(super) use number::Number;
pub(super) use text::{Text, is_country, is_sku, is_tag};

use super::answer::Answer;
use super::call::Call;
use super::defect::Fault;

/// A rule that a request breaks.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) at: String,
    pub(super) rule: &'static str,
}

/// Collects what is wrong with a request.
pub(super) struct Checker {
    fault: Option<Fault>,
    broken: Vec<Broken>,
    failed: bool,
}

impl Checker {
    pub(super) fn of(call: &Call<'_>) -> Self {
        Self {
            fault: call.planted.fault(),
            broken: Vec::new(),
            failed: false,
        }
    }

    /// Notes a rule that is broken, unless this server is the one that forgot it; gives back whether it is kept.
    pub(super) fn rule(&mut self, at: &str, rule: &'static str, kept: bool) -> bool {
        if !kept && !self.forgets(at, rule) {
            self.note(at, rule);
        }
        kept
    }

    /// Whether this server is the one that forgot a rule.
    fn forgets(&self, at: &str, rule: &str) -> bool {
        matches!(self.fault, Some(Fault::Accepts(place, own)) if place == at && own == rule)
    }

    /// Refuses a value at the edge of a rule, if this server is the one that does.
    pub(super) fn edge(&mut self, at: &str, rule: &'static str, is_there: bool) {
        match self.fault {
            Some(Fault::Rejects(place, own)) if is_there && place == at && own == rule => {
                self.note(at, rule);
            }
            Some(Fault::Fails(place, own)) if is_there && place == at && own == rule => {
                self.failed = true;
            }
            _ => {}
        }
    }

    /// Fails as a server fails, if it does.
    pub(super) fn fails(&mut self, fails: bool) {
        self.failed |= fails;
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_good(&self) -> bool {
        self.broken.is_empty() && !self.failed
    }

    /// The refusal, where something is wrong.
    pub(super) fn done(self) -> Result<(), Answer> {
        if self.failed {
            return Err(Answer::problem(500, "Something went wrong"));
        }
        if self.broken.is_empty() {
            return Ok(());
        }
        Err(Answer::invalid(&self.broken))
    }

    fn note(&mut self, at: &str, rule: &'static str) {
        self.broken.push(Broken {
            at: at.to_owned(),
            rule,
        });
    }
}

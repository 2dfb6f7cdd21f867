//! Refusals of valid requests that have one cause: what is refused with less in it explains what is refused with more.

use bindery_spec::Value;

use super::Session;
use crate::checks::{IGNORED, Level, NOT_THERE, UNDOCUMENTED, is_refusal_of_valid};
use crate::probe::{Content, Draft, Finding};
use crate::validate::{Part, rule};

impl Session<'_> {
    /// Leaves out refusals of requests that hold another refused request, and counts them there.
    pub(super) fn fold(&mut self) {
        let Some(base) = self.base.take() else {
            return;
        };
        let findings = std::mem::take(&mut self.probed.findings);
        let mut cases: Vec<usize> = findings.iter().map(|finding| finding.cases).collect();
        let mut explained = vec![false; findings.len()];
        for large in 0..findings.len() {
            let explains = |small: &usize| {
                let (one, other) = (&self.shown[*small], &self.shown[large]);
                // Of two that are the same, the more certain stays, and then the first.
                let rank = |index: usize| (findings[index].level.as_str(), index);
                let plain = |index: usize| PLAIN.contains(&findings[index].rule.as_str());
                let plainer = plain(*small) && !plain(large);
                let is_same = || rank(*small) > rank(large) && is_within(other, one, &base, false);
                let is_smaller =
                    || is_within(one, other, &base, plainer) && (plainer || !is_same());
                let of_a_kind = || {
                    are_of_a_kind(&findings[*small], &findings[large], plainer)
                        && (is_simplest(&findings[*small], &findings[large])
                            || is_smaller()
                            || findings[*small].rule == "minimal" && is_beside(one, other, &base))
                };
                let implies = || implies(&findings[*small], &findings[large]);
                *small != large && !explained[*small] && (implies() || of_a_kind())
            };
            if let Some(small) = (0..findings.len()).find(explains) {
                cases[small] += cases[large];
                explained[large] = true;
            }
        }
        let kept = findings.into_iter().zip(cases).zip(explained);
        let kept = kept.filter(|(_, explained)| !explained);
        self.probed.findings = kept
            .map(|((finding, cases), _)| Finding { cases, ..finding })
            .collect();
    }
}

/// Whether both are refusals in the same part and with the same status, the other one no more certain than the first, unless
/// that is plainer.
fn are_of_a_kind(one: &Finding, other: &Finding, plainer: bool) -> bool {
    let refused = |finding: &Finding| is_refusal_of_valid(&finding.code) && finding.reproduced;
    let error = |finding: &Finding| finding.level == Level::Error.name();
    (plainer || error(one) || !error(other))
        && refused(one)
        && refused(other)
        && (one.location == other.location || other.location == Part::Request.to_string())
        && status(one) == status(other)
}

fn status(finding: &Finding) -> Option<&str> {
    finding.response.as_ref().map(|own| own.start.as_str())
}

/// Whether a finding says all that another says: who lets anybody in lets in those with a wrong credential as well, and what
/// refuses a request is there.
fn implies(one: &Finding, other: &Finding) -> bool {
    let is_open = |finding: &Finding| finding.code == IGNORED.code;
    let open = is_open(one) && is_open(other) && one.location == other.location;
    let there = other.code == NOT_THERE.code && status(one) != status(other);
    open && one.rule == rule::SECURITY && other.rule != rule::SECURITY
        || there && (is_refusal_of_valid(&one.code) || one.code == UNDOCUMENTED.code)
}

/// The rules of values that are as plain as they can be: where they are refused, others in their place are refused as well.
const PLAIN: [&str; 5] = ["minimal", "full", "type", "required", "minItems"];

/// The rules of texts that are free, the plainest first.
const TEXTS: [&str; 3] = ["type", "unicode", "quotes"];

/// Whether one is about a simpler value of what the other is about: a server that refuses it takes only values that it
/// knows.
fn is_simplest(one: &Finding, other: &Finding) -> bool {
    let place = |finding: &Finding| (finding.location.clone(), finding.pointer.clone());
    let rank = |finding: &Finding| TEXTS.iter().position(|own| *own == finding.rule);
    let plainer = rank(one).zip(rank(other));
    let simpler = one.rule == "minimal" && other.rule != "minimal"
        || plainer.is_some_and(|(one, other)| one < other);
    simpler && place(one) == place(other)
}

/// Whether a request differs from the base in parameters only, and another in the same ones: where the simplest value is
/// refused, so are others.
fn is_beside(small: &Draft, large: &Draft, base: &Draft) -> bool {
    let body = matches!((&small.body, &base.body), (Content::Empty, Content::Empty));
    let parameters = small.parameters.iter().zip(&large.parameters);
    let parameters = parameters.zip(&base.parameters);
    let mut differing = parameters
        .filter(|((small, _), base)| small != base)
        .peekable();
    body && differing.peek().is_some()
        && differing.all(|((_, large), base)| large != base && large.is_some())
}

/// Whether a request has no more that differs from the base than another has; `loose` as in [`value_within`].
fn is_within(small: &Draft, large: &Draft, base: &Draft, loose: bool) -> bool {
    let parameters = small.parameters.iter().zip(&large.parameters);
    let mut parameters = parameters.zip(&base.parameters);
    let body = match (&small.body, &large.body) {
        (Content::Value(one, small), Content::Value(other, large)) => {
            let base = match &base.body {
                Content::Value(own, base) if own == one => Some(base),
                _ => None,
            };
            one == other && value_within(small, large, base, loose)
        }
        (Content::Empty, Content::Empty) => true,
        _ => false,
    };
    body && parameters.all(|((small, large), base)| small == base || small == large)
}

/// Whether a value is another with parts left out, but for what is as in a value that was accepted. Loosely, what that one
/// does not have may be another value of the same type.
fn value_within(small: &Value, large: &Value, accepted: Option<&Value>, loose: bool) -> bool {
    match (small, large) {
        (Value::Object(small), Value::Object(large)) => small.iter().all(|(name, own)| {
            let accepted = accepted.and_then(|value| value.get(name));
            large.get(name).is_some_and(|other| {
                accepted == Some(own) || value_within(own, other, accepted, loose)
            })
        }),
        (Value::Array(small), Value::Array(large)) => {
            let pairs = small.iter().zip(large);
            small.len() <= large.len()
                && pairs
                    .into_iter()
                    .all(|(own, other)| value_within(own, other, None, loose))
        }
        _ => {
            let alike = std::mem::discriminant(small) == std::mem::discriminant(large);
            small == large || loose && accepted.is_none() && alike
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::value_within;

    #[test]
    fn a_value_is_within_one_that_has_more() {
        let large = json!({ "a": { "b": [1, { "c": 2 }] }, "d": null });
        for small in [
            json!({}),
            json!({ "a": { "b": [] } }),
            json!({ "a": { "b": [1, {}] } }),
        ] {
            assert!(value_within(&small, &large, None, false), "{small}");
        }
        for other in [json!({ "d": 1 }), json!({ "a": { "b": [2] } }), json!([])] {
            assert!(!value_within(&other, &large, None, false), "{other}");
        }
    }

    #[test]
    fn what_was_accepted_explains_nothing() {
        let (small, large) = (json!({ "a": 1, "b": {} }), json!({ "a": 2, "b": {} }));
        let accepted = json!({ "a": 1 });
        assert!(value_within(&small, &large, Some(&accepted), false));
        assert!(!value_within(&small, &large, None, false));
        assert!(value_within(&small, &large, None, true));
        assert!(!value_within(&json!({ "a": "1" }), &large, None, true));
    }
}

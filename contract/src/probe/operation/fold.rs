//! Refusals of valid requests that have one cause: what is refused with less in it explains what is refused with more.

use bindery_spec::Value;

use super::Session;
use crate::checks::Level;
use crate::probe::{Content, Draft, Finding};
use crate::validate::Part;

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
                let is_same = || rank(*small) > rank(large) && is_within(other, one, &base);
                let is_smaller = || is_within(one, other, &base) && !is_same();
                *small != large
                    && !explained[*small]
                    && are_of_a_kind(&findings[*small], &findings[large])
                    && (is_simplest(&findings[*small], &findings[large]) || is_smaller())
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

/// Whether both are refusals in the same part and with the same status, the other one no more certain than the first.
fn are_of_a_kind(one: &Finding, other: &Finding) -> bool {
    let status = |finding: &Finding| finding.response.as_ref().map(|own| own.start.clone());
    let refused =
        |finding: &Finding| crate::checks::is_refusal_of_valid(&finding.code) && finding.reproduced;
    let error = |finding: &Finding| finding.level == Level::Error.name();
    (error(one) || !error(other))
        && refused(one)
        && refused(other)
        && (one.location == other.location || other.location == Part::Request.to_string())
        && status(one) == status(other)
}

/// Whether one is about the simplest value of what the other is about: a server that refuses it takes only values that it
/// knows.
fn is_simplest(one: &Finding, other: &Finding) -> bool {
    let place = |finding: &Finding| (finding.location.clone(), finding.pointer.clone());
    one.rule == "minimal" && other.rule != "minimal" && place(one) == place(other)
}

/// Whether a request has no more that differs from the base than another has.
fn is_within(small: &Draft, large: &Draft, base: &Draft) -> bool {
    let parameters = small.parameters.iter().zip(&large.parameters);
    let mut parameters = parameters.zip(&base.parameters);
    let body = match (&small.body, &large.body, &base.body) {
        (Content::Value(one, small), Content::Value(other, large), _) => {
            one == other && value_within(small, large)
        }
        (Content::Empty, Content::Empty, _) => true,
        _ => false,
    };
    body && parameters.all(|((small, large), base)| small == base || small == large)
}

/// Whether a value is another with parts left out.
fn value_within(small: &Value, large: &Value) -> bool {
    match (small, large) {
        (Value::Object(small), Value::Object(large)) => small.iter().all(|(name, own)| {
            large
                .get(name)
                .is_some_and(|other| value_within(own, other))
        }),
        (Value::Array(small), Value::Array(large)) => {
            let pairs = small.iter().zip(large);
            small.len() <= large.len()
                && pairs
                    .into_iter()
                    .all(|(own, other)| value_within(own, other))
        }
        _ => small == large,
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
            assert!(value_within(&small, &large), "{small}");
        }
        for other in [json!({ "d": 1 }), json!({ "a": { "b": [2] } }), json!([])] {
            assert!(!value_within(&other, &large), "{other}");
        }
    }
}

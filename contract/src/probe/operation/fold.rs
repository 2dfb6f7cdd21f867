//! Findings that have one cause: a rule for each way in which one of them explains another.

use bindery_spec::Value;

use super::Session;
use crate::checks::{IGNORED, Level, NOT_THERE, UNDOCUMENTED, is_refusal_of_valid};
use crate::probe::{Content, Draft, Finding};
use crate::validate::{Part, rule};

/// A finding, what was sent for it, and its place among all.
struct Told<'a> {
    finding: &'a Finding,
    draft: &'a Draft,
    index: usize,
}

/// When the first of two findings explains the second, given the request that all were made from.
type Rule = fn(&Told<'_>, &Told<'_>, &Draft) -> bool;

const RULES: [Rule; 4] = [lets_anybody_in, refuses_so_is_there, has_less, is_plainer];

impl Session<'_> {
    /// Leaves out what other findings explain, and counts it there.
    pub(super) fn fold(&mut self) {
        let Some(base) = self.base.take() else {
            return;
        };
        let findings = std::mem::take(&mut self.probed.findings);
        let told = findings.iter().zip(&self.shown).enumerate();
        let told: Vec<Told<'_>> = told
            .map(|(index, (finding, draft))| Told {
                finding,
                draft,
                index,
            })
            .collect();
        let mut cases: Vec<usize> = findings.iter().map(|finding| finding.cases).collect();
        let mut explained = vec![false; findings.len()];
        for other in &told {
            let explains = |one: &&Told<'_>| {
                let apart = one.index != other.index && !explained[one.index];
                apart && RULES.iter().any(|rule| rule(one, other, &base))
            };
            if let Some(cause) = told.iter().find(explains) {
                cases[cause.index] += cases[other.index];
                explained[other.index] = true;
            }
        }
        let kept = findings.into_iter().zip(cases).zip(explained);
        let cursor = self.cursor();
        let kept = kept.filter(|((finding, _), explained)| {
            !explained && !is_of_cursor(finding, cursor.as_deref())
        });
        self.probed.findings = kept
            .map(|((finding, cases), _)| Finding { cases, ..finding })
            .collect();
    }

    /// Where the operation takes cursors that its answers give: those are followed where pages are read.
    fn cursor(&self) -> Option<String> {
        let resources = self.probe.caller.stock.played.all.iter();
        let mut lists = resources.filter_map(|own| own.list.as_ref());
        let list = lists.find(|own| own.operation == self.index)?;
        let paging = list.paging.as_ref().filter(|own| own.is_told())?;
        let own = &self.planner.operation.parameters[paging.parameter()];
        Some(Part::Parameter(own.location, own.name.clone()).to_string())
    }
}

/// Whether a server refuses the plainest cursor that nobody gave out: what it takes for one is its own business.
fn is_of_cursor(finding: &Finding, cursor: Option<&str>) -> bool {
    cursor == Some(&finding.location)
        && finding.level == Level::Warning.name()
        && is_refusal_of_valid(&finding.code)
        && oddity(&finding.rule) == 0
}

/// Who lets anybody in lets in those with a wrong credential as well.
fn lets_anybody_in(one: &Told<'_>, other: &Told<'_>, _: &Draft) -> bool {
    let is_open = |told: &Told<'_>| told.finding.code == IGNORED.code;
    let anybody = |told: &Told<'_>| told.finding.rule == rule::SECURITY;
    let both = is_open(one) && is_open(other) && one.finding.location == other.finding.location;
    both && anybody(one) && !anybody(other)
}

/// What refuses a request is there.
fn refuses_so_is_there(one: &Told<'_>, other: &Told<'_>, _: &Draft) -> bool {
    let refuses = is_refusal_of_valid(&one.finding.code) || one.finding.code == UNDOCUMENTED.code;
    refuses && other.finding.code == NOT_THERE.code && status(one) != status(other)
}

/// Where a request is refused, so is one with more in it. Of two that are the same, the more certain stays, and then the
/// first.
fn has_less(one: &Told<'_>, other: &Told<'_>, base: &Draft) -> bool {
    let is_error = |told: &Told<'_>| told.finding.level == Level::Error.name();
    let rank = |told: &Told<'_>| (!is_error(told), told.index);
    let is_same = || rank(one) > rank(other) && is_within(other.draft, one.draft, base, false);
    are_of_a_kind(one, other)
        && (is_error(one) || !is_error(other))
        && is_within(one.draft, other.draft, base, false)
        && !is_same()
}

/// Where a plain value is refused, so are others in its place.
fn is_plainer(one: &Told<'_>, other: &Told<'_>, base: &Draft) -> bool {
    oddity(&one.finding.rule) < oddity(&other.finding.rule)
        && are_of_a_kind(one, other)
        && is_within(one.draft, other.draft, base, true)
}

/// How odd the values of a rule are.
fn oddity(rule: &str) -> usize {
    let plain = ["minimal", "full", "type", "required", "minItems"];
    match rule {
        rule if plain.contains(&rule) => 0,
        "unicode" => 1,
        _ => 2,
    }
}

/// Whether both are refusals in the same part and with the same status.
fn are_of_a_kind(one: &Told<'_>, other: &Told<'_>) -> bool {
    let refused =
        |told: &Told<'_>| is_refusal_of_valid(&told.finding.code) && told.finding.reproduced;
    let (place, other_place) = (&one.finding.location, &other.finding.location);
    refused(one)
        && refused(other)
        && (place == other_place || *other_place == Part::Request.to_string())
        && status(one) == status(other)
}

fn status<'a>(told: &Told<'a>) -> Option<&'a str> {
    let response = told.finding.response.as_ref();
    response.map(|own| own.start.as_str())
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
    body && parameters.all(|((small, large), base)| {
        let pair = small.as_ref().zip(large.as_ref());
        let within = |(small, large)| value_within(small, large, base.as_ref(), loose);
        small == base || pair.is_some_and(within)
    })
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

//! The smallest request that still shows what was found: greedy, in a fixed order, and with a bounded number of requests.

use bindery_spec::Value;

use super::{Session, key};
use crate::checks::{Base, Flaw, UNDOCUMENTED, is_refusal_of_valid};
use crate::probe::plan::is_nothing;
use crate::probe::{Case, Content, Draft, Expect, Failure, Reply};
use crate::validate::{Part, Spot};

/// How many requests one finding may cost.
const MAX_REQUESTS: usize = 64;

/// How many smaller requests are looked at, sent or not.
const MAX_TRIES: usize = 600;

/// How many smaller values are proposed for a value.
const MAX_PROPOSALS: usize = 100;

impl Session<'_> {
    /// A smaller case with the reply that shows the same flaw; `None` when there is none.
    pub(super) async fn shrink(
        &mut self,
        case: &Case,
        flaw: &Flaw,
        reply: &Reply,
        ground: Base,
    ) -> Option<(Case, Flaw, Reply)> {
        let about_values = matches!(case.expect, Expect::Valid { .. } | Expect::Invalid);
        // What is deleted once cannot be deleted again, and each step of what is late takes as long as the limit.
        let late = matches!(reply, Reply::Failure(Failure::Timeout, _));
        if !about_values || late || self.planner.operation.method == "DELETE" {
            return None;
        }
        let base = self.base.clone()?;
        let wanted = key(flaw, reply.status());
        let refused = is_refusal_of_valid(flaw.check.code) || flaw.check.code == UNDOCUMENTED.code;
        let mut smallest: Option<(Case, Flaw, Reply)> = None;
        let (mut requests, mut tries) = (0, 0);
        'smaller: loop {
            let current = smallest.as_ref().map_or(case, |(case, ..)| case).clone();
            for draft in smaller(&current.draft, &base) {
                tries += 1;
                if tries > MAX_TRIES || requests >= MAX_REQUESTS || self.probe.sender.is_over() {
                    break 'smaller;
                }
                let next = Case {
                    draft,
                    ..current.clone()
                };
                let odder = || doubts(&next.draft, &base) > doubts(&current.draft, &base);
                if refused && odder() || !self.planner.says_the_same(&next, case) {
                    continue;
                }
                requests += 1;
                let Some(reply) = self.send(&next.draft).await else {
                    continue;
                };
                let flaws = self.flaws(&next, &reply, ground);
                let same = |flaw: &Flaw| key(flaw, reply.status()) == wanted;
                if let Some(flaw) = flaws.into_iter().find(same) {
                    smallest = Some((next, flaw, reply));
                    continue 'smaller;
                }
            }
            break;
        }
        let (small, flaw, reply) = smallest?;
        if !is_lost(case, &small) {
            return Some((small, flaw, reply));
        }
        let around = Case {
            spot: Spot::whole(Part::Body),
            rule: "minimal".to_owned(),
            // What is around it was made up, or is there twice.
            expect: Expect::Valid { invented: true },
            ..small
        };
        let mut flaws = self.flaws(&around, &reply, ground).into_iter();
        let flaw = flaws.find(|own| own.check == flaw.check).unwrap_or(flaw);
        Some((around, flaw, reply))
    }
}

/// In how many places a request may be refused for a reason of its own: where a text is empty, and where something else
/// stands than in the request that was accepted.
fn doubts(draft: &Draft, accepted: &Draft) -> usize {
    fn within(value: &Value, accepted: Option<&Value>) -> usize {
        match value {
            Value::Object(fields) => {
                let other = |name: &str| accepted.and_then(|own| own.get(name));
                let fields = fields.iter();
                fields.map(|(name, own)| within(own, other(name))).sum()
            }
            Value::Array(items) => {
                let other = |index: usize| accepted.and_then(|own| own.get(index));
                let items = items.iter().enumerate();
                items.map(|(index, own)| within(own, other(index))).sum()
            }
            scalar => usize::from(scalar == "" || accepted.is_some_and(|own| own != scalar)),
        }
    }
    fn body(draft: &Draft) -> Option<&Value> {
        match &draft.body {
            Content::Value(_, value) => Some(value),
            _ => None,
        }
    }
    let parameters = draft.parameters.iter().zip(&accepted.parameters);
    let parts = parameters.map(|(own, other)| (own.as_ref(), other.as_ref()));
    let parts = parts.chain([(body(draft), body(accepted))]);
    let doubts = parts.filter_map(|(own, other)| Some(within(own?, other)));
    doubts.sum()
}

/// Whether a smaller valid request shows a flaw without the value that the case was about, so that the cause is around it.
fn is_lost(case: &Case, small: &Case) -> bool {
    let about = |draft: &Draft| match &draft.body {
        Content::Value(_, value) => value.pointer(&case.spot.pointer).is_some(),
        _ => false,
    };
    let in_body = case.is_valid() && case.spot.part == Part::Body;
    in_body && about(&case.draft) && !about(&small.draft)
}

/// Requests that are smaller by one step: a part as in the request that all started from, or a part with less in it.
fn smaller(draft: &Draft, base: &Draft) -> Vec<Draft> {
    let mut found = Vec::new();
    for (index, (own, first)) in draft.parameters.iter().zip(&base.parameters).enumerate() {
        if own != first {
            found.push(with_parameter(draft, index, first.clone()));
        }
    }
    if let Content::Value(media, own) = &draft.body {
        let first = match &base.body {
            Content::Value(other, value) if other == media && value == own => None,
            other => Some(other.clone()),
        };
        found.extend(first.map(|body| Draft {
            body,
            ..draft.clone()
        }));
        found.extend(reductions(own).into_iter().map(|value| Draft {
            body: Content::Value(*media, value),
            ..draft.clone()
        }));
    }
    for (index, own) in draft.parameters.iter().enumerate() {
        // A name without a value is often taken for none, which would be something else.
        let values = own.iter().flat_map(reductions);
        let values = values.filter(|value| !is_nothing(value));
        found.extend(values.map(|value| with_parameter(draft, index, Some(value))));
    }
    found
}

fn with_parameter(draft: &Draft, index: usize, value: Option<Value>) -> Draft {
    let mut draft = draft.clone();
    draft.parameters[index] = value;
    draft
}

/// Values that are one step smaller, the smallest first.
fn reductions(value: &Value) -> Vec<Value> {
    let mut found = match value {
        Value::Null | Value::Bool(_) => Vec::new(),
        Value::Number(number) => fewer_digits(number),
        Value::String(text) => shorter(text),
        Value::Array(items) => fewer_items(items),
        Value::Object(fields) => fields
            .keys()
            .map(|name| {
                let mut rest = fields.clone();
                rest.shift_remove(name);
                Value::Object(rest)
            })
            .collect(),
    };
    inner(value, &mut found);
    found.truncate(MAX_PROPOSALS);
    found
}

/// The same with one part smaller.
fn inner(value: &Value, found: &mut Vec<Value>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| (index.to_string(), item))
                .collect()
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(name, field)| (crate::validate::escape(name), field))
                .collect()
        }
        _ => return,
    };
    for (step, part) in parts {
        for smaller in reductions(part) {
            if found.len() >= MAX_PROPOSALS {
                return;
            }
            let mut whole = value.clone();
            if let Some(place) = whole.pointer_mut(&format!("/{step}")) {
                *place = smaller;
                found.push(whole);
            }
        }
    }
}

fn fewer_digits(number: &serde_json::Number) -> Vec<Value> {
    let half = number.as_i64().map(|whole| Value::from(whole / 2));
    let proposals = [Some(Value::from(0)), Some(Value::from(1)), half];
    let smaller = |value: &Value| {
        let sizes = (value.as_f64(), number.as_f64());
        matches!(sizes, (Some(new), Some(old)) if new.abs() < old.abs())
    };
    proposals.into_iter().flatten().filter(smaller).collect()
}

fn shorter(text: &str) -> Vec<Value> {
    let letters: Vec<char> = text.chars().collect();
    let half = letters.len() / 2;
    let mut proposals = vec![&letters[..0], &letters[..half], &letters[half..]];
    proposals.extend(letters.get(1..));
    proposals.extend(letters.len().checked_sub(1).map(|end| &letters[..end]));
    let shorter = proposals
        .into_iter()
        .filter(|part| part.len() < letters.len());
    shorter
        .map(|part| Value::String(part.iter().collect()))
        .collect()
}

fn fewer_items(items: &[Value]) -> Vec<Value> {
    let half = items.len() / 2;
    let mut proposals = vec![Vec::new(), items[..half].to_vec(), items[half..].to_vec()];
    proposals.extend((0..items.len()).map(|gone| {
        let rest = items.iter().enumerate().filter(|(index, _)| *index != gone);
        rest.map(|(_, item)| item.clone()).collect()
    }));
    proposals.retain(|rest| rest.len() < items.len());
    proposals.into_iter().map(Value::Array).collect()
}

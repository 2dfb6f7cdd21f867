//! Ranges and multiples of numbers, without rounding.

use std::cmp::Ordering;

use super::{Checker, Rule};
use crate::runtime::json::Decimal;

impl Checker {
    /// Checks a number, which is spelled as JSON has it.
    pub(crate) fn number(&mut self, text: &str, rules: &'static [Rule]) {
        for rule in rules {
            if let Some(complaint) = complaint(text, *rule) {
                self.report(format!("{text} {complaint}"));
            }
        }
    }
}

/// What is wrong with a number by one rule.
fn complaint(number: &str, rule: Rule) -> Option<String> {
    let (bound, words, keeps): (_, _, fn(&str, &str) -> bool) = match rule {
        Rule::Minimum(bound) => (bound, "is below the minimum of", |n, b| order(n, b).is_ge()),
        Rule::Maximum(bound) => (bound, "is above the maximum of", |n, b| order(n, b).is_le()),
        Rule::ExclusiveMinimum(bound) => (bound, "is not above", |n, b| order(n, b).is_gt()),
        Rule::ExclusiveMaximum(bound) => (bound, "is not below", |n, b| order(n, b).is_lt()),
        Rule::MultipleOf(bound) => (bound, "is not a multiple of", |n, b| {
            Decimal::parse(n).is_multiple_of(&Decimal::parse(b)) != Some(false)
        }),
        _ => return None,
    };
    (!keeps(number, bound)).then(|| format!("{words} {bound}"))
}

/// Compares two numbers. Integers of the machine, which most are, need no decimals.
fn order(one: &str, other: &str) -> Ordering {
    match (one.parse::<i64>(), other.parse::<i64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        _ => Decimal::parse(one).cmp(&Decimal::parse(other)),
    }
}

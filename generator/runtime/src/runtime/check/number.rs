//! Ranges and multiples of numbers, without rounding.

use super::{Checker, Rule};
use crate::runtime::json::Decimal;

impl Checker {
    /// Checks a number, which is spelled as JSON has it.
    pub(crate) fn number(&mut self, text: &str, rules: &'static [Rule]) {
        if rules.is_empty() {
            return;
        }
        let number = Decimal::parse(text);
        for rule in rules {
            if let Some(complaint) = complaint(&number, *rule) {
                self.report(format!("{text} {complaint}"));
            }
        }
    }
}

/// What is wrong with a number by one rule.
fn complaint(number: &Decimal, rule: Rule) -> Option<String> {
    let (bound, words, broken): (_, _, fn(&Decimal, &Decimal) -> bool) = match rule {
        Rule::Minimum(bound) => (bound, "is below the minimum of", |n, b| n < b),
        Rule::Maximum(bound) => (bound, "is above the maximum of", |n, b| n > b),
        Rule::ExclusiveMinimum(bound) => (bound, "is not above", |n, b| n <= b),
        Rule::ExclusiveMaximum(bound) => (bound, "is not below", |n, b| n >= b),
        Rule::MultipleOf(bound) => (bound, "is not a multiple of", |n, b| {
            n.is_multiple_of(b) == Some(false)
        }),
        _ => return None,
    };
    broken(number, &Decimal::parse(bound)).then(|| format!("{words} {bound}"))
}

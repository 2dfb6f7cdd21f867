//! Lengths, patterns and formats of strings.

use super::{Checker, Rule};

impl Checker {
    /// Checks a string.
    pub(crate) fn text(&mut self, text: &str, rules: &[Rule]) {
        for rule in rules {
            if let Rule::Pattern(pattern) = *rule {
                if !self.patterns.matches(pattern, text) {
                    self.report(format!("{text:?} does not match {pattern}"));
                }
            } else if let Some(complaint) = complaint(text, *rule) {
                self.report(complaint);
            }
        }
    }
}

/// What is wrong with a string by one rule.
fn complaint(text: &str, rule: Rule) -> Option<String> {
    match rule {
        Rule::MinLength(bound) if length(text) < bound => Some(format!(
            "{} characters are fewer than the minimum of {bound}",
            length(text)
        )),
        Rule::MaxLength(bound) if length(text) > bound => Some(format!(
            "{} characters are more than the maximum of {bound}",
            length(text)
        )),
        Rule::Format(format) if !format.matches(text) => Some(format!("{text:?} is not {format}")),
        _ => None,
    }
}

/// The length in characters (JSON Schema 2020-12 Validation §6.3.1).
fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

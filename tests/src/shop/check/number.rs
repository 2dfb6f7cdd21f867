//! Numbers: their range and their step.

use serde_json::Value;

use super::Checker;

/// What a number must be.
#[derive(Clone, Copy)]
pub(in crate::shop) struct Number {
    least: (&'static str, f64),
    most: (&'static str, f64),
    step: Option<f64>,
    whole: bool,
}

impl Number {
    /// A whole number of a range.
    pub(in crate::shop) const fn whole(least: f64, most: f64) -> Self {
        Self {
            least: ("minimum", least),
            most: ("maximum", most),
            step: None,
            whole: true,
        }
    }

    /// A whole number from a bound on.
    pub(in crate::shop) const fn from(least: f64) -> Self {
        Self::whole(least, f64::INFINITY)
    }

    /// A number of a range.
    pub(in crate::shop) const fn of(least: (&'static str, f64), most: (&'static str, f64)) -> Self {
        Self {
            least,
            most,
            step: None,
            whole: false,
        }
    }

    /// The same in steps.
    pub(in crate::shop) const fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }
}

impl Checker {
    /// A number of a JSON value.
    pub(in crate::shop) fn number(&mut self, at: &str, value: &Value, rules: Number) -> f64 {
        let number = value.as_f64();
        let any = self.forgets(at, "fraction");
        let number = number.filter(|number| any || !rules.whole || is_whole(*number));
        let Some(number) = number else {
            self.rule(at, "type", false);
            return rules.least.1;
        };
        let ((low, least), (high, most)) = (rules.least, rules.most);
        let above = if low == "minimum" {
            number >= least
        } else {
            number > least
        };
        let below = if high == "maximum" {
            number <= most
        } else {
            number < most
        };
        self.rule(at, low, above);
        self.rule(at, high, below);
        if let Some(step) = rules.step {
            self.rule(at, "multipleOf", is_whole(number / step));
        }
        self.edge(
            at,
            low,
            low == "minimum" && is_whole(number - least) && number <= least,
        );
        self.edge(at, high, high == "maximum" && number >= most);
        self.edge(at, "zero", number.abs() < f64::EPSILON);
        number.clamp(least, most)
    }

    /// A number of a text; absent when there is no text.
    pub(in crate::shop) fn number_of(
        &mut self,
        at: &str,
        text: Option<&str>,
        rules: Number,
    ) -> Option<f64> {
        self.edge(at, "absent", text.is_none());
        let value = serde_json::from_str(text?).unwrap_or(Value::Null);
        Some(self.number(at, &value, rules))
    }

    /// An index or a count of a text, with what stands for an absent one.
    pub(in crate::shop) fn count_of(
        &mut self,
        at: &str,
        text: Option<&str>,
        rules: Number,
        default: usize,
    ) -> usize {
        self.number_of(at, text, rules).map_or(default, to_index)
    }
}

fn is_whole(number: f64) -> bool {
    number.fract().abs() < f64::EPSILON
}

/// A whole number of a range that was checked before.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and what is negative or has a fraction was refused"
)]
pub(in crate::shop) fn to_index(number: f64) -> usize {
    number as usize
}

//! Decimal numbers of any size, as JSON spells them: compared, and divided, without rounding.

use std::cmp::Ordering;
use std::fmt;

/// The most digits that [`Decimal::to_integer`] writes out.
const MAX_DIGITS: i64 = 400;

/// A number: `0.digits × 10^exponent`. The digits have no zeros at either end; zero has none at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a number that is spelled as JSON has it.
    pub(crate) fn parse(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        let leading = length(&digits) - length(significant);
        let significant = significant.trim_end_matches('0');
        if significant.is_empty() {
            return Self {
                negative: false,
                digits: String::new(),
                exponent: 0,
            };
        }
        Self {
            negative,
            digits: significant.to_owned(),
            exponent: exponent(power).saturating_add(length(whole) - leading),
        }
    }

    /// Whether there is no fractional part.
    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= length(&self.digits)
    }

    /// The digits of an integer, with its sign; `None` if this is none, or a very long one.
    pub(crate) fn to_integer(&self) -> Option<String> {
        if !self.is_integer() || self.exponent > MAX_DIGITS {
            return None;
        }
        if self.digits.is_empty() {
            return Some("0".to_owned());
        }
        let sign = if self.negative { "-" } else { "" };
        let zeros = usize::try_from(self.exponent)
            .ok()?
            .saturating_sub(self.digits.len());
        Some(format!("{sign}{}{}", self.digits, "0".repeat(zeros)))
    }

    /// Whether `self / divisor` is an integer; `None` if the divisor has more digits than can be handled.
    pub(crate) fn is_multiple_of(&self, divisor: &Self) -> Option<bool> {
        if self.digits.is_empty() {
            return Some(true);
        }
        let modulus: u64 = divisor.digits.parse().ok()?;
        // The powers of ten of the last digits. Digits end in no zero, so a smaller power is never a multiple.
        let zeros =
            (self.exponent - length(&self.digits)) - (divisor.exponent - length(&divisor.digits));
        if zeros < 0 {
            return Some(false);
        }
        let modulus = u128::from(modulus);
        let step = |rest: u128, digit: u8| (rest * 10 + u128::from(digit - b'0')) % modulus;
        let rest = self.digits.bytes().fold(0, step);
        Some((rest * power_of_ten(zeros, modulus)).is_multiple_of(modulus))
    }
}

/// `10^power mod modulus`, for a modulus below 2^64.
fn power_of_ten(mut power: i64, modulus: u128) -> u128 {
    let (mut result, mut base) = (1 % modulus, 10 % modulus);
    while power > 0 {
        if power & 1 == 1 {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        power >>= 1;
    }
    result
}

/// An exponent, which saturates: its text may have any length.
fn exponent(text: &str) -> i64 {
    let limit = i64::MAX / 4;
    match text.trim_start_matches('+').parse::<i64>() {
        Ok(value) => value.clamp(-limit, limit),
        Err(_) if text.starts_with('-') => -limit,
        Err(_) => limit,
    }
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// The one spelling of the value: a fraction below 1 with an exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = if self.digits.is_empty() {
            "0"
        } else {
            &self.digits
        };
        write!(f, "{sign}0.{digits}e{}", self.exponent)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits));
        sign(self)
            .cmp(&sign(other))
            .then(if self.negative { size.reverse() } else { size })
    }
}

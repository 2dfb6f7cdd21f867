//! Numbers as they are kept: those that are the same value (JSON Schema 2020-12 §4.2.2) are the same, and what is rounded is
//! told (RFC 8259 §6).

use serde_json::Number;

use super::reader::Reader;
use crate::Value;
use crate::diagnostic::codes;
use crate::resolve::Node;
use crate::source::Place;

impl<'a> Reader<'a> {
    /// A number.
    pub(super) fn number(&mut self, node: &Node<'a>, key: &str) -> Option<Number> {
        let value = node.member(key)?;
        if let Value::Number(number) = value {
            self.tell_rounded(&node.place.child(key), number);
            return Some(number.clone());
        }
        self.wrong_type(node, key, "a number");
        value.as_str()?.trim().parse().ok()
    }

    /// A value that others are compared to. Where these are texts, a number or a flag is the text that it is written as:
    /// people forget the quotes.
    pub(super) fn listed(&mut self, node: &Node<'a>, is_text: bool) -> Value {
        let written = match node.value {
            Value::Number(number) if is_text => self.written(&node.place, number),
            Value::Bool(flag) if is_text => flag.to_string(),
            value => return self.compared(value, &node.place),
        };
        let message =
            format!("`{written}` is no string, as the `type` asks for, and is taken as one");
        let help = "write the value as the type says, in quotes for a string, or add its type";
        self.push(codes::ENUM_MISMATCH.at(&node.place, message).help(help));
        Value::String(written)
    }

    /// `1.0` is `1`, because both are one value.
    fn compared(&mut self, value: &Value, at: &Place) -> Value {
        match value {
            Value::Number(number) => {
                self.tell_rounded(at, number);
                integer(number).map_or_else(|| value.clone(), Value::from)
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.compared(item, &at.child(index)));
                Value::Array(items.collect())
            }
            Value::Object(members) => {
                let members = members.iter();
                let members =
                    members.map(|(key, value)| (key.clone(), self.compared(value, &at.child(key))));
                Value::Object(members.collect())
            }
            _ => value.clone(),
        }
    }

    /// How a number is written, such as `1.10`.
    pub(super) fn written(&self, at: &Place, number: &Number) -> String {
        let written = self.document.sources.number(at, number);
        written.map_or_else(|| number.to_string(), str::to_owned)
    }

    /// Integers beyond 64 bits were told of when they were read. The items of a YAML list are left out, because its reader does
    /// not say how they are written.
    fn tell_rounded(&mut self, at: &Place, number: &Number) {
        let Some(read) = number.as_f64().filter(|_| number.is_f64()) else {
            return;
        };
        let written = self.document.sources.number(at, number);
        let is_kept = written.is_none_or(|written| {
            let is_integer = !written.contains(['.', 'e', 'E']);
            is_integer || digits(written) == digits(&as_precise(read, digits(written).len()))
        });
        if !is_kept {
            let message =
                format!("a number of 64 bits does not hold this one, and it is read as {number}");
            self.report(&codes::NUMBER_ROUNDED, at, message);
        }
    }
}

/// A float with so many digits, rounded as the exact value is.
fn as_precise(number: f64, digits: usize) -> String {
    format!("{number:.0$e}", digits.saturating_sub(1))
}

/// The digits that count, wherever the point is.
fn digits(written: &str) -> String {
    let mantissa = written.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// The integer that a number is although it is written with a point or an exponent.
fn integer(number: &Number) -> Option<i64> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    let is_exact = float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0;
    is_exact.then(|| format!("{float:.0}").parse().ok())?
}

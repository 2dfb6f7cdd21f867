//! Whether two JSON values are the same, the same in another spelling, or where they first differ.

use serde_json::{Number, Value};

/// How a value came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// As the same JSON; the order of properties does not count (RFC 8259 §4).
    Same,
    /// With a number spelled in another way that has the same value, such as `2.0` for `2`
    /// (JSON Schema 2020-12 §4.2.2).
    Respelled,
    /// As something else.
    Changed {
        /// Where, as a JSON Pointer.
        pointer: String,
        /// What happened there.
        cause: String,
    },
}

/// Compares what went in with what came out.
pub(crate) fn compare(before: &Value, after: &Value) -> Comparison {
    let changed = |cause: String| Comparison::Changed {
        pointer: String::new(),
        cause,
    };
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            if let Some(key) = after.keys().find(|key| !before.contains_key(*key)) {
                return inside(key, changed("a property appeared".to_owned()));
            }
            worst(before.iter().map(|(key, value)| {
                let lost = || changed(format!("a property with {} was lost", kind(value)));
                inside(
                    key,
                    after.get(key).map_or_else(lost, |now| compare(value, now)),
                )
            }))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let pairs = before.iter().zip(after).enumerate();
            worst(pairs.map(|(index, (a, b))| inside(&index.to_string(), compare(a, b))))
        }
        (Value::Array(_), Value::Array(_)) => changed("items were lost or appeared".to_owned()),
        (Value::Number(before), Value::Number(after)) if before != after => {
            if is_equal(before, after) {
                Comparison::Respelled
            } else {
                changed("a number has another value".to_owned())
            }
        }
        _ if before == after => Comparison::Same,
        _ if kind(before) == kind(after) => changed(format!("{} changed", kind(before))),
        _ => changed(format!("{} became {}", kind(before), kind(after))),
    }
}

/// Whether an integer and a float have the same value, without rounding.
#[expect(clippy::float_cmp, reason = "the same value is what is asked for")]
fn is_equal(left: &Number, right: &Number) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left == right && left.abs() < EXACT,
        _ => false,
    }
}

/// The first change, otherwise a spelling, otherwise none.
fn worst(parts: impl Iterator<Item = Comparison>) -> Comparison {
    let mut worst = Comparison::Same;
    for part in parts {
        match part {
            Comparison::Changed { .. } => return part,
            Comparison::Respelled => worst = part,
            Comparison::Same => {}
        }
    }
    worst
}

fn inside(step: &str, comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Changed { pointer, cause } => Comparison::Changed {
            pointer: format!("/{}{pointer}", step.replace('~', "~0").replace('/', "~1")),
            cause,
        },
        other => other,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn spelling_is_told_from_value() {
        assert_eq!(
            compare(&json!({"a": 2, "b": 1}), &json!({"b": 1, "a": 2})),
            Comparison::Same
        );
        assert_eq!(compare(&json!([2]), &json!([2.0])), Comparison::Respelled);
        let (big, rounded) = (
            json!(9_007_199_254_740_993_u64),
            json!(9_007_199_254_740_992.0),
        );
        assert!(matches!(
            compare(&big, &rounded),
            Comparison::Changed { .. }
        ));
    }

    #[test]
    fn a_change_has_its_place_and_cause() {
        let (before, after) = (json!({"a/b": [{"x": null}]}), json!({"a/b": [{}]}));
        let Comparison::Changed { pointer, cause } = compare(&before, &after) else {
            panic!("a property is missing");
        };
        assert_eq!(
            (pointer.as_str(), cause.as_str()),
            ("/a~1b/0/x", "a property with null was lost")
        );
        assert!(matches!(
            compare(&json!({}), &json!({"x": null})),
            Comparison::Changed { .. }
        ));
    }
}

//! What a parameter of a list asks of a property of its items, by their names: `max_price` beside `price`, `created_after`
//! beside `created_at`, and `tag` or `tags` beside `tags`.

use bindery_spec::Value;

use super::compare::instant;
use super::names::plain;

/// What a parameter asks of a property of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    AtMost,
    AtLeast,
    Member,
    OneOf,
}

/// What a parameter asks of a property, by their names.
pub(crate) fn wanted(parameter: &str, property: &str) -> Option<Wanted> {
    let (parameter, property) = (plain(parameter), plain(property));
    let is = |starts: &[&str], ends: &[&str]| {
        let start = starts
            .iter()
            .any(|start| parameter == format!("{start}{property}"));
        start
            || ends
                .iter()
                .any(|end| parameter == format!("{property}{end}"))
    };
    let times = ["at", "on", "date", "time"];
    let stems = times.iter().filter_map(|end| property.strip_suffix(end));
    let stems: Vec<&str> = stems.chain([property.as_str()]).collect();
    let is_time = |ends: &[&str]| {
        let mut ends = ends.iter();
        ends.any(|end| {
            parameter
                .strip_suffix(end)
                .is_some_and(|stem| stems.contains(&stem))
        })
    };
    if is(&["max", "maximum"], &["max", "lte", "atmost"]) || is_time(&["before", "until"]) {
        Some(Wanted::AtMost)
    } else if is(&["min", "minimum"], &["min", "gte", "atleast"]) || is_time(&["after", "since"]) {
        Some(Wanted::AtLeast)
    } else if parameter == property || format!("{parameter}s") == property {
        Some(Wanted::Member)
    } else {
        None
    }
}

/// Whether a property is as it was asked for; what cannot be compared is.
pub(crate) fn fits(wanted: Wanted, bound: &Value, own: Option<&Value>) -> bool {
    let numbers = number(bound).zip(own.and_then(number));
    match wanted {
        Wanted::AtMost => numbers.is_none_or(|(bound, own)| own <= bound),
        Wanted::AtLeast => numbers.is_none_or(|(bound, own)| own >= bound),
        Wanted::Member => own
            .and_then(Value::as_array)
            .is_none_or(|own| own.contains(bound)),
        Wanted::OneOf => own.is_none_or(|own| own == bound),
    }
}

/// A number, or a time in seconds.
fn number(value: &Value) -> Option<f64> {
    let time = || {
        let text = value.as_str()?;
        let seconds = instant(text).or_else(|| instant(&format!("{text}T00:00:00")));
        #[expect(
            clippy::cast_precision_loss,
            reason = "below 2^53 for every year of four digits"
        )]
        seconds.map(|seconds| seconds as f64)
    };
    value.as_f64().or_else(time)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_say_what_is_asked_for() {
        assert!(matches!(wanted("max_price", "price"), Some(Wanted::AtMost)));
        assert!(matches!(wanted("priceGte", "price"), Some(Wanted::AtLeast)));
        assert!(matches!(wanted("tag", "tags"), Some(Wanted::Member)));
        assert!(wanted("maxage", "price").is_none());
        let after = wanted("created_after", "createdAt");
        assert!(matches!(after, Some(Wanted::AtLeast)));
        assert!(matches!(wanted("until", "until"), Some(Wanted::Member)));
        assert!(wanted("after", "created_at").is_none());
    }

    #[test]
    fn what_cannot_be_compared_fits() {
        assert!(fits(Wanted::AtMost, &json!(2), Some(&json!(2))));
        assert!(!fits(Wanted::AtMost, &json!(2), Some(&json!(2.5))));
        assert!(fits(Wanted::AtLeast, &json!(2), None));
        let far = json!("2990-01-01T00:00:00Z");
        assert!(!fits(
            Wanted::AtLeast,
            &far,
            Some(&json!("2024-05-17T09:30:00Z"))
        ));
        assert!(fits(
            Wanted::AtMost,
            &far,
            Some(&json!("2024-05-17T09:30:00Z"))
        ));
        assert!(fits(Wanted::AtLeast, &far, Some(&json!("soon"))));
        assert!(fits(Wanted::Member, &json!("a"), Some(&json!("a"))));
        assert!(!fits(Wanted::Member, &json!("a"), Some(&json!([]))));
    }
}

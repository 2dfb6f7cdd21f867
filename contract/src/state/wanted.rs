//! What a parameter of a list asks of a property of its items, by the names of the two: `max_price` beside `price`,
//! `created_after` beside `created_at`, and `tag` or `tags` beside `tags`.

use bindery_spec::Value;

use super::compare::instant;
use super::names::plain;

/// What a parameter asks of a property of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    AtMost,
    AtLeast,
    /// The property is a list that has the value.
    Member,
    /// The property is the value, or one of several.
    OneOf,
}

impl Wanted {
    /// What a parameter asks of a property, by their names.
    pub(crate) fn of(parameter: &str, property: &str) -> Option<Self> {
        let (parameter, property) = (plain(parameter), plain(property));
        let is = |starts: &[&str], ends: &[&str]| {
            let mut starts = starts.iter();
            let mut ends = ends.iter();
            starts.any(|start| parameter == format!("{start}{property}"))
                || ends.any(|end| parameter == format!("{property}{end}"))
        };
        let times = ["at", "on", "date", "time"];
        let stems = times.iter().filter_map(|end| property.strip_suffix(end));
        let stems: Vec<&str> = stems.chain([property.as_str()]).collect();
        let is_time = |ends: &[&str]| {
            let mut ends = ends.iter().filter_map(|end| parameter.strip_suffix(end));
            ends.any(|stem| stems.contains(&stem))
        };
        if is(&["max", "maximum"], &["max", "lte", "atmost"]) || is_time(&["before", "until", "to"])
        {
            Some(Self::AtMost)
        } else if is(&["min", "minimum"], &["min", "gte", "atleast"])
            || is_time(&["after", "since", "from"])
        {
            Some(Self::AtLeast)
        } else if parameter == property || format!("{parameter}s") == property {
            Some(Self::Member)
        } else if parameter == format!("{property}s") {
            Some(Self::OneOf)
        } else {
            None
        }
    }

    /// Whether it is a bound.
    pub(crate) fn is_bound(self) -> bool {
        matches!(self, Self::AtMost | Self::AtLeast)
    }

    /// Whether a property is as it was asked for; what cannot be compared is.
    pub(crate) fn fits(self, asked: &Value, own: Option<&Value>) -> bool {
        let numbers = number(asked).zip(own.and_then(number));
        match self {
            Self::AtMost => numbers.is_none_or(|(bound, own)| own <= bound),
            Self::AtLeast => numbers.is_none_or(|(bound, own)| own >= bound),
            Self::Member => own
                .and_then(Value::as_array)
                .is_none_or(|own| own.contains(asked)),
            Self::OneOf => own.is_none_or(|own| own == asked),
        }
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
        for (parameter, property, wanted) in [
            ("max_price", "price", Some(Wanted::AtMost)),
            ("priceGte", "price", Some(Wanted::AtLeast)),
            ("tag", "tags", Some(Wanted::Member)),
            ("until", "until", Some(Wanted::Member)),
            ("kinds", "kind", Some(Wanted::OneOf)),
            ("created_after", "createdAt", Some(Wanted::AtLeast)),
            ("released_from", "released", Some(Wanted::AtLeast)),
            ("released_to", "released", Some(Wanted::AtMost)),
            ("maxage", "price", None),
            ("after", "created_at", None),
        ] {
            assert_eq!(Wanted::of(parameter, property), wanted, "{parameter}");
        }
    }

    #[test]
    fn what_cannot_be_compared_fits() {
        assert!(Wanted::AtMost.fits(&json!(2), Some(&json!(2))));
        assert!(!Wanted::AtMost.fits(&json!(2), Some(&json!(2.5))));
        assert!(Wanted::AtLeast.fits(&json!(2), None));
        let (far, near) = (json!("2990-01-01T00:00:00Z"), json!("2024-05-17T09:30:00Z"));
        assert!(!Wanted::AtLeast.fits(&far, Some(&near)));
        assert!(Wanted::AtMost.fits(&far, Some(&near)));
        assert!(Wanted::AtLeast.fits(&far, Some(&json!("soon"))));
        assert!(Wanted::Member.fits(&json!("a"), Some(&json!("a"))));
        assert!(!Wanted::Member.fits(&json!("a"), Some(&json!([]))));
    }
}

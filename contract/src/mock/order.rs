//! The order of a list that a mock remembers: by a property of the things, in either direction.

use std::cmp::Ordering;

use bindery_spec::Value;

use crate::state::is_order;

/// Puts things in the order that is asked for by parameters with these names and texts: `sort=-name`, or `sort=name` and
/// `direction=desc`. What is not known of all stays as it is.
pub(super) fn put<T>(texts: &[(&str, String)], things: &mut [T], of: impl Fn(&T) -> &Value) {
    let Some((_, wanted)) = texts.iter().find(|(name, _)| is_order(name)) else {
        return;
    };
    let turned = texts
        .iter()
        .any(|(_, text)| text.eq_ignore_ascii_case("desc"));
    // What is named first counts most, so that it comes last here.
    for own in wanted.rsplit(',') {
        let property = own.trim_start_matches(['-', '+']);
        let falls = own.starts_with('-') != turned;
        if things.iter().any(|thing| of(thing).get(property).is_some()) {
            things.sort_by(|one, other| {
                let order = compare(of(one).get(property), of(other).get(property));
                if falls { order.reverse() } else { order }
            });
        }
    }
}

/// How two values stand to each other; what is not there comes first.
fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            let (one, other) = (one.as_f64(), other.as_f64());
            one.partial_cmp(&other).unwrap_or(Ordering::Equal)
        }
        (Some(one), Some(other)) => text(one).cmp(&text(other)),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

fn text(value: &Value) -> String {
    crate::wire::scalar_text(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ordered(texts: &[(&str, &str)]) -> Vec<u64> {
        let mut things = [
            json!({ "id": 1, "name": "b", "size": 10 }),
            json!({ "id": 2, "name": "a", "size": 9 }),
            json!({ "id": 3, "name": "a", "size": 10 }),
        ];
        let texts: Vec<(&str, String)> = texts
            .iter()
            .map(|(name, text)| (*name, (*text).to_owned()))
            .collect();
        put(&texts, &mut things, |own| own);
        things.iter().filter_map(|own| own["id"].as_u64()).collect()
    }

    #[test]
    fn things_are_in_the_order_that_is_asked_for() {
        assert_eq!(ordered(&[]), [1, 2, 3]);
        assert_eq!(ordered(&[("sort", "size")]), [2, 1, 3]);
        assert_eq!(ordered(&[("sort", "-size")]), [1, 3, 2]);
        assert_eq!(ordered(&[("order_by", "name,-id")]), [3, 2, 1]);
        assert_eq!(ordered(&[("sort", "name"), ("order", "desc")]), [1, 2, 3]);
        assert_eq!(ordered(&[("sort", "color")]), [1, 2, 3]);
    }
}

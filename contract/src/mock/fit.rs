//! As much of a value as another can be changed to, where something else decides what is allowed.

use bindery_spec::Value;
use serde_json::Map;

/// The value with what was sent in its place: as a whole where that is allowed, otherwise each part that is; `None` when
/// nothing of it can be taken.
pub(super) fn fit(
    own: Option<&Value>,
    sent: &Value,
    allows: &dyn Fn(&Value) -> bool,
) -> Option<Value> {
    if allows(sent) {
        return Some(sent.clone());
    }
    match (own?, sent) {
        (Value::Object(own), Value::Object(sent)) => {
            let fitted = fields(own, sent, &|fields| allows(&fields.clone().into()));
            Some(fitted.into())
        }
        (Value::Array(own), Value::Array(sent)) => {
            let usual = own.first()?;
            let items = sent.iter().map(|item| over(usual, item));
            Some(items.collect()).filter(allows)
        }
        _ => None,
    }
}

/// The fields with each of those that were sent, as far as these are allowed.
pub(super) fn fields(
    own: &Map<String, Value>,
    sent: &Map<String, Value>,
    allows: &dyn Fn(&Map<String, Value>) -> bool,
) -> Map<String, Value> {
    sent.iter().fold(own.clone(), |fields, (name, value)| {
        let with = |value: &Value| {
            let mut next = fields.clone();
            next.insert(name.clone(), value.clone());
            next
        };
        let fitted = fit(fields.get(name), value, &|value| allows(&with(value)));
        fitted.map_or_else(|| fields.clone(), |value| with(&value))
    })
}

/// A value over another: what both have is the first's, at any depth.
fn over(usual: &Value, value: &Value) -> Value {
    let (Some(usual), Some(fields)) = (usual.as_object(), value.as_object()) else {
        return value.clone();
    };
    let mut whole = usual.clone();
    for (name, value) in fields {
        let own = usual.get(name).unwrap_or(&Value::Null);
        whole.insert(name.clone(), over(own, value));
    }
    whole.into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_allowed_is_taken_and_the_rest_stays() {
        let own = json!({"name": "a", "inner": {"given": 1, "least": 2}, "list": [{"id": 1}]});
        let sent = json!({"name": 5, "inner": {"least": 3}, "list": [{"note": "x"}, {"id": 7}]});
        let allows = |value: &Value| {
            let items = value["list"].as_array();
            value["name"].is_string()
                && value["inner"]["given"].is_number()
                && items.is_some_and(|items| items.iter().all(|item| item["id"].is_number()))
        };
        let expected = json!({
            "name": "a",
            "inner": {"given": 1, "least": 3},
            "list": [{"id": 1, "note": "x"}, {"id": 7}],
        });
        assert_eq!(fit(Some(&own), &sent, &allows), Some(expected));
    }
}

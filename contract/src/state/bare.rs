//! What says nothing: values without content, which servers often treat as absent and forms cannot spell.

use bindery_spec::Value;

/// Whether a value has nothing in it: servers often treat it as absent.
pub(crate) fn is_bare(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_bare),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value without the fields that a form has no way to spell: empty lists and objects, at any depth.
pub(super) fn spellable(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| (name, spellable(value)));
            let has_parts = |value: &Value| value.is_array() || value.is_object();
            fields
                .filter(|(_, value)| !(has_parts(value) && is_bare(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(spellable).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_of_nothing_is_nothing() {
        assert!(is_bare(&json!({"a": {"b": {}}, "c": []})));
        assert!(!is_bare(&json!({"a": {"b": false}})));
    }

    #[test]
    fn a_form_has_no_empty_lists() {
        let value = json!({"a": [], "b": {"c": {"d": {}}, "e": 1}, "f": [{"g": []}], "h": ""});
        let left = json!({"b": {"e": 1}, "f": [{}], "h": ""});
        assert_eq!(spellable(value), left);
    }
}

//! YAML's merge key: `<<: *base` brings in the keys of `base` that the object does not have itself.

use serde_json::Map;

use crate::Value;

/// The key that merges.
pub(super) const KEY: &str = "<<";

/// Puts what is merged where the merge key stands; `false` when its value was no object and no list of objects.
pub(super) fn apply(mut map: Map<String, Value>) -> (Map<String, Value>, bool) {
    let merged = map.insert(KEY.to_owned(), Value::Null);
    let (sources, clean) = sources(merged);
    let mut result = Map::new();
    for (key, value) in &map {
        if key != KEY {
            result.insert(key.clone(), value.clone());
            continue;
        }
        // Of several sources the first that has a key wins.
        for (key, value) in sources.iter().flatten() {
            if !map.contains_key(key) && !result.contains_key(key) {
                result.insert(key.clone(), value.clone());
            }
        }
    }
    (result, clean)
}

fn sources(merged: Option<Value>) -> (Vec<Map<String, Value>>, bool) {
    match merged {
        Some(Value::Object(map)) => (vec![map], true),
        Some(Value::Array(items)) => {
            let count = items.len();
            let maps: Vec<_> = items.into_iter().filter_map(object).collect();
            let clean = maps.len() == count;
            (maps, clean)
        }
        _ => (Vec::new(), false),
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

//! JSON that is read strictly: one text, UTF-8, no key twice (RFC 8259).

use std::cell::RefCell;
use std::fmt;

use bindery_spec::Value;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::violation::rule;

/// A JSON text that could be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    /// What it says; of keys that occur twice, the last.
    pub(crate) value: Value,
    /// The pointers of keys that occur twice in their object (RFC 8259 §4).
    pub(crate) duplicates: Vec<String>,
}

/// A JSON text that could not be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    /// The rule that it breaks.
    pub(crate) rule: &'static str,
    /// What is wrong.
    pub(crate) message: String,
}

/// Reads one JSON text.
///
/// # Errors
/// When the bytes are not UTF-8, not JSON, followed by more, or beyond the limits of depth and number range.
pub(crate) fn parse(bytes: &[u8]) -> Result<Parsed, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        rule: rule::UTF8,
        message: format!("the body is not UTF-8: {error}"),
    })?;
    let duplicates = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = Seed {
        at: String::new(),
        duplicates: &duplicates,
    };
    let value = seed
        .deserialize(&mut reader)
        .map_err(|error| fault(&error))?;
    reader.end().map_err(|error| Fault {
        rule: rule::TRAILING,
        message: format!("more follows the JSON: {error}"),
    })?;
    Ok(Parsed {
        value,
        duplicates: duplicates.into_inner(),
    })
}

fn fault(error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let beyond = ["recursion limit", "number out of range"];
    let rule = if beyond.iter().any(|limit| message.starts_with(limit)) {
        rule::JSON_LIMIT
    } else {
        rule::JSON
    };
    Fault {
        rule,
        message: format!("the body is not readable JSON: {message}"),
    }
}

/// Reads the value at a pointer.
struct Seed<'a> {
    at: String,
    duplicates: &'a RefCell<Vec<String>>,
}

impl Seed<'_> {
    fn child(&self, key: &str) -> Self {
        Seed {
            at: format!("{}/{}", self.at, escape(key)),
            duplicates: self.duplicates,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(&list.len().to_string()))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            let child = self.child(&key);
            let at = child.at.clone();
            let value = fields.next_value_seed(child)?;
            if object.insert(key, value).is_some() {
                self.duplicates.borrow_mut().push(at);
            }
        }
        Ok(Value::Object(object))
    }
}

/// A key as a step of a JSON Pointer (RFC 6901 §3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A JSON Pointer to a property of the whole.
pub(crate) fn pointer_to(name: &str) -> String {
    format!("/{}", escape(name))
}

/// The key that a step of a JSON Pointer stands for (RFC 6901 §4).
pub(crate) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule_of(bytes: &[u8]) -> &'static str {
        parse(bytes).expect_err("it is no JSON").rule
    }

    #[test]
    fn each_fault_has_its_rule() {
        assert_eq!(rule_of(b""), rule::JSON);
        assert_eq!(rule_of(b"{\"a\":}"), rule::JSON);
        assert_eq!(rule_of(b"{} {}"), rule::TRAILING);
        assert_eq!(rule_of(b"\"\xff\""), rule::UTF8);
        assert_eq!(rule_of(b"1e999"), rule::JSON_LIMIT);
        assert_eq!(rule_of("[".repeat(1000).as_bytes()), rule::JSON_LIMIT);
    }

    #[test]
    fn a_key_that_occurs_twice_is_named() {
        let parsed = parse(br#"{"a":[{"b/c":1,"b/c":2}],"d":null}"#).expect("it is JSON");
        assert_eq!(parsed.duplicates, ["/a/0/b~1c"]);
        assert_eq!(parsed.value, json!({"a": [{"b/c": 2}], "d": null}));
    }
}

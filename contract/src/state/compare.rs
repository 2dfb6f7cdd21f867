//! Whether what came back is what was sent, as far as the document lets one expect it.
//!
//! A field is compared when both sides declare it with the same type, and the answer can show what was sent. Spelling may
//! differ: times, UUIDs, numbers. What is empty may be left out, and what sounds like a secret is not asked for.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use super::bare::is_bare;
use super::look;
use crate::probe::is_sensitive;
use crate::shape::{alternatives, conjunction, file_type};
use crate::validate::{Contract, Direction, Part, pointer_to, rule};

/// A field that did not come back as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    /// Its name.
    pub(crate) property: String,
    /// What was sent.
    pub(crate) sent: Value,
    /// What came back.
    pub(crate) came: Option<Value>,
}

impl Difference {
    /// Where it stands in the body.
    pub(crate) fn pointer(&self) -> String {
        pointer_to(&self.property)
    }

    /// What is different, as the end of a sentence.
    pub(crate) fn told(&self) -> String {
        let short = |value: &Value| value.to_string().chars().take(60).collect::<String>();
        match &self.came {
            Some(came) => format!(
                "`{}` was sent as {}, but is {}",
                self.property,
                short(&self.sent),
                short(came)
            ),
            None => format!(
                "`{}` was sent as {}, but is missing",
                self.property,
                short(&self.sent)
            ),
        }
    }
}

/// The fields of what was sent that did not come back, between the schemas that both sides have.
pub(crate) fn differences(
    contract: &Contract,
    (request, sent): (SchemaId, &Value),
    (response, came): (SchemaId, &Value),
) -> Vec<Difference> {
    let schemas = &contract.api.schemas;
    let written = look::properties_of(schemas, &[request], sent);
    let read = look::properties_of(schemas, &[response], came);
    let (Some(sent), Some(came)) = (sent.as_object(), came.as_object()) else {
        return Vec::new();
    };
    // An answer that has none of the properties that its schema asks for is something else, which is told where it is read.
    let nodes = conjunction(schemas, &[response]);
    let required = nodes.iter().flat_map(|id| &schemas[*id].required);
    let mut there = required.map(|name| came.contains_key(name)).peekable();
    if there.peek().is_some() && !there.any(|there| there) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (name, value) in sent {
        let (Some(written), Some(read)) = (written.get(name), read.get(name)) else {
            continue;
        };
        if !is_comparable(contract, name, written, read) {
            continue;
        }
        let kept = match came.get(name) {
            Some(came) => is_same(contract, read, value, came),
            None => is_dispensable(contract, read, value),
        };
        if !kept && is_showable(contract, read, value) {
            let (property, sent) = (name.clone(), value.clone());
            found.push(Difference {
                property,
                sent,
                came: came.get(name).cloned(),
            });
        }
    }
    found
}

fn is_comparable(contract: &Contract, name: &str, written: &[SchemaId], read: &[SchemaId]) -> bool {
    let schemas = &contract.api.schemas;
    let one_way = |ids: &[SchemaId]| {
        let nodes = conjunction(schemas, ids);
        nodes
            .iter()
            .any(|id| schemas[*id].read_only || schemas[*id].write_only)
    };
    let format = |ids: &[SchemaId]| {
        let shapes = alternatives(schemas, ids);
        shapes.into_iter().find_map(|shape| shape.format)
    };
    // What is sent as a file comes back as where it is.
    file_type(schemas, written).is_none()
        && !one_way(written)
        && !one_way(read)
        && !is_sensitive(name)
        && look::types(schemas, written) == look::types(schemas, read)
        && format(written) == format(read)
}

/// Whether an answer can show a value as it was sent, beside what else it has to show.
fn is_showable(contract: &Contract, read: &[SchemaId], value: &Value) -> bool {
    let against =
        |id: &SchemaId| contract.check_value(*id, Direction::Response, value, &Part::ResponseBody);
    let mut violations = read.iter().flat_map(against);
    violations.all(|own| own.rule == rule::REQUIRED) && is_described(contract, read, value)
}

/// Whether an answer describes each field of a value, as far as it describes fields: a card has its number only in what is
/// sent.
fn is_described(contract: &Contract, read: &[SchemaId], value: &Value) -> bool {
    let schemas = &contract.api.schemas;
    match value {
        Value::Object(fields) => {
            let known = look::properties_of(schemas, read, value);
            let described = |(name, value): (&String, &Value)| {
                let ids = known.get(name);
                ids.is_some_and(|ids| is_described(contract, ids, value))
            };
            known.is_empty() || fields.iter().all(described)
        }
        Value::Array(items) => {
            let ids = look::items(schemas, read);
            items.iter().all(|item| is_described(contract, &ids, item))
        }
        _ => true,
    }
}

/// What a server may leave out without losing anything: what is empty, and what the document has as the default.
fn is_dispensable(contract: &Contract, read: &[SchemaId], value: &Value) -> bool {
    let nodes = conjunction(&contract.api.schemas, read);
    let is_default = nodes
        .iter()
        .any(|id| contract.api.schemas[*id].default.as_ref() == Some(value));
    is_bare(value) || is_default
}

/// Whether two values are the same; objects may have got more fields.
fn is_same(contract: &Contract, ids: &[SchemaId], sent: &Value, came: &Value) -> bool {
    let unordered = || {
        let shapes = alternatives(&contract.api.schemas, ids);
        shapes.iter().any(|shape| shape.unique)
    };
    match (sent, came) {
        (Value::Array(sent), Value::Array(came)) if unordered() => {
            let mut rest: Vec<&Value> = came.iter().collect();
            let mut taken = sent.iter().filter(|one| {
                let place = rest.iter().position(|other| is_alike(one, other));
                place.map(|place| rest.remove(place)).is_some()
            });
            taken.by_ref().count() == sent.len() && sent.len() == came.len()
        }
        // What is empty may be nothing.
        (sent, Value::Null) => is_bare(sent),
        _ => is_alike(sent, came),
    }
}

fn is_alike(sent: &Value, came: &Value) -> bool {
    match (sent, came) {
        (Value::Object(sent), Value::Object(came)) => sent.iter().all(|(name, value)| {
            came.get(name)
                .map_or(is_bare(value), |other| is_alike(value, other))
        }),
        (Value::Array(sent), Value::Array(came)) => {
            sent.len() == came.len()
                && sent
                    .iter()
                    .zip(came)
                    .all(|(one, other)| is_alike(one, other))
        }
        // Every reader of JSON keeps whole numbers of 53 bits (RFC 8259 §6).
        (Value::Number(sent), Value::Number(came)) if is_small(sent) && is_small(came) => {
            sent.as_i64() == came.as_i64()
        }
        (Value::Number(sent), Value::Number(came)) => {
            let (sent, came) = (sent.as_f64().unwrap_or(0.0), came.as_f64().unwrap_or(0.0));
            // A server may keep fewer digits than JSON can carry.
            (sent - came).abs() <= 1e-6 * sent.abs().max(came.abs())
        }
        (Value::String(sent), Value::String(came)) => sent == came || is_respelled(sent, came),
        // That it came back in another type is told where the answer is judged.
        (Value::Number(sent), Value::String(came)) => came.parse().ok() == sent.as_f64(),
        (Value::String(sent), Value::Number(came)) => sent.parse().ok() == came.as_f64(),
        (sent, came) => sent == came,
    }
}

fn is_small(number: &serde_json::Number) -> bool {
    let whole = number.as_i64();
    whole.is_some_and(|whole| whole.unsigned_abs() <= 1 << 53)
}

/// Whether two texts say the same in another spelling: a time, a decimal, a UUID, a host name, a URL.
fn is_respelled(sent: &str, came: &str) -> bool {
    let is_decimal = sent.contains('.') || came.contains('.');
    if let (true, Some(sent), Some(came)) = (is_decimal, number(sent), number(came)) {
        return sent.total_cmp(&came).is_eq();
    }
    if let (Some(sent), Some(came)) = (instant(sent), instant(came)) {
        return sent == came;
    }
    let technical = sent.contains("://")
        || sent.contains('@')
        || (sent.len() == 36 && sent.matches('-').count() == 4);
    technical
        && sent
            .trim_end_matches('/')
            .eq_ignore_ascii_case(came.trim_end_matches('/'))
}

/// A number in digits; one with a point may have as many behind it as a database keeps.
fn number(text: &str) -> Option<f64> {
    let is_plain = |own: u8| own.is_ascii_digit() || matches!(own, b'.' | b'-');
    let number = text.parse().ok();
    number.filter(|_| text.bytes().all(is_plain))
}

/// A time as seconds since the year 0 (RFC 3339 §5.6); without an offset it is taken as UTC.
pub(super) fn instant(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let rest = text
        .get(19..)?
        .trim_start_matches(|character: char| character == '.' || character.is_ascii_digit());
    let offset = match rest {
        "" | "Z" | "z" => 0,
        _ => {
            let sign = if rest.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = rest.get(1..)?.split_once(':')?;
            sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
        }
    };
    // Months start with March here, so that the leap day is the last of its year.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    Some(((days * 24 + hour) * 60 + minute - offset) * 60 + second)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_of_another_shape_lost_nothing() {
        let text = "
openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { T: { type: object, required: [name], properties: { name: { type: string }, note: { type: string } } } } }
";
        let api = bindery_spec::read_text("t.yaml", text)
            .api
            .expect("a document");
        let (_, id) = api.schemas.named().next().expect("a schema");
        let contract = Contract::new(std::sync::Arc::new(api));
        let sent = json!({ "name": "a", "note": "b" });
        let lost = |came| differences(&contract, (id, &sent), (id, &came)).len();
        assert_eq!(lost(json!({ "thing": sent })), 0);
        assert_eq!(lost(json!({ "name": "a" })), 1);
    }

    #[test]
    fn what_an_answer_cannot_show_is_not_lost() {
        let text = "
openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Sent: { type: object, properties: { rates: { type: array, items: { type: string } }, seat: { type: object, properties: { row: { type: integer } } }, card: { type: object, properties: { number: { type: string } } }, review: { anyOf: [{ type: object, properties: { model: { type: string } } }, { type: 'null' }] } } }
    Shown: { type: object, properties: { rates: { type: array, items: { type: object } }, seat: { type: object, required: [id], properties: { id: { type: string }, row: { type: integer } } }, card: { type: object, properties: { brand: { type: string } } }, review: { anyOf: [{ type: object, required: [result], properties: { result: { type: string } } }, { type: 'null' }] } } }
";
        let api = bindery_spec::read_text("t.yaml", text)
            .api
            .expect("a document");
        let ids: Vec<SchemaId> = api.schemas.named().map(|(_, id)| id).collect();
        let contract = Contract::new(std::sync::Arc::new(api));
        let sent = json!({
            "rates": ["a"], "seat": { "row": 3 }, "card": { "number": "4" }, "review": { "model": "m" },
        });
        let came = json!({
            "rates": [{}], "seat": { "id": "b", "row": 4 }, "card": { "brand": "c" }, "review": { "result": "r" },
        });
        let lost = differences(&contract, (ids[0], &sent), (ids[1], &came));
        let lost: Vec<&str> = lost.iter().map(|own| own.property.as_str()).collect();
        assert_eq!(lost, ["seat"]);
    }

    #[test]
    fn a_value_of_a_union_is_held_to_its_branch() {
        let text = "
openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components: { schemas: { T: { oneOf: [
  { type: object, required: [kind], properties: { kind: { const: tug }, pull: { type: integer } } },
  { type: object, required: [kind], properties: { kind: { const: ferry }, seats: { type: integer } } } ] } } }
";
        let api = bindery_spec::read_text("t.yaml", text)
            .api
            .expect("a document");
        let (_, id) = api.schemas.named().next().expect("a schema");
        let contract = Contract::new(std::sync::Arc::new(api));
        let sent = json!({ "kind": "ferry", "seats": 3 });
        let lost = |came| differences(&contract, (id, &sent), (id, &came)).len();
        assert_eq!(lost(json!({ "kind": "ferry", "seats": 3 })), 0);
        assert_eq!(lost(json!({ "kind": "ferry" })), 1);
    }

    #[test]
    fn the_same_in_another_spelling_is_the_same() {
        for (sent, came) in [
            (json!(1.0), json!(1)),
            (
                json!("2024-02-29T12:00:00Z"),
                json!("2024-02-29T13:00:00.000+01:00"),
            ),
            (
                json!("2024-12-31T23:30:00-01:00"),
                json!("2025-01-01T00:30:00Z"),
            ),
            (
                json!("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                json!("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            ),
            (json!("https://example.com"), json!("https://example.com/")),
            (json!({ "a": 1 }), json!({ "a": 1, "b": 2 })),
            (json!(1), json!("1.00")),
            (json!("-9.5"), json!("-9.50")),
            (json!("9"), json!("9.00")),
        ] {
            assert!(is_alike(&sent, &came), "{sent} {came}");
        }
        for (sent, came) in [
            (json!(1), json!(2)),
            (json!(1), json!("2.00")),
            (json!(1), json!("one")),
            (json!("9.5"), json!("9.05")),
            (json!("07"), json!("7")),
            (json!("Ada"), json!("ada")),
            (json!("2024-02-29T12:00:00Z"), json!("2024-03-01T12:00:00Z")),
            (json!([1, 2]), json!([2, 1])),
            (json!({ "a": 1 }), json!({ "b": 1 })),
        ] {
            assert!(!is_alike(&sent, &came), "{sent} {came}");
        }
    }
}

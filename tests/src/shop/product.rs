//! A product as it is sent: its three kinds, and a patch of it.

use serde_json::{Map, Value};

use super::check::{Checker, Number, Text, is_date, is_tag, is_uri, is_uuid};
use super::products::KINDS;

pub(super) const STATES: [&str; 3] = ["draft", "active", "retired"];
const PRICE: Number = Number::of(("minimum", 0.0), ("exclusiveMaximum", 1e6)).step(0.25);
const COMMON: [&str; 7] = [
    "name",
    "price",
    "status",
    "description",
    "tags",
    "attributes",
    "available_from",
];

/// A tag of a product or a customer.
pub(super) fn tag(check: &mut Checker, at: &str, value: &Value) {
    check.text(at, value, Text::of(1, 20).and("pattern", is_tag));
}

pub(super) fn read_product(check: &mut Checker, body: &Value) -> Map<String, Value> {
    let Some(object) = check.object("", body) else {
        return Map::new();
    };
    check.need("", object, &["name", "price", "status", "kind"]);
    read_common(check, object);
    check.member("", object, "tags", |check, at, value| {
        check.list(at, value, (0, 5), true, tag);
    });
    check.member("", object, "attributes", read_attributes);
    check.member("", object, "available_from", |check, at, value| {
        check.text(at, value, Text::format(is_date));
    });
    let kind = object
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default();
    check.rule(
        "kind",
        "enum",
        KINDS.contains(&kind) || !object.contains_key("kind"),
    );
    let special = match kind {
        "book" => read_book(check, object),
        "gadget" => read_gadget(check, object),
        "download" => read_download(check, object),
        _ => &[],
    };
    check.edge("kind", "enum", kind == "download");
    let known = |name: &&String| {
        *name == "kind" || COMMON.contains(&name.as_str()) || special.contains(&name.as_str())
    };
    let kept = object.iter().filter(|(name, _)| known(name));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// What a product and a patch of one have in common.
fn read_common(check: &mut Checker, object: &Map<String, Value>) {
    check.member("", object, "name", |check, at, value| {
        check.text(at, value, Text::of(1, 80));
    });
    check.member("", object, "price", |check, at, value| {
        check.number(at, value, PRICE);
    });
    check.member("", object, "status", |check, at, value| {
        check.word(at, value, &STATES);
    });
    check.nullable("", object, "description", |check, at, value| {
        check.text(at, value, Text::up_to(500));
    });
}

fn read_attributes(check: &mut Checker, at: &str, value: &Value) {
    if let Some(attributes) = check.object(at, value) {
        check.rule(at, "maxProperties", attributes.len() <= 4);
        check.edge(at, "maxProperties", attributes.len() == 4);
        for value in attributes.values() {
            check.text("attributes/*", value, Text::up_to(40));
        }
    }
}

fn read_book(check: &mut Checker, object: &Map<String, Value>) -> &'static [&'static str] {
    check.need("", object, &["isbn"]);
    check.member("", object, "isbn", |check, at, value| {
        check.text(at, value, Text::like(is_isbn));
    });
    check.member("", object, "pages", |check, at, value| {
        check.number(at, value, Number::whole(1.0, 5000.0));
    });
    check.member("", object, "weight", |check, at, value| {
        let weight = Number::of(("minimum", 0.0), ("maximum", 5000.0));
        check.number(at, value, weight);
    });
    check.member("", object, "authors", |check, at, value| {
        check.list(at, value, (1, 4), false, |check, at, value| {
            check.text(at, value, Text::of(1, 60));
        });
    });
    &["isbn", "pages", "weight", "authors"]
}

fn read_gadget(check: &mut Checker, object: &Map<String, Value>) -> &'static [&'static str] {
    check.need("", object, &["dimensions"]);
    check.member("", object, "voltage", |check, at, value| {
        let volts = check.number(at, value, Number::whole(f64::NEG_INFINITY, f64::INFINITY));
        let known = value.is_number() && [5.0, 12.0, 230.0].contains(&volts);
        check.rule(at, "enum", known || !value.is_number());
        check.edge(at, "enum", known && volts > 200.0);
    });
    check.nullable("", object, "warranty", |check, at, value| {
        check.number(at, value, Number::whole(0.0, 60.0).step(6.0));
    });
    check.member("", object, "dimensions", |check, at, value| {
        if let Some(size) = check.object(at, value) {
            check.need(at, size, &["width", "height"]);
            check.only(at, size, &["width", "height"]);
            let side = Number::of(("exclusiveMinimum", 0.0), ("maximum", 1000.0));
            for name in ["width", "height"] {
                check.member(at, size, name, |check, at, value| {
                    check.number(at, value, side);
                });
            }
        }
    });
    &["voltage", "warranty", "dimensions"]
}

fn read_download(check: &mut Checker, object: &Map<String, Value>) -> &'static [&'static str] {
    check.need("", object, &["url"]);
    check.member("", object, "url", |check, at, value| {
        check.text(at, value, Text::up_to(200).and("format", is_uri));
    });
    check.member("", object, "size", |check, at, value| {
        check.number(at, value, Number::whole(0.0, 1e9));
    });
    check.member("", object, "licence", |check, at, value| {
        check.text(at, value, Text::format(is_uuid));
    });
    &["url", "size", "licence"]
}

pub(super) fn read_patch(check: &mut Checker, body: &Value) {
    let Some(object) = check.object("", body) else {
        return;
    };
    check.rule("", "minProperties", !object.is_empty());
    check.only("", object, &["name", "price", "status", "description"]);
    read_common(check, object);
}

fn is_isbn(text: &str) -> bool {
    let known = text.starts_with("978") || text.starts_with("979");
    known && text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit())
}

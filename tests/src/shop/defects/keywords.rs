//! Each keyword and format, broken in the one answer that has a property for each.

use serde_json::{Value, json};

use super::answers::{body, remove};
use crate::shop::defect::Defect;

const fn health(name: &'static str, at: [&'static str; 2], change: fn(&mut Value)) -> Defect {
    body(name, "health", at, 200, change)
}

pub(super) const DEFECTS: &[Defect] = &[
    health("OkFalse", ["response body /ok", "const"], |own| {
        own["ok"] = json!(false);
    }),
    health("Ipv4", ["response body /address", "format"], |own| {
        own["address"] = json!("192.0.2.300");
    }),
    health("Ipv6", ["response body /address6", "format"], |own| {
        own["address6"] = json!("2001::db8::1");
    }),
    health("Time", ["response body /started_at", "format"], |own| {
        own["started_at"] = json!("24:00:00Z");
    }),
    health("Duration", ["response body /uptime", "format"], |own| {
        own["uptime"] = json!("1 day");
    }),
    health("Date", ["response body /release", "format"], |own| {
        own["release"] = json!("2023-02-29");
    }),
    health("Hostname", ["response body /host", "format"], |own| {
        own["host"] = json!("-shop-.example.com");
    }),
    health("Step", ["response body /sleep", "multipleOf"], |own| {
        own["sleep"] = json!(16);
    }),
    health(
        "ExclusiveMinimum",
        ["response body /sleep", "exclusiveMinimum"],
        |own| own["sleep"] = json!(0),
    ),
    health(
        "ExclusiveMaximum",
        ["response body /sleep", "exclusiveMaximum"],
        |own| own["sleep"] = json!(100),
    ),
    health("Email", ["response body /contact", "format"], |own| {
        own["contact"] = json!("shop");
    }),
    health("Uri", ["response body /home", "format"], |own| {
        own["home"] = json!("//example.com/ x");
    }),
    health("Ratio", ["response body /ratio", "maximum"], |own| {
        own["ratio"] = json!(1.01);
    }),
    health("TupleLonger", ["", "items"], |own| {
        own["build"] = json!([7, "beef", 1]);
    }),
    health(
        "TupleShorter",
        ["response body /build", "minItems"],
        |own| own["build"] = json!([7]),
    ),
    health("TupleMixed", ["response body /build/0", "type"], |own| {
        own["build"] = json!(["beef", "beef"]);
    }),
    health("Dependent", ["", "dependentRequired"], |own| {
        remove(&mut own["limits"], "hard");
    }),
    health(
        "PatternProperty",
        ["response body /limits/x-why", "type"],
        |own| own["limits"]["x-why"] = json!(1),
    ),
    health(
        "ContainsNone",
        ["response body /features", "contains"],
        |own| own["features"] = json!(["more"]),
    ),
    health("ContainsMore", ["response body /features", ""], |own| {
        own["features"] = json!(["core", "core"]);
    }),
    health("Twice", ["response body /features", "uniqueItems"], |own| {
        own["features"] = json!(["core", "more", "more"]);
    }),
    health(
        "ItemShort",
        ["response body /features/1", "minLength"],
        |own| own["features"] = json!(["core", "x"]),
    ),
    health(
        "ItemLong",
        ["response body /features/1", "maxLength"],
        |own| own["features"] = json!(["core", "everything"]),
    ),
    health("NoBranch", ["response body /level", ""], |own| {
        own["level"] = json!(4);
    }),
    health("Not", ["response body /secret", "not"], |own| {
        own["secret"] = json!("x");
    }),
    health("Unknown", ["", "additionalProperties"], |own| {
        own["extra"] = json!(1);
    }),
    health("TooFew", ["response body", "minProperties"], |own| {
        for name in [
            "address6", "home", "limits", "features", "level", "secret", "contact",
        ] {
            remove(own, name);
        }
    }),
];

//! What must be read and what must be refused.

use bindery_runtime::runtime::json::{Json, MAX_DEPTH, Map, Value};

#[test]
fn what_must_be_read() {
    for text in [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "-1",
        "0.5",
        "1e5",
        "1E+5",
        "1e-5",
        "-0.0e0",
        "123456789012345678901234567890",
        "1e99999",
        "\"\"",
        "\"a\"",
        "[]",
        "{}",
        "[ ]",
        "{ }",
        " \t\r\n1 \t\r\n",
        "[1,2]",
        "[[],{}]",
        "{\"a\":1}",
        "{\"\":0}",
        "\"\\u0041\\n\\/\\b\\f\\r\\t\\\"\\\\\"",
        "\"\\uD834\\uDD1E\"",
        "\"\\u0000\"",
        "\"\u{7f}\"",
        "\"\u{2028}\"",
        "\"é😀\"",
        "{\"a\":{\"a\":{}}}",
        "\"\\uFFFF\"",
        "[1 , 2 ]",
    ] {
        assert!(Value::from_json(text).is_ok(), "{text}");
    }
}

#[test]
fn what_must_be_refused() {
    for text in [
        "",
        " ",
        "nul",
        "True",
        "nulll",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "-",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "-a",
        "1 2",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1;2]",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{1:1}",
        "{,}",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\uD800\"",
        "\"\\uDC00\"",
        "\"\\uD800\\u0041\"",
        "\"\\uD800x\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u{0}\"",
        "'a'",
        "[1]x",
        "/*a*/1",
        "1//a",
        "\u{feff}1",
        "\u{a0}1",
        "{\"a\":1,\"a\":2}",
        "[\"a\",]",
        "{\"a\":1}}",
        "[1]]",
        "tru e",
        "1,",
        "\"\\\u{e9}\"",
        "\"\\u\u{e9}00\"",
    ] {
        assert!(Value::from_json(text).is_err(), "{text:?}");
    }
    assert!(Value::from_json(b"\"\xff\"").is_err());
    assert!(Value::from_json(b"\xed\xa0\x80").is_err());
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Value::from_json(nested(MAX_DEPTH)).is_ok());
    let error = Value::from_json(nested(MAX_DEPTH + 1)).unwrap_err();
    assert!(error.to_string().contains("levels of nesting"), "{error}");
    assert!(Value::from_json("[".repeat(1_000_000)).is_err());
    assert!(Value::from_json("{\"a\":".repeat(1_000_000)).is_err());
}

#[test]
fn errors_say_where_and_what() {
    let error = Value::from_json(r#"{"a/b":[1,{"~":tru}]}"#).unwrap_err();
    assert_eq!(error.pointer(), "/a~1b/1/~0");
    assert_eq!((error.found(), error.offset()), ("`tru`", 15));
    let error = Map::<i64>::from_json(r#"{"a":"x"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "at /a: expected a 64-bit integer, found `\"x\"` (byte 5)"
    );
}

#[test]
fn large_maps_are_fast_and_keep_their_order() {
    let members: Vec<_> = (0..200_000).map(|n| format!("\"key{n}\":{n}")).collect();
    let text = format!("{{{}}}", members.join(","));
    let mut map = Map::<i64>::from_json(&text).unwrap();
    assert_eq!(map.get("key150000"), Some(&150_000));
    assert_eq!(map.to_json(), text);
    assert_eq!(map.remove("key0"), Some(0));
    assert_eq!(map.get("key199999"), Some(&199_999));
    assert_eq!(map.get("key0"), None);
    let twice = text.replacen("key199999", "key7", 1);
    assert_eq!(Map::<i64>::from_json(twice).unwrap_err().pointer(), "/key7");
}

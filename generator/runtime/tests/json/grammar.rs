//! What must be read and what must be refused.

use bindery_runtime::runtime::json::{Json, MAX_DEPTH, Map, Reader, Value, Writer};

/// What must be read.
const READ: &[&str] = &[
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
    // The rest of what JSONTestSuite has as `y_`, but that a key may be there twice: this reader refuses that, as
    // RFC 8259 §4 lets it.
    "[1,null,null,null,2]",
    "[null, 1, \"1\", {}]",
    "[false]",
    " [1]",
    "[123e45]",
    "[0e+1]",
    "[0e1]",
    "[20e1]",
    "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
    "[-123]",
    "[1E22]",
    "[1E-2]",
    "[123.456e78]",
    "[123.456789]",
    "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
    "{\"foo\\u0000bar\": 42}",
    "{\"min\": -1.0e+28, \"max\": 1.0e+28}",
    "{\n\"a\": \"b\"\n}",
    "[\"\\u0060\\u012a\\u12AB\"]",
    "[\"\\uD801\\udc37\"]",
    "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
    "[\"\\\\u0000\"]",
    "[\"a/*b*/c/*d//e\"]",
    "[\"\\\\a\"]",
    "[\"\\\\n\"]",
    "[\"\\u0012\"]",
    "[\"\\uDBFF\\uDFFF\"]",
    "[\"new\\u00A0line\"]",
    "[\"\u{10ffff}\"]",
    "[\"\u{ffff}\"]",
    "[\"\\u002c\"]",
    "[\"π\"]",
    "[\"\u{1bfff}\"]",
    "[\"asd \"]",
    "[\"\u{2029}\"]",
    "[\"\\u2064\"]",
    "[\"\\uFDD0\"]",
    "[\"\\u0022\"]",
    "\"\u{7f}\"",
    "[\"a\u{7f}a\"]",
    "[\"a\"]\n",
    "42",
    "-0.1",
    "[] ",
];

#[test]
fn what_must_be_read() {
    for text in READ {
        assert!(Value::from_json(text).is_ok(), "{text}");
    }
}

/// What must be refused.
const REFUSED: &[&str] = &[
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
    // The rest of what JSONTestSuite has as `n_`.
    "[1 true]",
    "[\"\": 1]",
    "[\"\"],",
    "[,]",
    "[1,,]",
    "[1,,2]",
    "[\"x\",,]",
    "[\"x\"]]",
    "[x",
    "[3[4]]",
    "[1:2]",
    "[   , \"\"]",
    "[-]",
    "[\"a\",\n4\n,1,",
    "[*]",
    "[\"\u{b}a\"\\f]",
    "[1,\n1\n,1",
    "[{}",
    "[fals]",
    "[tru]",
    "[++1234]",
    "[+1]",
    "[+Inf]",
    "[-01]",
    "[-1.0.]",
    "[-2.]",
    "[-NaN]",
    "[.-1]",
    "[.2e-3]",
    "[0.1.2]",
    "[0.3e+]",
    "[0.3e]",
    "[0.e1]",
    "[0E+]",
    "[0E]",
    "[1.0e+]",
    "[1.0e-]",
    "[1.0e]",
    "[1 000.0]",
    "[1eE2]",
    "[2.e+3]",
    "[2.e-3]",
    "[2.e3]",
    "[9.e+]",
    "[Inf]",
    "[１]",
    "[1+2]",
    "[0x42]",
    "[-Infinity]",
    "[0e+-1]",
    "[-foo]",
    "[- 1]",
    "[-012]",
    "[-.123]",
    "[-1x]",
    "[1ea]",
    "[1.2a-3]",
    "[1.8011670033376514H-308]",
    "[012]",
    "[\"x\", truth]",
    "{[: \"x\"}\n",
    "{\"x\", null}",
    "{\"x\"::\"b\"}",
    "{🇨🇭}",
    "{\"a\":\"a\" 123}",
    "{key: 'value'}",
    "{\"a\" b}",
    "{:\"b\"}",
    "{\"a\":",
    "{1:1}",
    "{9999E9999:1}",
    "{null:null,null:null}",
    "{\"id\":0,,,,,}",
    "{\"id\":0,}",
    "{\"a\":\"b\"}/**/",
    "{\"a\":\"b\"}/**//",
    "{\"a\":\"b\"}//",
    "{\"a\":\"b\"}/",
    "{\"a\":\"b\",,\"c\":\"d\"}",
    "{\"a\":\"a",
    "{ \"foo\" : \"bar\", \"a\" }",
    "{\"a\":\"b\"}#",
    "[\"\\uD800\\\"]",
    "[\"\\uD800\\u\"]",
    "[\"\\uD800\\u1\"]",
    "[\"\\uD800\\u1x\"]",
    "[é]",
    "[\"\\\u{0}\"]",
    "[\"\\x00\"]",
    "[\"\\\\\\\"]",
    "[\"\\\t\"]",
    "[\"\\🌀\"]",
    "[\"\\\"]",
    "[\"\\u00A\"]",
    "[\"\\uD834\\uDd\"]",
    "[\"\\a\"]",
    "[\"\\uqqqq\"]",
    "[\\u0020\"asd\"]",
    "[\\n]",
    "[\"a\u{0}a\"]",
    "[\"new\nline\"]",
    "[\"\u{1f}\"]",
    "\\u0020",
    "\"x\"]",
    "<.>",
    "[<null>]",
    "[1]x",
    "[True]",
    "1]",
    "{\"x\": true,",
    "[][]",
    "{\"\":",
    "{}}",
    "[a",
    "[\u{2060}]",
    "\u{feff}",
    "\u{2060}",
    "[\u{c}]",
    "[\"asd]",
    "aå",
    "[True]",
    "{\"x\": true}#",
    "*",
    "{\"a\":\"b\"}#{}",
    "[\\u000A\"\"]",
    "[1",
    "[ false, nul",
    "[ true, fals",
    "[ false, tru",
    "{\"asd\":\"asd\"",
    "å",
];

#[test]
fn what_must_be_refused() {
    for text in REFUSED {
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

#[test]
fn a_value_can_be_read_and_written_as_its_text() {
    let text = "[1, {\"a\" : [true]} ,2]";
    let mut reader = Reader::of(text.as_bytes()).unwrap();
    assert_eq!(reader.raw().unwrap(), text);
    let mut reader = Reader::of(b" \"x\" ]").unwrap();
    let found = reader.raw().unwrap();
    let error = reader.refuse(&"a date", found);
    assert_eq!(error.to_string(), "expected a date, found `\"x\"` (byte 1)");
    assert!(Reader::of(b"{\"a\":}").unwrap().raw().is_err());
    let mut writer = Writer::new();
    writer.raw(Some("[1]"));
    assert_eq!(writer.into_string(), "[1]");
    let mut writer = Writer::new();
    writer.raw(None);
    assert_eq!(writer.into_string(), "null");
}

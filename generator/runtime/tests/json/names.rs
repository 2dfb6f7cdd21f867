//! Names of properties: in the order of the type and in any other, spelled plainly and with escapes.

use bindery_runtime::json_object;
use bindery_runtime::runtime::json::{Json, Key};

#[derive(Debug, PartialEq)]
struct Odd {
    backslash: i64,
    line: Option<i64>,
    quote: Option<i64>,
    plain: Option<i64>,
}

json_object!(Odd {
    backslash: Key::required("a\\nb").escaped(),
    line: Key::optional("a\nb").escaped(),
    quote: Key::optional("a\"b").escaped(),
    plain: Key::optional("ab"),
});

fn odd(numbers: [Option<i64>; 4]) -> Odd {
    let [backslash, line, quote, plain] = numbers;
    let backslash = backslash.expect("a number");
    Odd {
        backslash,
        line,
        quote,
        plain,
    }
}

#[test]
fn names_are_read_by_what_they_mean() {
    let all = odd([Some(1), Some(2), Some(3), Some(4)]);
    for text in [
        r#"{"a\\nb":1,"a\nb":2,"a\"b":3,"ab":4}"#,
        r#"{"a\u005cnb":1,"a\u000ab":2,"a\u0022b":3,"\u0061b":4}"#,
        r#"{ "ab" : 4 , "a\"b" :3, "a\nb": 2,"a\\nb" : 1 }"#,
    ] {
        assert_eq!(Odd::from_json(text).expect(text), all, "{text}");
    }
    assert_eq!(Odd::from_json(all.to_json()).expect("its own JSON"), all);
}

#[test]
fn names_that_only_look_alike_are_others() {
    let line = Odd::from_json(r#"{"a\nb":2}"#).expect_err("no `a\\nb`");
    assert!(line.to_string().contains("Odd with `a\\nb`"), "{line}");
    let longer = r#"{"a\\nb":1,"abc":4,"b":5,"a":6}"#;
    let least = odd([Some(1), None, None, None]);
    assert_eq!(Odd::from_json(longer).expect(longer), least);
}

#[test]
fn what_is_no_name_is_refused() {
    for text in [
        "{\"a\nb\":2}",
        r#"{"a"b":3}"#,
        r#"{"a\\nb":1,"ab":4,"ab":4}"#,
        r#"{"a\\nb":1,"ab"4}"#,
        r#"{"a\\nb":1,"ab:4}"#,
        r#"{"a\\nb":1,ab:4}"#,
    ] {
        Odd::from_json(text).expect_err(text);
    }
}

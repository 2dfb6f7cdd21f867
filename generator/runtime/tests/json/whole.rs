//! The rules about the JSON of a value as a whole.

use bindery_runtime::runtime::check::{Checker, Rule};
use bindery_runtime::runtime::json::{Json, Kind, Value};

#[track_caller]
fn check(rules: &'static [Rule], good: &[&str], bad: &[&str]) {
    for text in good {
        assert_eq!(found(rules, text), [""; 0], "{text}");
    }
    for text in bad {
        assert_eq!(
            found(rules, text).len(),
            1,
            "{text}: {:?}",
            found(rules, text)
        );
    }
}

fn found(rules: &'static [Rule], text: &str) -> Vec<String> {
    let mut checker = Checker::new();
    Value::from_json(text).unwrap().check(rules, &mut checker);
    let violations = checker.into_violations();
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn kinds_and_listed_values() {
    check(&[Rule::Never], &[], &["1", "{}"]);
    check(
        &[Rule::Type(&[Kind::Number, Kind::Null])],
        &["1", "1.5", "null"],
        &["true", "[]"],
    );
    check(&[Rule::Type(&[Kind::Integer])], &["1", "1.0"], &["1.5"]);
    check(
        &[Rule::Enum(&["1", "{\"a\":[2]}"])],
        &["1.0", "{\"a\":[2]}"],
        &["2", "{\"a\":[2],\"b\":1}"],
    );
}

#[test]
fn alternatives_and_conditions() {
    const SHORT: &[Rule] = &[Rule::MaxLength(2)];
    const A: &[Rule] = &[Rule::Pattern("^a")];
    check(&[Rule::Not(SHORT)], &["\"abc\""], &["\"a\"", "1"]);
    check(
        &[Rule::Any(&[SHORT, A])],
        &["\"b\"", "\"abc\""],
        &["\"bcd\""],
    );
    check(
        &[Rule::One(&[SHORT, A])],
        &["\"b\"", "\"abc\""],
        &["\"a\"", "\"bcd\""],
    );
    check(
        &[Rule::If(A, SHORT, &[Rule::MinLength(3)])],
        &["\"ab\"", "\"bcd\""],
        &["\"abc\"", "\"b\""],
    );
}

#[test]
fn members_and_items() {
    const INTEGER: &[Rule] = &[Rule::Type(&[Kind::Integer])];
    check(&[Rule::Required(&["a"])], &["{\"a\":1}", "[]"], &["{}"]);
    check(
        &[Rule::Properties(&[("a", INTEGER)])],
        &["{\"a\":1}", "{}"],
        &["{\"a\":true}"],
    );
    check(
        &[Rule::Patterns(&[("^x", INTEGER)])],
        &["{\"x1\":1,\"y\":true}"],
        &["{\"x1\":true}"],
    );
    check(
        &[Rule::Others(&["a"], &["^x"], &[Rule::Never])],
        &["{\"a\":1,\"x1\":2}"],
        &["{\"b\":1}"],
    );
    check(
        &[Rule::Names(&[Rule::MaxLength(1)])],
        &["{\"a\":1}"],
        &["{\"ab\":1}"],
    );
    check(
        &[Rule::Tuple(&[INTEGER], &[Rule::Never])],
        &["[1]", "[]"],
        &["[true]", "[1,2]"],
    );
    check(
        &[Rule::Contains(INTEGER, 1, 2)],
        &["[1]", "[1,true,2]"],
        &["[]", "[1,2,3]"],
    );
    assert_eq!(
        found(&[Rule::Properties(&[("a", INTEGER)])], "{\"a\":true}"),
        ["/a: is boolean, and not integer"]
    );
}

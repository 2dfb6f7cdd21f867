//! What a schema asks of values, rule by rule.

use bindery_runtime::runtime::check::{Checker, Format, Rule};
use bindery_runtime::runtime::json::{Date, DateTime, Json, Map, Number, Value};

fn complaints(value: &dyn Json, rules: &'static [Rule]) -> Vec<String> {
    let mut checker = Checker::new();
    value.check(rules, &mut checker);
    checker
        .into_violations()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn keeps(value: &dyn Json, rules: &'static [Rule]) -> bool {
    complaints(value, rules).is_empty()
}

#[test]
fn ranges() {
    assert!(keeps(&1000, &[Rule::Maximum("1000")]));
    assert_eq!(
        complaints(&5000, &[Rule::Maximum("1000")]),
        ["5000 is above the maximum of 1000"]
    );
    assert_eq!(
        complaints(&-1, &[Rule::Minimum("0")]),
        ["-1 is below the minimum of 0"]
    );
    assert!(
        !keeps(&2.0, &[Rule::ExclusiveMaximum("2")])
            && keeps(&1.999, &[Rule::ExclusiveMaximum("2")])
    );
    assert!(
        !keeps(&-2.0, &[Rule::ExclusiveMinimum("-2.0")])
            && keeps(&-1.0, &[Rule::ExclusiveMinimum("-2")])
    );
    let big = Number::parse("9007199254740993").unwrap();
    assert!(!keeps(&big, &[Rule::Maximum("9007199254740992")]));
    assert!(keeps(&-10, &[Rule::Maximum("-9.5")]) && !keeps(&-9, &[Rule::Maximum("-9.5")]));
    assert!(keeps(&0, &[Rule::Minimum("-0.0"), Rule::Maximum("0e5")]));
}

#[test]
fn multiples() {
    for (value, divisor) in [
        (0.3, "0.1"),
        (19.99, "0.01"),
        (4.0, "2"),
        (0.0, "7"),
        (1e22, "1000"),
        (-4.5, "1.5"),
        (1e300, "0.5"),
    ] {
        assert!(
            keeps(&value, Box::leak(Box::new([Rule::MultipleOf(divisor)]))),
            "{value} {divisor}"
        );
    }
    for (value, divisor) in [(0.35, "0.1"), (5.0, "2"), (1e-300, "0.01"), (7.5, "2.0")] {
        assert!(
            !keeps(&value, Box::leak(Box::new([Rule::MultipleOf(divisor)]))),
            "{value} {divisor}"
        );
    }
}

#[test]
fn strings() {
    assert!(keeps(
        &"é😀".to_owned(),
        &[Rule::MinLength(2), Rule::MaxLength(2)]
    ));
    assert_eq!(
        complaints(&"abc".to_owned(), &[Rule::MaxLength(2)]),
        ["3 characters are more than the maximum of 2"]
    );
    let pattern: &[Rule] = &[Rule::Pattern("^[a-z]+(?!x)\\d$")];
    assert!(keeps(&"ab1".to_owned(), pattern) && !keeps(&"ab".to_owned(), pattern));
    assert!(keeps(&"xay".to_owned(), &[Rule::Pattern("a")]));
    assert!(keeps(&"anything".to_owned(), &[Rule::Pattern("(")]));
    assert!(keeps(&"a-b".to_owned(), &[Rule::Pattern("^a\\-b$")]));
}

#[test]
fn collections() {
    let items = vec![Value::from(1), Value::from(1.0)];
    assert_eq!(
        complaints(&items, &[Rule::UniqueItems]),
        ["items 0 and 1 are equal"]
    );
    let objects = Vec::<Value>::from_json(r#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#).unwrap();
    assert!(!keeps(&objects, &[Rule::UniqueItems]));
    assert!(keeps(
        &vec![1, 2],
        &[Rule::UniqueItems, Rule::MinItems(2), Rule::MaxItems(2)]
    ));
    assert_eq!(
        complaints(&vec![1, 0], &[Rule::Items(&[Rule::Minimum("1")])]),
        ["/1: 0 is below the minimum of 1"]
    );
    let map = Map::from([("ab", 1), ("c/d", 9)]);
    assert_eq!(
        complaints(
            &map,
            &[
                Rule::MaxProperties(1),
                Rule::Names(&[Rule::MaxLength(2)]),
                Rule::Values(&[Rule::Maximum("5")])
            ]
        ),
        [
            "2 properties are more than the maximum of 1",
            "/c~1d: 3 characters are more than the maximum of 2",
            "/c~1d: 9 is above the maximum of 5"
        ]
    );
    assert!(keeps(&None::<i64>, &[Rule::Minimum("1")]));
}

/// A format with texts that have it, and texts that do not.
type Texts<'t> = (Format, &'t [&'t str], &'t [&'t str]);

#[track_caller]
fn hold(table: &[Texts<'_>]) {
    for (format, good, bad) in table {
        assert!(
            good.iter().all(|text| format.matches(text)),
            "{format}: {good:?}"
        );
        for text in *bad {
            assert!(!format.matches(text), "{format}: {text:?}");
        }
    }
}

#[test]
fn formats_that_refer_and_durations() {
    let table: [Texts; 10] = [
        (
            Format::Uri,
            &["https://a.b/c?d#e", "urn:x:y", "mailto:a@b.c", "a:%20"],
            &[
                "//a", "a b:c", "a:%2", "a:%zz", "1a:b", "a:<b>", "a:\u{e9}", "",
            ],
        ),
        (
            Format::UriReference,
            &[
                "",
                "a",
                "/a/b?c:d",
                "./a:b",
                "//a:1/b",
                "https://[::1]:80/",
                "#",
                "?x=[1]",
            ],
            &["1a:b", "a b", "%", "//[a", "http://a]/", "\\a", "\u{e9}"],
        ),
        (
            Format::Iri,
            &["https://\u{e9}.example/\u{4e2d}", "a:b"],
            &["\u{e9}", "a:\u{85}", "a: b"],
        ),
        (
            Format::IriReference,
            &["\u{e9}/a", "", "a:\u{e9}"],
            &["a b", "\u{e9}:a", "%g0"],
        ),
        (
            Format::UriTemplate,
            &[
                "",
                "/a/{b}",
                "{+a,b*}{?c:3,d.e}{&f}",
                "https://a/{=x}",
                "/\u{e9}/it's",
                "{%61}",
            ],
            &[
                "{",
                "}",
                "{a",
                "{}",
                "{a,}",
                "{a b}",
                "{a:0}",
                "{a:10000}",
                "{a..b}",
                "{{a}}",
                "a b",
                "%",
                "{%6}",
            ],
        ),
        (
            Format::JsonPointer,
            &["", "/", "/a/b~0/~1", "//", "/\u{e9} "],
            &["a", "#/a", "/~", "/~2", "/a~"],
        ),
        (
            Format::RelativeJsonPointer,
            &["0", "1/a", "10#", "0#", "2+1/a", "0-1#"],
            &["", "/a", "01/a", "-1", "#", "1a", "1##", "0+0", "1/~2"],
        ),
        (
            Format::Duration,
            &[
                "P1D",
                "P1Y2M3DT4H5M6S",
                "PT0S",
                "P3W",
                "PT1H30S",
                "PT1.5S",
                "-P1D",
                "P1Y2D",
            ],
            &[
                "", "P", "PT", "P1DT", "1D", "P1", "PT1D", "P1H", "P1D1Y", "PD", "5m", "1h30m",
                "P1.D", "P1Dx",
            ],
        ),
        (
            Format::IdnEmail,
            &["\u{e9}@\u{e9}.org", "a@b.c"],
            &["\u{e9}", "\u{e9} a@b.c", "@\u{e9}", "a@-\u{e9}"],
        ),
        (
            Format::IdnHostname,
            &["\u{4e2d}\u{3002}org", "b\u{fc}cher.example", "a"],
            &["", "-\u{e9}", "a b", "\u{e9}..a", "a_\u{e9}"],
        ),
    ];
    hold(&table);
}

#[test]
fn formats() {
    let table: [Texts; 9] = [
        (
            Format::DateTime,
            &["2024-02-29T23:59:60Z", "2026-01-31t12:00:00.5+01:30"],
            &[
                "2026-01-31",
                "2026-01-31 12:00:00Z",
                "2026-01-31T12:00:00",
                "2026-13-01T00:00:00Z",
                "T",
                "éT",
            ],
        ),
        (
            Format::Date,
            &["2000-02-29", "2026-12-31"],
            &[
                "1900-02-29",
                "2026-00-10",
                "2026-1-1",
                "2026-04-31",
                "",
                "+026-01-01",
            ],
        ),
        (
            Format::Time,
            &["00:00:00Z", "12:30:15.123-08:00"],
            &[
                "24:00:00Z",
                "12:30Z",
                "12:30:00",
                "12:30:00.Z",
                "12:30:00+0100",
                "12:30:00Zx",
            ],
        ),
        (
            Format::Uuid,
            &[
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
            ],
            &[
                "f81d4fae7dec11d0a76500a0c91e6bf6",
                "g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "",
            ],
        ),
        (
            Format::Byte,
            &[
                "",
                "YQ==",
                "YWI=",
                "YWJj",
                "YQ",
                "YWI",
                "-_+/",
                "YWJj\r\nYWJj",
            ],
            &[
                "Y", "YQ=", "YWJjY", "=", "====", "Y===", "Y=Q=", "***", "a b=", "YWJjé",
            ],
        ),
        (
            Format::Email,
            &["a@b.c", "a.b+c@example.org", "\"a b\"@x.y", "a@[127.0.0.1]"],
            &["a", "@b", "a@", "a..b@c", "a b@c", ".a@b", "a@-b"],
        ),
        (
            Format::Hostname,
            &["a", "example.org", "x-1.y"],
            &["", "-a", "a-", "a..b", "a_b", "a."],
        ),
        (
            Format::Ipv4,
            &["127.0.0.1"],
            &["256.0.0.1", "1.2.3", "01.2.3.4"],
        ),
        (
            Format::Ipv6,
            &["::1", "2001:db8::ff00:42:8329"],
            &["1::2::3", "::g", "127.0.0.1"],
        ),
    ];
    hold(&table);
    assert!(Date::parse("2026-02-30").is_err());
    let sloppy = DateTime::from_json("\"yesterday\"").unwrap();
    assert_eq!(sloppy.to_json(), "\"yesterday\"");
    assert_eq!(
        sloppy.validate().unwrap_err().to_string(),
        "\"yesterday\" is not a date-time"
    );
}

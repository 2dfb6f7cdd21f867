//! What is encoded must be what the standard's table shows, and must be split into the same parts again.

use bindery_spec::model::Style;
use serde_json::{Value, json};

use super::*;

const KEYS: &[&str] = &["R", "G", "B"];

fn spelling(style: Style, explode: bool) -> Spelling<'static> {
    Spelling {
        name: "color",
        style,
        explode,
        allow_reserved: false,
    }
}

fn raw(value: &Value) -> (Kind<'static>, Raw) {
    let text = |value: &Value| scalar_text(value).expect("a scalar");
    match value {
        Value::Array(items) => (Kind::Array, Raw::Array(items.iter().map(text).collect())),
        Value::Object(fields) => (
            Kind::Object(KEYS, false),
            Raw::Object(fields.iter().map(|(k, v)| (k.clone(), text(v))).collect()),
        ),
        scalar => (Kind::Scalar, Raw::Scalar(text(scalar))),
    }
}

fn string() -> Value {
    json!("blue")
}
fn array() -> Value {
    json!(["blue", "black", "brown"])
}
fn object() -> Value {
    json!({"R": 100, "G": 200, "B": 150})
}

#[test]
fn paths_follow_the_table_of_the_standard() {
    use Style::{Label, Matrix, Simple};
    let table = [
        (Matrix, false, json!(""), ";color"),
        (Matrix, false, string(), ";color=blue"),
        (Matrix, false, array(), ";color=blue,black,brown"),
        (Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Matrix, true, array(), ";color=blue;color=black;color=brown"),
        (Matrix, true, object(), ";R=100;G=200;B=150"),
        (Label, false, json!(""), "."),
        (Label, false, string(), ".blue"),
        (Label, false, array(), ".blue,black,brown"),
        (Label, false, object(), ".R,100,G,200,B,150"),
        (Label, true, array(), ".blue.black.brown"),
        (Label, true, object(), ".R=100.G=200.B=150"),
        (Simple, false, string(), "blue"),
        (Simple, false, array(), "blue,black,brown"),
        (Simple, false, object(), "R,100,G,200,B,150"),
        (Simple, true, object(), "R=100,G=200,B=150"),
        (Simple, false, json!("a/b,c d"), "a%2Fb%2Cc%20d"),
    ];
    for (style, explode, value, text) in table {
        let spelling = spelling(style, explode);
        assert_eq!(encode_path(spelling, &value), text);
        let (kind, raw) = raw(&value);
        assert_eq!(split_path(spelling, kind, text), Some(raw), "{text}");
    }
}

#[test]
fn queries_follow_the_table_of_the_standard() {
    use Style::{DeepObject, Form, PipeDelimited, SpaceDelimited, TabDelimited};
    let table = [
        (Form, false, json!(""), "color="),
        (Form, false, string(), "color=blue"),
        (Form, false, array(), "color=blue,black,brown"),
        (Form, false, object(), "color=R,100,G,200,B,150"),
        (Form, true, array(), "color=blue&color=black&color=brown"),
        (Form, true, object(), "R=100&G=200&B=150"),
        (Form, true, json!("a&b=c+d"), "color=a%26b%3Dc%2Bd"),
        (SpaceDelimited, false, array(), "color=blue%20black%20brown"),
        (
            SpaceDelimited,
            false,
            object(),
            "color=R%20100%20G%20200%20B%20150",
        ),
        (PipeDelimited, false, array(), "color=blue%7Cblack%7Cbrown"),
        (TabDelimited, false, array(), "color=blue%09black%09brown"),
        (
            DeepObject,
            true,
            object(),
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        (Form, false, json!(["a,b", "c"]), "color=a%2Cb,c"),
    ];
    for (style, explode, value, text) in table {
        let spelling = spelling(style, explode);
        assert_eq!(encode_query(spelling, &value).join("&"), text);
        let (kind, raw) = raw(&value);
        let raw = match raw {
            Raw::Object(pairs) if style == DeepObject => {
                let deep = pairs.into_iter().map(|(name, text)| (vec![name], text));
                Raw::Deep(deep.collect())
            }
            flat => flat,
        };
        assert_eq!(
            split_query(spelling, kind, &query_pairs(text)),
            Some(raw),
            "{text}"
        );
    }
}

#[test]
fn brackets_are_told_apart_up_to_a_depth() {
    let spelling = spelling(Style::DeepObject, true);
    let pairs = query_pairs(&format!("color{}=1", "[a]".repeat(100_000)));
    let raw = split_query(spelling, Kind::Object(&[], true), &pairs);
    assert!(matches!(raw, Some(Raw::Deep(fields)) if fields[0].0.len() == 32));
}

#[test]
fn headers_and_cookies_follow_the_table_of_the_standard() {
    for (explode, value, text) in [
        (false, array(), "blue,black,brown"),
        (false, object(), "R,100,G,200,B,150"),
        (true, object(), "R=100,G=200,B=150"),
    ] {
        let spelling = spelling(Style::Simple, explode);
        assert_eq!(encode_header(spelling, &value), text);
        let (kind, raw) = raw(&value);
        assert_eq!(split_header(spelling, kind, text), Some(raw), "{text}");
    }
    for (style, explode, value, text) in [
        (Style::Form, true, json!("a b"), "color=a%20b"),
        (Style::Form, false, array(), "color=blue,black,brown"),
        (Style::Cookie, true, json!("a b"), "color=a b"),
    ] {
        let spelling = spelling(style, explode);
        assert_eq!(encode_cookie(spelling, &value).join("; "), text);
        let (kind, raw) = raw(&value);
        assert_eq!(
            split_cookie(spelling, kind, &cookies(text)),
            Some(raw),
            "{text}"
        );
    }
}

#[test]
fn a_scalar_that_is_given_twice_is_not_read() {
    let pairs = query_pairs("color=blue&color=red");
    assert_eq!(
        split_query(spelling(Style::Form, true), Kind::Scalar, &pairs),
        None
    );
}

#[test]
fn what_clients_also_send_for_delimiters_is_read() {
    let list = Some(Raw::Array(vec!["a".into(), "b".into()]));
    for (style, text) in [
        (Style::PipeDelimited, "color=a|b"),
        (Style::SpaceDelimited, "color=a+b"),
    ] {
        assert_eq!(
            split_query(spelling(style, false), Kind::Array, &query_pairs(text)),
            list
        );
    }
}

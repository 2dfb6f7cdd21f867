//! Types: what is read is written again, and what is wrong is said.

use golden::types::*;
use golden::{Field, Json, Map, Value};

fn roundtrip<T: Json>(text: &str) -> T {
    let value = T::from_json(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(value.to_json(), text);
    value
}

fn refused<T: Json>(text: &str) -> String {
    match T::from_json(text) {
        Ok(value) => panic!("read as {}", value.to_json()),
        Err(error) => error.to_string(),
    }
}

fn violations(value: &impl Json) -> Vec<String> {
    match value.validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn absent_null_and_value_differ() {
    for text in [
        "{}",
        r#"{"status":null}"#,
        r#"{"status":"active","filters":{"a":1.50}}"#,
    ] {
        roundtrip::<ListSessionsRequest>(text);
    }
    let request = ListSessionsRequest::default()
        .status(SessionStatus::Idle)
        .sort(Field::Null);
    assert_eq!(request.to_json(), r#"{"status":"idle","sort":null}"#);
    let request = ListSessionsRequest::default().status("paused");
    assert_eq!(request.to_json(), r#"{"status":"paused"}"#);
    assert_eq!(
        PetPatch::default().name("Tom").score(None).to_json(),
        r#"{"name":"Tom","score":null}"#
    );
}

#[test]
fn unknown_enum_values_survive() {
    let request = roundtrip::<ListSessionsRequest>(r#"{"status":"paused"}"#);
    assert_eq!(
        request.status,
        Field::Value(SessionStatus::Unknown("paused".into()))
    );
    assert_eq!(
        violations(&request),
        ["/status: paused is not one of active, idle, archived, terminated"]
    );
    assert_eq!(roundtrip::<Lives>("8"), Lives::Unknown(8));
    assert_eq!(roundtrip::<Lives>("9"), Lives::Nine);
}

#[test]
fn missing_properties_are_all_named() {
    let error = ListSessionsResponse::from_json(r#" {"total": 1}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected ListSessionsResponse with `results`, `pagination`, found an object without (byte 1)"
    );
    let error = refused::<ListSessionsResponse>(r#"{"results":[{}],"total":1,"pagination":{}}"#);
    assert!(
        error.starts_with("at /results/0: expected GetSessionResponse with `session_id`"),
        "{error}"
    );
}

#[test]
fn unions_are_told_apart_by_their_tag() {
    let text = r#"{"petType":"cat","name":"Tom","lives":9,"color":"grey"}"#;
    let Pet::Cat(cat) = roundtrip::<Pet>(text) else {
        panic!("no cat")
    };
    assert_eq!(cat.additional, Map::from([("color", Value::from("grey"))]));
    let Pet::Dog(dog) =
        roundtrip::<Pet>(r#"{"petType":"Dog","puppies":[{"petType":"fish","fins":2}]}"#)
    else {
        panic!("no dog")
    };
    assert_eq!(
        violations(&Pet::from(*dog)),
        [r#"/puppies/0/petType: "fish" is not one of cat, dog, Dog"#]
    );
    let late = Pet::from_json(r#"{"name":"Tom","x":{"petType":"dog"},"petType":"cat"}"#).unwrap();
    assert!(matches!(late, Pet::Cat(_)));
    roundtrip::<Pet>(r#"{"legs":0}"#);
    assert!(
        refused::<Cat>(r#"{"petType":"dog","name":"T"}"#)
            .starts_with(r#"at /petType: expected "cat", found `"dog"`"#)
    );
}

#[test]
fn unions_without_a_tag_take_what_loses_least() {
    assert!(matches!(
        roundtrip::<Figure>(r#"{"width":2.5}"#),
        Figure::Rectangle(_)
    ));
    assert!(matches!(
        roundtrip::<Figure>(r#"{"radius":2.5}"#),
        Figure::Circle(_)
    ));
    assert!(refused::<Figure>("[]").contains("expected a Circle or a Rectangle, found an array"));
    let loc = roundtrip::<Vec<ValidationErrorLocation>>(r#"["body",0]"#);
    assert_eq!(loc, ["body".to_owned().into(), 0.into()]);
    assert!(
        refused::<ValidationErrorLocation>("1.5").contains("a string or an integer, found `1.5`")
    );
}

#[test]
fn recursion_tuples_and_maps() {
    roundtrip::<Tree>(r#"{"label":"a","left":{"label":"b"},"leaves":[{"label":"c"}]}"#);
    let circle = roundtrip::<Circle>(r#"{"radius":0,"center":[1,-2]}"#);
    assert_eq!(
        violations(&circle),
        [
            "/radius: 0.0 is not above 0",
            "/center/1: -2.0 is below the minimum of 0"
        ]
    );
    assert!(refused::<Circle>(r#"{"center":[1]}"#).contains("expected Point of 2 items or more"));
    assert!(refused::<Circle>(r#"{"center":[1,2,3]}"#).contains("expected 2 items at most"));
    let labels = roundtrip::<Labels>(r#"{"title":"t","a":1,"b":-1}"#);
    assert_eq!(violations(&labels), ["/b: -1 is below the minimum of 0"]);
    assert!(
        refused::<Labels>(r#"{"title":"t","a":1,"a":2}"#)
            .starts_with("at /a: expected each property once")
    );
    assert!(refused::<Labels>(r#"{"title":"t","title":"t"}"#).starts_with("at /title"));
}

#[test]
fn tags_that_come_last_do_not_make_nesting_slow() {
    let mut text = r#"{"petType":"dog"}"#.to_owned();
    for _ in 0..60 {
        let filler = format!("{:?}", "x".repeat(20_000));
        text = format!(r#"{{"x":[{filler}],"puppies":[{text}],"petType":"dog"}}"#);
    }
    let start = std::time::Instant::now();
    assert!(matches!(Pet::from_json(&text), Ok(Pet::Dog(_))));
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

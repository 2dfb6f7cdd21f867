//! Numbers keep their value.

use bindery_runtime::runtime::json::{Json, Number, Value};

#[test]
fn integers_in_every_spelling() {
    for (text, value) in [
        ("1.0", 1),
        ("1e2", 100),
        ("-0", 0),
        ("-0.0", 0),
        ("120e-1", 12),
        ("-5E0", -5),
        ("0e99", 0),
    ] {
        assert_eq!(i64::from_json(text), Ok(value), "{text}");
    }
    assert_eq!(i64::from_json("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(u64::from_json("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(u64::from_json("-0"), Ok(0));
    for text in [
        "9223372036854775808",
        "1.5",
        "1e-1",
        "1e999999999999999999999",
        "\"1\"",
        "1e19",
    ] {
        assert!(i64::from_json(text).is_err(), "{text}");
    }
    assert!(i32::from_json("2147483648").is_err());
    assert!(u64::from_json("-1").is_err());
}

#[test]
fn integers_beyond_64_bits() {
    let largest = "340282366920938463463374607431768211455";
    assert_eq!(u128::from_json(largest), Ok(u128::MAX));
    assert_eq!(u128::MAX.to_json(), largest);
    assert_eq!(u128::MAX.to_value().to_json(), largest);
    let least = "-170141183460469231731687303715884105728";
    assert_eq!(i128::from_json(least), Ok(i128::MIN));
    assert_eq!(i128::MIN.to_json(), least);
    assert!(i128::from_json(largest).is_err());
    assert!(u128::from_json("-1").is_err());
    let long = "123456789012345678901234567890123456789012345678901234567890.10";
    assert_eq!(
        Value::from_json(long).map(|value| value.to_json()),
        Ok(long.to_owned())
    );
}

#[test]
fn floats_to_the_last_bit() {
    for value in [
        0.1,
        -0.0,
        1e300,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        1.0,
        1e21,
        123_456_789.125,
        1.0 / 3.0,
    ] {
        let text = value.to_json();
        assert_eq!(
            f64::from_json(&text).map(f64::to_bits),
            Ok(value.to_bits()),
            "{text}"
        );
        let theirs: f64 = serde_json::from_str(&text).unwrap();
        assert_eq!(theirs.to_bits(), value.to_bits(), "{text}");
    }
    assert!(f64::from_json("1e400").is_err());
    assert_eq!(f64::NAN.to_json(), "null");
    assert!(f64::INFINITY.validate().is_err());
    assert_eq!(0.1_f32.to_json(), "0.1");
}

#[test]
fn numbers_keep_their_spelling() {
    for text in [
        "1.50",
        "1E5",
        "-0",
        "123456789012345678901234567890.5",
        "1e99999",
    ] {
        assert_eq!(Number::from_json(text).unwrap().to_json(), text);
        assert_eq!(Value::from_json(text).unwrap().to_json(), text);
    }
    let number = |text| Number::parse(text).unwrap();
    assert_eq!(number("1.0"), number("10e-1"));
    assert_ne!(number("1"), number("-1"));
    assert_eq!(number("-0"), number("0"));
    assert_eq!(number("1e2").as_u64(), Some(100));
    assert_eq!(number("1e30").as_i64(), None);
    assert!(Number::parse("1.").is_err() && Number::parse("NaN").is_err());
}

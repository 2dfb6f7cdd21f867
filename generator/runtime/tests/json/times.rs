//! Dates and times as points in time.

use std::time::{Duration, UNIX_EPOCH};

use bindery_runtime::runtime::DateTime;

#[test]
fn texts_are_points_in_time() {
    for (text, seconds, nanos) in [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("2000-02-29T12:34:56.5Z", 951_827_696, 500_000_000),
        ("2026-01-31T12:00:00+01:30", 1_769_855_400, 0),
        ("2026-01-31T12:00:00.000000001-01:00", 1_769_864_400, 1),
        ("2100-03-01t00:00:00z", 4_107_542_400, 0),
    ] {
        let time = DateTime::parse(text).unwrap().to_system_time().unwrap();
        let expected = UNIX_EPOCH + Duration::new(seconds, nanos);
        assert_eq!(time, expected, "{text}");
    }
    let before = DateTime::parse("1969-12-31T23:59:59.25Z").unwrap();
    let time = before.to_system_time().unwrap();
    assert_eq!(time, UNIX_EPOCH - Duration::from_millis(750));
    assert_eq!(DateTime::from(time).as_str(), "1969-12-31T23:59:59.250000Z");
}

#[test]
fn points_in_time_come_back() {
    // Some days of a thousand years.
    for day in (0..365_250).step_by(97) {
        let time = UNIX_EPOCH + Duration::new(day * 86_400 + day % 86_400, 123_456_000);
        let text = DateTime::from(time);
        assert!(DateTime::parse(text.as_str()).is_ok(), "{text}");
        assert_eq!(text.to_system_time(), Some(time), "{text}");
    }
}

//! A mock that makes values for every answer.

use bytes::Bytes;
use http::StatusCode;

use super::mock;

#[test]
fn a_dynamic_mock_makes_other_values_each_time_and_the_same_for_a_seed() {
    let answers = |prefer: &str| {
        let mock = mock().dynamic(3);
        let ask = |_| {
            let request = http::Request::builder()
                .uri("/pets/best")
                .header("prefer", prefer);
            let answer = mock.answer(&request.body(Bytes::new()).expect("a request"));
            assert_eq!(answer.status(), StatusCode::OK);
            answer.into_body()
        };
        (0..12).map(ask).collect::<Vec<_>>()
    };
    let made = answers("example=none");
    assert_eq!(made, answers("example=none"));
    let different: std::collections::BTreeSet<_> = made.iter().collect();
    assert!(different.len() > 2, "{made:?}");
    let fixed = answers("dynamic=false");
    assert!(fixed.iter().all(|answer| *answer == fixed[0]), "{fixed:?}");
}

//! Maps, short ones and those that are long enough for an index.

use bindery_runtime::runtime::Map;

/// The entries `k0: 0`, `k1: 1` and so on.
fn map(length: usize) -> Map<usize> {
    (0..length).map(|n| (format!("k{n}"), n)).collect()
}

#[test]
fn entries_stay_in_order_and_are_found_at_any_length() {
    for length in [0, 1, 16, 17, 100] {
        let mut map = map(length);
        assert_eq!(map.insert("new", 7), None);
        assert_eq!(map.insert("new", 8), Some(7));
        assert_eq!(map.remove("k0"), (length > 0).then_some(0));
        let last = format!("k{}", length.saturating_sub(1));
        assert_eq!(map.get(&last).copied(), (length > 1).then(|| length - 1));
        assert_eq!(map.keys().last(), Some("new"));
        assert_eq!(map.get("new"), Some(&8));
    }
}

#[test]
fn what_is_shown_is_the_entries() {
    assert_eq!(format!("{:?}", map(2)), r#"{"k0": 0, "k1": 1}"#);
    assert_eq!(format!("{:?}", map(100)).matches("k99").count(), 1);
}

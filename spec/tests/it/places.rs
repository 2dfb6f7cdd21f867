//! Pointers, and the lines and columns that they lead to.

use bindery_spec::source::{Location, Place};
use bindery_spec::{Reading, read_text};

fn located(reading: &Reading, pointer: &str) -> (usize, usize, usize) {
    let api = reading.api.as_ref().unwrap();
    let place = Place::new(api.place.file, pointer);
    let Location {
        line,
        column,
        length,
        ..
    } = reading.sources.locate(&place);
    (line, column, length)
}

#[test]
fn yaml_places_are_those_of_keys_and_items() {
    let text = "openapi: 3.1.0
info: { title: T, \"version\": '1' }
tags:
  - name: a
  - # a comment
    name: b
  - 3
x-list: [ää, b]
x-anchored: &a
  key: 1
x-alias: *a
";
    let reading = read_text("t.yaml", text);
    assert_eq!(located(&reading, "/openapi"), (1, 1, 7));
    assert_eq!(located(&reading, "/info/version"), (2, 19, 9));
    assert_eq!(located(&reading, "/tags/0"), (4, 5, 4));
    assert_eq!(located(&reading, "/tags/1/name"), (6, 5, 4));
    // What the parser does not lend is found at what is around it.
    assert_eq!(located(&reading, "/tags/2"), (3, 1, 4));
    assert_eq!(located(&reading, "/x-list/1"), (8, 14, 1));
    assert_eq!(located(&reading, "/x-alias/key"), (10, 3, 3));
    assert_eq!(located(&reading, "/x-anchored/none/at/all"), (9, 1, 10));
}

#[test]
fn json_places_are_those_of_keys_and_items() {
    let text = r#"{
  "openapi": "3.1.0",
  "info": {"title": "T", "version": "1"},
  "x-a\"b/c": [1, {"d": "]"}, true]
}"#;
    let reading = read_text("t.json", text);
    assert_eq!(located(&reading, "/openapi"), (2, 3, 9));
    assert_eq!(located(&reading, "/info/version"), (3, 26, 9));
    assert_eq!(located(&reading, "/x-a\"b~1c"), (4, 3, 10));
    assert_eq!(located(&reading, "/x-a\"b~1c/0"), (4, 16, 1));
    assert_eq!(located(&reading, "/x-a\"b~1c/1/d"), (4, 20, 3));
    assert_eq!(located(&reading, "/x-a\"b~1c/2"), (4, 31, 4));
}

#[test]
fn a_diagnostic_shows_the_line() {
    let reading = read_text(
        "pets.yaml",
        "openapi: 3.1.0\ninfo:\n  title: 7\n  version: '1'\npaths: {}\n",
    );
    let expected = "\
warning[wrong-type]: `title` is to be a string, found the number 7
 --> pets.yaml:3:3 at /info/title
  |
3 |   title: 7
  |   ^^^^^
";
    assert_eq!(reading.render(&reading.diagnostics), expected);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let padding = "x".repeat(100_000);
    let text = format!(r#"{{"x-p": "{padding}", "openapi": "3.1.0", "info": 1}}"#);
    let reading = read_text("t.json", &text);
    let shown = reading.render(&reading.diagnostics);
    assert!(shown.len() < 1_000, "{} bytes", shown.len());
    assert!(shown.contains("\"info\": 1"), "{shown}");
}

#[test]
fn places_in_long_lines_have_the_columns_that_counting_gives() {
    let keys: Vec<_> = (0..2_000)
        .map(|key| format!("\"x-ä{key}\": \"ö\""))
        .collect();
    let text = format!(
        "{{\"openapi\": \"3.1.0\", {}, \n\"x-last\": 1}}",
        keys.join(", ")
    );
    let reading = read_text("t.json", &text);
    for key in [0, 1, 250, 251, 252, 253, 1_999] {
        let wanted = format!("\"x-ä{key}\"");
        let column = text[..text.find(&wanted).unwrap()].chars().count() + 1;
        let found = located(&reading, &format!("/x-ä{key}"));
        assert_eq!(found, (1, column, wanted.chars().count()), "{key}");
    }
    assert_eq!(located(&reading, "/x-last"), (2, 1, 8));
}

//! Text: the traps of YAML, broken text, limits.

use std::fmt::Write;

use bindery_spec::model::Status;
use bindery_spec::{read_file, read_text};

use crate::{HEAD, clean, codes, read, refused};

#[test]
fn keys_are_texts_whatever_yaml_takes_them_for() {
    let api = clean(&format!(
        "{HEAD}paths:
  /a:
    get:
      responses:
        200: {{ description: OK }}
components:
  schemas:
    on: {{ enum: [on, yes, 2020-01-01, 1.0] }}
    null: {{ type: string }}
    0x10: {{ type: string }}
"
    ));
    assert_eq!(api.operations[0].responses[0].status, Status::Code(200));
    let names: Vec<_> = api.schemas.named().map(|(name, _)| name).collect();
    assert_eq!(names, ["on", "null", "0x10"]);
    let (_, id) = api.schemas.named().next().unwrap();
    let values = api.schemas[id].values.clone().unwrap();
    assert_eq!(
        serde_json::json!(values),
        serde_json::json!(["on", "yes", "2020-01-01", 1])
    );
}

#[test]
fn merges_bring_in_what_is_not_there() {
    let api = clean(&format!(
        "{HEAD}components:
  schemas:
    A: &a {{ title: A, type: string }}
    B: &b {{ title: B, format: date }}
    C: {{ <<: [*a, *b], description: C }}
"
    ));
    let (_, id) = api.schemas.named().nth(2).unwrap();
    let schema = &api.schemas[id];
    assert_eq!(schema.title.as_deref(), Some("A"));
    assert_eq!(schema.format.as_deref(), Some("date"));
    assert_eq!(schema.description.as_deref(), Some("C"));
}

#[test]
fn a_merge_of_a_text_is_reported() {
    assert_eq!(
        codes(&read("components: { schemas: { A: { <<: b } } }\n")),
        ["merge-invalid"]
    );
}

#[test]
fn tags_are_reported_and_left_out() {
    let reading = read("components: { schemas: { A: { title: !mine A } } }\n");
    assert_eq!(codes(&reading), ["yaml-tag-ignored"]);
    let api = reading.api.unwrap();
    let (_, id) = api.schemas.named().next().unwrap();
    assert_eq!(api.schemas[id].title.as_deref(), Some("A"));
}

#[test]
fn duplicate_keys_show_both_places() {
    let reading = read("paths:\n  /a: {}\n  /b: {}\n  /a: {}\n");
    let text = reading.render(&reading.diagnostics);
    assert_eq!(codes(&reading), ["duplicate-key"]);
    assert!(text.contains("t.yaml:6:3 at /paths/~1a"), "{text}");
    assert!(text.contains("t.yaml:4:3 at /paths/~1a"), "{text}");
}

#[test]
fn duplicate_keys_are_found_in_json() {
    let text = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "info": {"title": "U", "version": "1"}, "paths": {}}"#;
    let reading = read_text("t.json", text);
    assert_eq!(codes(&reading), ["duplicate-key"]);
    let text = reading.render(&reading.diagnostics);
    assert!(text.contains("t.json:1:62"), "{text}");
    assert!(text.contains("t.json:1:22"), "{text}");
    assert_eq!(reading.api.unwrap().info.title, "U");
}

#[test]
fn a_byte_order_mark_is_no_content() {
    clean(&format!("\u{feff}{HEAD}paths: {{}}\n"));
}

#[test]
fn flow_style_yaml_is_no_json() {
    clean("{ openapi: 3.1.0, info: { title: T, version: '1' }, paths: {} }");
}

#[test]
fn broken_text_tells_line_and_column() {
    let text = refused("openapi: 3.1.0\ninfo:\n\ttitle: [\n", "yaml-syntax");
    assert!(text.contains("tabs"), "{text}");
    let text = refused(
        "{\n  \"openapi\": \"3.1.0\",\n  \"info\" {}\n}",
        "json-syntax",
    );
    assert!(text.contains(":3:10"), "{text}");
    assert!(text.contains("  \"info\" {}"), "{text}");
}

#[test]
fn an_unknown_alias_is_an_error() {
    let text = refused("openapi: 3.1.0\ninfo: *x\n", "yaml-syntax");
    assert!(text.contains("t.yaml:2:7"), "{text}");
}

#[test]
fn of_several_documents_the_first_is_read() {
    let reading = read("paths: { /a: {} }\n---\nopenapi: 9.0.0\n");
    assert_eq!(codes(&reading), ["several-documents"]);
    assert!(reading.api.is_some());
}

#[test]
fn tabs_are_read_as_spaces_with_their_places() {
    let reading = read("components:\n\tschemas:\n\t\tA:\n\t\t\ttype: strng\n");
    assert_eq!(codes(&reading), ["yaml-tabs", "type-unknown"]);
    let text = reading.render(&reading.diagnostics);
    assert!(
        text.contains("t.yaml:6:4 at /components/schemas/A/type"),
        "{text}"
    );
}

#[test]
fn a_number_where_a_text_should_be_is_kept_as_written() {
    for text in [
        "version: 1.10",
        "'version': 1.10 # ten",
        "version: 1.10, x-a: 1",
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, {} }}\npaths: {{}}\n",
            text.split(" #").next().unwrap()
        );
        let reading = read_text("t.yaml", &text);
        assert_eq!(codes(&reading), ["wrong-type"]);
        assert_eq!(reading.api.unwrap().info.version, "1.10");
    }
}

#[test]
fn nothing_is_no_document() {
    refused("", "file-empty");
    refused("# only a comment\n---\n", "file-empty");
    refused("just text", "version-missing");
    refused("[]", "version-missing");
    refused("null", "version-missing");
}

#[test]
fn versions_are_told() {
    refused("openapi: 4.0.0\n", "version-unsupported");
    refused("swagger: '1.2'\n", "version-unsupported");
    refused("openapi: 3.10.0\n", "version-unsupported");
    let text = refused("info: {}\n", "version-missing");
    assert!(text.contains("help"), "{text}");
}

#[test]
fn an_unreadable_file_is_one_error() {
    for path in ["no/such/file.yaml", env!("CARGO_MANIFEST_DIR")] {
        let reading = read_file(path);
        assert_eq!(codes(&reading), ["file-unreadable"]);
        assert!(reading.api.is_none());
    }
}

#[test]
fn ten_thousand_levels_are_an_error_and_no_crash() {
    let deep = 10_000;
    let json = format!("{}{}", "{\"a\":".repeat(deep), "}".repeat(deep));
    let flow = format!("{HEAD}a: {}{}", "[".repeat(deep), "]".repeat(deep));
    let mut block = String::from(HEAD);
    for level in 0..1_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(level));
    }
    for text in [json, flow, block] {
        refused(&text, "nesting-too-deep");
    }
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut text = format!("{HEAD}x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "x-{level}: &a{level} [{aliases}]");
    }
    refused(&text, "document-too-large");
}

//! Overlays: what they change, and where what they put in is found.

use std::fs;
use std::path::PathBuf;

use bindery_spec::{Reader, Reading};

use super::codes;

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /pets:
    parameters: [{ name: a, in: query, schema: {} }, { name: b, in: query, schema: {} }, { name: c, in: query, schema: { type: odd } }]
    get: { operationId: pets, tags: [x], responses: { '200': { description: all } } }
    delete: { operationId: remove, responses: { '204': { description: none } } }
";

/// Reads the document with overlays of these actions.
fn read(name: &str, overlays: &[&str]) -> Reading {
    let file = |part: &str| {
        let file = format!("bindery-overlay-{}-{name}-{part}.yaml", std::process::id());
        std::env::temp_dir().join(file)
    };
    let document = file("document");
    fs::write(&document, DOCUMENT).unwrap();
    let write = |(index, actions): (usize, &&str)| -> PathBuf {
        let path = file(&index.to_string());
        fs::write(&path, actions).unwrap();
        path
    };
    let paths: Vec<_> = overlays.iter().enumerate().map(write).collect();
    let reading = Reader::new().overlays(&paths).read_file(&document);
    for path in paths.iter().chain([&document]) {
        fs::remove_file(path).unwrap();
    }
    reading
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions:\n{actions}")
}

/// The only finding, which is refused.
#[track_caller]
fn refused(name: &str, overlay: &str, message: &str) {
    let reading = read(name, &[overlay]);
    let found: Vec<_> = reading
        .diagnostics
        .iter()
        .filter(|d| d.code == "overlay-invalid")
        .collect();
    assert_eq!(found.len(), 1, "{:?}", codes(&reading));
    assert!(found[0].message.contains(message), "{}", found[0].message);
}

#[test]
fn objects_are_merged_lists_appended_to_and_other_values_replaced() {
    let reading = read(
        "merge",
        &[&overlay(
            "- target: $.paths.*.get
  update: { summary: All pets, operationId: listPets, tags: [y], responses: null }
- target: $.paths['/pets'].parameters
  update: { name: d, in: query, schema: { type: string } }
",
        )],
    );
    let api = reading.api.as_ref().unwrap();
    let get = &api.operations[0];
    assert_eq!(get.id.as_deref(), Some("listPets"));
    assert_eq!(get.summary.as_deref(), Some("All pets"));
    assert_eq!(get.tags, ["x", "y"]);
    assert_eq!(get.responses.len(), 1);
    let names: Vec<_> = get.parameters.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}

#[test]
fn what_is_copied_is_merged_and_found_where_it_was() {
    let reading = read(
        "copy",
        &[&overlay(
            "- { target: $.paths, update: { /cats: { get: { summary: Cats } } } }
- { target: \"$.paths['/cats']\", copy: \"$.paths['/pets']\" }
- { target: \"$.paths['/cats'].get.tags\", copy: \"$.paths['/pets'].get.tags\" }
- { target: \"$.paths['/pets']\", remove: true }
",
        )],
    );
    let api = reading.api.as_ref().unwrap();
    let paths: Vec<_> = api.operations.iter().map(|o| o.path.as_str()).collect();
    assert_eq!(paths, ["/cats", "/cats"]);
    let get = &api.operations[0];
    assert_eq!(get.summary.as_deref(), Some("Cats"));
    assert_eq!(get.id.as_deref(), Some("pets"));
    assert_eq!(get.tags, ["x", "x"]);
    let shown = reading.render(&reading.diagnostics);
    assert!(
        shown.contains("document.yaml:5:122 at /paths/~1cats/parameters/2/schema/type"),
        "{shown}"
    );
}

#[test]
fn a_list_is_one_item_in_overlays_of_1_0_and_several_since() {
    let listed = |version: &str| {
        let actions = "- { target: $.info, update: { x-list: [1] } }\n- { target: \"$.info['x-list']\", update: [2, 3] }";
        let overlay = overlay(actions).replacen("1.0.0", version, 1);
        let api = read(version, &[&overlay]).api.unwrap();
        api.info.extensions["x-list"].to_string()
    };
    assert_eq!(listed("1.0.0"), "[1,[2,3]]");
    assert_eq!(listed("1.1.0"), "[1,2,3]");
}

#[test]
fn overlays_apply_one_after_the_other() {
    let first = overlay(
        "- { target: $.paths, update: { /shops: { get: { operationId: shops, responses: { '200': { description: all } } } } } }",
    );
    let second = overlay(
        "- { target: '$.paths[?@.delete].delete', remove: true }\n- { target: \"$.paths['/shops'].get\", update: { deprecated: true } }",
    );
    let reading = read("order", &[&first, &second]);
    let api = reading.api.as_ref().unwrap();
    let ids: Vec<_> = api
        .operations
        .iter()
        .map(|o| (o.id.as_deref().unwrap(), o.deprecated))
        .collect();
    assert_eq!(ids, [("pets", false), ("shops", true)]);
}

#[test]
fn what_is_left_of_a_list_is_found_where_it_was() {
    let reading = read(
        "gaps",
        &[&overlay(
            "- { target: \"$..parameters[?@.name != 'c']\", remove: true }",
        )],
    );
    let shown = reading.render(&reading.diagnostics);
    assert_eq!(codes(&reading), ["type-unknown"], "{shown}");
    assert!(
        shown.contains("document.yaml:5:122 at /paths/~1pets/parameters/0/schema/type"),
        "{shown}"
    );
}

#[test]
fn what_an_overlay_put_in_is_found_in_the_overlay() {
    let reading = read(
        "found",
        &[&overlay(
            "- target: $.paths['/pets'].parameters
  remove: true
- target: $.paths['/pets'].get
  update:
    parameters:
      - name: e
        in: query
        schema: { type: strange }
",
        )],
    );
    let shown = reading.render(&reading.diagnostics);
    assert_eq!(codes(&reading), ["type-unknown"], "{shown}");
    assert!(
        shown.contains("found-0.yaml:11:19 at /paths/~1pets/get/parameters/0/schema/type"),
        "{shown}"
    );
}

#[test]
fn a_target_that_selects_nothing_is_told() {
    let reading = read(
        "unmatched",
        &[&overlay(
            "- { target: \"$.paths['/cats']\", remove: true }\n- { target: \"$.paths['/pets'].parameters\", remove: true }",
        )],
    );
    assert_eq!(codes(&reading), ["overlay-unmatched"]);
}

#[test]
fn what_cannot_be_carried_out_is_refused() {
    refused("none", "a: 1", "this is no overlay");
    refused("version", "overlay: 2.0.0\nactions: []", "version 2.0.0");
    refused(
        "empty",
        "overlay: 1.0.0\nactions: []",
        "at least one action",
    );
    refused(
        "path",
        &overlay("- { target: 'paths..', remove: true }"),
        "is no JSONPath",
    );
    refused("target", &overlay("- { remove: true }"), "`target`");
    refused(
        "idle",
        &overlay("- { target: $.info }"),
        "neither updates, copies nor removes",
    );
    for (name, copy, message) in [
        ("several", "$.paths.*.*", "selects 3 nodes"),
        ("nothing", "$.components", "selects 0 nodes"),
        ("malformed", "paths", "is no JSONPath"),
        ("both", "$.paths, update: {}", "both `update` and `copy`"),
    ] {
        let action = overlay(&format!("- {{ target: $.info, copy: {copy} }}"));
        refused(name, &action, message);
    }
    refused(
        "remove",
        &overlay("- { target: $.info, remove: 1 }"),
        "true or false",
    );
    refused(
        "root",
        &overlay("- { target: $, remove: true }"),
        "whole document",
    );
    let deep = format!("{}{}", "{ a: ".repeat(120), "}".repeat(120)).replace("a: }", "a: 1 }");
    refused(
        "deep",
        &overlay(&format!(
            "- {{ target: $.info, update: {deep} }}\n- {{ target: $.info.a.a.a.a.a.a.a.a, update: {deep} }}"
        )),
        "nested deeper",
    );
}

#[test]
fn a_document_does_not_grow_without_limit() {
    let list = |length| format!("- {{ target: $..*, update: [{}] }}\n", "1,".repeat(length));
    let grow = [list(40), list(400), list(600)].concat();
    let reading = read("grow", &[&overlay(&grow)]);
    let refused: Vec<_> = reading
        .diagnostics
        .iter()
        .filter(|found| found.code == "overlay-invalid")
        .collect();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].message.contains("more than 8000000 nodes"));
}

#[test]
fn an_overlay_that_is_not_there_is_an_error() {
    let document = std::env::temp_dir().join(format!(
        "bindery-overlay-{}-absent.yaml",
        std::process::id()
    ));
    fs::write(
        &document,
        "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n",
    )
    .unwrap();
    let reading = Reader::new()
        .overlays(&["no/such.yaml".into()])
        .read_file(&document);
    fs::remove_file(document).unwrap();
    assert_eq!(codes(&reading), ["file-unreadable"]);
}

//! What the walk beside the tables finds, and that a lint counts it as errors.

use bindery_spec::{Reading, read_text};

use super::{codes, read};

/// The codes with the places of all findings.
fn found(reading: &Reading) -> Vec<(&str, &str)> {
    let items = reading.diagnostics.iter();
    items
        .map(|d| (d.code, d.at.as_ref().map_or("", |at| &*at.pointer)))
        .collect()
}

fn parameter(version: &str, text: &str) -> Reading {
    read_text(
        "t.yaml",
        &format!(
            "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n\
             components: {{ parameters: {{ P: {{ name: p, {text} }} }} }}\n"
        ),
    )
}

#[test]
fn departures_are_warnings_for_a_generator_and_errors_for_a_lint() {
    let mut reading = read("paths: {}\noverlays: {}\n");
    assert_eq!(found(&reading), [("key-unknown", "/overlays")]);
    assert!(!reading.diagnostics.has_errors());
    reading.diagnostics.hold_to_standard();
    assert!(reading.diagnostics.has_errors());
}

#[test]
fn advice_is_never_an_error() {
    let mut reading = read("components: { schemas: { A: { type: string, default: 1 } } }\n");
    reading.diagnostics.hold_to_standard();
    assert_eq!(codes(&reading), ["default-mismatch"]);
    assert!(!reading.diagnostics.has_errors());
}

#[test]
fn a_key_of_another_version_is_no_unknown_key() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1', summary: s }\npaths: {}\n";
    let reading = read_text("t.yaml", text);
    assert_eq!(found(&reading), [("key-of-other-version", "/info/summary")]);
}

#[test]
fn extensions_and_keywords_of_ones_own_are_known() {
    let text = "x-a: 1\ncomponents: { x-b: 1, schemas: { A: { x-c: 1, custom: 1 } } }\n";
    let mut reading = read(text);
    reading.diagnostics.hold_to_standard();
    assert_eq!(codes(&reading), ["keyword-unknown"]);
    assert!(!reading.diagnostics.has_errors());
}

#[test]
fn keys_that_exclude_each_other_are_shown_both() {
    let text = "in: query, schema: {}, example: 1, examples: { a: { value: 1 } }";
    let reading = parameter("3.1.0", text);
    assert_eq!(
        found(&reading),
        [("keys-exclusive", "/components/parameters/P/examples")]
    );
    let related = &reading
        .diagnostics
        .iter()
        .next()
        .expect("a finding")
        .related;
    assert_eq!(&*related[0].1.pointer, "/components/parameters/P/example");
}

#[test]
fn what_a_version_allows_is_asked_of_that_version() {
    let reserved = "in: path, required: true, allowReserved: true, schema: {}";
    assert_eq!(
        codes(&parameter("3.1.0", reserved)),
        ["allow-reserved-misplaced"]
    );
    assert!(parameter("3.2.0", reserved).diagnostics.is_empty());
    let whole = "in: querystring, content: { application/json: {} }";
    assert_eq!(codes(&parameter("3.1.0", whole)), ["value-unknown"]);
    assert!(parameter("3.2.0", whole).diagnostics.is_empty());
}

#[test]
fn the_same_finding_is_not_given_twice() {
    let reading = read("paths: []\n");
    assert_eq!(found(&reading), [("wrong-type", "/paths")]);
}

#[test]
fn swagger_has_tables_of_its_own() {
    let text = "
swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a:
    get:
      servers: []
      responses: { '200': { description: d, schema: { $ref: '#/definitions/A' } } }
definitions: { A: { type: object } }
";
    let reading = read_text("t.yaml", text);
    assert_eq!(
        found(&reading),
        [("key-of-other-version", "/paths/~1a/get/servers")]
    );
}

#[test]
fn servers_declare_their_variables() {
    let text = "paths: {}\nservers: [{ url: 'https://{a}', variables: { b: { enum: [x], default: y } } }]\n";
    assert_eq!(
        found(&read(text)),
        [
            ("server-variable-undeclared", "/servers/0/url"),
            ("server-variable-unused", "/servers/0/variables/b"),
            ("server-default-unlisted", "/servers/0/variables/b/default"),
        ]
    );
}

#[test]
fn names_and_neighbours_are_as_the_standard_has_them() {
    let codes_of = |text: &str| {
        let reading = parameter("3.2.0", text);
        codes(&reading)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let header = "in: header, schema: {}";
    assert!(codes_of(header).is_empty());
    let component = read("components: { schemas: { 'a b': {} } }\n");
    assert_eq!(codes(&component), ["name-malformed"]);
    assert_eq!(
        codes_of("in: query, content: {}")
            .last()
            .map(String::as_str),
        Some("content-not-single")
    );
    assert_eq!(
        codes_of("in: query, content: { json: {} }"),
        ["media-type-malformed"]
    );
    let read_32 = |text: &str| {
        read_text(
            "t.yaml",
            &format!("openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\n{text}"),
        )
    };
    let method = read_32("paths: { /a: { additionalOperations: { POST: {} } } }");
    assert_eq!(codes(&method), ["method-misplaced"]);
    let whole = "{ name: a, in: querystring, content: { text/plain: {} } }";
    let two = read_32(&format!(
        "paths: {{ /a: {{ get: {{ parameters: [{whole}, {{ name: b, in: query, schema: {{}} }}] }} }} }}"
    ));
    assert_eq!(codes(&two), ["querystring-conflict"]);
    let empty = read_32("components: { schemas: { A: { allOf: [] } } }");
    assert_eq!(codes(&empty), ["list-empty"]);
}

//! What is broken costs as little as possible: the rest of the document is used, and what is left carries the data.

use bindery_spec::model::{Location, ParameterFormat, SecuritySchemeKind, Status, Type};
use bindery_spec::read_text;

use crate::{codes, read};

#[test]
fn a_broken_reference_may_be_anything() {
    let reading = read(
        "paths:
  /a:
    post:
      requestBody: { $ref: '#/components/requestBodies/None' }
      responses:
        '200': { $ref: '#/components/responses/None' }
        '201': { description: D, headers: { X-A: { $ref: '#/components/headers/None' } } }
",
    );
    assert_eq!(codes(&reading), ["reference-not-found"; 3]);
    assert!(!reading.diagnostics.has_errors());
    let api = reading.api.unwrap();
    let operation = &api.operations[0];
    let body = &operation.body.as_ref().unwrap().content[0];
    let answer = &operation.responses[0].content[0];
    for content in [body, answer] {
        assert_eq!(content.name, "application/json");
        assert!(api.schemas[content.schema.unwrap()].types.is_empty());
    }
    assert_eq!(operation.responses[1].headers[0].name, "X-A");
}

#[test]
fn a_null_costs_what_stands_there() {
    let reading = read(
        "paths:
  /a:
    get:
      responses:
        200:
        201: { description: D, content: { text/plain: } }
",
    );
    let api = reading.api.unwrap();
    let [none, text] = api.operations[0].responses.as_slice() else {
        panic!("two responses");
    };
    assert_eq!((none.status, none.content.len()), (Status::Code(200), 0));
    assert_eq!(text.content[0].name, "text/plain");
}

#[test]
fn odd_statuses_are_read_as_meant() {
    let reading = read(
        "paths:
  /a:
    get:
      responses:
        20x: { description: D }
        404 Not Found: { description: D }
        error: { description: D }
        2xx: { description: D }
",
    );
    let found = codes(&reading);
    assert!(
        found.iter().all(|code| *code == "value-unknown"),
        "{found:?}"
    );
    let api = reading.api.unwrap();
    let statuses: Vec<_> = api.operations[0]
        .responses
        .iter()
        .map(|r| r.status)
        .collect();
    // `20x` is `2XX` as well, which is stated.
    assert_eq!(
        statuses,
        [Status::Code(404), Status::Default, Status::Range(2)]
    );
}

#[test]
fn a_status_that_two_keys_mean_is_that_of_the_first() {
    let reading = read(
        "paths:
  /a:
    get:
      responses:
        '401 a': { description: First }
        '401 b': { description: Second }
        default: { description: First }
        Default: { description: Second }
",
    );
    assert_eq!(codes(&reading), ["value-unknown"; 3]);
    let told: Vec<_> = reading
        .diagnostics
        .iter()
        .map(|own| own.message.as_str())
        .collect();
    assert!(told[0].ends_with("is read as `401`"), "{told:?}");
    assert!(told[1].contains("`401 b` is left out"), "{told:?}");
    let api = reading.api.unwrap();
    let responses = api.operations[0].responses.iter();
    assert!(responses.clone().all(|own| own.description == "First"));
    assert_eq!(responses.count(), 2);
}

#[test]
fn a_path_parameter_that_nothing_declares_is_made_up() {
    let reading = read(
        "paths:
  /a/{id}/{other}:
    parameters: [{ $ref: '#/components/parameters/None' }]
    get: { responses: { '204': { description: D } } }
webhooks:
  '{id}': { post: { responses: { '204': { description: D } } } }
",
    );
    assert_eq!(
        codes(&reading),
        [
            "reference-not-found",
            "path-parameter-undeclared",
            "path-parameter-undeclared"
        ]
    );
    let api = reading.api.unwrap();
    let parameters = &api.operations[0].parameters;
    let names: Vec<_> = parameters.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["id", "other"]);
    assert_eq!(
        (parameters[0].location, parameters[0].required),
        (Location::Path, true)
    );
    assert_eq!(
        api.schemas[parameters[0].schema().unwrap()].types,
        [Type::String]
    );
    assert!(api.webhooks[0].parameters.is_empty());
}

#[test]
fn the_words_of_swagger_2_are_read_in_later_versions() {
    let reading = read(
        "paths:
  /a:
    post:
      consumes: [application/json]
      parameters:
        - { name: b, in: body, schema: { type: object } }
        - { name: q, in: query, type: integer }
      responses: { '200': { description: D, schema: { type: string } } }
components: { securitySchemes: { S: { type: basic } } }
",
    );
    assert!(!reading.diagnostics.has_errors());
    let api = reading.api.unwrap();
    let operation = &api.operations[0];
    assert!(operation.body.as_ref().unwrap().content[0].schema.is_some());
    let ParameterFormat::Style { schema, .. } = &operation.parameters[0].format else {
        panic!("a style");
    };
    assert_eq!(api.schemas[*schema].types, [Type::Integer]);
    assert!(operation.responses[0].content[0].schema.is_some());
    let kind = &api.security_schemes["S"].kind;
    assert!(matches!(kind, SecuritySchemeKind::Http { scheme, .. } if scheme == "basic"));
}

#[test]
fn the_words_of_openapi_3_are_read_in_swagger_2() {
    let reading = read_text(
        "t.yaml",
        "swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a:
    post:
      requestBody: { content: { text/plain: { schema: { type: string } } } }
      responses: { '200': { description: D, content: { text/plain: { schema: { type: string } } } } }
",
    );
    assert!(!reading.diagnostics.has_errors());
    let api = reading.api.unwrap();
    let operation = &api.operations[0];
    assert_eq!(
        operation.body.as_ref().unwrap().content[0].name,
        "text/plain"
    );
    assert_eq!(operation.responses[0].content[0].name, "text/plain");
}

#[test]
fn patterns_between_slashes_are_read_without_them() {
    let reading = read(
        "paths: {}
components:
  schemas:
    Code: { type: string, pattern: '/^[a-z]{3}$/i' }
    Path: { type: string, pattern: '/[a-z]+/' }
",
    );
    assert_eq!(codes(&reading), ["pattern-delimited"]);
    let api = reading.api.unwrap();
    let patterns: Vec<_> = api
        .schemas
        .iter()
        .filter_map(|(_, s)| s.pattern.as_deref())
        .collect();
    assert_eq!(patterns, ["(?i:^[a-z]{3}$)", "/[a-z]+/"]);
}

#[test]
fn an_enum_that_is_no_list_forbids_nothing() {
    let reading = read("paths: {}\ncomponents: { schemas: { A: { type: string, enum: a } } }\n");
    assert_eq!(codes(&reading), ["wrong-type"]);
    let api = reading.api.unwrap();
    assert!(
        api.schemas
            .iter()
            .all(|(_, schema)| schema.values.is_none())
    );
}

#[test]
fn the_words_of_security_schemes_are_read_in_any_case() {
    let reading = read(
        "paths: {}
components:
  securitySchemes:
    Key: { type: ApiKey, in: Header, name: X-Key }
    Token: { type: HTTP, scheme: Bearer }
    None: { type: apiKey, name: X-None }
",
    );
    assert!(!reading.diagnostics.has_errors());
    let missing = ["required-key-missing"];
    assert_eq!(
        codes(&reading)
            .into_iter()
            .filter(|code| *code != "value-unknown")
            .collect::<Vec<_>>(),
        missing
    );
    let api = reading.api.unwrap();
    let names: Vec<_> = api.security_schemes.keys().collect();
    assert_eq!(names, ["Key", "Token"]);
}

#[test]
fn a_server_variable_without_default_has_its_first_value_or_stays_open() {
    let reading = read(
        "paths: {}
servers:
  - url: https://{tenant}.example.com/{stage}
    variables:
      tenant: { description: Yours }
      stage: { enum: [live, test] }
",
    );
    assert_eq!(codes(&reading), ["required-key-missing"; 2]);
    let api = reading.api.unwrap();
    let variables = &api.servers[0].variables;
    let defaults: Vec<_> = variables.values().map(|own| own.default.as_str()).collect();
    assert_eq!(defaults, ["{tenant}", "live"]);
}

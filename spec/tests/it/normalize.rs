//! What older and sloppier spellings become in the model.

use bindery_spec::model::{BranchTags, Location, ParameterFormat, Schema, Style, Type};
use bindery_spec::{Reading, read_text};
use serde_json::json;

use crate::{clean, codes};

/// The one schema `S` of a document, with what was found.
fn schema(version: &str, text: &str) -> (Reading, Schema) {
    let reading = read_text(
        "t.yaml",
        &format!(
            "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ S: {text} }} }}\n"
        ),
    );
    let api = reading.api.as_ref().unwrap();
    let (_, id) = api.schemas.named().next().unwrap();
    let schema = api.schemas[id].clone();
    (reading, schema)
}

#[test]
fn nullable_allows_null_wherever_it_stands() {
    let (reading, typed) = schema("3.0.3", "{ type: string, nullable: true, enum: [a] }");
    assert_eq!(typed.types, [Type::String, Type::Null]);
    assert_eq!(typed.values, Some(vec![json!("a"), json!(null)]));
    assert!(reading.diagnostics.is_empty());

    let (_, object) = schema("3.0.3", "{ properties: { a: {} }, nullable: true }");
    assert_eq!(object.types, [Type::Object, Type::Null]);

    let (reading, union) = schema("3.0.3", "{ oneOf: [{ type: string }], nullable: true }");
    let api = reading.api.unwrap();
    assert_eq!(api.schemas[union.one_of[1]].types, [Type::Null]);

    let (reading, composed) = schema(
        "3.0.3",
        "{ title: T, allOf: [{ $ref: '#/components/schemas/S' }], nullable: true }",
    );
    let api = reading.api.unwrap();
    assert_eq!(composed.title.as_deref(), Some("T"));
    assert!(composed.all_of.is_empty());
    assert_eq!(api.schemas[composed.any_of[0]].all_of.len(), 1);
    assert_eq!(api.schemas[composed.any_of[1]].types, [Type::Null]);
}

#[test]
fn exclusive_bounds_were_flags_once() {
    let (_, flags) = schema(
        "3.0.3",
        "{ minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false }",
    );
    assert_eq!(
        (flags.minimum, flags.exclusive_minimum),
        (None, Some(1.into()))
    );
    assert_eq!(
        (flags.maximum, flags.exclusive_maximum),
        (Some(5.into()), None)
    );
    let (_, numbers) = schema("3.1.0", "{ minimum: 1, exclusiveMinimum: 2 }");
    assert_eq!(
        (numbers.minimum, numbers.exclusive_minimum),
        (Some(1.into()), Some(2.into()))
    );
}

#[test]
fn a_single_example_is_the_first() {
    let (_, schema) = schema("3.1.0", "{ example: 1, examples: [2, 3] }");
    assert_eq!(schema.examples, [json!(1), json!(2), json!(3)]);
}

#[test]
fn a_document_of_one_version_is_read_with_the_words_of_another() {
    let (_, old) = schema("3.0.3", "{ type: [string, 'null'], const: a }");
    assert_eq!(old.types, [Type::String, Type::Null]);
    assert_eq!(old.constant, Some(json!("a")));
    let (_, new) = schema("3.1.0", "{ type: string, nullable: true }");
    assert_eq!(new.types, [Type::String, Type::Null]);
}

#[test]
fn one_bad_node_costs_that_node() {
    let (reading, schema) = schema(
        "3.1.0",
        "{ type: strng, title: 7, minLength: '3', maxLength: -1, required: true, items: 5, deprecated: 'true', default: null }",
    );
    assert!(schema.types.is_empty());
    assert_eq!(schema.title.as_deref(), Some("7"));
    assert_eq!((schema.min_length, schema.max_length), (Some(3), None));
    assert!(schema.deprecated);
    assert_eq!(schema.default, Some(json!(null)));
    let mut found = codes(&reading);
    found.sort_unstable();
    let wrong = ["wrong-type"; 6];
    assert_eq!(found, [&["type-unknown"][..], &wrong].concat());
}

#[test]
fn words_that_are_no_types_are_read_as_meant() {
    let (_, date) = schema("3.1.0", "{ type: datetime }");
    assert_eq!(
        (date.types, date.format.as_deref()),
        (vec![Type::String], Some("date-time"))
    );
    let (_, upper) = schema("3.1.0", "{ type: Integer }");
    assert_eq!(upper.types, [Type::Integer]);
}

#[test]
fn a_path_item_is_folded_into_its_operations() {
    let api = clean(
        "openapi: 3.1.0
info: { title: T, version: '1' }
security: [{ key: [] }]
paths:
  /a/{id}:
    summary: Shared.
    servers: [{ url: 'https://a.example' }]
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: q, in: query, schema: { type: string } }
    get:
      parameters: [{ name: q, in: query, required: true, explode: false, schema: { type: array } }]
      responses: { '200': { description: OK } }
    post:
      security: []
      responses: { '200': { description: OK } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
",
    );
    let [get, post] = api.operations.as_slice() else {
        panic!("two operations");
    };
    assert_eq!(get.summary.as_deref(), Some("Shared."));
    assert_eq!(get.servers[0].url, "https://a.example");
    let names: Vec<_> = get
        .parameters
        .iter()
        .map(|p| (p.name.as_str(), p.location, p.required))
        .collect();
    assert_eq!(
        names,
        [("id", Location::Path, true), ("q", Location::Query, true)]
    );
    assert!(matches!(
        get.parameters[1].format,
        ParameterFormat::Style {
            style: Style::Form,
            explode: false,
            ..
        }
    ));
    assert!(matches!(
        post.parameters[1].format,
        ParameterFormat::Style { explode: true, .. }
    ));
    assert_eq!(get.security.len(), 1);
    assert!(post.security.is_empty());
}

#[test]
fn openapi_3_2_adds_methods_and_items() {
    let api = clean(
        "openapi: 3.2.0
info: { title: T, version: '1' }
paths:
  /a:
    query: { responses: { '200': { description: OK } } }
    additionalOperations:
      COPY:
        responses:
          '200': { content: { application/jsonl: { itemSchema: { type: string } } } }
",
    );
    let methods: Vec<_> = api.operations.iter().map(|o| o.method.as_str()).collect();
    assert_eq!(methods, ["QUERY", "COPY"]);
    assert!(
        api.operations[1].responses[0].content[0]
            .item_schema
            .is_some()
    );
}

#[test]
fn a_key_that_the_standard_does_not_know_is_reported() {
    let (reading, _) = schema(
        "3.1.0",
        "{ descripton: A, x-own: 1, properties: { any: {} } }",
    );
    assert_eq!(codes(&reading), ["keyword-unknown"]);
    let help = reading.diagnostics.iter().next().unwrap().help.as_deref();
    assert_eq!(help, Some("did you mean `description`?"));
    let (reading, _) = schema("3.1.0", "{ nullable: true }");
    assert_eq!(codes(&reading), ["key-of-other-version"]);
}

#[test]
fn what_is_wrong_in_a_shared_component_is_said_once() {
    let reading = read_text(
        "t.yaml",
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    parameters: [{ $ref: '#/components/parameters/P' }]
    get: { responses: { '200': { $ref: '#/components/responses/R' } } }
    put: { responses: { '200': { $ref: '#/components/responses/R' } } }
  /b:
    parameters: [{ $ref: '#/components/parameters/P' }]
components:
  parameters: { P: { name: p, in: query, style: pipe, schema: {} } }
  responses: { R: { content: {} } }
",
    );
    assert_eq!(codes(&reading), ["value-unknown", "required-key-missing"]);
}

#[test]
fn a_parameter_that_is_listed_twice_counts_once() {
    let reading = read_text(
        "t.yaml",
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters: [{ name: q, in: query, schema: {} }, { name: q, in: query, required: true, schema: {} }]
      responses: { '200': { description: OK } }
",
    );
    assert_eq!(codes(&reading), ["parameter-duplicate"]);
    let api = reading.api.unwrap();
    assert_eq!(api.operations[0].parameters.len(), 1);
    assert!(api.operations[0].parameters[0].required);
}

#[test]
fn a_mapping_names_schemas_or_refers_to_them() {
    let reading = read_text(
        "t.yaml",
        "openapi: 3.1.0
info: { title: T, version: '1' }
components:
  schemas:
    Cat: {}
    S: { discriminator: { propertyName: kind, mapping: { a: Cat, b: '#/components/schemas/Cat', c: Dog } } }
",
    );
    assert_eq!(codes(&reading), ["mapping-not-found"]);
    let api = reading.api.unwrap();
    let (_, id) = api.schemas.named().nth(1).unwrap();
    let mapping = &api.schemas[id].discriminator.as_ref().unwrap().mapping;
    let tags: Vec<_> = mapping.keys().map(String::as_str).collect();
    assert_eq!(tags, ["a", "b"]);
}

#[test]
fn branches_have_the_tags_that_are_mapped_and_those_that_their_names_imply() {
    let reading = read_text(
        "t.yaml",
        "openapi: 3.2.0
info: { title: T, version: '1' }
components:
  schemas:
    Input:
      oneOf:
        - { $ref: '#/components/schemas/Short' }
        - { $ref: '#/components/schemas/Long' }
        - { $ref: '#/components/schemas/Any' }
        - { $ref: '#/components/schemas/Also' }
        - { $ref: '#/components/schemas/Number' }
        - { $ref: '#/components/schemas/Nested' }
        - { $ref: '#/components/schemas/Rest' }
      discriminator: { propertyName: type, mapping: { also: Also, too: Also }, defaultMapping: Rest }
    Short: { properties: { type: { enum: [message] } } }
    Long: { oneOf: [{ $ref: '#/components/schemas/Short' }, { properties: { type: { anyOf: [{ const: text }, { type: 'null' }] } } }] }
    Any: { allOf: [{ properties: { type: { type: string } } }] }
    Also: { properties: { type: { type: string } } }
    Number: { properties: { type: { type: integer } } }
    Nested: { oneOf: [{ $ref: '#/components/schemas/Short' }, { $ref: '#/components/schemas/Any' }], discriminator: { propertyName: type } }
    Rest: {}
",
    );
    let schemas = reading.api.unwrap().schemas;
    let (_, input) = schemas.named().next().unwrap();
    let branches = &schemas[input].discriminator.as_ref().unwrap().branches;
    let tags = |own: &BranchTags| {
        let tags: Vec<_> = own.all().map(String::as_str).collect();
        (tags.join(" "), own.is_default)
    };
    let all: Vec<_> = branches.values().map(tags).collect();
    let all: Vec<_> = all
        .iter()
        .map(|(tags, default)| (tags.as_str(), *default))
        .collect();
    let own = |tags| (tags, false);
    assert_eq!(
        all,
        [
            own(""),
            own(""),
            own("Any"),
            own("also too Also"),
            own(""),
            own(""),
            ("Rest", true)
        ]
    );
}

#[test]
fn components_that_nothing_refers_to_are_read() {
    let reading = read_text(
        "t.yaml",
        "openapi: 3.1.0
info: { title: T, version: '1' }
components:
  headers: { H: { schema: { $ref: '#/components/schemas/None' } } }
  examples: { E: { value: 1, externalValue: e.json } }
  parameters: { P: { name: p, in: header, allowReserved: true, schema: {} } }
",
    );
    let mut found = codes(&reading);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "allow-reserved-misplaced",
            "keys-exclusive",
            "reference-not-found"
        ]
    );
}

#[test]
fn an_empty_document_lacks_its_paths() {
    let head = "info: { title: T, version: '1' }\n";
    let found = |rest: &str| codes(&read_text("t.yaml", &format!("{rest}\n{head}"))).len();
    assert_eq!(found("openapi: 3.1.0"), 1);
    assert_eq!(found("openapi: 3.1.0\nwebhooks: {}"), 0);
    assert_eq!(found("openapi: 3.0.3\ncomponents: {}"), 1);
}

#[test]
fn webhooks_had_a_key_of_an_extension_before_3_1() {
    let hook = "{ arrived: { post: { responses: { '200': { description: D } } } } }";
    let head = "info: { title: T, version: '1' }\npaths: {}\n";
    for (version, key) in [("3.0.3", "x-webhooks"), ("3.1.0", "webhooks")] {
        let reading = read_text(
            "t.yaml",
            &format!("openapi: {version}\n{head}{key}: {hook}"),
        );
        assert_eq!(codes(&reading), [""; 0]);
        let names: Vec<_> = reading.api.unwrap().webhooks;
        let names: Vec<_> = names.into_iter().map(|hook| hook.path).collect();
        assert_eq!(names, ["arrived"]);
    }
}

#[test]
fn values_that_other_tools_build_are_read() {
    let document: openapiv3::OpenAPI = serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"default": {"description": "D"}}}}},
    }))
    .unwrap();
    let reading = bindery_spec::read_openapiv3(&document);
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    assert_eq!(reading.api.unwrap().operations[0].id.as_deref(), Some("a"));
}

#[test]
fn every_code_is_spelled_alike_and_explained() {
    let mut names: Vec<_> = bindery_spec::diagnostic::codes::ALL
        .iter()
        .map(|code| code.name)
        .collect();
    let kebab = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    assert!(names.iter().all(kebab), "{names:?}");
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "codes are unique");
    for code in bindery_spec::diagnostic::codes::ALL {
        assert!(code.meaning.ends_with('.'), "{}", code.name);
    }
}

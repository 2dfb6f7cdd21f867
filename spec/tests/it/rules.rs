//! What the rules over the model find, each with a document that breaks it, and that they find nothing else.

use std::fmt::Write;

use bindery_spec::{Diagnostic, Reading, Severity};

use super::{codes, read};

/// The only finding of a document: its code, its severity, where it stands.
fn only(rest: &str) -> (&'static str, Severity, String) {
    let reading = read(rest);
    assert_eq!(
        reading.diagnostics.len(),
        1,
        "{}",
        reading.render(&reading.diagnostics)
    );
    let found = first(&reading);
    (found.code, found.severity, pointer(found))
}

fn first(reading: &Reading) -> &Diagnostic {
    reading.diagnostics.iter().next().expect("a finding")
}

fn pointer(found: &Diagnostic) -> String {
    found.at.as_ref().expect("a place").pointer.to_string()
}

/// The only finding about a schema, with the place inside the schema.
fn only_of_schema(schema: &str) -> (&'static str, Severity, String) {
    let (code, severity, at) = only(&format!("components: {{ schemas: {{ A: {schema} }} }}\n"));
    let inside = at
        .strip_prefix("/components/schemas/A")
        .expect("inside the schema");
    (code, severity, inside.to_owned())
}

fn is_clean(schema: &str) {
    let reading = read(&format!("components: {{ schemas: {{ A: {schema} }} }}\n"));
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
}

const TWICE: &str = "
paths:
  /a:
    get: { operationId: go, responses: { '204': { description: d } } }
  /b:
    post: { operationId: go, responses: { '204': { description: d } } }
";

#[test]
fn two_operations_do_not_share_an_id() {
    let reading = read(TWICE);
    let found = first(&reading);
    assert_eq!(
        (found.code, found.severity),
        ("operation-id-duplicate", Severity::Warning)
    );
    assert_eq!(pointer(found), "/paths/~1b/post/operationId");
    assert_eq!(&*found.related[0].1.pointer, "/paths/~1a/get/operationId");
    assert!(
        found
            .help
            .as_ref()
            .is_some_and(|help| help.contains("go_post_b"))
    );
}

#[test]
fn head_may_share_the_id_of_get() {
    let same_path = TWICE.replace("  /b:\n", "").replace("post:", "head:");
    let (code, severity, _) = only(&same_path);
    assert_eq!(
        (code, severity),
        ("operation-id-on-head", Severity::Warning)
    );
}

#[test]
fn bounds_leave_room_for_a_value() {
    let above = |schema, at: &str| {
        assert_eq!(
            only_of_schema(schema),
            ("bounds-crossed", Severity::Warning, at.to_owned()),
            "{schema}"
        );
    };
    above("{ type: integer, minimum: 2, maximum: 1 }", "/minimum");
    above(
        "{ type: integer, minimum: 1, exclusiveMaximum: 1 }",
        "/minimum",
    );
    above(
        "{ type: integer, exclusiveMinimum: 1, maximum: 1 }",
        "/exclusiveMinimum",
    );
    above(
        "{ type: integer, minimum: 9007199254740993, maximum: 9007199254740992 }",
        "/minimum",
    );
    above("{ type: string, minLength: 2, maxLength: 1 }", "/minLength");
    above("{ type: array, minItems: 2, maxItems: 1 }", "/minItems");
    above(
        "{ contains: {}, minContains: 2, maxContains: 1 }",
        "/minContains",
    );
    above(
        "{ type: object, minProperties: 2, maxProperties: 1 }",
        "/minProperties",
    );
    is_clean("{ type: integer, minimum: 1, maximum: 1 }");
    is_clean("{ minContains: 2, maxContains: 1 }");
}

#[test]
fn steps_are_greater_than_zero() {
    assert_eq!(only_of_schema("{ multipleOf: 0 }").0, "multiple-of-invalid");
}

#[test]
fn enums_have_values_of_their_type_once() {
    assert_eq!(only_of_schema("{ enum: [] }").0, "enum-empty");
    assert_eq!(only_of_schema("{ enum: [a, a] }").0, "enum-duplicate");
    assert_eq!(
        only_of_schema("{ type: string, enum: [a, 1] }").0,
        "enum-mismatch"
    );
    is_clean("{ type: integer, enum: [1, 2.0] }");
}

#[test]
fn defaults_and_examples_are_allowed_by_their_schemas() {
    assert_eq!(
        only_of_schema("{ type: integer, default: a }").0,
        "default-mismatch"
    );
    assert_eq!(
        only_of_schema("{ type: integer, maximum: 5, examples: [6] }").2,
        "/examples/0"
    );
    assert_eq!(
        only_of_schema("{ enum: [a], default: b }").0,
        "default-mismatch"
    );
    assert_eq!(
        only_of_schema("{ required: [a], examples: [{}] }").0,
        "example-mismatch"
    );
    assert_eq!(
        only_of_schema("{ anyOf: [{ type: 'null' }, { maxLength: 1 }], default: ab }").0,
        "default-mismatch"
    );
    is_clean("{ type: [string, 'null'], maxLength: 1, default: null, examples: [é] }");
    is_clean("{ required: [a], properties: { a: { readOnly: true } }, examples: [{}] }");
}

#[test]
fn examples_are_followed_through_references_that_recur() {
    let reading = read(
        "
components:
  schemas:
    Tree: { properties: { value: { type: string }, next: { $ref: '#/components/schemas/Tree' } } }
    Root: { $ref: '#/components/schemas/Tree', examples: [{ next: { next: { value: 1 } } }] }
",
    );
    let found = first(&reading);
    assert_eq!(found.code, "example-mismatch");
    assert_eq!(
        &*found.related[0].1.pointer,
        "/components/schemas/Tree/properties/value"
    );
    assert!(
        found.message.contains("`/next/next/value`"),
        "{}",
        found.message
    );
}

#[test]
fn a_value_that_multiplies_through_parts_ends() {
    let mut text = "components:\n  schemas:\n    S0: { type: string }\n".to_owned();
    for index in 1..60 {
        let part = format!("{{ $ref: '#/components/schemas/S{}' }}", index - 1);
        writeln!(text, "    S{index}: {{ allOf: [{part}, {part}] }}")
            .expect("a string takes all text");
    }
    text += "    Top: { $ref: '#/components/schemas/S59', default: a }\n";
    assert!(read(&text).diagnostics.is_empty());
}

#[test]
fn paths_and_their_parameters_agree() {
    let paths = |path: &str, name: &str| {
        only(&format!(
            "paths: {{ '{path}': {{ get: {{ responses: {{ '204': {{ description: d }} }},
               parameters: [{{ name: {name}, in: path, required: true, schema: {{}} }}] }} }} }}"
        ))
    };
    assert_eq!(paths("/a", "id").0, "path-parameter-unused");
    assert_eq!(paths("/{id}/{of}", "id").0, "path-parameter-undeclared");
    assert_eq!(paths("/{id}/{id}", "id").0, "path-template-repeats");
}

#[test]
fn paths_differ_in_more_than_names() {
    let one = |name: &str| {
        format!(
            "  '/a/{{{name}}}': {{ get: {{ responses: {{ '204': {{ description: d }} }},
               parameters: [{{ name: {name}, in: path, required: true, schema: {{}} }}] }} }}\n"
        )
    };
    let (code, _, at) = only(&format!("paths:\n{}{}", one("x"), one("y")));
    assert_eq!((code, &*at), ("path-ambiguous", "/paths/~1a~1{y}/get"));
}

#[test]
fn requirements_links_and_bodies_make_sense() {
    let operation = |text: &str| only(&format!("paths: {{ /a: {{ get: {{ {text} }} }} }}")).0;
    assert_eq!(
        operation("security: [{ key: [] }]"),
        "security-scheme-unknown"
    );
    assert_eq!(
        operation("requestBody: { content: { text/plain: {} } }"),
        "body-unexpected"
    );
    let link = "responses: { '204': { description: d, links: { next: { operationId: none } } } }";
    assert_eq!(operation(link), "link-operation-unknown");
}

#[test]
fn variants_declare_what_tells_them_apart() {
    let reading = read(
        "
components:
  schemas:
    Base: { properties: { kind: { type: string } } }
    Good: { allOf: [{ $ref: '#/components/schemas/Base' }] }
    Bad: { type: object }
    One:
      oneOf: [{ $ref: '#/components/schemas/Good' }, { $ref: '#/components/schemas/Bad' }]
      discriminator: { propertyName: kind }
",
    );
    assert_eq!(codes(&reading), ["discriminator-undeclared"]);
    assert_eq!(pointer(first(&reading)), "/components/schemas/One/oneOf/1");
}

#[test]
fn nothing_is_read_only_and_write_only() {
    assert_eq!(
        only_of_schema("{ readOnly: true, writeOnly: true }").0,
        "read-only-and-write-only"
    );
}

#[test]
fn schemas_that_hold_at_once_agree() {
    for (schema, at) in [
        (
            "{ allOf: [{ type: string }, { type: [integer, 'null'] }] }",
            "",
        ),
        (
            "{ allOf: [{ allOf: [{ type: string }] }, { type: object }] }",
            "",
        ),
        ("{ allOf: [{ enum: [a, b] }, { enum: [c] }] }", ""),
        ("{ allOf: [{ const: 1 }, { type: string }] }", ""),
        (
            "{ type: object, properties: { b: { $ref: '#/$defs/S', type: array } }, $defs: { S: { type: string } } }",
            "/properties/b",
        ),
        (
            "{ type: object, allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
            "",
        ),
    ] {
        let schema = schema.replace("#/$defs", "#/components/schemas/A/$defs");
        let found = only_of_schema(&schema);
        assert_eq!(
            found,
            ("schemas-disagree", Severity::Warning, at.to_owned()),
            "{schema}"
        );
    }
    for schema in [
        "{ allOf: [{ type: number }, { type: integer }] }",
        "{ allOf: [{ type: string }, { type: 'null' }] }",
        "{ allOf: [{ enum: [a, b] }, { enum: [b, c] }, { type: string }] }",
        "{ allOf: [{ type: [string, integer] }, { type: [integer, boolean] }] }",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }",
    ] {
        is_clean(schema);
    }
}

#[test]
fn schemas_that_disagree_are_told_of_once() {
    let reading = read(
        "components:
  schemas:
    A: { allOf: [{ type: string }, { type: integer }] }
    B: { allOf: [{ $ref: '#/components/schemas/A' }] }
",
    );
    let places: Vec<_> = reading.diagnostics.iter().map(pointer).collect();
    assert_eq!(places, ["/components/schemas/A"]);
    let related = first(&reading).related.iter().map(|(_, at)| &*at.pointer);
    let related: Vec<_> = related.collect();
    assert_eq!(related.len(), 2);
    assert!(related.contains(&"/components/schemas/A/allOf/0/type"));
}

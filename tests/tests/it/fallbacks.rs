//! What a client does not carry as the document says it: each is told, once, under a code that is explained.

use bindery_generator::Generator;
use bindery_generator::config::Config;
use bindery_spec::Diagnostics;
use bindery_spec::diagnostic::codes;

/// What a client of a schema does not carry.
#[track_caller]
fn schema(schema: &str, code: &str) {
    document(
        &format!("components: {{ schemas: {{ A: {schema} }} }}"),
        code,
    );
}

/// What a client of an operation with a body does not carry.
#[track_caller]
fn body(content: &str, code: &str) {
    let operation = |path: &str, content: &str| {
        format!("  {path}: {{ post: {{ operationId: {path}, requestBody: {{ content: {content} }}, responses: {{ '204': {{ description: done }} }} }} }}\n")
            .replacen("  ", "  /", 1)
    };
    let contents = content.split(" then ").enumerate();
    let paths: String = contents
        .map(|(index, content)| operation(&format!("p{index}"), content))
        .collect();
    let schemas = "components: { schemas: { Form: { type: object, properties: { a: { type: object, properties: { b: { type: string } } } } } } }";
    document(&format!("paths:\n{paths}{schemas}"), code);
}

#[track_caller]
fn document(rest: &str, code: &str) {
    configured(rest, "", code);
}

#[track_caller]
fn configured(rest: &str, more: &str, code: &str) {
    let text = format!("openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\n{rest}\n");
    let reading = bindery_spec::read_text("a.yaml", &text);
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    let client =
        format!("[[client]]\ndocument = \"a.yaml\"\noutput = \"a\"\npackage = \"a\"\n{more}");
    let config = Config::parse(&client).unwrap();
    let mut diagnostics = Diagnostics::default();
    let api = reading.api.as_ref().unwrap();
    Generator::new(&config.clients[0]).generate(api, &mut diagnostics);
    let found: Vec<_> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(found, [code], "{}", reading.render(&diagnostics));
    assert!(codes::find(code).is_some(), "{code} is not explained");
}

#[test]
fn schemas() {
    let branches = |key: &str| {
        let all = (0..6).map(|index| {
            format!(
                "{{ required: [{key}{index}], properties: {{ {key}{index}: {{ type: string }} }} }}"
            )
        });
        all.collect::<Vec<_>>().join(", ")
    };
    schema(
        &format!(
            "{{ allOf: [{{ oneOf: [{}] }}, {{ anyOf: [{}] }}] }}",
            branches("a"),
            branches("b")
        ),
        "several-unions",
    );
    let items = vec!["{ type: string }"; 65].join(", ");
    schema(
        &format!("{{ type: array, prefixItems: [{items}] }}"),
        "tuple-untyped",
    );
    schema(
        "{ type: object, properties: { a: { type: string } }, not: { properties: { b: { $ref: '#/components/schemas/A' } } } }",
        "rule-unchecked",
    );
    schema(
        "{ type: object, properties: { a: { type: string } }, dependentSchemas: { a: { properties: { b: { type: string } } } }, unevaluatedProperties: false }",
        "rule-unchecked",
    );
    schema(
        "{ type: array, items: { type: array, items: { $ref: '#/components/schemas/A' } } }",
        "recursive-alias",
    );
}

#[test]
fn what_has_no_place() {
    schema(
        "{ type: string, contentSchema: { type: object } }",
        "not-carried",
    );
    schema(
        "{ type: object, required: [a], properties: { a: { type: string } }, discriminator: { propertyName: a } }",
        "not-carried",
    );
    schema(
        "{ properties: { a: { type: string } }, default: 'off' }",
        "not-carried",
    );
    let answer = |more: &str| {
        format!(
            "paths:\n  /a: {{ get: {{ responses: {{ '200': {{ description: done, {more} }} }} }} }}\n"
        )
    };
    document(
        &answer(
            "headers: { X-A: { schema: { type: object, properties: { a: { type: string } } } } }",
        ),
        "not-carried",
    );
    document(
        &answer(
            "content: { text/event-stream: { itemSchema: { oneOf: [{ properties: { data: { type: object } } }, { properties: { data: { contentSchema: { type: string } } } }] } } }",
        ),
        "not-carried",
    );
    document(
        &answer("content: { text/xml: { schema: { type: string, xml: { name: a } } } }"),
        "not-carried",
    );
}

#[test]
fn bodies() {
    body(
        "{ multipart/form-data: { schema: { type: string } } }",
        "multipart-untyped",
    );
    body(
        "{ application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Form' }, encoding: { a: { contentType: application/xml } } } }",
        "encoding-not-applied",
    );
    body(
        "{ multipart/form-data: { schema: { $ref: '#/components/schemas/Form' }, encoding: { a: { contentType: multipart/mixed, encoding: { b: { contentType: image/png } } } } } }",
        "encoding-not-applied",
    );
    body(
        "{ application/xml: { schema: { $ref: '#/components/schemas/Form' } } }",
        "content-untyped",
    );
    body(
        "{ multipart/mixed: { itemSchema: { type: string }, itemEncoding: { contentType: text/plain } } }",
        "content-untyped",
    );
    body(
        "{ multipart/form-data: { schema: { $ref: '#/components/schemas/Form' }, encoding: { a: { headers: { X-A: { schema: { type: string } } } } } } }",
        "part-header-left-out",
    );
    body(
        "{ multipart/form-data: { schema: { $ref: '#/components/schemas/Form' }, encoding: { a: { contentType: application/json } } } } then \
         { multipart/form-data: { schema: { $ref: '#/components/schemas/Form' }, encoding: { a: { contentType: application/vnd.a+json } } } }",
        "encoding-conflict",
    );
}

#[test]
fn an_answer_to_two_kinds_of_body_is_told_once() {
    document(
        "paths: { /a: { post: { operationId: a, requestBody: { content: { application/json: { schema: { type: string } }, text/plain: { schema: { type: string } } } }, \
         responses: { '200': { description: done, content: { application/xml: { schema: { type: object } } } } } } } }",
        "content-untyped",
    );
}

#[test]
fn parameters() {
    document(
        "paths: { /a: { get: { operationId: a, parameters: [{ name: q, in: querystring, content: { application/json: { schema: { type: object } } } }], responses: { '204': { description: done } } } } }",
        "query-string-unsupported",
    );
    document(
        "paths: { /a: { get: { operationId: a, parameters: [{ name: q, in: query, content: { application/x-www-form-urlencoded: { schema: { type: object } } } }], responses: { '204': { description: done } } } } }",
        "content-untyped",
    );
    for schema in [
        "{ type: array, items: { type: string } }",
        "{ type: object, properties: { a: { type: object, properties: { b: { type: array } } } } }",
    ] {
        document(
            &format!(
                "paths: {{ /a: {{ get: {{ operationId: a, parameters: [{{ name: q, in: query, style: deepObject, explode: true, schema: {schema} }}], responses: {{ '204': {{ description: done }} }} }} }} }}"
            ),
            "spelling-undefined",
        );
    }
}

#[test]
fn security() {
    for scheme in [
        "{ type: mutualTLS }",
        "{ type: http, scheme: digest }",
        "{ type: oauth2, flows: { authorizationCode: { authorizationUrl: 'https://a/b', tokenUrl: 'https://a/c', scopes: {} } } }",
    ] {
        document(
            &format!(
                "components: {{ securitySchemes: {{ a: {scheme} }} }}\nsecurity: [{{ a: [] }}]\n\
                 paths: {{ /a: {{ get: {{ operationId: a, responses: {{ '204': {{ description: done }} }} }} }} }}"
            ),
            "security-partial",
        );
    }
}

#[test]
fn what_the_configuration_says_in_vain() {
    let paths =
        "paths: { /a: { get: { operationId: a, responses: { '204': { description: done } } } } }";
    configured(paths, "[client.hoist]\nX-Shop = \"shop\"\n", "hoist-unused");
    configured(
        paths,
        "[client.skip]\ntags = [\"cats\"]\n",
        "selection-unmatched",
    );
    configured(paths, "[client.pages]\nb = false\n", "selection-unmatched");
    configured(
        paths,
        "[client.pages]\na = { link = true }\n",
        "pages-not-done",
    );
    configured(paths, "[client.rename]\nCat = \"Dog\"\n", "rename-not-done");
    configured(
        paths,
        "[client.replace]\nCat = \"zoo::Cat\"\n",
        "replace-not-done",
    );
}

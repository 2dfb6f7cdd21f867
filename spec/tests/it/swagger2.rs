//! Swagger 2.0 in the terms of the model.

use bindery_spec::model::{
    Api, ApiKeyLocation, FlowKind, Location, ParameterFormat, SecuritySchemeKind, Style, Type,
};
use bindery_spec::read_text;

use crate::{clean, codes};

const DOCUMENT: &str = "
swagger: '2.0'
info: { title: T, version: '1' }
host: api.example
basePath: /v1/
schemes: [https, http]
consumes: [application/json]
produces: [application/json, application/xml]
securityDefinitions:
  basic: { type: basic }
  key: { type: apiKey, in: query, name: k }
  code: { type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: { read: Reads. } }
paths:
  /pets/{id}:
    parameters: [{ $ref: '#/parameters/Id' }]
    get:
      parameters:
        - { name: csv, in: query, type: array, items: { type: string } }
        - { name: multi, in: query, type: array, items: { type: string }, collectionFormat: multi }
        - { name: tsv, in: query, type: array, items: { type: string }, collectionFormat: tsv }
        - { name: X-H, in: header, type: array, items: { type: string }, collectionFormat: csv }
      responses:
        '200':
          description: OK
          schema: { $ref: '#/definitions/Pet' }
          headers: { X-Rate: { type: integer, format: int32 } }
          examples: { application/json: { name: Rex } }
    put:
      schemes: [http]
      parameters: [{ name: pet, in: body, required: true, description: The pet., schema: { $ref: '#/definitions/Pet' } }]
      responses: { '204': { description: Done } }
    post:
      consumes: [application/x-www-form-urlencoded, multipart/form-data]
      parameters:
        - { name: photo, in: formData, type: file, required: true }
        - { name: tags, in: formData, type: array, items: { type: string }, collectionFormat: pipes }
      responses: { '200': { description: OK, schema: { type: file } } }
parameters:
  Id: { name: id, in: path, required: true, type: string, x-nullable: false }
definitions:
  Pet:
    type: object
    discriminator: kind
    properties: { kind: { type: string }, name: { type: string, x-nullable: true } }
";

fn style(api: &Api, parameter: usize) -> (Style, bool) {
    match &api.operations[0].parameters[parameter].format {
        ParameterFormat::Style { style, explode, .. } => (*style, *explode),
        ParameterFormat::Content(_) => panic!("no content in Swagger 2.0"),
    }
}

#[test]
fn servers_are_made_of_their_parts() {
    let api = clean(DOCUMENT);
    let urls: Vec<_> = api
        .servers
        .iter()
        .map(|server| server.url.as_str())
        .collect();
    assert_eq!(urls, ["https://api.example/v1", "http://api.example/v1"]);
    assert_eq!(api.operations[1].servers[0].url, "http://api.example/v1");
}

#[test]
fn collection_formats_are_styles() {
    let api = clean(DOCUMENT);
    let get = &api.operations[0];
    assert_eq!(
        (get.parameters[0].name.as_str(), get.parameters[0].location),
        ("id", Location::Path)
    );
    assert_eq!(style(&api, 1), (Style::Form, false));
    assert_eq!(style(&api, 2), (Style::Form, true));
    assert_eq!(style(&api, 3), (Style::TabDelimited, false));
    assert_eq!(style(&api, 4), (Style::Simple, false));
    let schema = &api.schemas[get.parameters[1].schema().unwrap()];
    assert_eq!(schema.types, [Type::Array]);
    assert!(schema.items.is_some());
}

#[test]
fn bodies_are_made_of_parameters() {
    let api = clean(DOCUMENT);
    let put = api.operations[1].body.as_ref().unwrap();
    assert!(put.required);
    assert_eq!(put.content[0].name, "application/json");
    assert!(api.operations[1].parameters.iter().all(|p| p.name == "id"));

    let post = api.operations[2].body.as_ref().unwrap();
    assert_eq!(post.content.len(), 1, "a file needs multipart");
    assert_eq!(post.content[0].name, "multipart/form-data");
    assert_eq!(
        post.content[0].encoding["tags"].style,
        Some(Style::PipeDelimited)
    );
    let form = &api.schemas[post.content[0].schema.unwrap()];
    assert_eq!(form.required, ["photo"]);
    let photo = &api.schemas[form.properties["photo"]];
    assert_eq!(
        (photo.types.as_slice(), photo.format.as_deref()),
        (&[Type::String][..], Some("binary"))
    );
}

#[test]
fn responses_have_content_for_what_is_produced() {
    let api = clean(DOCUMENT);
    let response = &api.operations[0].responses[0];
    let names: Vec<_> = response
        .content
        .iter()
        .map(|content| content.name.as_str())
        .collect();
    assert_eq!(names, ["application/json", "application/xml"]);
    assert_eq!(response.content[0].examples.len(), 1);
    let ParameterFormat::Style { schema, .. } = &response.headers[0].format else {
        panic!("a header has a style");
    };
    assert_eq!(api.schemas[*schema].format.as_deref(), Some("int32"));
}

#[test]
fn security_and_schemas_have_their_new_names() {
    let api = clean(DOCUMENT);
    let kinds: Vec<_> = api
        .security_schemes
        .values()
        .map(|scheme| &scheme.kind)
        .collect();
    assert!(matches!(kinds[0], SecuritySchemeKind::Http { scheme, .. } if scheme == "basic"));
    assert!(matches!(
        kinds[1],
        SecuritySchemeKind::ApiKey {
            location: ApiKeyLocation::Query,
            ..
        }
    ));
    assert!(
        matches!(kinds[2], SecuritySchemeKind::OAuth2 { flows } if flows[0].kind == FlowKind::AuthorizationCode)
    );
    let (name, id) = api.schemas.named().next().unwrap();
    let pet = &api.schemas[id];
    assert_eq!(name, "Pet");
    assert_eq!(pet.discriminator.as_ref().unwrap().property, "kind");
    assert_eq!(
        api.schemas[pet.properties["name"]].types,
        [Type::String, Type::Null]
    );
}

#[test]
fn what_only_later_versions_rule_out_is_no_fault() {
    let one = |name: &str| {
        format!(
            "  '/a/{{{name}}}': {{ get: {{ responses: {{ '204': {{ description: d }} }},
               parameters: [{{ name: {name}, in: path, required: true, type: string }}] }} }}\n"
        )
    };
    let api = clean(&format!(
        "swagger: '2.0'\ninfo: {{ title: T, version: '1' }}\npaths:\n{}{}\
         definitions: {{ Pair: {{ type: array, items: [{{ type: string }}, {{ type: integer }}] }} }}\n",
        one("x"),
        one("y")
    ));
    let (_, pair) = api
        .schemas
        .iter()
        .find(|(_, own)| own.name.as_deref() == Some("Pair"))
        .unwrap();
    assert_eq!(pair.prefix_items.len(), 2);
}

#[test]
fn formats_of_arrays_in_arrays_are_told() {
    let text = "
swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters: [{ name: q, in: query, type: array, items: { type: array, collectionFormat: pipes, items: { type: string } } }]
      responses: { '204': { description: d } }
";
    let reading = read_text("t.yaml", text);
    assert_eq!(codes(&reading), ["not-carried"]);
}

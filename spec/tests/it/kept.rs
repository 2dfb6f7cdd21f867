//! What only readers of a document care for is kept in the model all the same.

use crate::clean;

#[test]
fn what_openapi_3_2_adds_is_kept() {
    let api = clean(
        "openapi: 3.2.0
$self: https://a.example/api.yaml
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
info: { title: T, version: '1', summary: Short., license: { name: MIT, identifier: MIT-0 } }
security: [{ '#/components/securitySchemes/O': [a] }]
externalDocs: { url: 'https://a.example/docs', description: More. }
servers: [{ url: 'https://a.example', name: main }]
tags:
  - { name: a, summary: A, kind: nav, externalDocs: { url: 'https://a.example/a' } }
  - { name: b, parent: a }
paths:
  /a:
    get:
      externalDocs: { url: 'https://a.example/get' }
      responses:
        '200':
          summary: All.
          content:
            multipart/mixed:
              description: Parts.
              prefixEncoding: [{ contentType: text/plain }]
              itemEncoding: { contentType: image/png, encoding: { a: { contentType: a/b, itemEncoding: { contentType: c/d } } } }
              examples: { e: { externalValue: e.txt, description: E. } }
components:
  schemas: { S: { externalDocs: { url: 'https://a.example/s' }, xml: { nodeType: cdata } } }
  securitySchemes:
    O:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://a.example/metadata
      flows:
        deviceAuthorization:
          deviceAuthorizationUrl: https://a.example/device
          tokenUrl: https://a.example/token
          scopes: {}
",
    );
    assert_eq!(api.uri.as_deref(), Some("https://a.example/api.yaml"));
    assert!(api.dialect.is_some());
    assert_eq!(
        api.external_docs.unwrap().description.as_deref(),
        Some("More.")
    );
    assert_eq!(api.info.summary.as_deref(), Some("Short."));
    let license = api.info.license.as_ref().unwrap();
    assert_eq!(license.identifier.as_deref(), Some("MIT-0"));
    // A URI of a scheme is as good as its name.
    assert_eq!(api.operations[0].security[0]["O"], ["a"]);
    assert_eq!(api.servers[0].name.as_deref(), Some("main"));
    let [a, b] = api.tags.as_slice() else {
        panic!("two tags");
    };
    assert_eq!(
        (a.summary.as_deref(), a.kind.as_deref()),
        (Some("A"), Some("nav"))
    );
    assert_eq!(b.parent.as_deref(), Some("a"));
    assert!(a.external_docs.is_some() && api.operations[0].external_docs.is_some());
    let response = &api.operations[0].responses[0];
    assert_eq!(response.summary.as_deref(), Some("All."));
    let content = &response.content[0];
    assert_eq!(content.description.as_deref(), Some("Parts."));
    assert_eq!(
        content.prefix_encoding[0].content_type.as_deref(),
        Some("text/plain")
    );
    assert_eq!(
        content
            .item_encoding
            .as_ref()
            .unwrap()
            .content_type
            .as_deref(),
        Some("image/png")
    );
    let nested = content.item_encoding.as_ref().unwrap();
    assert_eq!(nested.encoding["a"].content_type.as_deref(), Some("a/b"));
    assert!(nested.encoding["a"].item_encoding.is_some());
    assert_eq!(content.examples[0].external.as_deref(), Some("e.txt"));
    assert_eq!(content.examples[0].description.as_deref(), Some("E."));
    let (_, schema) = api.schemas.named().next().unwrap();
    let schema = &api.schemas[schema];
    assert!(schema.external_docs.is_some());
    assert_eq!(
        schema.xml.as_ref().unwrap().node_type.as_deref(),
        Some("cdata")
    );
    let oauth = &api.security_schemes["O"];
    assert!(oauth.deprecated);
    assert_eq!(
        oauth.metadata_url.as_deref(),
        Some("https://a.example/metadata")
    );
}

#[test]
fn names_that_look_like_extensions_are_names() {
    let api = clean(
        "openapi: 3.1.0
info: { title: T, version: '1' }
security: [{ x-api-key: [] }]
paths:
  /a:
    x-own: { get: {} }
    get:
      responses:
        '200':
          description: One.
          content: { x-world/x-3dmf: {} }
          links: { x-next: { operationId: a } }
        x-own: { description: None. }
      operationId: a
components:
  securitySchemes:
    x-api-key: { type: apiKey, in: header, name: x-api-key }
",
    );
    assert_eq!(
        api.security_schemes.keys().collect::<Vec<_>>(),
        ["x-api-key"]
    );
    let responses = &api.operations[0].responses;
    assert_eq!(responses.len(), 1);
    assert_eq!(responses[0].content[0].name, "x-world/x-3dmf");
    assert_eq!(responses[0].links.len(), 1);
}

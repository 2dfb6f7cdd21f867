//! Lists that must be filtered, defaults that are none, fields that no replacement can take away, and keys that not all
//! operations take.

use bindery_contract::spec::read_text;
use bindery_contract::{Mock, Options, run};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Harbours, version: 1.0.0 }
paths:
  /boats:
    get:
      parameters: [{ name: harbour, in: query, required: true, schema: { type: string, format: uuid } }]
      responses:
        "200": { description: Those of one harbour., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Boat" } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewBoat" } } } }
      responses: { "201": { $ref: "#/components/responses/Boat" } }
  /boats/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { $ref: "#/components/responses/Boat" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewBoat" } } } }
      responses: { "200": { $ref: "#/components/responses/Boat" }, "404": { description: None. } }
  /boats/{id}/launch:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
    post: { responses: { "200": { $ref: "#/components/responses/Boat" } } }
components:
  responses:
    Boat: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Boat" } } } }
  schemas:
    NewBoat:
      type: object
      required: [harbour, name]
      properties:
        harbour: { type: string, format: uuid }
        name: { type: string, minLength: 1 }
        kind: { type: string }
        flag: { type: string, default: null }
    Boat:
      type: object
      required: [id, harbour, name, kind]
      properties:
        id: { type: string, readOnly: true }
        harbour: { type: string, format: uuid }
        name: { type: string, minLength: 1 }
        kind: { type: string }
        flag: { type: string }
"##;

#[tokio::test]
async fn what_the_document_does_not_say_of_lists_defaults_replacements_and_keys_is_not_asked_for() {
    let api = read_text("boats.yaml", DOCUMENT).api.expect("a document");
    let running = Mock::new(api.clone()).stateful();
    let running = running.bind("127.0.0.1:0").await.expect("a free port");
    for seed in 0..3 {
        let options = Options::new(running.url()).seed(seed);
        let outcome = run(api.clone(), &options, &()).await.expect("a run");
        let lines: Vec<String> = outcome.findings.iter().map(super::line).collect();
        assert!(lines.is_empty(), "seed {seed}: {lines:#?}");
    }
}

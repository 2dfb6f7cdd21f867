//! Things under keys of which a pattern hardly allows two, or that answers call otherwise, below what nobody makes, and forms,
//! which cannot spell an empty list.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use bindery_contract::Mock;
use bindery_contract::spec::read_text;

use super::findings;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Guilds, version: 1.0.0 }
paths:
  /guilds/{guild}/members/{member}:
    parameters:
      - { name: guild, in: path, required: true, schema: { $ref: "#/components/schemas/Snowflake" } }
      - { name: member, in: path, required: true, schema: { $ref: "#/components/schemas/Snowflake" } }
    get: { responses: { "200": { $ref: "#/components/responses/Member" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [nick], properties: { nick: { type: string } } } } } }
      responses: { "201": { $ref: "#/components/responses/Member" } }
    delete: { responses: { "204": { description: Gone. }, "404": { description: None. } } }
  /drafts:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            encoding: { options: { style: deepObject, explode: true } }
            schema:
              type: object
              required: [text]
              properties:
                text: { type: string }
                options: { type: object, properties: { tags: { type: array, maxItems: 0, items: { type: string } } } }
      responses: { "201": { $ref: "#/components/responses/Draft" } }
  /drafts/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { $ref: "#/components/responses/Draft" }, "404": { description: None. } } }
  /offices/{office}/seals:
    parameters: [{ name: office, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Seal" } } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [motto], properties: { motto: { type: string } } } } } }
      responses: { "201": { $ref: "#/components/responses/Seal" } }
  /offices/{office}/seals/{id}:
    parameters:
      - { name: office, in: path, required: true, schema: { type: string } }
      - { name: id, in: path, required: true, schema: { type: string } }
    get: { responses: { "200": { $ref: "#/components/responses/Seal" }, "404": { description: None. } } }
  /seats:
    get: { responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Seat" } } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [row], properties: { row: { type: string } } } } } }
      responses: { "201": { description: Made., content: { application/json: { schema: { type: object, required: [seat_id], properties: { seat_id: { type: string } } } } } } }
  /seats/{seat_id}:
    parameters: [{ name: seat_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Seat" } } } }, "404": { description: None. } } }
  /banners/{banner}:
    parameters: [{ name: banner, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { $ref: "#/components/responses/Banner" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [hues], properties: { hues: { type: array, items: { type: string } } } } } } }
      responses: { "201": { $ref: "#/components/responses/Banner" } }
  /secrets/{secret_name}:
    parameters: [{ name: secret_name, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { $ref: "#/components/responses/Secret" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [hint], properties: { hint: { type: string } } } } } }
      responses: { "201": { $ref: "#/components/responses/Secret" } }
  /vaults/{vault}/secrets/{secret_name}:
    parameters:
      - { name: vault, in: path, required: true, schema: { type: string } }
      - { name: secret_name, in: path, required: true, schema: { type: string } }
    get: { responses: { "200": { $ref: "#/components/responses/Secret" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [hint], properties: { hint: { type: string } } } } } }
      responses: { "201": { $ref: "#/components/responses/Secret" } }
components:
  responses:
    Secret: { description: One., content: { application/json: { schema: { type: object, required: [secret_name], properties: { secret_name: { type: string }, hint: { type: string } } } } } }
    Seal: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Seal" } } } }
    Banner: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Banner" } } } }
    Member: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Member" } } } }
    Draft: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Draft" } } } }
  schemas:
    Snowflake: { type: string, format: snowflake, pattern: "^(0|[1-9][0-9]*)$" }
    Member:
      type: object
      required: [user, nick]
      properties: { nick: { type: string }, user: { type: object, required: [id], properties: { id: { $ref: "#/components/schemas/Snowflake" } } } }
    Seal: { type: object, required: [id, motto], properties: { id: { type: string, pattern: "^S[0-9a-f]{8}$" }, motto: { type: string } } }
    Seat: { type: object, required: [id], properties: { id: { type: string }, row: { type: string } } }
    Banner: { type: object, required: [id, hues], properties: { id: { type: string, format: uuid }, hues: { type: array, items: { type: string } } } }
    Draft:
      type: object
      required: [id, text]
      properties:
        id: { type: string }
        text: { type: string }
        options: { type: object, properties: { tags: { type: array, items: { type: string } } } }
"##;

async fn serve(State(mock): State<Mock>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body in memory");
    mock.answer(&Request::from_parts(parts, body))
        .map(Into::into)
}

#[tokio::test]
async fn nothing_is_found_of_a_server_that_keeps_what_it_can() {
    for seed in 0..4 {
        let api = read_text("guilds.yaml", DOCUMENT).api.expect("a document");
        let router = Router::new()
            .fallback(serve)
            .with_state(Mock::new(api).stateful());
        let found = findings(DOCUMENT, &super::options_of(router).seed(seed)).await;
        let lines: Vec<String> = found.iter().map(super::line).collect();
        assert!(lines.is_empty(), "seed {seed}: {lines:#?}");
    }
}

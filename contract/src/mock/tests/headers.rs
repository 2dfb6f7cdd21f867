//! Headers that HTTP gives a meaning, whatever little the document says of them.

use super::*;

const THINGS: &str = "
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /shops/{shop}/things:
    parameters: [{ name: shop, in: path, required: true, schema: { type: string } }]
    post:
      responses:
        '201':
          description: Made.
          headers:
            Location: { schema: { type: string } }
            Last-Modified: { schema: { type: string } }
            Retry-After: { schema: { type: integer, minimum: 3 } }
            Link: { schema: { type: string } }
            ETag: { schema: { type: string } }
  /shops/{shop}/things/{id}:
    parameters:
      - { name: shop, in: path, required: true, schema: { type: string } }
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 7 } }
    get: { responses: { '302': { description: Elsewhere., headers: { Location: { schema: { type: string } } } } } }
  /parts:
    post: { responses: { '201': { description: Made., headers: { Location: { schema: { type: string, enum: [here] } } } } } }
";

#[test]
fn a_place_is_one_that_can_be_read_or_the_root_and_the_rest_is_as_http_spells_it() {
    let reading = bindery_spec::read_text("things.yaml", THINGS);
    let mock = Mock::new(reading.api.expect("a document"));
    let made = ask(&mock, "POST /shops/1/things", &[], "");
    assert_eq!(made.headers()["location"], "things/7");
    assert_eq!(
        made.headers()["last-modified"],
        "Fri, 17 May 2024 09:30:00 GMT"
    );
    assert_eq!(made.headers()["retry-after"], "3");
    assert_eq!(made.headers()["link"], "</>; rel=\"self\"");
    assert_eq!(made.headers()["etag"], "\"1\"");
    let read = ask(&mock, "GET /shops/1/things/7", &[], "");
    assert_eq!(read.headers()["location"], "./../../../");
    let part = ask(&mock, "POST /parts", &[], "");
    assert_eq!(part.headers()["location"], "here");
}

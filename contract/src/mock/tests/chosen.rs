//! What a mock keeps where the client chooses the key, and where an answer shows a thing in another form than it was sent.

use serde_json::{Value, json};

use super::memory::told;
use super::{Mock, ask, body, mock_of};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Library, version: 1.0.0 }
paths:
  /shelves/{shelf}/books/{book}:
    parameters:
      - { name: shelf, in: path, required: true, schema: { type: string } }
      - { name: book, in: path, required: true, schema: { type: string } }
    get: { responses: { "200": { $ref: "#/components/responses/Book" }, "404": { description: None. } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Sent" } } } }
      responses: { "200": { $ref: "#/components/responses/Book" }, "201": { $ref: "#/components/responses/Book" } }
    delete: { responses: { "204": { description: Gone. } } }
  /loans:
    get: { responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Loan" } } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { to: { type: string }, note: { type: string } } } } } }
      responses: { "201": { description: Made., content: { application/json: { schema: { type: object, required: [id], properties: { id: { $ref: "#/components/schemas/Key" } } } } } } }
  /loans/{loan}/returns:
    parameters: [{ name: loan, in: path, required: true, schema: { $ref: "#/components/schemas/Key" } }]
    get: { responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } } } }
  /loans/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { $ref: "#/components/schemas/Key" } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Loan" } } } } } }
components:
  responses:
    Book: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } } }
  schemas:
    Key: { type: string, pattern: "^L[0-9a-f]{8}$" }
    Sent: { type: object, properties: { title: { type: string }, print: { type: object, properties: { pages: { type: integer } } } } }
    Book:
      type: object
      required: [id, print]
      properties:
        id: { type: string }
        title: { type: string }
        print: { type: object, required: [isbn], properties: { isbn: { type: string }, pages: { type: integer } } }
    Loan: { type: object, required: [id, to], properties: { id: { $ref: "#/components/schemas/Key" }, to: { type: array, items: { type: string } }, note: { type: string } } }
"##;

fn mock() -> Mock {
    mock_of(DOCUMENT).stateful()
}

#[test]
fn what_is_put_is_found_under_the_key_that_was_chosen() {
    let mock = mock();
    let path = "/shelves/a/books/b%20c";
    let read = || ask(&mock, &format!("GET {path}"), &[], "");
    assert_eq!(read().status(), 404);
    for title in ["First", "Second"] {
        let put = told(&mock, &format!("PUT {path}"), &json!({ "title": title }));
        assert_eq!((&put["id"], &put["title"]), (&json!("b c"), &json!(title)));
        assert_eq!(body(&read()), put);
    }
    ask(&mock, &format!("DELETE {path}"), &[], "");
    assert_eq!(read().status(), 404);
}

#[test]
fn parts_are_kept_where_the_answer_asks_for_more() {
    let mock = mock();
    let sent = json!({ "print": { "pages": 77 } });
    let put = told(&mock, "PUT /shelves/a/books/b", &sent);
    assert_eq!(put["print"]["pages"], 77);
    assert!(put["print"]["isbn"].is_string());
}

#[test]
fn a_list_shows_as_much_of_a_thing_as_it_can() {
    let mock = mock();
    let sent = json!({ "to": "nobody", "note": "late" });
    let key = told(&mock, "POST /loans", &sent)["id"].clone();
    let listed = told(&mock, "GET /loans", &Value::Null);
    assert_eq!(
        (&listed[0]["id"], &listed[0]["note"]),
        (&key, &json!("late"))
    );
    assert!(listed[0]["to"].is_array());
}

#[test]
fn a_key_has_the_pattern_of_its_path_whatever_its_name_is_there() {
    let mock = mock();
    let keys = [(); 2].map(|()| told(&mock, "POST /loans", &json!({}))["id"].clone());
    assert_ne!(keys[0], keys[1]);
}

//! What a mock with a memory remembers.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Mock, ask, body, mock_of};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Harbour, version: 1.0.0 }
paths:
  /settings:
    get: { responses: { "200": { description: All., content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } }
      responses: { "204": { description: Done. } }
  /lights:
    get: { responses: { "200": { description: All., content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } }
      responses: { "200": { description: Done., content: { application/json: { schema: { type: boolean } } } } }
  /docks/{dock}/boats:
    parameters: [{ name: dock, in: path, required: true, schema: { type: string } }]
    get:
      parameters: [{ name: built_since, in: query, schema: { type: string, format: date } }]
      responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Boat" } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewBoat" } } } }
      responses: { "201": { $ref: "#/components/responses/Boat" } }
  /boats/{boat_id}:
    parameters: [{ name: boat_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { $ref: "#/components/responses/Boat" }, "404": { description: None. } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewBoat" } } } }
      responses: { "200": { $ref: "#/components/responses/Boat" } }
    delete: { responses: { "204": { description: Gone. } } }
  /crews:
    post:
      responses: { "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Crew" } } } } }
  /crews/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Crew" } } } } } }
  /masts:
    post:
      responses: { "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Mast" } } } } }
  /masts/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^mst_[a-z0-9]{8}$' } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Mast" } } } } } }
  /rules:
    get: { responses: { "200": { $ref: "#/components/responses/Rules" } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } }
      responses: { "200": { $ref: "#/components/responses/Rules" }, "412": { description: Changed. } }
  /berths:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 0 } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
      responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { allOf: [{ $ref: "#/components/schemas/Berth" }, { required: [depth], properties: { depth: { const: 3 } } }] } } } } } }
    post: { responses: { "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Berth" } } } } } }
  /berths/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: "^B[0-9]{6}$" } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Berth" } } } }, "404": { description: None. } } }
  /kinds:
    get:
      parameters:
        - { name: offset, in: query, schema: { type: integer } }
        - { name: class, in: query, schema: { type: string } }
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { id: { type: string }, class: { type: string } } } }
              example: [{ id: tug, class: small }, { id: ferry, class: large }]
  /kinds/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: One., content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } } } }
components:
  responses:
    Rules: { description: All., headers: { ETag: { required: true, schema: { type: string } } }, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } }
    Boat:
      description: One.
      content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: "#/components/schemas/Boat" } } } } }
  schemas:
    Mast: { type: object, required: [id], properties: { id: { type: string, pattern: '^mst_[a-z0-9]{8}$', example: mst_abcd1234 } } }
    Berth: { type: object, required: [id], properties: { id: { type: string, pattern: "^B[0-9]{6}$" } } }
    Crew: { type: object, required: [id], properties: { id: { type: string, format: uuid } } }
    Settings: { type: object, properties: { theme: { type: string }, size: { type: integer } } }
    NewBoat:
      type: object
      required: [data]
      properties:
        data:
          type: object
          required: [name]
          properties:
            name: { type: string }
            kind: { type: string, default: tug }
            note: { type: string }
            flag: { type: string, default: null }
            launched: { type: string, format: date }
            built: { type: string, format: date }
    Boat:
      type: object
      required: [boat_id, name, kind]
      properties:
        boat_id: { type: string, readOnly: true }
        name: { type: string }
        kind: { type: string, enum: [ferry, tug] }
        note: { type: string }
        flag: { type: string }
        launched: { type: string, format: date-time }
        built: { type: string, format: date }
"##;

fn mock() -> Mock {
    mock_of(DOCUMENT).stateful()
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

pub(super) fn told(mock: &Mock, line: &str, sent: &Value) -> Value {
    body(&ask(mock, line, JSON, &sent.to_string()))
}

/// Makes a boat, and gives its path.
fn made(mock: &Mock, dock: &str, boat: &Value) -> String {
    let made = told(
        mock,
        &format!("POST /docks/{dock}/boats"),
        &json!({ "data": boat }),
    );
    format!(
        "/boats/{}",
        made["data"]["boat_id"].as_str().expect("a key")
    )
}

fn read(mock: &Mock, path: &str) -> Value {
    told(mock, &format!("GET {path}"), &Value::Null)["data"].clone()
}

#[test]
fn what_there_is_one_of_is_kept_though_the_answer_does_not_show_it() {
    let mock = mock();
    for sent in [
        json!({ "theme": "dark", "size": 3 }),
        json!({ "theme": "light" }),
    ] {
        let put = ask(&mock, "PUT /settings", JSON, &sent.to_string());
        assert_eq!(put.status(), StatusCode::NO_CONTENT);
        let read = body(&ask(&mock, "GET /settings", &[], ""));
        assert_eq!(read["theme"], sent["theme"]);
    }
    ask(&mock, "PUT /lights", JSON, r#"{ "theme": "red" }"#);
    let read = body(&ask(&mock, "GET /lights", &[], ""));
    assert_eq!(read["theme"], "red");
}

#[test]
fn what_is_made_below_another_thing_is_found_where_it_is_read() {
    let mock = mock();
    let path = made(&mock, "east", &json!({ "name": "Ada" }));
    made(&mock, "west", &json!({ "name": "Bob" }));
    assert_eq!(read(&mock, &path)["name"], "Ada");
    let east = body(&ask(&mock, "GET /docks/east/boats", &[], ""));
    assert_eq!(east.as_array().map(Vec::len), Some(1), "{east}");
    ask(&mock, &format!("DELETE {path}"), &[], "");
    let gone = ask(&mock, &format!("GET {path}"), &[], "");
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[test]
fn what_is_left_out_has_its_default_if_that_is_allowed() {
    let mock = mock();
    let path = made(&mock, "east", &json!({ "name": "Ada" }));
    assert_eq!(read(&mock, &path)["kind"], "tug");
    assert_ne!(read(&mock, &path)["flag"], Value::Null);
}

#[test]
fn a_field_that_answers_cannot_have_costs_no_other() {
    let mock = mock();
    let path = made(
        &mock,
        "east",
        &json!({ "name": "Ada", "launched": "2024-05-06", "note": "a" }),
    );
    let boat = read(&mock, &path);
    assert_eq!((&boat["name"], &boat["note"]), (&json!("Ada"), &json!("a")));
    assert_ne!(boat["launched"], "2024-05-06");
}

#[test]
fn a_replacement_in_an_envelope_keeps_the_key_and_nothing_that_was_left_out() {
    let mock = mock();
    let path = made(
        &mock,
        "east",
        &json!({ "name": "Ada", "note": "a", "kind": "ferry" }),
    );
    told(
        &mock,
        &format!("PUT {path}"),
        &json!({ "data": { "name": "Bob" } }),
    );
    let boat = read(&mock, &path);
    assert_eq!(boat["boat_id"], path.trim_start_matches("/boats/"));
    assert_eq!(
        (&boat["name"], &boat["kind"]),
        (&json!("Bob"), &json!("tug"))
    );
    assert_eq!(boat.get("note"), None);
}

#[test]
fn a_list_is_bounded_by_a_time() {
    let mock = mock();
    made(
        &mock,
        "east",
        &json!({ "name": "Ada", "built": "2020-01-01" }),
    );
    made(
        &mock,
        "east",
        &json!({ "name": "Bob", "built": "2020-03-01" }),
    );
    let since = |date: &str| {
        let line = format!("GET /docks/east/boats?built_since={date}");
        body(&ask(&mock, &line, &[], "")).as_array().map(Vec::len)
    };
    assert_eq!(since("2020-02-01"), Some(1));
    assert_eq!(since("2020-01-01"), Some(2));
}

#[test]
fn a_list_of_what_nobody_makes_is_filtered_and_has_an_end() {
    let mock = mock();
    let kinds = |query: &str| body(&ask(&mock, &format!("GET /kinds?{query}"), &[], ""));
    assert_eq!(
        kinds("class=large"),
        json!([{ "id": "ferry", "class": "large" }])
    );
    assert_eq!(
        kinds("offset=1"),
        json!([{ "id": "ferry", "class": "large" }])
    );
    assert_eq!(kinds("offset=100"), json!([]));
}

#[test]
fn a_key_is_of_the_format_that_the_answer_has() {
    let mock = mock();
    let made = told(&mock, "POST /crews", &Value::Null);
    let key = made["id"].as_str().expect("a key");
    let read = ask(&mock, &format!("GET /crews/{key}"), &[], "");
    assert_eq!(body(&read), made);
}

#[test]
fn keys_of_a_pattern_differ() {
    let mock = mock();
    let keys = [(); 2].map(|()| told(&mock, "POST /masts", &Value::Null)["id"].clone());
    assert_ne!(keys[0], keys[1]);
    for key in keys {
        let key = key.as_str().expect("a key");
        assert_eq!(
            told(&mock, &format!("GET /masts/{key}"), &Value::Null)["id"],
            key
        );
    }
}

#[test]
fn what_there_is_one_of_has_a_tag_that_changes_with_it() {
    let mock = mock();
    let tag = || {
        let answer = ask(&mock, "GET /rules", &[], "");
        answer.headers()["etag"]
            .to_str()
            .expect("a text")
            .to_owned()
    };
    let first = tag();
    let put = |size: u8, tag: &str| {
        let headers = [JSON[0], ("if-match", tag)];
        ask(
            &mock,
            "PUT /rules",
            &headers,
            &json!({ "size": size }).to_string(),
        )
        .status()
    };
    assert_eq!(put(7, &first), StatusCode::OK);
    assert_ne!(tag(), first);
    assert_eq!(put(8, &first), StatusCode::PRECONDITION_FAILED);
    assert_eq!(put(8, &tag()), StatusCode::OK);
}

#[test]
fn a_key_has_the_pattern_of_its_path_and_pages_begin_with_their_least_number() {
    let mock = mock();
    let keys = [(); 3].map(|()| told(&mock, "POST /berths", &json!(null))["id"].clone());
    let shown = |path: &str| body(&ask(&mock, &format!("GET /berths{path}"), &[], ""));
    for key in &keys {
        let path = format!("/{}", key.as_str().expect("a text"));
        assert_eq!(shown(&path), json!({ "id": key }));
    }
    let page = |number: u8| shown(&format!("?limit=2&page={number}"));
    let berth = |index: usize| json!({ "id": keys[index], "depth": 3 });
    assert_eq!(page(0), json!([berth(0), berth(1)]));
    assert_eq!(page(1), json!([berth(2)]));
}

//! What a mock answers.

mod chosen;
mod dynamic;
mod headers;
mod memory;

use http::StatusCode;
use serde_json::{Value, json};

use super::*;

const PETS: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: "https://pets.example/api/{version}", variables: { version: { default: v1 } } }]
security: [{ bearer: [] }]
paths:
  /pets:
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 10 } }]
      responses:
        "200":
          description: All.
          headers: { X-Total: { required: true, schema: { type: integer, minimum: 3 } } }
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Pet" } }
              examples:
                broken: { value: 7 }
                two: { value: [{ name: Ada }, { name: Bob }] }
                none: { value: [] }
            text/csv: { schema: { type: string }, example: "name" }
        "400": { description: Bad., content: { application/json: { example: { error: bad } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /pets/best:
    get:
      security: []
      responses:
        "200":
          description: One.
          content:
            text/plain: { schema: { $ref: "#/components/schemas/Pet" } }
            application/json: { schema: { $ref: "#/components/schemas/Pet" } }
  /pets/mine:
    get: { security: [], responses: { "204": { description: None. } } }
  /pets/{id}:
    get: { security: [], responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } } }
  /gone:
    get: { security: [], responses: { "422": { description: No. }, "4XX": { description: No. }, "410": { description: Gone. } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, default: Rex }
        age: { type: integer, minimum: 1 }
        secret: { type: string, writeOnly: true }
"##;

fn mock() -> Mock {
    mock_of(PETS)
}

fn mock_of(document: &str) -> Mock {
    let reading = bindery_spec::read_text("document.yaml", document);
    Mock::new(reading.api.expect("the fixture is a document"))
}

fn ask(mock: &Mock, line: &str, headers: &[(&str, &str)], body: &str) -> http::Response<Bytes> {
    let (method, target) = line.split_once(' ').expect("a method and a target");
    let builder = http::Request::builder().method(method).uri(target);
    let builder = headers.iter().fold(builder, |builder, (name, value)| {
        builder.header(*name, *value)
    });
    mock.answer(
        &builder
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .expect("a request"),
    )
}

fn body(response: &http::Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).expect("JSON")
}

const LET_IN: (&str, &str) = ("authorization", "Bearer any");

#[test]
fn the_first_valid_example_is_served_with_its_headers() {
    let response = ask(&mock(), "GET /pets", &[LET_IN], "");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["x-total"], "3");
    assert_eq!(
        body(&response),
        json!([{ "name": "Ada" }, { "name": "Bob" }])
    );
}

#[test]
fn values_come_from_defaults_and_then_from_constraints() {
    let pet = ask(&mock(), "GET /pets/7", &[], "");
    assert_eq!(body(&pet), json!({ "name": "Rex", "age": 1 }));
}

#[test]
fn a_media_type_that_cannot_carry_the_value_is_passed_over() {
    let pet = ask(&mock(), "GET /pets/best", &[], "");
    assert_eq!(pet.headers()["content-type"], "application/json");
}

#[test]
fn concrete_paths_go_before_templates() {
    assert_eq!(
        ask(&mock(), "GET /pets/mine", &[], "").status(),
        StatusCode::NO_CONTENT
    );
}

#[test]
fn where_no_success_is_declared_the_lowest_status_is_played() {
    let lowest = ask(&mock(), "GET /gone", &[], "");
    assert_eq!(lowest.status(), StatusCode::BAD_REQUEST);
    let gone = ask(&mock(), "GET /gone", &[("prefer", "code=410")], "");
    assert_eq!(gone.status(), StatusCode::GONE);
}

#[test]
fn the_path_of_a_server_is_tolerated() {
    assert_eq!(
        ask(&mock(), "GET /api/v1/pets/7", &[], "").status(),
        StatusCode::OK
    );
    assert_eq!(
        ask(&mock(), "GET /api/v2/pets/7", &[], "").status(),
        StatusCode::NOT_FOUND
    );
}

#[test]
fn what_the_caller_prefers_is_served() {
    let prefer = |text| ask(&mock(), "GET /pets", &[LET_IN, ("prefer", text)], "");
    assert_eq!(body(&prefer("example=none")), json!([]));
    assert_eq!(body(&prefer("code=400")), json!({ "error": "bad" }));
    assert_eq!(prefer("code=503").status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(prefer("code=99").status(), StatusCode::OK);
    let csv = ask(
        &mock(),
        "GET /pets",
        &[LET_IN, ("accept", "application/json;q=0.1, text/csv")],
        "",
    );
    assert_eq!(
        (&csv.headers()["content-type"], csv.body().as_ref()),
        (&"text/csv".parse().expect("a value"), &b"name"[..])
    );
}

#[test]
fn a_refusal_is_the_documented_one_or_problem_details() {
    let documented = ask(&mock(), "GET /pets?limit=11", &[LET_IN], "");
    assert_eq!(
        (documented.status(), body(&documented)),
        (StatusCode::BAD_REQUEST, json!({ "error": "bad" }))
    );
    let json = ("content-type", "application/json");
    let invented = ask(&mock(), "POST /pets", &[LET_IN, json], "{}");
    assert_eq!(invented.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        invented.headers()["content-type"],
        "application/problem+json"
    );
    assert_eq!(body(&invented)["errors"][0]["rule"], "required");
    assert_eq!(
        ask(&mock(), "POST /pets", &[LET_IN, json], "{").status(),
        StatusCode::BAD_REQUEST
    );
    let xml = ask(
        &mock(),
        "POST /pets",
        &[LET_IN, ("content-type", "text/xml")],
        "<a/>",
    );
    assert_eq!(xml.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[test]
fn without_a_credential_nobody_gets_in() {
    let refused = ask(&mock(), "POST /pets", &[], "{}");
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refused.headers()["www-authenticate"], "bearer");
    let strict = mock().accepting(
        "authorization".parse().expect("a name"),
        HeaderValue::from_static("Bearer known"),
    );
    let wrong = ask(&strict, "GET /pets", &[LET_IN], "");
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        ask(
            &strict,
            "GET /pets",
            &[("authorization", "Bearer known")],
            ""
        )
        .status(),
        StatusCode::OK
    );
}

#[test]
fn a_declared_head_is_answered_as_its_get_where_its_own_declaration_allows_it() {
    let document = r#"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /same:
    get: { responses: { "200": { description: All., content: { text/plain: { example: "Rex" } } } } }
    head: { responses: { "200": { description: All. } } }
  /other:
    get: { responses: { "200": { description: All., content: { text/plain: { example: "Rex" } } } } }
    head: { responses: { "404": { description: None. } } }
"#;
    let reading = bindery_spec::read_text("pets.yaml", document);
    let mock = Mock::new(reading.api.expect("a document"));
    let answer = ask(&mock, "HEAD /same", &[], "");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-length"], "3");
    assert_eq!(answer.headers()["content-type"], "text/plain");
    assert!(answer.body().is_empty());
    let answer = ask(&mock, "HEAD /other", &[], "");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[test]
fn other_methods_are_told_which_there_are() {
    let refused = ask(&mock(), "DELETE /pets", &[], "");
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(refused.headers()["allow"], "GET, POST, HEAD, OPTIONS");
    assert_eq!(
        ask(&mock(), "OPTIONS /pets", &[], "").status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        ask(&mock(), "HEAD /pets", &[LET_IN], "").status(),
        StatusCode::OK
    );
    assert_eq!(
        ask(&mock(), "GET /nowhere", &[], "").status(),
        StatusCode::NOT_FOUND
    );
}

#[test]
fn the_log_says_why_a_request_was_refused() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let logged = mock().log(move |exchange| {
        let rules = exchange
            .violations
            .iter()
            .map(|violation| violation.rule.clone())
            .collect::<Vec<_>>();
        let _ = sender.send((exchange.status, rules));
    });
    ask(&logged, "GET /pets?limit=11", &[LET_IN], "");
    assert_eq!(
        receiver.recv().expect("a line"),
        (400, vec!["maximum".to_owned()])
    );
}

#[tokio::test]
async fn a_client_that_misbehaves_harms_nobody() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let running = mock().bind("127.0.0.1:0").await.expect("a free port");
    for bytes in [
        &b"\0\xff nonsense\r\n\r\n"[..],
        b"POST /pets HTTP/1.1\r\ncontent-length: 9\r\n\r\n{",
        b"",
    ] {
        let mut stream = tokio::net::TcpStream::connect(running.address())
            .await
            .expect("a connection");
        stream.write_all(bytes).await.expect("written");
        stream.shutdown().await.expect("closed");
    }
    let mut stream = tokio::net::TcpStream::connect(running.address())
        .await
        .expect("a connection");
    let head = b"HEAD /pets/7 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(head).await.expect("written");
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("an answer");
    assert!(
        text.starts_with("HTTP/1.1 200 OK") && text.contains("content-length: "),
        "{text}"
    );
    assert!(
        text.ends_with("\r\n\r\n"),
        "there is no body after the head: {text}"
    );
    running.stop().await;
}

#[test]
fn browsers_may_ask_and_read_from_anywhere() {
    let ask = |method: &str, more: &[(&str, &str)]| {
        let mut request = http::Request::builder().method(method).uri("/pets/mine");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        mock().answer(&request.body(Bytes::new()).expect("a request"))
    };
    let origin = ("origin", "http://page.example");
    let preflight = ask(
        "OPTIONS",
        &[
            origin,
            ("access-control-request-method", "PUT"),
            ("access-control-request-headers", "x-a"),
        ],
    );
    assert_eq!(preflight.status(), StatusCode::NO_CONTENT);
    for (name, value) in [
        ("access-control-allow-origin", "http://page.example"),
        ("access-control-allow-methods", "PUT"),
        ("access-control-allow-headers", "x-a"),
    ] {
        assert_eq!(preflight.headers()[name], value);
    }
    let answer = ask("GET", &[origin]);
    assert_eq!(
        answer.headers()["access-control-allow-origin"],
        "http://page.example"
    );
    assert_eq!(answer.headers()["vary"], "Origin");
    assert!(
        !ask("GET", &[])
            .headers()
            .contains_key("access-control-allow-origin")
    );
}

#[test]
fn values_are_made_by_a_seed_where_that_is_preferred() {
    let list = |prefer: &str| {
        let request = http::Request::builder()
            .uri("/pets/best")
            .header("prefer", prefer);
        let answer = mock().answer(&request.body(Bytes::new()).expect("a request"));
        assert_eq!(answer.status(), StatusCode::OK, "{prefer}");
        answer.into_body()
    };
    assert_eq!(list("dynamic=true, seed=7"), list("dynamic=true, seed=7"));
    let mut made: Vec<Bytes> = (0..20)
        .map(|seed| list(&format!("dynamic=true, seed={seed}")))
        .collect();
    made.sort();
    made.dedup();
    assert!(made.len() > 2, "{made:?}");
}

#[tokio::test]
async fn http_2_is_spoken_without_tls_and_faults_go_over_the_network() {
    let serve = async |mock: Mock| mock.bind("127.0.0.1:0").await.expect("a free port");
    let running = serve(mock()).await;
    let url = |running: &Running| format!("{}/pets/mine", running.url());
    let client = reqwest::Client::builder()
        .http2_prior_knowledge()
        .build()
        .expect("a client");
    let answer = client.get(url(&running)).send().await.expect("an answer");
    assert_eq!(
        (answer.version(), answer.status().as_u16()),
        (http::Version::HTTP_2, 204)
    );
    let failing = serve(mock().fault("1=503".parse().expect("a fault"))).await;
    let answer = reqwest::get(url(&failing)).await.expect("an answer");
    assert_eq!(
        (answer.version(), answer.status().as_u16()),
        (http::Version::HTTP_11, 503)
    );
    let resetting = serve(mock().fault("1=reset".parse().expect("a fault"))).await;
    assert!(reqwest::get(url(&resetting)).await.is_err());
    let slow = serve(mock().latency("150".parse().expect("a latency"))).await;
    let begin = std::time::Instant::now();
    reqwest::get(url(&slow)).await.expect("an answer");
    assert!(begin.elapsed().as_millis() >= 150);
}

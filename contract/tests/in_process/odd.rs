//! What servers do that is odd and allowed, or odd in one way only, and is told as that.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bindery_contract::spec::read_text;
use bindery_contract::{Options, Outcome, Selector, run};

use crate::pets::Pairs;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Odd, version: 1.0.0 }
paths:
  /hops/{n}:
    get:
      operationId: hops
      parameters: [{ name: n, in: path, required: true, schema: { type: integer, minimum: 0, maximum: 25 } }]
      responses: { '200': { description: The end. }, '302': { description: On. }, '400': { description: No. } }
  /moved:
    get:
      operationId: moved
      parameters: [{ name: fast, in: query, schema: { type: boolean } }]
      responses: { '200': { description: Here. } }
  /known:
    get:
      operationId: known
      parameters: [{ name: name, in: query, schema: { type: string } }]
      responses: { '200': { description: One. }, '422': { description: No. } }
  /shots/{id}@{at}:
    get:
      operationId: shots
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: at, in: path, required: true, schema: { type: integer } }
        - { name: 'id}@{at', in: path, required: true, schema: { type: string } }
      responses: { '200': { description: One. }, '400': { description: No. } }
  /named:
    get:
      operationId: named
      parameters: [{ name: name, in: query, required: true, schema: { type: string } }]
      responses: { '200': { description: Its name is in a header. } }
  /mirror:
    get:
      operationId: mirror
      responses: { '200': { description: What came., content: { text/plain: { schema: { type: string } } } } }
";

async fn test(operation: &str, options: Options) -> Outcome {
    let api = read_text("odd.yaml", DOCUMENT).api.expect("a document");
    let mut options = options;
    options.filter.include = vec![Selector::Operation(operation.to_owned())];
    run(api, &options, &()).await.expect("a run")
}

/// The findings of an operation at a path of a router in a few words each.
async fn found(operation: &str, router: Router) -> Vec<String> {
    let outcome = test(operation, Options::in_process(router)).await;
    assert_eq!(outcome.coverage[0].skipped, None);
    told(&outcome)
}

fn told(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter();
    findings
        .map(|own| format!("{} {} {} {}", own.level, own.code, own.location, own.rule))
        .collect()
}

#[tokio::test]
async fn many_redirects_are_no_circle_and_no_silence() {
    async fn hop(Path(n): Path<String>) -> Response {
        match n.parse() {
            Ok(0) => StatusCode::OK.into_response(),
            Ok(n @ 1..=25) => {
                let next = Redirect::to(&format!("/hops/{}", n - 1)).into_response();
                (StatusCode::FOUND, next.headers().clone()).into_response()
            }
            _ => StatusCode::BAD_REQUEST.into_response(),
        }
    }
    let router = Router::new().route("/hops/{n}", get(hop));
    let expected = ["warning redirect-loop response status redirect-loop"];
    assert_eq!(found("hops", router).await, expected);
}

#[tokio::test]
async fn a_warning_of_what_is_an_error_is_not_told() {
    let router = Router::new().route("/moved", get(|| async { Redirect::to("/") }));
    let expected = ["error status-undocumented response status status"];
    assert_eq!(found("moved", router).await, expected);
}

#[tokio::test]
async fn what_takes_known_names_only_is_told_once() {
    async fn known(Query(pairs): Pairs) -> StatusCode {
        if pairs.iter().all(|(_, value)| value == "ada") {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
    let router = Router::new().route("/known", get(known));
    let expected = ["warning valid-input-rejected query name minimal"];
    assert_eq!(found("known", router).await, expected);
}

#[tokio::test]
async fn what_the_path_has_no_place_for_is_not_needed() {
    async fn shot(Path(both): Path<String>) -> StatusCode {
        let at = both
            .rsplit('@')
            .next()
            .and_then(|at| at.parse::<i64>().ok());
        at.map_or(StatusCode::BAD_REQUEST, |_| StatusCode::OK)
    }
    let router = Router::new().route("/shots/{both}", get(shot));
    assert_eq!(found("shots", router).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_server_that_tells_what_it_was_sent_sees_no_other_head() {
    async fn mirror(headers: HeaderMap) -> String {
        format!("{headers:?}")
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().route("/mirror", get(mirror));
    tokio::spawn(async { axum::serve(listener, router).await });
    assert_eq!(
        told(&test("mirror", Options::new(url)).await),
        [] as [&str; 0]
    );
}

/// Answers each request with the rest of its target in a header, as it is when it is decoded.
fn names(mut stream: TcpStream) -> std::io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    let length = stream.read(&mut bytes)?;
    let request = String::from_utf8_lossy(&bytes[..length]);
    let name = request.split([' ', '=']).nth(2).unwrap_or_default();
    let name = name.replace("%0D%0A", "\r\n");
    let answer = format!(
        "HTTP/1.1 200 OK\r\nx-name: {name}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(answer.as_bytes())
}

#[tokio::test]
async fn the_end_of_a_line_that_comes_back_in_a_header_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || listener.incoming().flatten().try_for_each(names));
    let mut options = Options::new(url);
    options.fuzz = 0;
    let told = told(&test("named", options).await);
    let wanted = "error response-head-malformed response response-head-malformed";
    assert!(told.iter().any(|own| own == wanted), "{told:#?}");
}

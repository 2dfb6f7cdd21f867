//! What passes through the proxy, and what is said about it.

use std::time::Duration;

use super::*;
use crate::Mock;

const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 10 } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } }
";

fn api(text: &str) -> Api {
    bindery_spec::read_text("pets.yaml", text)
        .api
        .expect("a document")
}

async fn status(url: &str) -> u16 {
    let answer = reqwest::get(url).await.expect("an answer");
    let status = answer.status().as_u16();
    answer.bytes().await.expect("a body");
    status
}

/// The outcome, once so many requests were judged: an exchange is judged after it has passed.
async fn after(proxy: &Proxying, requests: usize) -> Outcome {
    for _ in 0..200 {
        let outcome = proxy.outcome();
        if outcome.requests >= requests {
            return outcome;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    proxy.outcome()
}

#[tokio::test]
async fn both_directions_are_judged_while_they_pass() {
    // The server plays another document: its answers are objects.
    let served = PETS.replace(
        "{ type: array, items: { type: string } }",
        "{ type: object }",
    );
    let mock = Mock::new(api(&served))
        .bind("127.0.0.1:0")
        .await
        .expect("a mock");
    let proxy = Proxy::new(api(PETS), &mock.url()).expect("a proxy");
    let proxy = proxy.bind("127.0.0.1:0").await.expect("a port");
    assert_eq!(status(&format!("{}/pets", proxy.url())).await, 200);
    assert_eq!(status(&format!("{}/pets?limit=11", proxy.url())).await, 422);
    assert_eq!(status(&format!("{}/dogs", proxy.url())).await, 404);
    let outcome = after(&proxy, 3).await;
    let mut codes: Vec<&str> = outcome
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["request-invalid", "request-undeclared", "response-body"]
    );
}

#[tokio::test]
async fn what_conforms_passes_without_a_word_and_a_dead_server_is_a_502() {
    let mock = Mock::new(api(PETS))
        .bind("127.0.0.1:0")
        .await
        .expect("a mock");
    let proxy = Proxy::new(api(PETS), &mock.url()).expect("a proxy");
    let proxy = proxy.bind("127.0.0.1:0").await.expect("a port");
    let url = format!("{}/pets?limit=3", proxy.url());
    assert_eq!(status(&url).await, 200);
    let outcome = after(&proxy, 1).await;
    assert!(outcome.findings.is_empty(), "{:#?}", outcome.findings);
    assert_eq!(outcome.requests, 1);
    mock.stop().await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(status(&url).await, 502);
}

#[tokio::test]
async fn clients_may_speak_http_2() {
    let mock = Mock::new(api(PETS))
        .bind("127.0.0.1:0")
        .await
        .expect("a mock");
    let proxy = Proxy::new(api(PETS), &mock.url()).expect("a proxy");
    let proxy = proxy.bind("127.0.0.1:0").await.expect("a port");
    let client = reqwest::Client::builder()
        .http2_prior_knowledge()
        .build()
        .expect("a client");
    let answer = client
        .get(format!("{}/pets", proxy.url()))
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (answer.version(), answer.status().as_u16()),
        (http::Version::HTTP_2, 200)
    );
    assert!(after(&proxy, 1).await.findings.is_empty());
}

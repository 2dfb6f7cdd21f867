//! Answers that are wrong on the wire, from a server that writes its bytes itself.

use std::io::{Read, Write};
use std::net::TcpListener;

use bindery_contract::{Options, Selector, run};

use super::pets;

/// What is found where GET and HEAD of pets are answered with these bytes, and everything else is refused.
async fn found(get: &'static str, head: &'static str) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client");
            let mut bytes = vec![0; 32 << 10];
            let count = stream.read(&mut bytes).unwrap_or(0);
            let request = String::from_utf8_lossy(&bytes[..count]).into_owned();
            let answer = match request.split(' ').next() {
                Some("HEAD") => head,
                Some("GET") if !request.contains("limit=") => get,
                Some("GET") => "HTTP/1.1 422 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                _ => {
                    "HTTP/1.1 405 No\r\nAllow: GET, POST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                }
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    let mut options = Options::new(url);
    options.filter.include = vec![Selector::Operation("list_pets".to_owned())];
    options.without_checks = vec!["valid-input-rejected".to_owned()];
    let outcome = run(pets::api(), &options, &()).await.expect("a run");
    let findings = outcome.findings.iter();
    let reproduced = findings.filter(|finding| finding.reproduced);
    reproduced
        .map(|finding| format!("{} {}", finding.code, finding.location))
        .collect()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n";
const GET: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]";

#[tokio::test]
async fn a_good_answer_has_no_finding() {
    assert_eq!(found(GET, HEAD).await, [] as [&str; 0]);
}

#[tokio::test]
async fn each_fault_of_the_wire_is_a_verdict_of_its_own() {
    let surplus = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[\"a\"]";
    assert_eq!(
        found(surplus, HEAD).await,
        ["response-surplus response body"]
    );
    assert_eq!(
        found(GET, GET).await,
        ["response-content-forbidden response body"]
    );
    // Who cannot read a head does not know its method.
    let large = "HTTP/1.1 431 No\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";
    assert_eq!(found(GET, large).await, ["head-status response status"]);
    let folded = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\nX: 1\r\n 2\r\n\r\n[]";
    assert_eq!(
        found(folded, HEAD).await,
        ["response-head-malformed response"]
    );
    let twice = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]";
    assert_eq!(
        found(twice, HEAD).await,
        ["response-header-repeated response header Content-Type"]
    );
}

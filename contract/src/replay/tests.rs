//! What archives come to.

use serde_json::{Value, json};

use super::*;
use crate::probe::Outcome;

const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://api.example.com/v1 }]
security: [{ token: [] }]
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 10 } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } }
    post:
      operationId: add_pet
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name] } } } }
      responses: { '201': { description: Added. } }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
";

fn entry(method: &str, url: &str, status: u16, body: &str) -> Value {
    json!({
        "request": { "method": method, "url": url, "headers": [
            { "name": ":authority", "value": "api.example.com" },
            { "name": "Authorization", "value": "Bearer s3cr3t-token" },
        ] },
        "response": {
            "status": status,
            "headers": [
                { "name": "content-type", "value": "application/json" },
                { "name": "content-encoding", "value": "br" },
            ],
            "content": { "size": body.len(), "text": body },
        },
    })
}

fn traffic() -> Traffic {
    let reading = bindery_spec::read_text("pets.yaml", PETS);
    Traffic::new(reading.api.expect("a document"))
}

fn replay(mut traffic: Traffic, entries: &[Value]) -> (Traffic, Outcome) {
    let archive = json!({ "log": { "entries": entries } }).to_string();
    let recording = read(archive.as_bytes()).expect("an archive");
    assert!(recording.left_out.is_empty(), "{:?}", recording.left_out);
    for exchange in &recording.exchanges {
        traffic.observe(exchange);
    }
    let outcome = traffic.outcome();
    (traffic, outcome)
}

fn codes(outcome: &Outcome) -> Vec<(&str, &str, &str)> {
    outcome
        .findings
        .iter()
        .map(|finding| {
            (
                finding.operation.as_str(),
                finding.code.as_str(),
                finding.location.as_str(),
            )
        })
        .collect()
}

const BASE: &str = "https://api.example.com/v1";

#[test]
fn what_conforms_is_clean_and_what_is_elsewhere_does_not_count() {
    let good = entry(
        "GET",
        &format!("{BASE}/pets?limit=3#top"),
        200,
        r#"["Rex"]"#,
    );
    let style = entry("GET", "https://cdn.example.com/style.css", 200, "a {}");
    let (traffic, outcome) = replay(traffic(), &[good, style]);
    assert!(outcome.findings.is_empty(), "{:#?}", outcome.findings);
    assert_eq!((outcome.requests, traffic.foreign()), (1, 1));
}

#[test]
fn both_directions_are_judged() {
    let asked = entry("GET", &format!("{BASE}/pets?limit=50"), 200, r#"["Rex"]"#);
    let answered = entry("GET", &format!("{BASE}/pets"), 200, "[1]");
    let (_, outcome) = replay(traffic(), &[asked, answered.clone(), answered]);
    assert_eq!(
        codes(&outcome),
        [
            ("list_pets", "request-invalid", "query limit"),
            ("list_pets", "invalid-input-accepted", "query limit"),
            ("list_pets", "response-body", "response body"),
        ]
    );
    assert_eq!(
        (
            outcome.findings[2].pointer.as_str(),
            outcome.findings[2].cases
        ),
        ("/0", 2)
    );
    let text = format!("{:?}", outcome.findings);
    assert!(!text.contains("s3cr3t"), "{text}");
    assert!(outcome.findings[0].curl.contains("Bearer $TOKEN"), "{text}");
}

#[test]
fn bodies_that_were_not_kept_are_not_judged() {
    let mut kept = entry("GET", &format!("{BASE}/pets"), 200, "");
    kept["response"]["content"] = json!({ "size": 500 });
    let mut posted = entry("POST", &format!("{BASE}/pets"), 201, "");
    posted["request"]["bodySize"] = json!(12);
    posted["request"]["headers"] = json!([{ "name": "content-type", "value": "application/json" },
        { "name": "authorization", "value": "Bearer x" }]);
    let cached = entry("GET", &format!("{BASE}/pets"), 304, "");
    let aborted = entry("GET", &format!("{BASE}/pets"), 0, "");
    let (_, outcome) = replay(traffic(), &[kept, posted, cached, aborted]);
    let errors: Vec<_> = outcome
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn encoded_bodies_and_forms_are_read() {
    let mut encoded = entry("GET", &format!("{BASE}/pets"), 200, "WzFd");
    encoded["response"]["content"]["encoding"] = json!("base64");
    let mut posted = entry("POST", &format!("{BASE}/pets"), 201, "");
    posted["request"]["postData"] = json!({ "mimeType": "application/json", "text": "{}" });
    posted["request"]["headers"][0] =
        json!({ "name": "Content-Type", "value": "application/json" });
    let (_, outcome) = replay(traffic(), &[encoded, posted]);
    let found = codes(&outcome);
    assert!(
        found.contains(&("list_pets", "response-body", "response body")),
        "{found:?}"
    );
    assert!(
        found.contains(&("add_pet", "request-invalid", "body")),
        "{found:?}"
    );
}

#[test]
fn credentials_that_a_browser_left_out_are_no_finding() {
    let mut bare = entry("GET", &format!("{BASE}/pets"), 200, "[]");
    bare["request"]["headers"] = json!([]);
    let (_, strict) = replay(traffic(), std::slice::from_ref(&bare));
    assert_eq!(codes(&strict).len(), 1, "{:#?}", strict.findings);
    let (_, trusting) = replay(traffic().trust_callers(), &[bare]);
    assert!(trusting.findings.is_empty(), "{:#?}", trusting.findings);
}

#[test]
fn what_the_document_does_not_have_is_told_below_a_base_url() {
    let path = entry("GET", &format!("{BASE}/dogs"), 200, "[]");
    let method = entry("DELETE", &format!("{BASE}/pets"), 405, "");
    let preflight = entry("OPTIONS", &format!("{BASE}/pets"), 204, "");
    let entries = [path, method, preflight];
    let (_, outcome) = replay(traffic().base_url(BASE), &entries);
    assert_eq!(
        codes(&outcome),
        [
            ("GET /v1/dogs", "request-undeclared", "request"),
            ("DELETE /v1/pets", "request-undeclared", "method"),
        ]
    );
}

#[test]
fn a_report_can_be_read_again() {
    let entries = [entry("GET", &format!("{BASE}/pets"), 200, "[1]")];
    let (_, outcome) = replay(traffic(), &entries);
    let report = json!({ "findings": outcome.findings }).to_string();
    let recording = read(report.as_bytes()).expect("a report");
    let mut again = traffic();
    for exchange in &recording.exchanges {
        again.observe(exchange);
    }
    assert_eq!(codes(&again.outcome()), codes(&outcome));
}

#[test]
fn what_is_no_recording_is_refused_and_broken_entries_are_told() {
    assert!(matches!(read(b"nope"), Err(RecordingError::Json(_))));
    assert!(matches!(read(b"{}"), Err(RecordingError::Kind)));
    let archive =
        json!({ "log": { "entries": [{}, { "request": { "method": "GET", "url": "::" } }] } });
    let recording = read(archive.to_string().as_bytes()).expect("an archive");
    assert_eq!(recording.left_out.len(), 2, "{:?}", recording.left_out);
}

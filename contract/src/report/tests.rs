//! What the reports say.

use std::time::Duration;

use super::*;
use crate::probe::{Covered, Finding, Message};

fn finding(code: &str, level: &str, message: &str) -> Finding {
    let text = |text: &str| text.to_owned();
    Finding {
        code: text(code),
        check: text("It breaks."),
        level: text(level),
        operation: text("list_pets"),
        method: text("GET"),
        path: text("/pets"),
        location: text("response body"),
        pointer: text("/0/name"),
        rule: text("type"),
        message: text(message),
        curl: text("curl --header \"authorization: Bearer $TOKEN\" 'http://127.0.0.1/pets'"),
        reproduced: true,
        evident: false,
        cases: 2,
        document: None,
        request: Message {
            start: text("GET /pets"),
            headers: [].into(),
            body: String::new(),
            truncated: false,
            bytes: None,
        },
        response: None,
        before: Vec::new(),
        tried: None,
        played: None,
    }
}

fn outcome(findings: Vec<Finding>) -> Outcome {
    let covered = |operation: &str, skipped: Option<&str>| Covered {
        operation: operation.to_owned(),
        skipped: skipped.map(ToOwned::to_owned),
        ..Covered::default()
    };
    Outcome {
        findings,
        coverage: vec![
            covered("list_pets", None),
            covered("drop <all>", Some("read-only")),
        ],
        requests: 12,
        duration: Duration::from_millis(1500),
        seed: 7,
        not_checked: Vec::new(),
    }
}

fn report(findings: Vec<Finding>, format: Format) -> String {
    let outcome = outcome(findings);
    let report = Report {
        document: "pets.yaml",
        base_url: "http://127.0.0.1:1",
        outcome: &outcome,
    };
    report.render(format)
}

#[test]
fn json_has_every_documented_field() {
    let text = report(
        vec![finding("response-body", "error", "7 is not a string")],
        Format::Json,
    );
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let fields = [
        "schema_version",
        "document",
        "base_url",
        "seed",
        "requests",
        "duration_ms",
        "findings",
        "coverage",
    ];
    assert!(
        fields.iter().all(|field| json.get(field).is_some()),
        "{text}"
    );
    let own = [
        "code",
        "check",
        "level",
        "operation",
        "method",
        "path",
        "pointer",
        "message",
        "curl",
        "reproduced",
        "request",
        "response",
    ];
    assert!(
        own.iter()
            .all(|field| json["findings"][0].get(field).is_some()),
        "{text}"
    );
    assert_eq!(
        (&json["seed"], &json["duration_ms"]),
        (&7.into(), &1500.into())
    );
}

#[test]
fn junit_has_a_suite_an_operation_and_a_case_a_check() {
    let findings = vec![
        finding("response-body", "error", "a <b> & \u{0}\u{1b}"),
        finding("write-only-returned", "warning", "a secret"),
    ];
    let text = report(findings, Format::Junit);
    let checks = crate::checks::all().len();
    assert!(
        text.contains(&format!("tests=\"{}\" failures=\"1\"", 2 * checks)),
        "{text}"
    );
    assert_eq!(text.matches("<testcase ").count(), 2 * checks);
    assert!(
        text.contains(
            "<failure type=\"response-body\" message=\"a &lt;b&gt; &amp; \\u{0}\\u{1b}\">"
        ),
        "{text}"
    );
    assert!(
        text.contains("<testsuite name=\"drop &lt;all&gt;\"")
            && text.contains("<skipped message=\"read-only\"/>")
    );
    assert!(text.contains("<system-out>warning at response body /0/name"));
    assert!(
        !text
            .chars()
            .any(|character| character.is_control() && character != '\n')
    );
}

#[test]
fn junit_has_a_case_for_a_check_of_others() {
    let text = report(
        vec![finding("acme-no-store", "error", "kept")],
        Format::Junit,
    );
    assert!(
        text.contains("failures=\"1\"") && text.contains("name=\"acme-no-store\""),
        "{text}"
    );
}

#[test]
fn the_terminal_says_what_operations_have_in_common_once() {
    let at = |code: &str, operation: &str, body: &str| Finding {
        operation: operation.to_owned(),
        response: Some(Message {
            start: "500".to_owned(),
            body: body.to_owned(),
            ..finding(code, "error", "broken").request
        }),
        ..finding(code, "error", "broken")
    };
    let text = report(
        vec![
            at("response-body", "a", "1"),
            at("response-body", "b", "2"),
            at("server-error", "c", "no session"),
            at("server-error", "d", "no session"),
            at("server-error", "e", "Internal Server Error"),
            at("server-error", "f", "Internal Server Error"),
        ],
        Format::Terminal,
    );
    assert_eq!(text.matches("[response-body]").count(), 1, "{text}");
    assert!(text.contains("The same is the case in b."), "{text}");
    assert_eq!(text.matches("[server-error]").count(), 3, "{text}");
    assert!(text.contains("The same is the case in d."), "{text}");
}

#[test]
fn the_terminal_groups_by_operation_and_sums_up() {
    let findings = vec![
        finding("response-body", "error", "first"),
        finding("response-json", "warning", "second\u{1b}[2J"),
    ];
    let text = report(findings, Format::Terminal);
    assert_eq!(text.matches("list_pets  GET /pets").count(), 1, "{text}");
    assert!(
        text.contains("error[response-body] response body /0/name · type"),
        "{text}"
    );
    assert!(
        text.contains("second\\u{1b}[2J"),
        "a server cannot clear the screen: {text}"
    );
    assert!(
        text.contains("12 requests in 1.5 s, seed 7") && text.contains("1 error, 1 warning"),
        "{text}"
    );
    assert!(report(Vec::new(), Format::Terminal).ends_with("no findings\n"));
}

#[test]
fn a_destination_is_a_format_and_a_file() {
    let wanted = Destination {
        format: Format::Junit,
        file: "a=b.xml".into(),
    };
    assert_eq!("junit=a=b.xml".parse(), Ok(wanted));
    for text in ["junit", "junit=", "pdf=a"] {
        assert!(text.parse::<Destination>().is_err(), "{text}");
    }
}

#[test]
fn html_is_one_file_that_marks_what_is_wrong_and_trusts_nobody() {
    let mut broken = finding("response-body", "error", "<script>alert(1)</script>");
    broken.response = Some(Message {
        start: "200".to_owned(),
        headers: [].into(),
        body: r#"[{"name":7,"note":"</pre><script>"}]"#.to_owned(),
        truncated: false,
        bytes: None,
    });
    broken.document = Some(crate::probe::Piece {
        pointer: "/components/schemas/Pet/properties/name".to_owned(),
        value: serde_json::json!({ "type": "string" }),
        file: None,
        line: None,
        place: None,
    });
    let text = report(vec![broken], Format::Html);
    assert!(text.starts_with("<!doctype html>"), "{text}");
    assert_eq!(text.matches("<script>").count(), 1, "only our own: {text}");
    assert!(text.contains("&quot;name&quot;: <mark>7</mark>"), "{text}");
    assert!(
        text.contains("&quot;type&quot;: <mark>&quot;string&quot;</mark>"),
        "{text}"
    );
    assert!(text.contains("#/components/schemas/Pet/properties/name"));
    assert!(text.contains("<select name=\"code\"") && text.contains("drop &lt;all&gt;"));
    let elsewhere = ["src=", "href=\"h", "href=\"/", "url(", "@import"];
    assert!(
        elsewhere.iter().all(|word| !text.contains(word)),
        "nothing is loaded: {text}"
    );
}

#[test]
fn html_shows_the_code_of_an_explanation_as_code() {
    let text = report(vec![finding("timeout", "error", "late")], Format::Html);
    assert!(
        text.contains("The limit is set by <code>--timeout</code>"),
        "{text}"
    );
}

#[test]
fn a_github_annotation_is_one_line_whatever_a_server_says() {
    let text = report(
        vec![finding("response-body", "error", "50%\n::error::x")],
        Format::Github,
    );
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.starts_with("::error file=pets.yaml,title=list_pets%3A response-body::GET /pets at "),
        "{text}"
    );
    assert!(text.contains("50%25%0A::error::x"), "{text}");
    let warning = report(
        vec![finding("response-json", "warning", "x")],
        Format::Github,
    );
    assert!(warning.starts_with("::warning "), "{warning}");
}

#[test]
fn har_has_an_entry_a_finding() {
    let text = report(vec![finding("response-body", "error", "x")], Format::Har);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entry = &json["log"]["entries"][0];
    assert_eq!(entry["request"]["method"], "GET");
    assert_eq!(entry["request"]["url"], "/pets");
    assert_eq!(entry["response"]["status"], 0, "there was no answer");
}

//! The exchanges of the findings as an HTTP Archive (HAR 1.2), for viewers and for `replay`.

use serde_json::{Value, json};

use super::Report;
use crate::probe::{Finding, Message, Step};

/// The archive. It has no times of its own: two runs that find the same give the same archive.
pub(super) fn render(report: &Report<'_>) -> String {
    let entries: Vec<Value> = report.outcome.findings.iter().map(finding).collect();
    let archive = json!({ "log": {
        "version": "1.2",
        "creator": creator(),
        "comment": format!("{} at {}", report.document, report.base_url),
        "entries": entries,
    } });
    // Strings, numbers and lists are all that is in it, so it cannot fail.
    let text = serde_json::to_string_pretty(&archive).unwrap_or_default();
    format!("{text}\n")
}

/// Who wrote an archive.
pub(super) fn creator() -> Value {
    json!({ "name": "bindery-contract", "version": env!("CARGO_PKG_VERSION") })
}

fn finding(finding: &Finding) -> Value {
    let step = Step {
        request: finding.request.clone(),
        response: finding.response.clone(),
    };
    let mut entry = entry(&step, "1970-01-01T00:00:00.000Z", 0);
    let Finding {
        code,
        location,
        pointer,
        message,
        ..
    } = finding;
    entry["comment"] = format!("{code} at {location} {pointer}: {message}").into();
    entry
}

/// One exchange, with when it began and how many milliseconds it took.
pub(super) fn entry(step: &Step, began: &str, milliseconds: u64) -> Value {
    json!({
        "startedDateTime": began,
        "time": milliseconds,
        "request": request(&step.request),
        "response": response(step.response.as_ref()),
        "cache": {},
        "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
    })
}

fn request(message: &Message) -> Value {
    let (method, url) = message
        .start
        .split_once(' ')
        .unwrap_or(("", &message.start));
    let mut request = json!({
        "method": method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(message),
        "queryString": [],
        "headersSize": -1,
        "bodySize": size(message),
    });
    if !message.body.is_empty() && !message.truncated {
        request["postData"] = json!({ "mimeType": content_type(message) });
        body(&mut request["postData"], message);
    }
    request
}

/// A response; the status 0 says that there was none, as browsers have it.
fn response(message: Option<&Message>) -> Value {
    let status = message.and_then(|message| message.start.parse::<u16>().ok());
    let mut content =
        json!({ "size": message.map_or(0, size), "mimeType": message.map_or("", content_type) });
    if let Some(message) = message.filter(|message| !message.truncated) {
        body(&mut content, message);
    }
    json!({
        "status": status.unwrap_or(0),
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": message.map(headers).unwrap_or_default(),
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    })
}

/// A body as text, or in Base64 where it is none. For requests the standard has no word for that; `replay` and many
/// proxies use the same one.
fn body(content: &mut Value, message: &Message) {
    content["text"] = json!(message.bytes.as_ref().unwrap_or(&message.body));
    if message.bytes.is_some() {
        content["encoding"] = json!("base64");
    }
}

fn headers(message: &Message) -> Vec<Value> {
    let pair = |(name, value): (&String, &String)| json!({ "name": name, "value": value });
    message.headers.iter().map(pair).collect()
}

fn content_type(message: &Message) -> &str {
    message
        .headers
        .get("content-type")
        .map_or("", String::as_str)
}

/// The length of the body; unknown where only its start was kept.
fn size(message: &Message) -> i64 {
    if message.truncated {
        return -1;
    }
    i64::try_from(message.body.len()).unwrap_or(-1)
}

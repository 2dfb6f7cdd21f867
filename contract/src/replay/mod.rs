//! Traffic that somebody else made: read from archives, and held to the document in both directions.

mod again;
mod har;
mod saved;
mod traffic;

use bindery_spec::Value;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, Uri};

pub use again::{again, resend};
pub use traffic::Traffic;

/// One request and what came back.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The request; its target is the whole URL.
    pub request: Request<Bytes>,
    /// The response; nothing when there was none, or none that says something about the API.
    pub response: Option<Response<Bytes>>,
    /// Whether the bodies are known. What was not kept is not judged.
    pub bodies: Bodies,
}

/// Which bodies of an exchange are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bodies {
    /// Whether that of the request is.
    pub request: bool,
    /// Whether that of the response is.
    pub response: bool,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// The exchanges, in their order.
    pub exchanges: Vec<Recorded>,
    /// Why entries were left out: one sentence each.
    pub left_out: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It is not JSON.
    #[error("the file is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is JSON of another kind.
    #[error("the file is neither an HTTP Archive (`log.entries`) nor a JSON report (`findings`)")]
    Kind,
}

/// Reads an HTTP Archive (HAR 1.2), or the findings of a JSON report.
///
/// ```
/// let archive = br#"{ "log": { "entries": [{
///     "request": { "method": "GET", "url": "http://a/pets", "headers": [] },
///     "response": { "status": 204, "headers": [], "content": { "size": 0 } }
/// }] } }"#;
/// let recording = bindery_contract::replay::read(archive)?;
/// assert_eq!(recording.exchanges.len(), 1);
/// # Ok::<_, bindery_contract::replay::RecordingError>(())
/// ```
///
/// # Errors
/// When the file as a whole is something else. An entry that cannot be read is left out, and told.
pub fn read(bytes: &[u8]) -> Result<Recording, RecordingError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes)?;
    if let Some(entries) = value["log"]["entries"].as_array() {
        return Ok(collect(entries, har::entry));
    }
    if let Some(findings) = value["findings"].as_array() {
        return Ok(collect(findings, saved::finding));
    }
    Err(RecordingError::Kind)
}

fn collect(entries: &[Value], read: fn(&Value) -> Result<Recorded, String>) -> Recording {
    let mut recording = Recording::default();
    for (index, entry) in entries.iter().enumerate() {
        match read(entry) {
            Ok(exchange) => recording.exchanges.push(exchange),
            Err(reason) => recording
                .left_out
                .push(format!("entry {}: {reason}", index + 1)),
        }
    }
    recording
}

/// A request from its parts. Headers that HTTP does not allow, such as `:method`, are those of another protocol.
fn request<'a>(
    method: &str,
    url: &str,
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: Bytes,
) -> Result<Request<Bytes>, String> {
    // Browsers write characters into URLs that may not stand there, and fragments that are never sent.
    let url =
        reqwest::Url::parse(url).map_err(|error| format!("its URL cannot be read: {error}"))?;
    let mut url = url;
    url.set_fragment(None);
    let mut request = Request::builder()
        .method(method)
        .uri(url.as_str())
        .body(body)
        .map_err(|error| format!("its request cannot be read: {error}"))?;
    fill(request.headers_mut(), headers);
    Ok(request)
}

/// A response from its parts. Recorded bodies are decoded, so what says how they were coded no longer holds.
fn response<'a>(
    status: u16,
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: Bytes,
) -> Result<Response<Bytes>, String> {
    let mut response = Response::builder()
        .status(status)
        .body(body)
        .map_err(|error| format!("its response cannot be read: {error}"))?;
    fill(response.headers_mut(), headers);
    for name in ["content-encoding", "content-length", "transfer-encoding"] {
        response.headers_mut().remove(name);
    }
    Ok(response)
}

/// What follows the base URL in a URL.
fn below(base: &str, url: &Uri) -> Option<Uri> {
    let url = url.to_string();
    let rest = url.strip_prefix(base)?;
    match rest.as_bytes().first() {
        Some(b'/') => rest.parse().ok(),
        Some(b'?') | None => format!("/{rest}").parse().ok(),
        Some(_) => None,
    }
}

fn fill<'a>(map: &mut http::HeaderMap, headers: impl Iterator<Item = (&'a str, &'a str)>) {
    for (name, value) in headers {
        let name = name.parse::<HeaderName>();
        // Browsers join headers of one name by line breaks.
        for value in value.split('\n') {
            if let (Ok(name), Ok(value)) = (&name, HeaderValue::from_str(value.trim())) {
                map.append(name.clone(), value);
            }
        }
    }
}

#[cfg(test)]
mod tests;

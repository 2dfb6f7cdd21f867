//! Redirects: which are followed, and where they lead (RFC 9110 §15.4).

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method, StatusCode, Uri};

use super::Upload;
use super::spell::Parts;

/// The request that a response redirects to. `None` if it is no redirect, or one that is not followed: to another
/// origin, because credentials must not go there, one that would turn a request into another, or one that would need a
/// stream again that was sent.
pub(super) fn next(parts: &Parts, status: StatusCode, headers: &HeaderMap) -> Option<Parts> {
    let safe = parts.method == Method::GET || parts.method == Method::HEAD;
    let mut next = parts.clone();
    match status {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {}
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND if safe => {}
        StatusCode::SEE_OTHER => {
            if !safe {
                next.method = Method::GET;
            }
            next.body = Upload::default();
            next.headers.remove(CONTENT_TYPE);
            next.headers.remove(CONTENT_LENGTH);
        }
        _ => return None,
    }
    next.uri = resolve(&parts.uri, headers.get(LOCATION)?.to_str().ok()?)?;
    (same_origin(&parts.uri, &next.uri) && next.body.can_repeat()).then_some(next)
}

/// Whether scheme, host and port are the same (RFC 6454 §5).
fn same_origin(one: &Uri, other: &Uri) -> bool {
    let port = |uri: &Uri| {
        uri.port_u16().or(match uri.scheme_str() {
            Some("http") => Some(80),
            Some("https") => Some(443),
            _ => None,
        })
    };
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    one.scheme() == other.scheme() && host(one) == host(other) && port(one) == port(other)
}

/// The URL of a reference, seen from `base` (RFC 3986 §5.2).
pub(super) fn resolve(base: &Uri, reference: &str) -> Option<Uri> {
    let reference = reference.split('#').next().unwrap_or_default();
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    let path = base.path();
    let has_scheme = reference
        .split(['/', '?'])
        .next()
        .is_some_and(|start| start.contains(':'));
    let url = if has_scheme {
        reference.to_owned()
    } else if reference.starts_with("//") {
        format!("{scheme}:{reference}")
    } else if reference.starts_with('/') {
        format!("{scheme}://{authority}{}", without_dots(reference))
    } else if reference.is_empty() {
        base.to_string()
    } else if reference.starts_with('?') {
        format!("{scheme}://{authority}{path}{reference}")
    } else {
        let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        format!(
            "{scheme}://{authority}{}",
            without_dots(&format!("{folder}{reference}"))
        )
    };
    url.parse().ok()
}

/// Takes the steps `.` and `..` out of a path (RFC 3986 §5.2.4).
fn without_dots(reference: &str) -> String {
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    let mut steps: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    steps.pop();
                }
                if last {
                    steps.push("");
                }
            }
            _ => steps.push(segment),
        }
    }
    let path = format!("/{}", steps.join("/"));
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

//! Redirects: which are followed, and where they lead (RFC 9110 §15.4).

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::spell::Line;

/// Where a response redirects to. `None` if it is no redirect, or one that is not followed: to another origin, because
/// credentials must not go there, or one that would turn a request into another.
pub(super) fn next(line: &Line, status: StatusCode, headers: &HeaderMap) -> Option<Line> {
    let safe = line.method == Method::GET || line.method == Method::HEAD;
    let (method, body) = match status {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {
            (&line.method, line.body)
        }
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND if safe => (&line.method, line.body),
        StatusCode::SEE_OTHER if safe => (&line.method, false),
        StatusCode::SEE_OTHER => (&Method::GET, false),
        _ => return None,
    };
    let uri = resolve(&line.uri, headers.get(LOCATION)?.to_str().ok()?)?;
    same_origin(&line.uri, &uri).then(|| Line {
        method: method.clone(),
        uri,
        body,
    })
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

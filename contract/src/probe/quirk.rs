//! What an encoder would never write, and a server must cope with all the same.

use bindery_spec::model::Operation;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Request, Uri};

/// How a request differs from what an encoder would make of its draft.
#[derive(Clone, Debug)]
pub(crate) enum Quirk {
    /// A header that has this value and no other.
    Header(HeaderName, HeaderValue),
    /// The body has no content type.
    Untyped,
    /// A query has these pairs more, as they stand there.
    Query(String),
    /// The path goes on with a segment that nobody has.
    Below,
    /// The last parameter of the path ends in this, which stands for no character (RFC 3986 §2.1, §2.5).
    Broken(&'static str),
}

impl Quirk {
    /// Changes a request; `None` when it offers nothing to change.
    pub(super) fn apply(&self, operation: &Operation, request: &mut Request<Bytes>) -> Option<()> {
        match self {
            Self::Header(name, value) => {
                request.headers_mut().insert(name.clone(), value.clone());
            }
            Self::Untyped => {
                request.headers_mut().remove(CONTENT_TYPE)?;
            }
            Self::Query(pairs) => *request.uri_mut() = longer(request.uri(), pairs)?,
            Self::Below => *request.uri_mut() = below(request.uri())?,
            Self::Broken(end) => *request.uri_mut() = broken(&operation.path, request.uri(), end)?,
        }
        Some(())
    }
}

/// The target with more in its query.
fn longer(uri: &Uri, pairs: &str) -> Option<Uri> {
    let query = uri.query().map(|query| format!("{query}&"));
    let target = format!("{}?{}{pairs}", uri.path(), query.unwrap_or_default());
    target.parse().ok()
}

fn below(uri: &Uri) -> Option<Uri> {
    let query = uri.query().map(|query| format!("?{query}"));
    let path = uri.path().trim_end_matches('/');
    let target = format!("{path}/bindery-unknown{}", query.unwrap_or_default());
    target.parse().ok()
}

/// The target with something after the last segment that holds a parameter.
fn broken(template: &str, uri: &Uri, end: &str) -> Option<Uri> {
    let templates: Vec<&str> = template.split('/').collect();
    let last = templates.iter().rposition(|part| part.contains('{'))?;
    let mut parts: Vec<String> = uri.path().split('/').map(ToOwned::to_owned).collect();
    parts.get_mut(last)?.push_str(end);
    let query = uri.query().map(|query| format!("?{query}"));
    let target = format!("{}{}", parts.join("/"), query.unwrap_or_default());
    target.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parameter_is_broken_and_the_rest_stays() {
        let uri = Uri::from_static("/pets/7/toys?limit=1");
        let broken = broken("/pets/{id}/toys", &uri, "%zz").expect("a parameter");
        assert_eq!(broken.to_string(), "/pets/7%zz/toys?limit=1");
        assert_eq!(super::broken("/pets", &uri, "%zz"), None);
    }

    #[test]
    fn a_query_grows() {
        let added = |target: &'static str| {
            longer(&Uri::from_static(target), "a=1").map(|uri| uri.to_string())
        };
        assert_eq!(added("/pets").as_deref(), Some("/pets?a=1"));
        assert_eq!(added("/pets?b=2").as_deref(), Some("/pets?b=2&a=1"));
    }
}

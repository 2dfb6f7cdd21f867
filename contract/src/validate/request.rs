//! Requests against the document.

use bindery_spec::model::Operation;
use bytes::Bytes;

use super::media::{self, ContentType};
use super::parameters::Found;
use super::route::Route;
use super::violation::{Part, Spot, Violation, rule};
use super::{Contract, Direction, security};

/// What the document says about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestVerdict {
    /// It is for an operation, as an index into [`Api::operations`](bindery_spec::model::Api::operations); it breaks
    /// these rules.
    Operation(usize, Vec<Violation>),
    /// The path exists, but not with this method; holds the methods that it has.
    WrongMethod(Vec<String>),
    /// The document has no such path.
    UnknownPath,
}

impl Contract {
    /// Finds the operation that a request is for, and checks its credentials, parameters, media type and body.
    pub fn request(&self, request: &http::Request<Bytes>) -> RequestVerdict {
        match self
            .router
            .find(request.method().as_str(), request.uri().path())
        {
            Route::Found(index, path) => {
                RequestVerdict::Operation(index, self.check_request(index, &path, request))
            }
            Route::WrongMethod(methods) => RequestVerdict::WrongMethod(methods),
            Route::Missing => RequestVerdict::UnknownPath,
        }
    }

    fn check_request(
        &self,
        index: usize,
        path: &[(String, String)],
        request: &http::Request<Bytes>,
    ) -> Vec<Violation> {
        let operation = &self.api.operations[index];
        let query = request.uri().query().unwrap_or_default();
        let credential = security::check(&self.api, operation, query, request.headers());
        let mut violations: Vec<_> = credential.into_iter().collect();
        let found = Found::new(path, query, request.headers());
        violations.extend(self.check_parameters(operation, &found));
        violations.extend(self.check_request_body(operation, request));
        violations
    }

    fn check_request_body(
        &self,
        operation: &Operation,
        request: &http::Request<Bytes>,
    ) -> Vec<Violation> {
        // A body that the document does not declare has no meaning, and is nothing to object to (RFC 9110 §9.3.1).
        let Some(body) = &operation.body else {
            return Vec::new();
        };
        if body.content.iter().any(|media| media.unresolved) {
            return Vec::new();
        }
        if request.body().is_empty() && !request.headers().contains_key(http::header::CONTENT_TYPE)
        {
            return body
                .required
                .then(|| {
                    Violation::new(
                        Spot::whole(Part::Body),
                        rule::REQUIRED,
                        "the body is missing",
                    )
                })
                .into_iter()
                .collect();
        }
        let used = content_type(request.headers());
        let media = used
            .as_ref()
            .and_then(|used| Some((media::choose(&body.content, used)?, used)));
        match media {
            Some((media, used)) => {
                self.check_body(media, used, request.body(), Direction::Request, &Part::Body)
            }
            None => vec![Violation::new(
                Spot::whole(Part::ContentType),
                rule::MEDIA_TYPE,
                "the media type of the body is missing, malformed or not declared",
            )],
        }
    }
}

/// The content type of a message; `None` when it is missing or malformed.
pub(crate) fn content_type(headers: &http::HeaderMap) -> Option<ContentType> {
    let text = headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
    ContentType::parse(text)
}

//! Request bodies where HTTP gives them no meaning (OpenAPI 3.1 §4.8.10, RFC 9110 §9.3).

use super::operations;
use crate::diagnostic::codes;
use crate::{Api, Diagnostics};

/// Reports bodies of GET, HEAD and DELETE.
pub(super) fn check_expected(api: &Api, sink: &mut Diagnostics) {
    for operation in operations::all(api) {
        let is_odd = matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE");
        // A body that must hold nothing, as generators of documents write it, is no body.
        let body = operation
            .body
            .as_ref()
            .filter(|body| is_odd && !body.content.is_empty());
        if let Some(body) = body {
            let message = format!(
                "{} has a request body, which HTTP gives no meaning",
                operation.method
            );
            let diagnostic = codes::BODY_UNEXPECTED.at(&body.place, message);
            sink.push(diagnostic.help("send the values as query parameters, or use POST"));
        }
    }
}

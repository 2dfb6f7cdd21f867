//! What names of things look like: components, headers, media types, paths, statuses.

use super::object::Names;
use crate::diagnostic::codes;

/// Any name.
pub(super) static ANY: Names = Names {
    accept: |_| true,
    expected: "a name",
    code: &codes::NAME_MALFORMED,
};

/// The name of a component (OpenAPI 3.1 §4.8.7.1).
pub(super) static COMPONENT: Names = Names {
    accept: |name| {
        let is_good = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        !name.is_empty() && name.chars().all(is_good)
    },
    expected: "a name of letters, digits, `.`, `-` and `_`",
    code: &codes::NAME_MALFORMED,
};

/// The name of a header (RFC 9110 §5.1).
pub(super) static HEADER: Names = Names {
    accept: is_token,
    expected: "a header name: letters, digits and !#$%&'*+-.^_`|~",
    code: &codes::NAME_MALFORMED,
};

/// A media type or range (RFC 9110 §8.3.1, §12.5.1).
pub(super) static MEDIA_TYPE: Names = Names {
    accept: is_media_range,
    expected: "a media type such as `application/json`",
    code: &codes::MEDIA_TYPE_MALFORMED,
};

/// The key of a path (OpenAPI 3.1 §4.8.8.1).
pub(super) static PATH: Names = Names {
    accept: |name| name.starts_with('/'),
    expected: "a path: it does not start with `/`",
    code: &codes::KEY_UNKNOWN,
};

/// The key of a response (OpenAPI 3.1 §4.8.16.2).
pub(super) static STATUS: Names = Names {
    accept: |name| {
        matches!(
            name.as_bytes(),
            b"default" | [b'1'..=b'5', b'X', b'X'] | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']
        )
    },
    expected: "a status: `200`, `2XX` or `default`",
    code: &codes::VALUE_UNKNOWN,
};

/// A method without a key of its own (OpenAPI 3.2 §4.9.1).
pub(super) static OTHER_METHOD: Names = Names {
    accept: |name| is_token(name) && !OWN_METHODS.contains(&name),
    expected: "a method without a key of its own beside `additionalOperations`",
    code: &codes::METHOD_MISPLACED,
};

const OWN_METHODS: [&str; 9] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
];

/// Whether a text is a token (RFC 9110 §5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_good)
}

fn is_media_range(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

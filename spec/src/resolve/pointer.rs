//! JSON Pointers (RFC 6901), as they stand in URI fragments: percent-encoded.

use std::borrow::Cow;

use super::Node;

/// The decoded tokens of a pointer.
pub(super) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// A token as it stands in the document (RFC 6901 §4).
pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// Percent-decodes a fragment or a path; what is not valid UTF-8 afterwards stays as it was.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let decoded = (first == b'%')
            .then(|| text_of(tail.get(..2)?))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Follows a pointer; the deepest node that it reached together with the token that was not there, otherwise.
pub(super) fn follow<'a>(root: Node<'a>, pointer: &str) -> Result<Node<'a>, (Node<'a>, String)> {
    let mut node = root;
    for token in tokens(pointer) {
        let value = match node.value {
            crate::Value::Array(items) => token
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index)),
            value => value.get(token.as_ref()),
        };
        let Some(value) = value else {
            return Err((node, token.into_owned()));
        };
        node = node.child(&token, value).entered();
    }
    Ok(node)
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{percent_decode, tokens};

    #[test]
    fn tokens_are_unescaped() {
        let found: Vec<_> = tokens("/paths/~1pets~1{id}/a~0b/").collect();
        assert_eq!(found, ["paths", "/pets/{id}", "a~b", ""]);
    }

    #[test]
    fn percent_encoding_is_undone_where_it_is_valid() {
        assert_eq!(percent_decode("%7Bid%7D"), "{id}");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%e2%82%ac"), "%zz€");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}

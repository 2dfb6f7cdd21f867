//! Percent-encoding (RFC 3986 §2.1).

use std::borrow::Cow;

/// Which characters stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// The unreserved ones (RFC 3986 §2.3).
    Unreserved,
    /// The reserved ones as well, and what is percent-encoded already (RFC 6570 §3.2.3), but for those that would end
    /// a value in a query: `#`, `&` and `+`.
    Reserved,
    /// Every character.
    All,
}

/// Encodes `text`; most texts stay as they are.
pub(super) fn encode(text: &str, keep: Keep) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let stays = |at: usize| {
        is_unreserved(bytes[at])
            || (keep == Keep::Reserved && (is_kept(bytes[at]) || is_triplet(&bytes[at..])))
    };
    if keep == Keep::All || (0..bytes.len()).all(stays) {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(text.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if stays(at) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(hexadecimal(byte >> 4));
            encoded.push(hexadecimal(byte & 15));
        }
    }
    Cow::Owned(encoded)
}

fn is_unreserved(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~')
}

fn is_kept(byte: u8) -> bool {
    // A slash is by far the most common.
    byte == b'/' || b":?[]@!$'()*,;=".contains(&byte)
}

fn is_triplet(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn hexadecimal(digit: u8) -> char {
    char::from(if digit < 10 {
        b'0' + digit
    } else {
        b'A' + digit - 10
    })
}

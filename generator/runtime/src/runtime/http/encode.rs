//! Percent-encoding (RFC 3986 §2.1).

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

/// Encodes `text`.
pub(super) fn encode(text: &str, keep: Keep) -> String {
    if keep == Keep::All {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let stays = is_unreserved(byte)
            || (keep == Keep::Reserved && (is_kept(byte) || is_triplet(&bytes[at..])));
        if stays {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(hexadecimal(byte >> 4));
            encoded.push(hexadecimal(byte & 15));
        }
    }
    encoded
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_kept(byte: u8) -> bool {
    b":/?[]@!$'()*,;=".contains(&byte)
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

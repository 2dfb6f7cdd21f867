//! Percent-encoding (RFC 3986 §2.1).

/// Which characters stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Only the unreserved ones (RFC 3986 §2.3).
    Unreserved,
    /// The reserved ones as well, less those that would end or split the value in a query or a path.
    Reserved,
}

/// Encodes a text.
pub(crate) fn encode(text: &str, keep: Keep) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte, keep) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(hex(byte >> 4));
            encoded.push(hex(byte & 15));
        }
    }
    encoded
}

/// Decodes a text; `None` for a broken escape or for bytes that are not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte == b'%' {
            let (high, low) = (digit(*tail.first()?)?, digit(*tail.get(1)?)?);
            bytes.push(high << 4 | low);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Decodes a part of a query, where `+` is a space as in forms.
pub(crate) fn decode_query(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}

fn stays(byte: u8, keep: Keep) -> bool {
    byte.is_ascii_alphanumeric()
        || b"-._~".contains(&byte)
        || (keep == Keep::Reserved && b":@!$'()*,;".contains(&byte))
}

fn hex(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble)])
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["", "a b", "ü/?#&=+%", "日本", "a,b|c;d"] {
            assert_eq!(
                decode(&encode(text, Keep::Unreserved)).as_deref(),
                Some(text)
            );
            assert_eq!(
                decode_query(&encode(text, Keep::Reserved)).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn broken_escapes_are_refused() {
        for text in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}

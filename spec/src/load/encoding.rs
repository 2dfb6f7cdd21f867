//! Bytes to text: UTF-8, and UTF-16, which YAML allows as well (YAML 1.2 §5.2).

/// The text of a file, or the byte at which it is none.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, usize> {
    if let Some(unit) = utf16(&bytes) {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        return text.map_err(|_| 0);
    }
    String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to())
}

/// How two bytes are one unit, told by the byte order mark or by the zeros beside the first character, which is ASCII.
fn utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    match bytes {
        [0xff, 0xfe, ..] | [1..=0x7f, 0, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, 1..=0x7f, ..] => Some(u16::from_be_bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn both_encodings_are_read() {
        let little: Vec<u8> = "\u{feff}a: ä"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "a: ä".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(little).as_deref(), Ok("\u{feff}a: ä"));
        assert_eq!(decode(big).as_deref(), Ok("a: ä"));
        assert_eq!(decode("a: ä".into()).as_deref(), Ok("a: ä"));
        assert_eq!(decode(b"ab\xff".to_vec()), Err(2));
    }
}

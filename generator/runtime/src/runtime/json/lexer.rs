//! The words of JSON: white space, numbers, strings and literals (RFC 8259 §2, §6, §7).

use std::borrow::Cow;

/// What is wrong with a word, and the byte at which that shows.
pub(crate) struct Flaw {
    pub(crate) expected: &'static str,
    pub(crate) offset: usize,
}

/// The position of the first byte at or after `at` that is not white space.
pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// The integer that starts at `start`, and the position after it, where it has at most eighteen digits and neither
/// fraction nor exponent: most numbers do.
pub(crate) fn short_integer(bytes: &[u8], start: usize) -> Option<(i64, usize)> {
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let (mut value, mut at) = (0, first);
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        if at == first + 18 {
            return None;
        }
        value = value * 10 + i64::from(digit - b'0');
        at += 1;
    }
    let whole = !matches!(bytes.get(at), Some(b'.' | b'e' | b'E'));
    let plain = at > first && (at == first + 1 || bytes[first] != b'0');
    (whole && plain).then_some((if negative { -value } else { value }, at))
}

/// The position after the number that starts at `start`, and whether it is spelled without fraction and exponent.
pub(crate) fn number_end(bytes: &[u8], start: usize) -> Result<(usize, bool), Flaw> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        _ => digits_end(bytes, at)?,
    };
    let mut plain = true;
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
        plain = false;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let signed = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = digits_end(bytes, at + 1 + usize::from(signed))?;
        plain = false;
    }
    Ok((at, plain))
}

/// The position after one digit or more.
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, Flaw> {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == start {
        return Err(Flaw {
            expected: "a digit",
            offset: start,
        });
    }
    Ok(at)
}

/// The text of the string whose opening quote stands at `start`, and the position after its closing quote.
pub(crate) fn string(text: &str, start: usize) -> Result<(Cow<'_, str>, usize), Flaw> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut from = at;
    let mut unescaped: Option<String> = None;
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'"') => break,
            Some(b'\\') => {
                let buffer = unescaped
                    .get_or_insert_with(|| String::with_capacity(close(bytes, at) - start));
                buffer.push_str(&text[from..at]);
                let (character, next) = escape(bytes, at)?;
                buffer.push(character);
                (at, from) = (next, next);
            }
            Some(_) => {
                return Err(Flaw {
                    expected: "no bare control character in a string",
                    offset: at,
                });
            }
            None => {
                return Err(Flaw {
                    expected: "the end of a string",
                    offset: at,
                });
            }
        }
    }
    let rest = &text[from..at];
    let whole = match unescaped {
        Some(buffer) => Cow::Owned(buffer + rest),
        None => Cow::Borrowed(rest),
    };
    Ok((whole, at + 1))
}

/// The position of the quote that closes a string, or of what ends it otherwise.
fn close(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = plain_end(bytes, at);
        if bytes.get(at) != Some(&b'\\') {
            return at;
        }
        at += 2;
    }
}

/// The position of the first byte that is not an ordinary part of a string: eight bytes at a time, then one by one.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let special = specials(u64::from_le_bytes(*eight));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// The highest bit of each of eight bytes that is a quote, a backslash or a control character. What stands after the
/// first of them may be wrong, because subtractions borrow from the byte after.
fn specials(eight: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(EACH * u64::from(limit));
    let is = |byte: u8| below(eight ^ (EACH * u64::from(byte)), 1);
    // Bytes beyond ASCII have their highest bit from the start.
    (below(eight, 0x20) | is(b'"') | is(b'\\')) & !eight & (EACH << 7)
}

/// The character that the escape at `at` stands for, and the position after it.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Flaw> {
    let character = match bytes.get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(bytes, at),
        _ => {
            return Err(Flaw {
                expected: "an escape",
                offset: at,
            });
        }
    };
    Ok((character, at + 2))
}

/// A `\uXXXX`, or the two that make a surrogate pair; half a pair is no character (RFC 8259 §8.2).
fn unicode_escape(bytes: &[u8], at: usize) -> Result<(char, usize), Flaw> {
    let first = unit(bytes, at)?;
    let lone = Flaw {
        expected: "a whole surrogate pair",
        offset: at,
    };
    if let Some(character) = char::from_u32(first) {
        return Ok((character, at + 6));
    }
    if first >= 0xDC00 || bytes.get(at + 6) != Some(&b'\\') || bytes.get(at + 7) != Some(&b'u') {
        return Err(lone);
    }
    let second = unit(bytes, at + 6)?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err(lone);
    }
    let scalar = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(scalar)
        .map(|character| (character, at + 12))
        .ok_or(lone)
}

/// The four hexadecimal digits of the escape at `at`.
fn unit(bytes: &[u8], at: usize) -> Result<u32, Flaw> {
    let flaw = Flaw {
        expected: "four hexadecimal digits",
        offset: at,
    };
    let Some(digits) = bytes.get(at + 2..at + 6) else {
        return Err(flaw);
    };
    let mut unit = 0;
    for &digit in digits {
        match char::from(digit).to_digit(16) {
            Some(value) => unit = unit * 16 + value,
            None => return Err(flaw),
        }
    }
    Ok(unit)
}

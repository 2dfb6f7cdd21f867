//! Formats that refer: URIs and IRIs, their templates, and JSON Pointers.

/// A URI (RFC 3986 §3), or an IRI (RFC 3987 §2.2) where it is `international`: a scheme, a colon, and what may follow.
pub(super) fn is_uri(text: &str, international: bool) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && is_spelled(text, international)
}

/// A URI or what is relative to one (RFC 3986 §4.1), whose first segment has no colon.
pub(super) fn is_reference(text: &str, international: bool) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') {
        is_uri(text, international)
    } else {
        is_spelled(text, international)
    }
}

/// Whether there are only characters that a URI may have, and brackets of a host in pairs. Brackets elsewhere are taken,
/// because many servers write them.
fn is_spelled(text: &str, international: bool) -> bool {
    let may_have = |character: char| {
        character.is_ascii_alphanumeric()
            || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
            || international && character >= '\u{a0}'
    };
    let authority = text.split_once("//").map_or("", |(_, after)| after);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    text.chars().all(may_have)
        && is_escaped(text)
        && authority.matches('[').count() == authority.matches(']').count()
}

/// Whether each `%` stands before two hexadecimal digits.
fn is_escaped(text: &str) -> bool {
    let hexadecimal = |after: &str| {
        let mut digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit);
        digits.next().and(digits.next()).is_some()
    };
    text.split('%').skip(1).all(hexadecimal)
}

/// A template of URIs (RFC 6570 §2): literals, and expressions in braces.
pub(super) fn is_template(text: &str) -> bool {
    let mut parts = text.split('{');
    let is_part = |part: &str| {
        part.split_once('}')
            .is_some_and(|(inside, after)| is_expression(inside) && is_literal(after))
    };
    parts.next().is_none_or(is_literal) && parts.all(is_part)
}

fn is_literal(text: &str) -> bool {
    let forbidden = |character: char| {
        character.is_control() || character == ' ' || "\"<>\\^`{|}".contains(character)
    };
    !text.contains(forbidden) && is_escaped(text)
}

/// An operator, those that are reserved included, and variables, which may have a prefix or a star.
fn is_expression(text: &str) -> bool {
    let variables = text.strip_prefix(|first| "+#./;?&=,!@|".contains(first));
    variables.unwrap_or(text).split(',').all(|variable| {
        let (name, prefix) = variable.split_once(':').unwrap_or((variable, "1"));
        let name = name.strip_suffix('*').unwrap_or(name);
        let prefix =
            !prefix.starts_with('0') && prefix.parse().is_ok_and(|length: u16| length < 10_000);
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"_%".contains(&byte);
        let word = |word: &str| !word.is_empty() && word.bytes().all(known);
        prefix && name.split('.').all(word) && is_escaped(name)
    })
}

/// A JSON Pointer (RFC 6901 §3): nothing, or steps after slashes, with `~` only in `~0` and `~1`.
pub(super) fn is_pointer(text: &str) -> bool {
    let escaped = |after: &str| after.starts_with(['0', '1']);
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(escaped)
}

/// A relative JSON Pointer (draft-bhutton-relative-json-pointer-00 §3): levels to go up, places to move in an array, and
/// a pointer, or `#` for the key.
pub(super) fn is_relative_pointer(text: &str) -> bool {
    let Some((_, rest)) = number(text) else {
        return false;
    };
    let moved = rest.strip_prefix(['+', '-']).map(number);
    let rest = match moved {
        None => rest,
        Some(Some((places, rest))) if places != "0" => rest,
        Some(_) => return false,
    };
    rest == "#" || is_pointer(rest)
}

/// The number that a text starts with, without zeros in front, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let plain = !digits.is_empty() && (digits == "0" || !digits.starts_with('0'));
    plain.then_some((digits, rest))
}

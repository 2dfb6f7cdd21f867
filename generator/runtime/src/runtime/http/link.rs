//! The header `Link` (RFC 8288 §3).

/// The target of the first link with the relation `next`.
pub(super) fn next(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, after) = link.split_once('>')?;
        let end = until(after, ',');
        let mut parameters = &after[..end];
        while !parameters.is_empty() {
            let one = until(parameters, ';');
            if is_next(&parameters[..one]) {
                return Some(target.trim());
            }
            parameters = parameters.get(one + 1..).unwrap_or_default();
        }
        rest = &after[end..];
    }
    None
}

/// Where a text has a character outside of quotes, or else its end.
fn until(text: &str, stop: char) -> usize {
    let mut quoted = false;
    let stops = |(_, c): &(usize, char)| {
        quoted ^= *c == '"';
        *c == stop && !quoted
    };
    let found = text.char_indices().find(stops);
    found.map_or(text.len(), |(at, _)| at)
}

/// Whether a parameter lists the relation `next`; relations are compared without case (RFC 8288 §2.1.1).
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|one| one.eq_ignore_ascii_case("next"))
}

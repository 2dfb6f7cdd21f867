//! Paths with parameters, taken apart.

/// The last word of a path that is no parameter.
pub(super) fn noun(path: &str) -> &str {
    let mut words = path.rsplit('/').filter(|word| !word.contains('{'));
    words.next().unwrap_or_default()
}

/// Each parameter of a path with the path up to it.
pub(crate) fn prefixes(path: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = path[start..].find('{').map(|at| start + at) {
        let Some(close) = path[open..].find('}').map(|at| open + at) else {
            break;
        };
        found.push((&path[open + 1..close], &path[..=close]));
        start = close + 1;
    }
    found
}

/// A path without the names of its parameters, which may differ from operation to operation, and without the slash at its
/// end, which some servers have everywhere.
pub(crate) fn anonymous(path: &str) -> String {
    let mut pieces = path.trim_end_matches('/').split('{');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str("{}");
        plain.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart_at_their_parameters() {
        let found = prefixes("/a/{b}/c/{d}");
        assert_eq!(found, [("b", "/a/{b}"), ("d", "/a/{b}/c/{d}")]);
        assert_eq!(anonymous("/a/{b}/c/{d}.json"), "/a/{}/c/{}.json");
        assert_eq!(anonymous("/a/{b}/"), "/a/{}");
        assert_eq!(noun("/a/{b}/c"), "c");
    }
}

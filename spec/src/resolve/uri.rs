//! URI references (RFC 3986 §5), as far as documents refer to each other.

/// Splits a reference into the part before `#` and the fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// Whether a reference starts with a scheme (RFC 3986 §3.1) of at least two letters, so that `C:\` is none.
pub(super) fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Whether a URL is one of the web.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    })
}

/// Resolves a reference without a fragment against a base (RFC 3986 §5.2).
pub(super) fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let base = split(base).0;
    if reference.is_empty() {
        return base.to_owned();
    }
    let authority = base.find("://").map_or(0, |at| {
        let rest = &base[at + 3..];
        at + 3 + rest.find('/').unwrap_or(rest.len())
    });
    let (prefix, path) = base.split_at(authority);
    if reference.starts_with('/') {
        return format!("{prefix}{}", without_dots(reference));
    }
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let folder = if folder.is_empty() && authority > 0 {
        "/"
    } else {
        folder
    };
    format!("{prefix}{}", without_dots(&format!("{folder}{reference}")))
}

/// Removes `.` and `..` segments (RFC 3986 §5.2.4); a relative path keeps the `..` that lead out of it.
pub(super) fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if kept
                .last()
                .is_some_and(|last| !last.is_empty() && *last != "..") =>
            {
                kept.pop();
            }
            ".." if path.starts_with('/') => {}
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, join, without_dots};

    #[test]
    fn references_are_joined() {
        let base = "https://a.example/x/y.json";
        assert_eq!(join(base, "z.json"), "https://a.example/x/z.json");
        assert_eq!(join(base, "../z.json"), "https://a.example/z.json");
        assert_eq!(join(base, "/z"), "https://a.example/z");
        assert_eq!(join(base, ""), base);
        assert_eq!(join("https://a.example", "z"), "https://a.example/z");
        assert_eq!(join("pets", "cats"), "cats");
        assert_eq!(join(base, "urn:x"), "urn:x");
    }

    #[test]
    fn dots_are_removed() {
        assert_eq!(without_dots("a/./b/../c"), "a/c");
        assert_eq!(without_dots("../../a"), "../../a");
        assert_eq!(without_dots("/../a"), "/a");
    }

    #[test]
    fn a_drive_is_no_scheme() {
        assert!(has_scheme("http://a"));
        assert!(!has_scheme("C:\\a.yaml"));
        assert!(!has_scheme("a/b:c"));
    }
}

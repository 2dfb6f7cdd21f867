//! Patterns that are written as programs write them, between slashes (`/^[a-z]+$/i`).

use super::super::reader::Reader;
use crate::diagnostic::codes;
use crate::resolve::Node;

/// Reads `pattern`. JSON Schema has the bare expression (2020-12 §6.4), and slashes around it would have to be in the value.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<String> {
    let pattern = reader.text(node, "pattern")?;
    let Some(meant) = without_slashes(&pattern) else {
        return Some(pattern);
    };
    let message = format!("nothing matches `{pattern}` as it stands; it is read as `{meant}`");
    let diagnostic = codes::PATTERN_DELIMITED.at(&node.place.child("pattern"), message);
    reader.push(diagnostic.help("write the expression without the slashes around it"));
    Some(meant)
}

/// What is meant, where an anchor beside a slash shows that the slashes are no part of the values: it holds nowhere there.
///
/// Flags that change what matches become modifiers; those about where a search begins or what it returns say nothing here.
fn without_slashes(pattern: &str) -> Option<String> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let anchored = inner.starts_with('^') || (inner.ends_with('$') && !inner.ends_with("\\$"));
    if !anchored || !flags.chars().all(|flag| "dgimsuvy".contains(flag)) {
        return None;
    }
    let modifiers: String = flags.chars().filter(|flag| "ims".contains(*flag)).collect();
    Some(match modifiers.as_str() {
        "" => inner.to_owned(),
        _ => format!("(?{modifiers}:{inner})"),
    })
}

#[cfg(test)]
mod tests {
    use super::without_slashes;

    #[test]
    fn slashes_are_taken_off_where_they_can_be_no_part_of_a_value() {
        let meant = |pattern| without_slashes(pattern).unwrap_or_default();
        assert_eq!(meant("/^[a-z]+$/"), "^[a-z]+$");
        assert_eq!(meant("/^a/g"), "^a");
        assert_eq!(meant("/a$/"), "a$");
        assert_eq!(meant("/^a$/mi"), "(?mi:^a$)");
        assert_eq!(meant("/^a/b$/u"), "^a/b$");
    }

    #[test]
    fn slashes_stay_where_a_value_may_have_them() {
        for pattern in ["^/a/$", "/[a-z]+/", "/^a$/x", "/a\\$/", "/", "//", "/^a"] {
            assert_eq!(without_slashes(pattern), None, "{pattern}");
        }
    }
}

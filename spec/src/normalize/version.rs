//! Which version of the standard a document was written in.

use crate::Diagnostics;
use crate::diagnostic::codes;
use crate::model::Version;
use crate::resolve::Node;

/// The version by the prefix of what `openapi` or `swagger` says.
const VERSIONS: &[(&str, &str, Version)] = &[
    ("swagger", "2.0", Version::V2_0),
    ("openapi", "3.0", Version::V3_0),
    ("openapi", "3.1", Version::V3_1),
    ("openapi", "3.2", Version::V3_2),
];

/// Reads the version; `None` with an error where there is none that is known.
pub(super) fn read(root: &Node<'_>, sink: &mut Diagnostics) -> Option<Version> {
    let Some(node) = root.get("openapi").or_else(|| root.get("swagger")) else {
        let what = if root.value.is_object() {
            "has neither `openapi` nor `swagger`"
        } else {
            "is not an object"
        };
        sink.push(
            codes::VERSION_MISSING
                .at(&root.place, format!("the document {what}"))
                .help("start it with the version of the standard, such as `openapi: 3.1.1`"),
        );
        return None;
    };
    // YAML reads an unquoted `2.0` as a number.
    let text = node
        .value
        .as_str()
        .map_or_else(|| node.value.to_string(), str::to_owned);
    let found = VERSIONS.iter().find(|(_, prefix, _)| {
        text.trim()
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    });
    let Some((_, _, version)) = found else {
        sink.push(
            codes::VERSION_UNSUPPORTED
                .at(&node.place, format!("version {text} is not supported"))
                .help("the versions are 2.0, 3.0, 3.1 and 3.2"),
        );
        return None;
    };
    Some(*version)
}

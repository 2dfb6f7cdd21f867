//! The sources of the runtime crate, as they are copied into each client.

use std::collections::BTreeSet;

use super::parts::resolve;
use crate::ir::RuntimePart;

/// A file of the runtime: its path in the package, and its text.
type Source = (&'static str, &'static str);

/// The files of the runtime for a client that needs `parts`, as paths in the package and their text.
///
/// ```
/// let none = std::collections::BTreeSet::new();
/// let (path, text) = bindery_generator::runtime::sources(&none).next().unwrap();
/// assert_eq!(path, "src/runtime/mod.rs");
/// assert!(text.starts_with("//! "));
/// ```
pub fn sources(parts: &BTreeSet<RuntimePart>) -> impl Iterator<Item = (&'static str, String)> {
    let whole = SOURCES.iter().filter(|(path, _)| is_declared(path, parts));
    whole.map(|(path, text)| (*path, resolve(text, parts)))
}

/// Whether the module that a file lies in declares it.
fn is_declared(path: &str, parts: &BTreeSet<RuntimePart>) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or_default();
    let parent = format!("{folder}/mod.rs");
    let declaration = format!("mod {};", file.trim_end_matches(".rs"));
    let mut sources = SOURCES.iter();
    let parent = sources.find(|(own, _)| *own == parent && *own != path);
    parent.is_none_or(|(_, text)| resolve(text, parts).contains(&declaration))
}

/// Embeds files of the runtime crate. A file in the folder that is not in the list fails a test.
macro_rules! embed {
    ($($path:literal)*) => {
        [$((
            concat!("src/runtime/", $path),
            include_str!(concat!("../../runtime/src/runtime/", $path)),
        )),*]
    };
}

pub(super) static SOURCES: &[Source] = &embed! {
    "mod.rs"
    "blocking.rs"
    "check/collection.rs"
    "check/format.rs"
    "check/json.rs"
    "check/mod.rs"
    "check/number.rs"
    "check/pattern.rs"
    "check/reference.rs"
    "check/rule.rs"
    "check/text.rs"
    "check/violation.rs"
    "http/advance.rs"
    "http/attempt.rs"
    "http/auth.rs"
    "http/base.rs"
    "http/body.rs"
    "http/call.rs"
    "http/clock.rs"
    "http/core.rs"
    "http/download.rs"
    "http/encode.rs"
    "http/error.rs"
    "http/event.rs"
    "http/events.rs"
    "http/execute.rs"
    "http/form.rs"
    "http/headers.rs"
    "http/incoming.rs"
    "http/mod.rs"
    "http/link.rs"
    "http/mock.rs"
    "http/multipart.rs"
    "http/oauth2.rs"
    "http/operation.rs"
    "http/options.rs"
    "http/pagination.rs"
    "http/parameter.rs"
    "http/pause.rs"
    "http/redirect.rs"
    "http/renew.rs"
    "http/reqwest.rs"
    "http/response.rs"
    "http/retry.rs"
    "http/secret.rs"
    "http/sequence.rs"
    "http/spell.rs"
    "http/style.rs"
    "http/token.rs"
    "http/trace.rs"
    "http/transport.rs"
    "http/upload.rs"
    "json/decimal.rs"
    "json/describe.rs"
    "json/error.rs"
    "json/field.rs"
    "json/instant.rs"
    "json/lexer.rs"
    "json/list.rs"
    "json/listed.rs"
    "json/look.rs"
    "json/map.rs"
    "json/mod.rs"
    "json/no_serde.rs"
    "json/number.rs"
    "json/object.rs"
    "json/reader.rs"
    "json/scalar.rs"
    "json/serde.rs"
    "json/text.rs"
    "json/tuple.rs"
    "json/union.rs"
    "json/value.rs"
    "json/writer.rs"
};

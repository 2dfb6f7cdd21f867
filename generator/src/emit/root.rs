//! `lib.rs`.

use quote::quote;

use crate::format::Source;
use crate::ir::{Crate, CredentialKind, Given, Operation, Tag};

/// Emits the root of the crate.
pub(super) fn emit_root(krate: &Crate) -> Source {
    let mut parts = vec![format!(
        "A client of {}.",
        crate::markdown::to_rustdoc(&krate.title)
    )];
    if !krate.docs.is_empty() {
        parts.push(krate.docs.clone());
    }
    parts.extend(example(krate));
    let mut file = Source::new(&parts.join("\n\n"));
    file.lines([
        quote!(
            pub mod api;
        ),
        quote!(
            mod client;
        ),
        quote!(
            pub mod runtime;
        ),
        quote!(
            pub mod types;
        ),
    ]);
    for name in ["Client", "ClientBuilder"] {
        file.export(&format!("self::client::{name}"));
    }
    for name in RUNTIME {
        file.export(&format!("self::runtime::{name}"));
    }
    file
}

/// A first call: of an operation that needs nothing, where there is one.
fn example(krate: &Crate) -> Option<String> {
    let needs_nothing = |operation: &&Operation| {
        let body = operation
            .body
            .as_ref()
            .is_none_or(|body| !matches!(body.given, Given::Argument));
        operation.arguments.is_empty() && body && !operation.deprecated
    };
    let find = |tag: &'_ Tag| {
        tag.operations
            .iter()
            .position(|operation| needs_nothing(&operation))
    };
    let (tag, index) = krate.tags.iter().find_map(|tag| Some((tag, find(tag)?)))?;
    let package = krate.package.replace('-', "_");
    let bearer = krate
        .credentials
        .iter()
        .find(|c| matches!(c.kind, CredentialKind::Http(_)));
    let token = bearer.map(|credential| format!(".{}(\"token\")", credential.name));
    let url = if krate.server.is_some() {
        ""
    } else {
        "\"https://api.example.com\""
    };
    Some(format!(
        "```no_run\n\
         # async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {package}::Client::builder({url}){}.build()?;\n\
         let response = client.{}().{}().send().await?;\n\
         # Ok(())\n\
         # }}\n\
         ```",
        token.unwrap_or_default(),
        tag.module,
        tag.operations[index].name
    ))
}

/// What users of a client meet of the runtime.
const RUNTIME: &[&str] = &[
    "Body",
    "BuildError",
    "Date",
    "DateTime",
    "DecodeError",
    "Error",
    "ErrorKind",
    "Field",
    "File",
    "Items",
    "Json",
    "Map",
    "Number",
    "Pages",
    "RawResponse",
    "Secret",
    "Time",
    "Transport",
    "TransportError",
    "Uuid",
    "Value",
    "Violation",
    "Violations",
];

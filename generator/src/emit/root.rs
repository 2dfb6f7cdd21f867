//! `lib.rs`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::example::{effort, fenced, spell};
use crate::format::Source;
use crate::ir::{Crate, Credential, CredentialKind, Operation, RuntimePart, Tag};

/// Emits the root of the crate.
pub(super) fn emit_root(krate: &Crate) -> Source {
    let mut parts = vec![format!(
        "A client of {}.",
        crate::markdown::to_rustdoc(&krate.subject)
    )];
    if !krate.docs.is_empty() {
        parts.push(krate.docs.clone());
    }
    parts.extend(first_call(krate));
    parts.extend(guide(krate));
    let mut file = Source::new(&parts.join("\n\n"));
    if let Some(limit) = krate.recursion_limit {
        file.attribute(format!("#![recursion_limit = \"{limit}\"]"));
    }
    let modules = [
        ("api", true),
        ("client", false),
        ("foreign", false),
        ("runtime", true),
        ("types", true),
    ];
    let modules = modules.into_iter();
    let modules = modules.filter(|(name, _)| *name != "foreign" || !krate.foreign.is_empty());
    file.lines(modules.map(|(name, public)| module(name, public)));
    file.lines([
        quote! {
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            pub use self::runtime::blocking;
        },
        quote!(
            #[cfg(feature = "mocks")]
            pub use self::runtime::http::mock;
        ),
    ]);
    for name in ["Client", "ClientBuilder"] {
        file.export(&format!("self::client::{name}"));
    }
    let has = |part: &Option<RuntimePart>| part.is_none_or(|part| krate.parts.contains(&part));
    for name in RUNTIME
        .iter()
        .filter(|(part, _)| has(part))
        .flat_map(|(_, names)| *names)
    {
        file.export(&format!("self::runtime::{name}"));
    }
    file
}

/// Declares a module. What is emitted has the generator's layout: rustfmt would break some lines elsewhere, and another
/// version of it elsewhere again. The runtime comes as it was written.
fn module(name: &str, public: bool) -> TokenStream {
    let (ident, visibility) = (format_ident!("{name}"), public.then(|| quote!(pub)));
    let skip = (name != "runtime").then(|| {
        let skip = [format_ident!("rustfmt"), format_ident!("skip")];
        quote!(#[#(#skip)::*])
    });
    quote!(#skip #visibility mod #ident;)
}

/// The operation that asks for least, and of those one that reads.
fn easiest(krate: &Crate, counts: fn(&Operation) -> bool) -> Option<(&Tag, &Operation)> {
    let all = krate.tags.iter().flat_map(|tag| {
        let operations = tag.operations.iter();
        operations.map(move |operation| (tag, operation))
    });
    let counting = all.filter(|(_, operation)| counts(operation));
    counting.min_by_key(|(_, operation)| {
        let (unnamed, arguments) = effort(operation);
        let writes = operation.method != "GET";
        (operation.deprecated, unnamed, writes, arguments)
    })
}

/// A first call.
fn first_call(krate: &Crate) -> Option<String> {
    let (tag, operation) = easiest(krate, |_| true)?;
    let call = spell(krate, tag, operation);
    let package = krate.package.replace('-', "_");
    let credentials = credentials(krate, operation);
    let url = if krate.server.is_some() {
        ""
    } else {
        "\"https://api.example.com\""
    };
    let client = format!("let client = {package}::Client::builder({url}){credentials}.build()?;");
    Some(fenced(
        &call.declared,
        &format!("{client}\n{}", call.sent(operation)),
    ))
}

/// The settings of the credentials that a call needs, by the first way of the document that needs any.
fn credentials(krate: &Crate, operation: &Operation) -> String {
    let needed = operation.security.iter().find(|way| !way.is_empty());
    let needed = needed
        .into_iter()
        .flatten()
        .map(|index| &krate.credentials[*index]);
    let setting = |credential: &Credential| match credential.kind {
        CredentialKind::Basic => format!(".{}(\"user\", \"password\")", credential.name),
        CredentialKind::Http(_) => format!(".{}(\"token\")", credential.name),
        _ => format!(".{}(\"key\")", credential.name),
    };
    needed.map(setting).collect()
}

/// What holds for all calls: how they fail, what authorizes them, and what can be chosen.
fn guide(krate: &Crate) -> Vec<String> {
    let mut parts = vec![
        "# Errors\n\nA call that fails gives an [`Error`]. Its [`kind`](Error::kind) says how far the call came: a call that \
         breaks the document's rules is not sent, and [`violations`](Error::violations) lists all that is wrong. What \
         the document says of a failure is in [`api`](Error::api), by status. [`response`](Error::response) has what \
         came, whatever it is."
            .to_owned(),
    ];
    let settings = krate.credentials.iter().map(|credential| {
        let name = &credential.name;
        format!(
            "[`{}`](ClientBuilder::{name})",
            name.trim_start_matches("r#")
        )
    });
    let settings: Vec<_> = settings.collect();
    if !settings.is_empty() {
        parts.push(format!(
            "# Credentials\n\nThe client is given them once, by {}. Each call takes those that it needs; none is shown in \
             logs, errors and `Debug`.",
            settings.join(", ")
        ));
    }
    parts.extend(pages(krate));
    parts.push(features(krate));
    parts
}

/// How to go through a list.
fn pages(krate: &Crate) -> Option<String> {
    let (tag, operation) = easiest(krate, |operation| operation.pagination.is_some())?;
    let call = spell(krate, tag, operation);
    let client = format!("client: {}::Client", krate.package.replace('-', "_"));
    let items = call.items();
    let example = fenced(
        &[&[client][..], &call.declared].concat(),
        &format!(
            "{items}\nwhile let Some(item) = items.next().await {{\n    println!(\"{{:?}}\", item?);\n}}"
        ),
    );
    Some(format!(
        "# Pages\n\nA call of a list that comes in pages has `pages()` and `items()`: streams that ask for a page when it \
         is wanted, and end where the list ends. [`all`](Items::all) takes what is left at once.\n\n{example}"
    ))
}

fn features(krate: &Crate) -> String {
    let by_tag = krate.tags.iter().find_map(|tag| tag.feature.as_deref());
    let by_tag = by_tag.map_or_else(String::new, |feature| {
        format!(
            "\n- `all-tags` (default): every operation. Without it, each tag has a feature of its own, such as `{feature}`."
        )
    });
    let patterns = if krate.parts.contains(&RuntimePart::Patterns) {
        "- `patterns` (default): checks of texts against patterns.\n"
    } else {
        ""
    };
    format!(
        "# Features\n\n\
         - `rustls` (default) or `native-tls`: who does TLS.\n\
         {patterns}\
         - `blocking`: calls without `async`, by `.send().wait()`.\n\
         - `mocks`: a transport for tests, which answers by operation and keeps what it was asked.\n\
         - `serde`: the traits of serde on all types.{by_tag}"
    )
}

/// What users of a client meet of the runtime: of all clients, and of those that have a part.
const RUNTIME: &[(Option<RuntimePart>, &[&str])] = &[
    (
        None,
        &[
            "Attempt",
            "Body",
            "BuildError",
            "Clock",
            "Date",
            "DateTime",
            "DecodeError",
            "Error",
            "ErrorKind",
            "Field",
            "Json",
            "Map",
            "Number",
            "Observer",
            "Outcome",
            "Pending",
            "RawResponse",
            "Retries",
            "Secret",
            "Time",
            "Transport",
            "TransportError",
            "Upload",
            "Uuid",
            "Value",
            "Violation",
            "Violations",
        ],
    ),
    (
        Some(RuntimePart::Events),
        &["Event", "Events", "Sequence", "StreamError"],
    ),
    (Some(RuntimePart::Multipart), &["File"]),
    (Some(RuntimePart::Pages), &["Items", "Pages"]),
    (Some(RuntimePart::Streams), &["Download"]),
    (
        Some(RuntimePart::Tokens),
        &[
            "OAuth2",
            "Token",
            "TokenContext",
            "TokenEndpoint",
            "TokenError",
            "TokenSource",
        ],
    ),
];

//! The files of operations: one for each tag, and one for the errors.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::call::{defined, emit_call, link};
use super::draft;
use super::response::{emit_choice, emit_errors, emit_headers};
use super::start::{required, start};
use super::text::{docs, gate, ident};
use super::ty::{Named, Types, of_runtime};
use super::types::{declare_module, file_name};
use crate::format::{Draft, Source};
use crate::ir::{Crate, Success, Tag};

/// The module of operations, and the files that they are in.
pub(super) fn emit_api<'k>(krate: &'k Crate, named: &Named<'k>) -> Vec<Draft<'k>> {
    let mut files = vec![
        draft("src/api/mod.rs", || index(krate)),
        draft("src/api/error.rs", {
            let named = Arc::clone(named);
            move || errors(krate, &named)
        }),
    ];
    files.extend(krate.tags.iter().enumerate().map(|(index, tag)| {
        let path = format!("src/api/{}.rs", file_name(&tag.module));
        let named = Arc::clone(named);
        draft(path, move || emit_tag(krate, index, tag, &named))
    }));
    files
}

fn index(krate: &Crate) -> Source {
    let mut index = Source::new("The operations, by tag.");
    let tags = krate.tags.iter();
    let mut modules: Vec<_> = tags
        .map(|tag| (ident(&tag.module), gate(tag.feature.as_deref())))
        .collect();
    if krate.errors.iter().any(|error| error.tag.is_none()) {
        modules.push((quote::format_ident!("error"), TokenStream::new()));
    }
    modules.sort_by(|left, right| left.0.cmp(&right.0));
    index.lines(
        modules
            .iter()
            .map(|(module, gate)| declare_module(module, gate)),
    );
    index.lines(
        modules
            .iter()
            .map(|(module, gate)| quote!(#gate pub use self::#module::*;)),
    );
    index
}

fn errors(krate: &Crate, named: &Named) -> Source {
    let mut file = Source::new(
        "The errors that the document describes: one type for each set of responses that operations have in common.",
    );
    let types = Types::new(krate, krate.errors.iter().map(|error| &error.name));
    file.items(emit_errors(krate, None, &types));
    imports(named, &types, &mut file);
    file
}

fn emit_tag(krate: &Crate, index: usize, tag: &Tag, named: &Named) -> Source {
    let errors = krate.errors.iter();
    let errors = errors
        .filter(|error| error.tag == Some(index))
        .map(|error| &error.name);
    let types = Types::new(krate, defined(tag).into_iter().chain(errors));
    let mut file = Source::new(&tag.docs);
    file.items([accessor(tag), constructors(krate, tag, &types)]);
    file.items(emit_errors(krate, Some(index), &types));
    for operation in &tag.operations {
        file.items(required(tag, operation, &types));
        for (name, variants) in operation.successes().filter_map(Success::choice) {
            file.items([emit_choice(&link(tag, operation), name, variants, &types)]);
        }
        if let Some(headers) = &operation.headers {
            file.items(emit_headers(&link(tag, operation), headers, &types));
        }
        file.items(emit_call(krate, tag, operation, &types));
    }
    imports(named, &types, &mut file);
    file
}

fn accessor(tag: &Tag) -> TokenStream {
    let (name, text) = (ident(&tag.accessor), docs(&tag.docs));
    quote! {
        #text
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'c> { core: &'c Core }
    }
}

fn constructors(krate: &Crate, tag: &Tag, types: &Types) -> TokenStream {
    let name = ident(&tag.accessor);
    let methods = tag
        .operations
        .iter()
        .map(|operation| start(krate, tag, operation, types));
    quote! {
        impl<'c> #name<'c> {
            pub(crate) fn new(core: &'c Core) -> Self {
                Self { core }
            }

            #(#methods)*
        }
    }
}

/// What the items of a file mention decides what it imports.
fn imports(named: &Named, types: &Types, file: &mut Source) {
    file.import_words(|word| match word {
        "Bytes" => Some("bytes::Bytes".to_owned()),
        "HeaderMap" => Some("http::HeaderMap".to_owned()),
        _ => of_runtime(RUNTIME, word).or_else(|| {
            let item = named.get(word)?;
            let imports = types.imports(&item.name);
            imports.then(|| format!("crate::types::{word}"))
        }),
    });
}

/// Whether files of operations import something else under a name that a document may use as well.
pub(super) fn is_imported(name: &str) -> bool {
    let elsewhere = ["Bytes", "HeaderMap", "Pending"];
    elsewhere.contains(&name) || RUNTIME.iter().any(|(own, _)| *own == name)
}

/// The names of the runtime that operations mention.
pub(crate) const RUNTIME: &[(&str, &str)] = &[
    ("Format", "check::Format"),
    ("Rule", "check::Rule"),
    ("ApiError", "http::ApiError"),
    ("Call", "http::Call"),
    ("call_options", "http::call_options"),
    ("Core", "http::Core"),
    ("Encoding", "http::Encoding"),
    ("Headers", "http::Headers"),
    ("Incoming", "http::Incoming"),
    ("Kind", "json::Kind"),
    ("Operation", "http::Operation"),
    ("Paginate", "http::Paginate"),
    ("Parameter", "http::Parameter"),
    ("Spelling", "http::Spelling"),
    ("Style", "http::Style"),
    ("DecodeError", "json::DecodeError"),
    ("Date", "Date"),
    ("DateTime", "DateTime"),
    ("Download", "Download"),
    ("Error", "Error"),
    ("Events", "Events"),
    ("Field", "Field"),
    ("File", "File"),
    ("Items", "Items"),
    ("Map", "Map"),
    ("Number", "Number"),
    ("Pages", "Pages"),
    ("RawResponse", "RawResponse"),
    ("Secret", "Secret"),
    ("Sequence", "Sequence"),
    ("Time", "Time"),
    ("Upload", "Upload"),
    ("Uuid", "Uuid"),
    ("Value", "Value"),
];

#[cfg(test)]
mod tests {
    #[test]
    fn what_files_import_is_no_name_of_what_they_define() {
        let operations = crate::lower::CALL_NAMES;
        for (name, _) in super::RUNTIME {
            let is_type = name.starts_with(char::is_uppercase);
            assert!(!is_type || operations.contains(name), "{name}");
        }
        let types = crate::lower::TYPE_NAMES;
        for (name, _) in super::super::types::RUNTIME {
            let is_type = name.starts_with(char::is_uppercase);
            assert!(!is_type || types.contains(name), "{name}");
        }
    }
}

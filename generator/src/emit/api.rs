//! The files of operations: one for each tag, and one for the errors.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{body_argument, is_always_sent};
use super::call::{defined, emit_call, link};
use super::draft;
use super::response::{emit_choice, emit_errors, emit_headers};
use super::text::{deprecated, docs, gate, ident};
use super::ty::{Named, Types, of_runtime};
use super::types::{declare_module, file_name};
use crate::format::{Draft, Source};
use crate::ir::{Case, Crate, Given, Operation, Presence, Scope, Success, Tag, Type};

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
        .map(|operation| constructor(krate, tag, operation, types));
    quote! {
        impl<'c> #name<'c> {
            pub(crate) fn new(core: &'c Core) -> Self {
                Self { core }
            }

            #(#methods)*
        }
    }
}

/// The method that starts a call: what is required is an argument.
fn constructor(krate: &Crate, tag: &Tag, operation: &Operation, types: &Types) -> TokenStream {
    let (name, builder) = (ident(&operation.name), ident(&operation.builder));
    let text = docs(&format!(
        "{}\n\n{}",
        operation.docs,
        example(krate, tag, operation)
    ));
    let (mut arguments, mut set) = (Vec::new(), Vec::new());
    for parameter in &operation.arguments {
        let (own, constant) = (ident(&parameter.name), ident(&parameter.constant));
        let (ty, value) = types.taken(&parameter.ty, Presence::Required, &parameter.name, false);
        arguments.push(quote!(#own: #ty));
        set.push(quote!(call.parameter(#builder::#constant, &#value);));
    }
    let mut body = None;
    if let Some(own) = &operation.body {
        let (ty, value) = body_argument(own, types);
        if matches!(own.given, Given::Argument) {
            arguments.push(quote!(body: #ty));
            body = Some(if value.to_string() == "body" {
                quote!(body)
            } else {
                quote!(body: #value)
            });
        } else if is_always_sent(own) {
            body = Some(quote!(body: Default::default()));
        } else {
            body = Some(quote!(body: None));
        }
    }
    let body = body.into_iter();
    let old = deprecated(operation.deprecated);
    let server = operation.server.as_ref().map(|url| quote!(.at(#url)));
    let content = if set.is_empty() {
        quote!(#builder { call: Call::new(self.core, #builder::OPERATION) #server #(, #body)* })
    } else {
        quote! {
            let mut call = Call::new(self.core, #builder::OPERATION) #server;
            #(#set)*
            #builder { call #(, #body)* }
        }
    };
    quote! {
        #text
        #old
        pub fn #name(&self, #(#arguments),*) -> #builder<'c> {
            #content
        }
    }
}

/// A call as a user writes it; it is compiled with the docs. Arguments that no literal makes are named.
fn example(krate: &Crate, tag: &Tag, operation: &Operation) -> String {
    let package = krate.package.replace('-', "_");
    let mut hidden = vec![format!("client: {package}::Client")];
    let mut given = Vec::new();
    let mut variables = Scope::new(Case::Snake, &["client"]);
    let body = operation
        .body
        .as_ref()
        .filter(|body| matches!(body.given, Given::Argument));
    let parameters = operation
        .arguments
        .iter()
        .map(|parameter| (&*parameter.name, &parameter.ty));
    for (name, ty) in parameters.chain(body.map(|body| ("body", &body.ty))) {
        match ty {
            Type::String => given.push(format!("\"{}\"", name.trim_start_matches("r#"))),
            Type::Integer(_) => given.push("1".to_owned()),
            Type::Float => given.push("1.0".to_owned()),
            Type::Bool => given.push("true".to_owned()),
            ty => {
                let name = variables.mint(name.trim_start_matches("r#"));
                hidden.push(format!("{name}: {}", public(krate, &package, ty)));
                given.push(name.to_string());
            }
        }
    }
    let result = match &operation.success {
        Success::Same { content: None, .. } => "",
        _ => "let response = ",
    };
    let call = format!(
        "client.{}().{}({})",
        tag.module,
        operation.name,
        given.join(", ")
    );
    format!(
        "```no_run\n# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n{result}{call}.send().await?;\n# Ok(())\n# }}\n```",
        hidden.join(", ")
    )
}

/// A type as a user of the crate writes it.
fn public(krate: &Crate, package: &str, ty: &Type) -> String {
    match ty {
        Type::Item(id) => format!("{package}::types::{}", krate.item(*id).name),
        Type::List(inner) => format!("Vec<{}>", public(krate, package, inner)),
        Type::Nullable(inner) => format!("Option<{}>", public(krate, package, inner)),
        Type::Boxed(inner) => format!("Box<{}>", public(krate, package, inner)),
        Type::Map(inner) => format!("{package}::Map<{}>", public(krate, package, inner)),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(size) => format!("{size:?}").to_lowercase(),
        Type::Float => "f64".to_owned(),
        Type::Value | Type::Number | Type::File => format!("{package}::{ty:?}"),
        Type::Text(text) => format!("{package}::{text:?}"),
        Type::Foreign(path) => path.clone(),
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

//! The files of types.

use std::sync::Arc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::draft;
use super::enumeration::emit_enum;
use super::object::emit_struct;
use super::text::{docs, gate, ident};
use super::tuple::emit_tuple;
use super::ty::{Named, Types, of_runtime};
use super::union::emit_union;
use crate::format::{Draft, Source};
use crate::ir::{Crate, Group, Item, ItemKind};

/// The module that has all types, and the files that they are in.
pub(super) fn emit_types<'k>(krate: &'k Crate, named: &Named<'k>) -> Vec<Draft<'k>> {
    let mut grouped = vec![Vec::new(); krate.groups.len()];
    for item in &krate.items {
        grouped[item.group].push(item);
    }
    let used = krate.groups.iter().zip(grouped).enumerate();
    let used: Vec<_> = used.filter(|(_, (_, items))| !items.is_empty()).collect();
    let groups: Vec<_> = used.iter().map(|(_, (group, _))| *group).collect();
    let mut files = vec![draft("src/types/mod.rs", move || index(&groups))];
    files.extend(used.into_iter().map(|(number, (group, items))| {
        let path = format!("src/types/{}.rs", file_name(&group.module));
        let named = Arc::clone(named);
        draft(path, move || {
            let mut file = emit_group(krate, group, &items);
            imports(&named, number, &mut file);
            file
        })
    }));
    files
}

fn index(groups: &[&Group]) -> Source {
    let mut index = Source::new("The types of the document.");
    index.lines(
        groups
            .iter()
            .map(|group| declare_module(&ident(&group.module), &gate(group.feature.as_deref()))),
    );
    index.lines(groups.iter().map(|group| {
        let (module, gate) = (ident(&group.module), gate(group.feature.as_deref()));
        quote!(#gate pub use self::#module::*;)
    }));
    index
}

fn emit_group(krate: &Crate, group: &Group, items: &[&Item]) -> Source {
    let mut file = Source::new(&group.docs);
    let types = Types::new(krate, []);
    for item in items {
        file.items(emit_item(item, &types));
    }
    file
}

/// Declares a module. Rust looks for the file by itself only when its name is ASCII.
pub(super) fn declare_module(module: &Ident, gate: &TokenStream) -> TokenStream {
    let name = module.to_string();
    let path = (!name.is_ascii()).then(|| {
        let file = format!("{}.rs", file_name(&name));
        quote!(#[path = #file])
    });
    quote!(#gate #path mod #module;)
}

/// The file of a module: a raw identifier has a file without the mark.
pub(super) fn file_name(module: &str) -> &str {
    module.trim_start_matches("r#")
}

fn emit_item(item: &Item, types: &Types) -> Vec<TokenStream> {
    match &item.kind {
        ItemKind::Struct(body) => emit_struct(item, body, types),
        ItemKind::Enum(listed) => emit_enum(item, listed),
        ItemKind::Union(union) => [emit_union(item, union, types), vec![serde(item)]].concat(),
        ItemKind::Tuple(tuple) => emit_tuple(item, tuple, types),
        ItemKind::Alias(ty) => {
            let (name, text, ty) = (ident(&item.name), docs(&item.docs), types.local(ty));
            vec![quote!(#text pub type #name = #ty;)]
        }
    }
}

/// The traits of serde, with the feature of that name. An object has them from its description.
fn serde(item: &Item) -> TokenStream {
    let name = ident(&item.name);
    quote!(json_serde!(#name);)
}

/// What the items of a file mention decides what it imports.
fn imports(named: &Named, group: usize, file: &mut Source) {
    file.import_words(|word| match named.get(word) {
        Some(item) => (item.group != group).then(|| format!("super::{word}")),
        None if word == "fmt" => Some("std::fmt".to_owned()),
        None => of_runtime(RUNTIME, word),
    });
}

/// The names of the runtime that types mention.
pub(super) const RUNTIME: &[(&str, &str)] = &[
    ("Checker", "check::Checker"),
    ("Format", "check::Format"),
    ("Rule", "check::Rule"),
    ("Multipart", "http::Multipart"),
    ("DecodeError", "json::DecodeError"),
    ("Key", "json::Key"),
    ("Kind", "json::Kind"),
    ("Reader", "json::Reader"),
    ("Writer", "json::Writer"),
    ("json_integers", "json::json_integers"),
    ("json_object", "json::json_object"),
    ("json_serde", "json::json_serde"),
    ("json_strings", "json::json_strings"),
    ("json_tuple", "json::json_tuple"),
    ("Date", "Date"),
    ("DateTime", "DateTime"),
    ("Field", "Field"),
    ("File", "File"),
    ("Json", "Json"),
    ("Map", "Map"),
    ("Number", "Number"),
    ("Secret", "Secret"),
    ("Time", "Time"),
    ("Uuid", "Uuid"),
    ("Value", "Value"),
];

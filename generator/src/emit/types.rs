//! The files of types.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::draft;
use super::enumeration::emit_enum;
use super::object::emit_struct;
use super::text::{docs, ident};
use super::ty::Types;
use super::union::emit_union;
use crate::format::{Draft, Source};
use crate::ir::{Crate, Group, Item, ItemKind, Name};

/// The module that has all types, and the files that they are in.
pub(super) fn emit_types(krate: &Crate) -> Vec<Draft<'_>> {
    let mut grouped = vec![Vec::new(); krate.groups.len()];
    for item in &krate.items {
        grouped[item.group].push(item);
    }
    let used = krate.groups.iter().zip(grouped).enumerate();
    let used: Vec<_> = used.filter(|(_, (_, items))| !items.is_empty()).collect();
    let modules: Vec<_> = used.iter().map(|(_, (group, _))| &group.module).collect();
    let mut files = vec![draft("src/types/mod.rs", move || index(&modules))];
    files.extend(used.into_iter().map(|(number, (group, items))| {
        let path = format!("src/types/{}.rs", file_name(&group.module));
        draft(path, move || emit_group(krate, number, group, &items))
    }));
    files
}

fn index(modules: &[&Name]) -> Source {
    let modules: Vec<_> = modules.iter().map(|module| ident(module)).collect();
    let mut index = Source::new("The types of the document.");
    index.lines(modules.iter().map(declare_module));
    index.lines(
        modules
            .iter()
            .map(|module| quote!(pub use self::#module::*;)),
    );
    index
}

fn emit_group(krate: &Crate, number: usize, group: &Group, items: &[&Item]) -> Source {
    let mut file = Source::new(&group.docs);
    let types = Types::new(krate, Vec::new());
    for item in items {
        file.items(emit_item(item, &types));
    }
    imports(krate, number, items, &mut file);
    file
}

/// Declares a module. Rust looks for the file by itself only when its name is ASCII.
pub(super) fn declare_module(module: &Ident) -> TokenStream {
    let name = module.to_string();
    let path = (!name.is_ascii()).then(|| {
        let file = format!("{}.rs", file_name(&name));
        quote!(#[path = #file])
    });
    quote!(#path mod #module;)
}

/// The file of a module: a raw identifier has a file without the mark.
pub(super) fn file_name(module: &str) -> &str {
    module.trim_start_matches("r#")
}

fn emit_item(item: &Item, types: &Types) -> Vec<TokenStream> {
    match &item.kind {
        ItemKind::Struct(body) => emit_struct(item, body, types),
        ItemKind::Enum(listed) => emit_enum(item, listed),
        ItemKind::Union(union) => emit_union(item, union, types),
        ItemKind::Alias(ty) => {
            let (name, text, ty) = (ident(&item.name), docs(&item.docs), types.local(ty));
            vec![quote!(#text pub type #name = #ty;)]
        }
    }
}

/// What the items of a file mention decides what it imports.
fn imports(krate: &Crate, group: usize, items: &[&Item], file: &mut Source) {
    let words = file.words();
    if words.contains("fmt") {
        file.import("std::fmt");
    }
    let own: BTreeSet<&str> = items.iter().map(|item| &*item.name).collect();
    let others = krate.items.iter().filter(|item| item.group != group);
    for item in others.filter(|item| words.contains(&*item.name) && !own.contains(&*item.name)) {
        file.import(&format!("super::{}", item.name));
    }
    for (name, path) in RUNTIME {
        if words.contains(*name) && !own.contains(name) {
            file.import(&format!("crate::runtime::{path}"));
        }
    }
}

/// The names of the runtime that types mention.
const RUNTIME: &[(&str, &str)] = &[
    ("Checker", "check::Checker"),
    ("Format", "check::Format"),
    ("Rule", "check::Rule"),
    ("Multipart", "http::Multipart"),
    ("DecodeError", "json::DecodeError"),
    ("Key", "json::Key"),
    ("Kind", "json::Kind"),
    ("Reader", "json::Reader"),
    ("Writer", "json::Writer"),
    ("json_object", "json::json_object"),
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

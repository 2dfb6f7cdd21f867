//! Uses of types, as tokens.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::ident;
use crate::ir::{Crate, Integer, Item, Name, Presence, Text, Type};

/// The types by their names, for files that know which words they mention.
pub(super) type Named<'k> = Arc<HashMap<&'k str, &'k Item>>;

/// Every type of a crate by its name.
pub(super) fn named(krate: &Crate) -> Named<'_> {
    let items = krate.items.iter();
    Arc::new(items.map(|item| (&*item.name, item)).collect())
}

/// What a word stands for that is one of the `names` of the runtime.
pub(super) fn of_runtime(names: &[(&str, &str)], word: &str) -> Option<String> {
    let (_, path) = names.iter().find(|(name, _)| *name == word)?;
    Some(format!("crate::runtime::{path}"))
}

/// How a file refers to types: those of the crate whose names it uses for other things go by their path.
pub(super) struct Types<'a> {
    krate: &'a Crate,
    taken: HashSet<&'a Name>,
}

impl<'a> Types<'a> {
    /// A file that uses `taken` names for other things.
    pub(super) fn new(krate: &'a Crate, taken: impl IntoIterator<Item = &'a Name>) -> Self {
        let taken = taken.into_iter().collect();
        Self { krate, taken }
    }

    /// Whether the file can import a type by its name.
    pub(super) fn imports(&self, name: &Name) -> bool {
        !self.taken.contains(name) && !super::api::is_imported(name)
    }

    /// A type by its name, or by its path where the name means something else.
    pub(super) fn path(&self, name: &Name, local: bool) -> TokenStream {
        let item = ident(name);
        if local || self.imports(name) {
            quote!(#item)
        } else {
            quote!(crate::types::#item)
        }
    }

    /// A use of a type in a file of operations.
    pub(super) fn api(&self, ty: &Type) -> TokenStream {
        self.emit(ty, false)
    }

    /// A use of a type in a file of types.
    pub(super) fn local(&self, ty: &Type) -> TokenStream {
        self.emit(ty, true)
    }

    fn emit(&self, ty: &Type, local: bool) -> TokenStream {
        match ty {
            Type::Value => quote!(Value),
            Type::Bool => quote!(bool),
            Type::Integer(Integer::I32) => quote!(i32),
            Type::Integer(Integer::I64) => quote!(i64),
            Type::Integer(Integer::U32) => quote!(u32),
            Type::Integer(Integer::U64) => quote!(u64),
            Type::Integer(Integer::I128) => quote!(i128),
            Type::Integer(Integer::U128) => quote!(u128),
            Type::Float => quote!(f64),
            Type::Number => quote!(Number),
            Type::String => quote!(String),
            Type::Text(Text::DateTime) => quote!(DateTime),
            Type::Text(Text::Date) => quote!(Date),
            Type::Text(Text::Time) => quote!(Time),
            Type::Text(Text::Uuid) => quote!(Uuid),
            Type::Text(Text::Secret) => quote!(Secret),
            Type::File => quote!(File),
            Type::Bytes => quote!(Bytes),
            Type::List(inner) => {
                let inner = self.emit(inner, local);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.emit(inner, local);
                quote!(Map<#inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.emit(inner, local);
                quote!(Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.emit(inner, local);
                quote!(Box<#inner>)
            }
            Type::Foreign(path) => path.parse().unwrap_or_default(),
            Type::Item(id) => self.path(&self.krate.item(*id).name, local),
        }
    }

    /// The type of a field.
    pub(super) fn field(&self, ty: &Type, presence: Presence) -> TokenStream {
        wrap(&self.local(ty), presence)
    }

    /// The argument that takes a value for what is called `name`, and the expression that makes the value of it.
    pub(super) fn taken(
        &self,
        ty: &Type,
        presence: Presence,
        name: &Name,
        local: bool,
    ) -> (TokenStream, TokenStream) {
        let (tokens, name) = (self.emit(ty, local), ident(&name.bound()));
        let (ty, value) = match (presence, ty) {
            (Presence::OptionalNullable, _) => {
                (quote!(impl Into<Field<#tokens>>), quote!(#name.into()))
            }
            (_, Type::String) => (quote!(impl Into<String>), quote!(#name.into())),
            (_, Type::Text(Text::Secret)) => (quote!(impl Into<Secret>), quote!(#name.into())),
            (_, Type::Bytes) => (quote!(impl Into<Bytes>), quote!(#name.into())),
            _ if self.krate.takes_variants(ty) => {
                (quote!(impl Into<#tokens>), quote!(#name.into()))
            }
            _ => (tokens, quote!(#name)),
        };
        (quote!(#name: #ty), value)
    }
}

/// A type that may be left out or null.
pub(super) fn wrap(ty: &TokenStream, presence: Presence) -> TokenStream {
    match presence {
        Presence::Required => quote!(#ty),
        Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(Field<#ty>),
    }
}

//! Tuples: structs without names of fields.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rules::{rules, with_rules};
use super::text::{docs, ident};
use super::ty::Types;
use crate::ir::{Item, Tuple, TupleItem};

/// Emits a tuple with its codec.
pub(super) fn emit_tuple(item: &Item, tuple: &Tuple, types: &Types) -> Vec<TokenStream> {
    vec![definition(item, tuple, types), description(item, tuple)]
}

fn definition(item: &Item, tuple: &Tuple, types: &Types) -> TokenStream {
    let (name, text) = (ident(&item.name), docs(&item.docs));
    let items = tuple.items.iter().map(|item| {
        let (text, ty) = (docs(&item.docs), types.field(&item.ty, item.presence));
        quote!(#text pub #ty)
    });
    let rest = tuple.rest.iter().map(|(ty, _)| {
        let ty = types.local(ty);
        quote!(#[doc = " The items after these."] pub Vec<#ty>)
    });
    let items = items.chain(rest);
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name(#(#items),*);
    }
}

/// What the runtime must know to read, write and check the array.
fn description(item: &Item, tuple: &Tuple) -> TokenStream {
    let name = ident(&item.name);
    let items = tuple.items.iter().enumerate().map(|(index, item)| {
        let (position, key) = (Literal::usize_unsuffixed(index), key(index, item));
        quote!(#position: #key)
    });
    let rest = tuple.rest.iter().map(|_| {
        let position = Literal::usize_unsuffixed(tuple.items.len());
        quote!(..#position)
    });
    let all = rules(&tuple.constraints);
    let with_rules = (!all.is_empty()).then(|| quote!(with_rules(&[#(#all),*])));
    let more = rest.chain(with_rules);
    quote!(json_tuple!(#name { #(#items),* } #(, #more)*);)
}

/// The static description of an item.
fn key(index: usize, item: &TupleItem) -> TokenStream {
    let (name, rules) = (index.to_string(), with_rules(&item.constraints));
    let kind = if item.presence.is_required() {
        quote!(required)
    } else {
        quote!(optional)
    };
    quote!(Key::#kind(#name) #rules)
}

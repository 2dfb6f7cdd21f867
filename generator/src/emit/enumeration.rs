//! Enums: sets of strings or of integers, open to what the document does not know.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::text::{docs, ident};
use crate::ir::{Enum, EnumVariant, Item};

/// Emits an enum, and what its variants are on the wire.
pub(super) fn emit_enum(item: &Item, listed: &Enum) -> Vec<TokenStream> {
    let (name, other) = (ident(&item.name), ident(&listed.unknown));
    let variants = listed.variants.iter().map(|variant| ident(&variant.name));
    let wires = listed.variants.iter().map(|variant| wire(variant, listed));
    let (describe, kept, copy) = if listed.integers {
        (quote!(json_integers), quote!(i64), quote!(Copy,))
    } else {
        (quote!(json_strings), quote!(String), TokenStream::new())
    };
    let open = listed.open.then(|| quote!(, open()));
    vec![
        definition(item, listed, &kept, &copy),
        quote!(#describe!(#name { #(#variants: #wires),* }, Self::#other #open);),
    ]
}

/// A value as a literal.
fn wire(variant: &EnumVariant, listed: &Enum) -> TokenStream {
    let text = variant.wire.as_str();
    match text.parse::<i64>() {
        Ok(number) if listed.integers => Literal::i64_unsuffixed(number).into_token_stream(),
        _ => quote!(#text),
    }
}

fn definition(
    item: &Item,
    listed: &Enum,
    unknown: &TokenStream,
    copy: &TokenStream,
) -> TokenStream {
    let (name, text, other) = (ident(&item.name), docs(&item.docs), ident(&listed.unknown));
    let variants = listed.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), docs(&variant_docs(variant)));
        quote!(#text #name)
    });
    quote! {
        #text
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not list."]
            #other(#unknown),
        }
    }
}

fn variant_docs(variant: &EnumVariant) -> String {
    let wire = if variant.wire.contains('`') || variant.wire.trim().is_empty() {
        format!("{:?} on the wire.", variant.wire.replace('`', "'"))
    } else {
        format!("`{}`", variant.wire.escape_debug())
    };
    if variant.docs.is_empty() {
        wire
    } else {
        format!("{wire}: {}", variant.docs)
    }
}

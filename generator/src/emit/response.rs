//! Responses: what a call gives, by status.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::text::{docs, ident, number};
use super::ty::Types;
use crate::ir::{Codec, Content, Crate, ErrorEnum, Name, ResponseVariant, Success};

/// What a call gives that went well.
pub(super) fn success_type(success: &Success, types: &Types) -> TokenStream {
    match success {
        Success::Same { content: None, .. } => quote!(()),
        Success::Same {
            content: Some(content),
            ..
        } => types.api(&content.ty),
        Success::Choice { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The arms of a match on the status.
pub(super) fn arms(success: &Success) -> TokenStream {
    match success {
        Success::Same { statuses, content } => {
            let statuses = statuses.iter().map(|(first, last)| pattern(*first, *last));
            let read = match content {
                None => quote!(|_| Ok(())),
                Some(content) => {
                    let method = method(content);
                    quote!(RawResponse::#method)
                }
            };
            quote!(#(#statuses)|* => response.read(#read),)
        }
        Success::Choice { name, variants } => {
            let name = ident(name);
            let arms = variants.iter().map(|variant| {
                let (status, own) = (pattern(variant.first, variant.last), ident(&variant.name));
                match &variant.content {
                    None => quote!(#status => response.read(|_| Ok(#name::#own)),),
                    Some(content) => {
                        let method = method(content);
                        quote!(#status => response.read(|response| response.#method().map(#name::#own)),)
                    }
                }
            });
            arms.collect()
        }
    }
}

/// The enum of a call that gives several types.
pub(super) fn emit_choice(
    link: &str,
    name: &Name,
    variants: &[ResponseVariant],
    types: &Types,
) -> TokenStream {
    let text = docs(&format!("What {link} gives back."));
    definition(&text, name, variants, types)
}

/// A set of errors.
pub(super) fn emit_error(error: &ErrorEnum, types: &Types) -> Vec<TokenStream> {
    let name = ident(&error.name);
    if error.variants.is_empty() {
        return nothing(&name);
    }
    let arms = error.variants.iter().map(|variant| {
        let (status, own) = (pattern(variant.first, variant.last), ident(&variant.name));
        match &variant.content {
            None => quote!(#status => Ok(Self::#own),),
            Some(content) => {
                let method = method(content);
                quote!(#status => response.#method().map(Self::#own),)
            }
        }
    });
    let other = error
        .variants
        .iter()
        .all(|v| v.last != u16::MAX)
        .then(|| quote!(_ => return None,));
    vec![
        definition(
            &docs("Errors by status."),
            &error.name,
            &error.variants,
            types,
        ),
        quote! {
            impl ApiError for #name {
                fn read(response: &RawResponse) -> Option<Result<Self, DecodeError>> {
                    let error = match response.status().as_u16() {
                        #(#arms)*
                        #other
                    };
                    Some(error)
                }
            }
        },
    ]
}

fn nothing(name: &Ident) -> Vec<TokenStream> {
    vec![
        quote! {
            #[doc = " The errors of an operation for which the document describes none."]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {}
        },
        quote! {
            impl ApiError for #name {
                fn read(_: &RawResponse) -> Option<Result<Self, DecodeError>> {
                    None
                }
            }
        },
    ]
}

fn definition(
    text: &TokenStream,
    name: &Name,
    variants: &[ResponseVariant],
    types: &Types,
) -> TokenStream {
    let name = ident(name);
    let variants = variants.iter().map(|variant| {
        let (own, text) = (ident(&variant.name), docs(&variant.docs));
        let content = variant.content.as_ref().map(|content| {
            let ty = types.api(&content.ty);
            quote!((#ty))
        });
        quote!(#text #own #content)
    });
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

fn pattern(first: u16, last: u16) -> TokenStream {
    let (from, to) = (number(first.into()), number(last.into()));
    match (first, last) {
        (_, u16::MAX) => quote!(_),
        (first, last) if first == last => quote!(#from),
        _ => quote!(#from..=#to),
    }
}

fn method(content: &Content) -> TokenStream {
    match content.codec {
        Codec::Json => quote!(json),
        Codec::Text => quote!(text),
        Codec::Form | Codec::Multipart | Codec::Bytes => quote!(bytes),
    }
}

/// The file of errors.
pub(super) fn emit_errors(krate: &Crate, types: &Types) -> Vec<TokenStream> {
    krate
        .errors
        .iter()
        .flat_map(|error| emit_error(error, types))
        .collect()
}

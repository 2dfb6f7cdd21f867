//! Responses: what a call gives, by status.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::text::{deprecated, docs, ident, number};
use super::ty::Types;
use crate::ir::{
    Codec, Content, Crate, ErrorEnum, Framing, HeaderSpelling, Headers, Name, ResponseVariant,
    Success, Type,
};

/// What a call gives that went well.
pub(super) fn success_type(success: &Success, types: &Types) -> TokenStream {
    match success {
        Success::Same { content: None, .. } => quote!(()),
        Success::Same {
            content: Some(content),
            ..
        } => content_type(content, types),
        Success::Choice { name, .. } => {
            let (name, lifetime) = (ident(name), lifetime(success.framings()));
            quote!(#name #lifetime)
        }
    }
}

/// The type of a body.
fn content_type(content: &Content, types: &Types) -> TokenStream {
    match content.codec {
        Codec::Stream(framing) => stream_type(framing, &content.ty, types),
        _ => types.api(&content.ty),
    }
}

/// What an enum of bodies is over: the call, where one of them holds on to it.
fn lifetime(mut framings: impl Iterator<Item = Framing>) -> Option<TokenStream> {
    framings.any(Framing::holds_call).then(|| quote!(<'c>))
}

fn stream_type(framing: Framing, ty: &Type, types: &Types) -> TokenStream {
    let item = types.api(ty);
    match framing {
        Framing::Pieces => quote!(Download),
        Framing::Events | Framing::NamedEvents | Framing::TextEvents => quote!(Events<'c, #item>),
        Framing::Lines | Framing::Records => quote!(Sequence<#item>),
    }
}

/// How an answer is read.
pub(super) struct Reading {
    /// The method of the call that sends it.
    pub(super) send: TokenStream,
    /// What that gives.
    pub(super) response: TokenStream,
    /// An expression of a `Result` of it, by status.
    pub(super) choice: TokenStream,
    /// `.await`, where the expression waits for more than what is there.
    pub(super) wait: Option<TokenStream>,
}

/// Reads an answer; a stream has only begun when the call gives it.
pub(super) fn reading(success: &Success) -> Reading {
    let arms = arms(success);
    let open = success.is_open();
    let (send, response, failure) = if open {
        let failure = quote!(response.collect().await?.failure());
        (quote!(open), quote!(Incoming<'c>), failure)
    } else {
        let failure = quote!(response.failure());
        (quote!(execute), quote!(RawResponse), failure)
    };
    Reading {
        send,
        response,
        choice: quote! {
            match response.status().as_u16() {
                #arms
                _ => Err(#failure),
            }
        },
        wait: open.then(|| quote!(.await)),
    }
}

/// What sends a call and reads the answer: an expression of a `Result`.
pub(super) fn exchange(call: &TokenStream, success: &Success) -> TokenStream {
    let Reading { send, choice, .. } = reading(success);
    quote! {
        let response = #call.#send().await?;
        #choice
    }
}

/// The type of the headers of a response.
pub(super) fn emit_headers(link: &str, headers: &Headers, types: &Types) -> Vec<TokenStream> {
    let (name, text) = (
        ident(&headers.name),
        docs(&format!("The headers of the response to {link}.")),
    );
    let methods = headers.fields.iter().map(|header| {
        let (own, text, wire) = (ident(&header.name), docs(&header.docs), &header.wire);
        let (old, ty) = (deprecated(header.deprecated), types.api(&header.ty));
        let read = match header.spelling {
            HeaderSpelling::Text => quote!(text),
            HeaderSpelling::Literal => quote!(literal),
            HeaderSpelling::Texts => quote!(texts),
            HeaderSpelling::Literals => quote!(literals),
        };
        quote! {
            #text
            #old
            pub fn #own(&self) -> Option<#ty> {
                self.0.#read(#wire)
            }
        }
    });
    vec![
        quote!(#text #[derive(Clone, Debug)] pub struct #name(Headers);),
        quote! {
            impl #name {
                #(#methods)*

                #[doc = " All headers, as they came."]
                pub fn raw(&self) -> &HeaderMap {
                    self.0.raw()
                }
            }
        },
    ]
}

/// The arms of a match on the status.
fn arms(success: &Success) -> TokenStream {
    match success {
        Success::Same { statuses, content } => {
            let statuses = statuses.iter().map(|(first, last)| pattern(*first, *last));
            if let Some(framing) = success.framings().next() {
                let method = stream_method(framing);
                return quote!(#(#statuses)|* => Ok(response.#method()),);
            }
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
            let whole = success.is_open().then(|| quote!(.collect().await?));
            let arms = variants
                .iter()
                .map(|variant| arm(name, variant, whole.as_ref()));
            arms.collect()
        }
    }
}

/// The arm of one of several bodies. `whole` makes an answer that has just begun a whole one.
fn arm(name: &Name, variant: &ResponseVariant, whole: Option<&TokenStream>) -> TokenStream {
    let (name, own) = (ident(name), ident(&variant.name));
    let status = pattern(variant.first, variant.last);
    match &variant.content {
        None => quote!(#status => response #whole.read(|_| Ok(#name::#own)),),
        Some(Content {
            codec: Codec::Stream(framing),
            ..
        }) => {
            let method = stream_method(*framing);
            quote!(#status => Ok(#name::#own(response.#method())),)
        }
        Some(content) => {
            let method = method(content);
            quote!(#status => response #whole.read(|response| response.#method().map(#name::#own)),)
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
    let (response, read) = match error.variants.as_slice() {
        // One variant for every status needs no choice.
        [only] if only.last == u16::MAX => {
            let unread = only.content.is_none();
            let response = if unread { quote!(_) } else { quote!(response) };
            (response, read_error(only))
        }
        variants => (quote!(response), choose_error(variants)),
    };
    vec![
        definition(
            &docs("Errors by status."),
            &error.name,
            &error.variants,
            types,
        ),
        quote! {
            impl ApiError for #name {
                fn read(#response: &RawResponse) -> Option<Result<Self, DecodeError>> {
                    let error = #read;
                    Some(error)
                }
            }
        },
    ]
}

fn choose_error(variants: &[ResponseVariant]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (status, read) = (pattern(variant.first, variant.last), read_error(variant));
        quote!(#status => #read,)
    });
    let other = variants
        .iter()
        .all(|v| v.last != u16::MAX)
        .then(|| quote!(_ => return None,));
    quote! {
        match response.status().as_u16() {
            #(#arms)*
            #other
        }
    }
}

fn read_error(variant: &ResponseVariant) -> TokenStream {
    let own = ident(&variant.name);
    match &variant.content {
        None => quote!(Ok(Self::#own)),
        Some(content) => {
            let method = method(content);
            quote!(response.#method().map(Self::#own))
        }
    }
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
    let framing = |variant: &ResponseVariant| variant.content.as_ref()?.codec.framing();
    let framings: Vec<_> = variants.iter().filter_map(framing).collect();
    // A stream is there once, and is equal to no other.
    let derives = if framings.is_empty() {
        quote!(Clone, Debug, PartialEq)
    } else {
        quote!(Debug)
    };
    let lifetime = lifetime(framings.into_iter());
    let variants = variants.iter().map(|variant| {
        let (own, text) = (ident(&variant.name), docs(&variant.docs));
        let content = variant.content.as_ref().map(|content| {
            let ty = content_type(content, types);
            quote!((#ty))
        });
        quote!(#text #own #content)
    });
    quote! {
        #text
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name #lifetime { #(#variants),* }
    }
}

fn pattern(first: u16, last: u16) -> TokenStream {
    let (from, to) = (number(first.into()), number(last.into()));
    match (first, last) {
        (_, u16::MAX) => quote!(_),
        (first, last) if first == last => quote!(#from),
        (first, last) if first + 1 == last => quote!(#from | #to),
        _ => quote!(#from..=#to),
    }
}

fn method(content: &Content) -> TokenStream {
    match content.codec {
        Codec::Json => quote!(json),
        Codec::Text => quote!(text),
        Codec::Form | Codec::Multipart | Codec::Bytes | Codec::Stream(_) => quote!(bytes),
    }
}

fn stream_method(framing: Framing) -> TokenStream {
    match framing {
        Framing::Pieces => quote!(download),
        Framing::Events => quote!(events),
        Framing::NamedEvents => quote!(named_events),
        Framing::TextEvents => quote!(text_events),
        Framing::Lines => quote!(lines),
        Framing::Records => quote!(records),
    }
}

/// The errors that one tag alone has, or those that several have.
pub(super) fn emit_errors(krate: &Crate, tag: Option<usize>, types: &Types) -> Vec<TokenStream> {
    let own = krate.errors.iter().filter(|error| error.tag == tag);
    own.flat_map(|error| emit_error(error, types)).collect()
}

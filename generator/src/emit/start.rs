//! The method that starts a call: what is required is an argument, or a field of one that is a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::body::{body_argument, body_type, is_always_sent};
use super::call::link;
use super::example::example;
use super::text::{deprecated, docs, ident};
use super::ty::Types;
use crate::ir::{Crate, Operation, Presence, Tag};

/// Emits the method.
pub(super) fn start(krate: &Crate, tag: &Tag, operation: &Operation, types: &Types) -> TokenStream {
    let (name, builder) = (ident(&operation.name), ident(&operation.builder));
    let text = docs(&format!(
        "{}\n\n{}",
        operation.docs,
        example(krate, tag, operation)
    ));
    let arguments = arguments(operation, types);
    let declared = if let Some(required) = &operation.required {
        let required = ident(required);
        quote!(required: #required)
    } else {
        let declared = arguments.iter().map(|(argument, _)| argument);
        quote!(#(#declared),*)
    };
    let set = operation
        .arguments
        .iter()
        .zip(&arguments)
        .map(|(own, (_, value))| {
            let constant = ident(&own.constant);
            quote!(call.parameter(#builder::#constant, &#value);)
        });
    let body = operation.body.as_ref().map(|own| match arguments.last() {
        Some((_, value)) if own.is_argument() => {
            if value.to_string() == "body" {
                quote!(body)
            } else {
                quote!(body: #value)
            }
        }
        _ if is_always_sent(own) => quote!(body: Default::default()),
        _ => quote!(body: None),
    });
    let body = body.into_iter();
    let old = deprecated(operation.deprecated);
    let server = operation.server.as_ref().map(|url| quote!(.at(#url)));
    let content = if operation.arguments.is_empty() {
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
        pub fn #name(&self, #declared) -> #builder<'c> {
            #content
        }
    }
}

/// The struct of what is required, where it is too much for arguments.
pub(super) fn required(tag: &Tag, operation: &Operation, types: &Types) -> Option<TokenStream> {
    let name = ident(operation.required.as_ref()?);
    let text = docs(&format!("What {} asks for.", link(tag, operation)));
    let described = operation.arguments.iter().map(|own| docs(&own.docs));
    let described = described.chain([docs("The body.")]);
    let fields = arguments(operation, types).into_iter().zip(described);
    let fields = fields.map(|((field, _), text)| quote!(#text pub #field));
    Some(quote! {
        #text
        #[derive(Clone, Debug)]
        pub struct #name { #(#fields),* }
    })
}

/// The arguments, or fields, for what is required, each with the value of it, the body last.
fn arguments(operation: &Operation, types: &Types) -> Vec<(TokenStream, TokenStream)> {
    let body = operation.body.iter();
    let body = body.filter(|body| body.is_argument());
    if operation.required.is_some() {
        let parameters = operation
            .arguments
            .iter()
            .map(|own| (ident(&own.name), types.api(&own.ty)));
        let body = body.map(|own| (format_ident!("body"), body_type(own, types)));
        let all = parameters.chain(body);
        return all
            .map(|(name, ty)| (quote!(#name: #ty), quote!(required.#name)))
            .collect();
    }
    let parameters = operation.arguments.iter();
    let parameters =
        parameters.map(|own| types.taken(&own.ty, Presence::Required, &own.name, false));
    let body = body.map(|own| {
        let (ty, value) = body_argument(own, types);
        (quote!(body: #ty), value)
    });
    parameters.chain(body).collect()
}

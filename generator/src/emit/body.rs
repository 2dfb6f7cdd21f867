//! Request bodies: how a call is given one, and how it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::rules::rules;
use super::text::{docs, ident};
use super::ty::Types;
use crate::ir::{Body, Codec, Crate, Given, ItemKind, Presence, Type};

/// The type of the field that holds the body: optional unless it is an argument.
pub(super) fn body_type(body: &Body, types: &Types) -> TokenStream {
    let ty = match &body.ty {
        Type::Bytes => quote!(Upload),
        ty => types.api(ty),
    };
    if is_always_sent(body) {
        ty
    } else {
        quote!(Option<#ty>)
    }
}

/// Whether a body is sent even if a caller says nothing about it.
pub(super) fn is_always_sent(body: &Body) -> bool {
    body.is_argument() || body.required && matches!(body.given, Given::Fields { .. })
}

/// The setters of a body: of its fields where it is given field by field, and of the whole.
pub(super) fn body_setters(krate: &Crate, body: &Body, types: &Types) -> Vec<TokenStream> {
    let mut all = Vec::new();
    if let Given::Fields { item, setters } = &body.given
        && let ItemKind::Struct(fields) = &krate.item(*item).kind
    {
        for setter in setters {
            let field = &fields.fields[setter.field];
            let (name, target, text) = (ident(&setter.name), ident(&field.name), docs(&field.docs));
            let (argument, value) = types.taken(&field.ty, field.presence, &setter.name, false);
            let value = if field.presence == Presence::Optional {
                quote!(Some(#value))
            } else {
                value
            };
            let body = if is_always_sent(body) {
                quote!(body)
            } else {
                quote!(body.get_or_insert_default())
            };
            all.push(quote! {
                #text
                pub fn #name(mut self, #argument) -> Self {
                    self.#body.#target = #value;
                    self
                }
            });
        }
    }
    if !body.is_argument() {
        let (ty, value) = body_argument(body, types);
        let value = if is_always_sent(body) {
            value
        } else {
            quote!(Some(#value))
        };
        all.push(quote! {
            #[doc = " Sets the whole body."]
            pub fn body(mut self, body: #ty) -> Self {
                self.body = #value;
                self
            }
        });
    }
    all
}

/// The parameter `body`, and the expression that makes the body of it.
pub(super) fn body_argument(body: &Body, types: &Types) -> (TokenStream, TokenStream) {
    match &body.ty {
        Type::String => (quote!(impl Into<String>), quote!(body.into())),
        Type::Bytes => (quote!(impl Into<Upload>), quote!(body.into())),
        ty => (types.api(ty), quote!(body)),
    }
}

/// The method that hands the body to the call.
pub(super) fn request(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    let always = is_always_sent(body);
    let reference = if always {
        quote!(&self.body)
    } else {
        quote!(body)
    };
    let rules = rules(&body.constraints);
    let keep = (!rules.is_empty()).then(|| quote!(self.call.body_rules(&[#(#rules),*]);));
    let (by_value, set) = match body.codec {
        Codec::Json => (false, quote!(self.call.json(#media_type, #reference);)),
        Codec::Form => (false, quote!(self.call.form(#reference, Self::ENCODINGS);)),
        Codec::Multipart => {
            let parts = if always {
                quote!(self.body.parts())
            } else {
                quote!(body.parts())
            };
            (false, quote!(self.call.multipart(#parts);))
        }
        Codec::Text | Codec::Bytes | Codec::Stream(_) => {
            let value = if always {
                quote!(self.body)
            } else {
                quote!(body)
            };
            (true, quote!(self.call.bytes(#media_type, #value);))
        }
    };
    let set = match (always, by_value) {
        (true, _) => set,
        (false, true) => quote!(if let Some(body) = self.body { #set }),
        (false, false) => quote!(if let Some(body) = &self.body { #set }),
    };
    quote! {
        fn request(mut self) -> Call<'c> {
            #keep
            #set
            self.call
        }
    }
}

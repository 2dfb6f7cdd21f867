//! Parameters: the constants that describe them, and the setters of those that may be left out.

use bindery_spec::model::{Location, Style};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rules::with_rules;
use super::text::{deprecated, docs, ident};
use super::ty::Types;
use crate::ir::{Crate, Encoding, Hoisted, Parameter, Presence, Spelling};

/// The static description of a parameter: only what differs from its location's defaults.
pub(super) fn describe(parameter: &Parameter) -> TokenStream {
    let (wire, rules) = (&parameter.wire, with_rules(&parameter.constraints));
    let location = match parameter.location {
        Location::Path => quote!(path),
        Location::Query | Location::QueryString => quote!(query),
        Location::Header => quote!(header),
        Location::Cookie => quote!(cookie),
    };
    let required = (parameter.presence.is_required() && parameter.location != Location::Path)
        .then(|| quote!(.required()));
    let style = style(parameter);
    quote!(Parameter::#location(#wire) #required #style #rules)
}

fn style(parameter: &Parameter) -> TokenStream {
    let (style, explode, allow_reserved) = match parameter.spelling {
        Spelling::Style {
            style,
            explode,
            allow_reserved,
        } => (style, explode, allow_reserved),
        Spelling::Json => return quote!(.with_style(Style::Json, false)),
        Spelling::Query => return quote!(.with_style(Style::Query, true)),
    };
    let usual = match parameter.location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::QueryString | Location::Cookie => (Style::Form, true),
    };
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    if (style, explode) == usual {
        return quote!(#reserved);
    }
    let name = format_ident!("{style:?}");
    quote!(.with_style(Style::#name, #explode) #reserved)
}

/// The static description of how a property of a form is spelled.
pub(super) fn encoding(encoding: &Encoding) -> Option<TokenStream> {
    let (property, spelling) = (
        &encoding.property,
        spelled(encoding.spelling?, &TokenStream::new()),
    );
    Some(quote!(Encoding { property: #property, spelling: #spelling }))
}

/// A spelling of the runtime, whose names stand behind `path`.
pub(super) fn spelled(spelling: Spelling, path: &TokenStream) -> TokenStream {
    let Spelling::Style {
        style,
        explode,
        allow_reserved,
    } = spelling
    else {
        return quote!(#path Spelling::new(#path Style::Json, false));
    };
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    let name = format_ident!("{style:?}");
    quote!(#path Spelling::new(#path Style::#name, #explode) #reserved)
}

/// The setter of a parameter that may be left out.
pub(super) fn option(krate: &Crate, parameter: &Parameter, types: &Types) -> TokenStream {
    if let Some(index) = parameter.hoisted {
        return hoisted(&krate.hoisted[index], parameter, types);
    }
    let (name, constant) = (ident(&parameter.name), ident(&parameter.constant));
    let (text, old) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (argument, value) = types.taken(&parameter.ty, Presence::Required, &parameter.name, false);
    quote! {
        #text
        #old
        pub fn #name(mut self, #argument) -> Self {
            self.call.parameter(Self::#constant, &#value);
            self
        }
    }
}

fn hoisted(setting: &Hoisted, parameter: &Parameter, types: &Types) -> TokenStream {
    let (name, constant) = (ident(&parameter.name), ident(&setting.constant));
    let text = docs(&format!(
        "The header `{}` of this call, instead of the client's.",
        setting.wire
    ));
    let (argument, value) = types.taken(&parameter.ty, Presence::Required, &parameter.name, false);
    quote! {
        #text
        pub fn #name(mut self, #argument) -> Self {
            self.call.parameter(crate::client::#constant, &#value);
            self
        }
    }
}

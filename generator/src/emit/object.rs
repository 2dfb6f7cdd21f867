//! Structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameter::spelled;
use super::rules::{rules, with_rules};
use super::text::{docs, ident};
use super::ty::{Types, wrap};
use crate::ir::{Constraints, Field, Item, Presence, Struct, Type};

/// Emits a struct with its constructor, setters and codec.
pub(super) fn emit_struct(item: &Item, body: &Struct, types: &Types) -> Vec<TokenStream> {
    let mut items = vec![definition(item, body, types)];
    if body.sent {
        items.extend(constructor(item, body, types));
        items.extend(default(item, body));
        items.extend(required(item, body, types));
    }
    if !body.multipart {
        items.push(description(item, body));
    }
    if body.parts {
        items.push(parts(item, body));
    }
    items
}

fn definition(item: &Item, body: &Struct, types: &Types) -> TokenStream {
    let (name, text) = (ident(&item.name), docs(&item.docs));
    let fields = body.fields.iter().map(|field| {
        let (name, text) = (ident(&field.name), docs(&field.docs));
        let ty = types.field(&field.ty, field.presence);
        quote!(#text pub #name: #ty)
    });
    let additional = body.additional.iter().map(|additional| {
        let (name, ty) = (ident(&additional.name), types.local(&additional.ty));
        quote!(#[doc = " The other properties."] pub #name: Map<#ty>)
    });
    let fields = fields.chain(additional);
    let default = has_default(body).then(|| quote!(, Default));
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    }
}

/// An object without required properties is valid from the start.
fn has_default(body: &Struct) -> bool {
    body.fields
        .iter()
        .all(|field| !field.presence.is_required())
}

fn constructor(item: &Item, body: &Struct, types: &Types) -> Option<TokenStream> {
    let name = ident(&item.name);
    let new = (!has_default(body)).then(|| new(body, types));
    let setters = body
        .fields
        .iter()
        .filter(|field| !field.presence.is_required());
    let setters: Vec<_> = setters.map(|field| setter(field, types)).collect();
    (new.is_some() || !setters.is_empty()).then(|| quote!(impl #name { #new #(#setters)* }))
}

/// The value that `new` makes of nothing.
fn default(item: &Item, body: &Struct) -> Option<TokenStream> {
    let name = ident(&item.name);
    is_fixed(body).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

/// Whether `new` takes nothing, because all that is required can have one value only.
fn is_fixed(body: &Struct) -> bool {
    let mut fields = body.fields.iter();
    !has_default(body)
        && fields.all(|field| field.only_value().is_some() || !field.presence.is_required())
}

fn new(body: &Struct, types: &Types) -> TokenStream {
    let values = body.fields.iter().map(|field| match field.only_value() {
        Some(fixed) => {
            let (name, ty, fixed) = (ident(&field.name), types.local(&field.ty), ident(fixed));
            quote!(#name: #ty::#fixed)
        }
        None if !field.presence.is_required() => initial(body, field),
        None if body.required.is_some() => {
            let name = ident(&field.name);
            quote!(#name: required.#name)
        }
        None => argument(field, types).1,
    });
    let additional = body.additional.iter().map(|additional| {
        let name = ident(&additional.name);
        quote!(#name: Map::new())
    });
    let values = values.chain(additional);
    let arguments = if let Some(required) = &body.required {
        let required = ident(required);
        quote!(required: #required)
    } else {
        let arguments = body.arguments().map(|field| argument(field, types).0);
        quote!(#(#arguments),*)
    };
    quote! {
        #[doc = " A value with all that is required."]
        pub fn new(#arguments) -> Self {
            Self { #(#values),* }
        }
    }
}

/// The argument for a required field, and the field with the value of it.
fn argument(field: &Field, types: &Types) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let (argument, value) = if field.presence == Presence::Nullable {
        let bound = ident(&field.name.bound());
        let ty = wrap(&types.local(&field.ty), field.presence);
        (quote!(#bound: #ty), quote!(#bound))
    } else {
        types.taken(&field.ty, field.presence, &field.name, true)
    };
    let is_name = name == value.to_string();
    let value = if is_name {
        quote!(#name)
    } else {
        quote!(#name: #value)
    };
    (argument, value)
}

/// The struct of all that is required, where it is too much for arguments.
fn required(item: &Item, body: &Struct, types: &Types) -> Option<TokenStream> {
    let name = ident(body.required.as_ref()?);
    let fields = body.arguments().map(|field| {
        let (name, ty) = (ident(&field.name), types.field(&field.ty, field.presence));
        quote!(pub #name: #ty)
    });
    let text = format!(
        " What [`{0}::new`] asks for: the fields of [`{0}`] that are required.",
        item.name
    );
    Some(quote! {
        #[doc = #text]
        #[derive(Clone, Debug)]
        pub struct #name { #(#fields),* }
    })
}

/// Files have no JSON, and so no initial value of it.
fn initial(body: &Struct, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    if body.multipart {
        quote!(#name: Default::default())
    } else {
        quote!(#name: Json::initial())
    }
}

fn setter(field: &Field, types: &Types) -> TokenStream {
    let (name, setter, text) = (ident(&field.name), ident(&field.setter), docs(&field.docs));
    let (argument, value) = types.taken(&field.ty, field.presence, &field.name, true);
    let value = if field.presence == Presence::Optional {
        quote!(Some(#value))
    } else {
        value
    };
    quote! {
        #text
        pub fn #setter(mut self, #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// What the runtime must know to read, write and check the object.
fn description(item: &Item, body: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let fields = body.fields.iter().map(|field| {
        let (name, key) = (ident(&field.name), key(field));
        quote!(#name: #key)
    });
    let rest = body.additional.iter().map(|additional| {
        let name = ident(&additional.name);
        quote!(..#name)
    });
    let closed = body.closed.then(|| quote!(closed()));
    let all = object_rules(body);
    let with_rules = (!all.is_empty()).then(|| quote!(with_rules(&[#(#all),*])));
    let more = rest.chain(closed).chain(with_rules);
    quote!(json_object!(#name { #(#fields),* } #(, #more)*);)
}

/// The rules of the object itself, and of its other properties.
fn object_rules(body: &Struct) -> Vec<TokenStream> {
    let values = body
        .additional
        .as_ref()
        .map(|additional| rules(&additional.constraints));
    let values = values
        .filter(|rules| !rules.is_empty())
        .map(|rules| quote!(Rule::Values(&[#(#rules),*])));
    let own = Constraints {
        items: None,
        ..body.constraints.clone()
    };
    rules(&own).into_iter().chain(values).collect()
}

/// The static description of a property.
fn key(field: &Field) -> TokenStream {
    let (wire, rules) = (&field.wire, with_rules(&field.constraints));
    let kind = if field.presence.is_required() {
        quote!(required)
    } else {
        quote!(optional)
    };
    let special = |c: char| c < ' ' || c == '"' || c == '\\';
    let escaped = wire.contains(special).then(|| quote!(.escaped()));
    quote!(Key::#kind(#wire) #escaped #rules)
}

/// The parts of a multipart body.
fn parts(item: &Item, body: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let parts = body.fields.iter().map(part);
    quote! {
        impl #name {
            pub(crate) fn parts(&self) -> Multipart {
                let mut parts = Multipart::new();
                #(#parts)*
                parts
            }
        }
    }
}

fn part(field: &Field) -> TokenStream {
    let (name, wire, key) = (ident(&field.name), &field.wire, key(field));
    let media_type = field
        .media_type
        .as_deref()
        .unwrap_or(if field.ty == Type::File {
            "application/octet-stream"
        } else {
            ""
        });
    let list = matches!(&field.ty, Type::List(item) if **item == Type::File);
    if let Some(style) = field.part_style.filter(|_| field.ty != Type::File && !list) {
        // By whole paths, because the document may have a type called `Style`.
        let spelling = spelled(style, &quote!(crate::runtime::http::));
        return quote!(parts.property_in(#key, &self.#name, #spelling););
    }
    match (field.ty == Type::File || list, list, field.presence) {
        (true, false, Presence::Required) => quote!(parts.file(#wire, &self.#name, #media_type);),
        (true, false, Presence::OptionalNullable) => quote! {
            if let Some(file) = self.#name.as_ref() {
                parts.file(#wire, file, #media_type);
            }
        },
        (true, false, _) => quote! {
            if let Some(file) = &self.#name {
                parts.file(#wire, file, #media_type);
            }
        },
        (true, true, Presence::Required) => quote! {
            for file in &self.#name {
                parts.file(#wire, file, #media_type);
            }
        },
        (true, true, Presence::OptionalNullable) => quote! {
            for file in self.#name.as_ref().into_iter().flatten() {
                parts.file(#wire, file, #media_type);
            }
        },
        (true, true, _) => quote! {
            for file in self.#name.iter().flatten() {
                parts.file(#wire, file, #media_type);
            }
        },
        _ if media_type.is_empty() => quote!(parts.property(#key, &self.#name);),
        _ => quote!(parts.property_as(#key, &self.#name, #media_type);),
    }
}

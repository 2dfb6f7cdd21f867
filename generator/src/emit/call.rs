//! The call of one operation: a thin shell around the runtime's.

use bindery_spec::model::{Location, Style};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::response::{arms, success_type};
use super::rules::with_rules;
use super::text::{deprecated, docs, ident};
use super::ty::Types;
use crate::ir::{
    Body, Codec, Crate, Given, Hoisted, ItemKind, Name, NextPage, Operation, Pagination, Parameter,
    Presence, Spelling, Tag, Type,
};

/// Emits the type of a call.
pub(super) fn emit_call(
    krate: &Crate,
    tag: &Tag,
    operation: &Operation,
    types: &Types,
) -> Vec<TokenStream> {
    let mut items = vec![
        error_alias(krate, tag, operation),
        definition(tag, operation, types),
    ];
    items.push(methods(krate, operation, types));
    items.extend(
        operation
            .pagination
            .iter()
            .map(|paging| paginate(operation, paging, types)),
    );
    items
}

fn link(tag: &Tag, operation: &Operation) -> String {
    let method = operation.name.trim_start_matches("r#");
    format!("[`{method}`]({}::{method})", tag.accessor)
}

fn error_alias(krate: &Crate, tag: &Tag, operation: &Operation) -> TokenStream {
    let alias = ident(&operation.error.alias);
    let error = ident(&krate.errors[operation.error.index].name);
    let text = docs(&format!("Why {} failed.", link(tag, operation)));
    quote!(#text pub type #alias = super::error::#error;)
}

fn definition(tag: &Tag, operation: &Operation, types: &Types) -> TokenStream {
    let (name, text) = (
        ident(&operation.builder),
        docs(&format!("A call of {}.", link(tag, operation))),
    );
    let body = operation.body.iter().map(|body| {
        let ty = body_type(body, types);
        quote!(body: #ty,)
    });
    quote! {
        #text
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #name<'c> { call: Call<'c>, #(#body)* }
    }
}

/// The type of the field that holds the body: optional unless it is an argument.
pub(super) fn body_type(body: &Body, types: &Types) -> TokenStream {
    let ty = types.api(&body.ty);
    if is_always_sent(body) {
        ty
    } else {
        quote!(Option<#ty>)
    }
}

/// Whether a body is sent even if a caller says nothing about it.
pub(super) fn is_always_sent(body: &Body) -> bool {
    matches!(body.given, Given::Argument)
        || body.required && matches!(body.given, Given::Fields { .. })
}

fn methods(krate: &Crate, operation: &Operation, types: &Types) -> TokenStream {
    let name = ident(&operation.builder);
    let constants = constants(krate, operation, types);
    let setters = operation
        .options
        .iter()
        .map(|parameter| option(krate, parameter, types));
    let body = operation
        .body
        .iter()
        .flat_map(|body| body_setters(krate, body, types));
    let common = common();
    let send = send(operation, types);
    let pages = operation.pagination.as_ref().map(|_| pages());
    let request = operation.body.as_ref().map(request);
    let lifetime = if operation.body.is_some() || operation.pagination.is_some() {
        quote!(impl<'c> #name<'c>)
    } else {
        quote!(impl #name<'_>)
    };
    quote!(#lifetime { #constants #(#setters)* #(#body)* #common #send #pages #request })
}

fn constants(krate: &Crate, operation: &Operation, types: &Types) -> TokenStream {
    let all = || operation.arguments.iter().chain(&operation.options);
    let bounds =
        all().flat_map(|parameter| parameter.bounds.iter().map(move |bound| (parameter, bound)));
    let bounds = bounds.map(|(parameter, bound)| {
        let (name, text, ty) = (
            ident(&bound.name),
            docs(&bound.docs),
            types.api(&parameter.ty),
        );
        let value = number(&bound.value);
        quote!(#text pub const #name: #ty = #value;)
    });
    let own = all()
        .filter(|parameter| parameter.hoisted.is_none())
        .map(|parameter| {
            let (name, value) = (ident(&parameter.constant), describe(parameter));
            quote!(const #name: &'static Parameter = &#value;)
        });
    let described = description(krate, operation);
    let form = operation
        .body
        .as_ref()
        .is_some_and(|body| body.codec == Codec::Form);
    let encodings = form.then(|| {
        quote!(
            const ENCODINGS: &'static [Encoding] = &[];
        )
    });
    quote! {
        #(#bounds)*
        #encodings
        const OPERATION: &'static Operation = &#described;
        #(#own)*
    }
}

fn number(value: &serde_json::Number) -> TokenStream {
    match (value.as_i64(), value.as_u64()) {
        (Some(value), _) => {
            let literal = Literal::i64_unsuffixed(value);
            quote!(#literal)
        }
        (None, value) => {
            let literal = Literal::u64_unsuffixed(value.unwrap_or_default());
            quote!(#literal)
        }
    }
}

fn description(krate: &Crate, operation: &Operation) -> TokenStream {
    let (method, path, accept) = (&operation.method, &operation.path, &operation.accept);
    let (redirects, name) = (operation.redirects, operation.name.trim_start_matches("r#"));
    let auth = operation.security.iter().map(|alternative| {
        let schemes = alternative
            .iter()
            .map(|index| ident(&krate.credentials[*index].constant));
        quote!(&[#(crate::client::#schemes),*])
    });
    let hoisted = operation
        .arguments
        .iter()
        .chain(&operation.options)
        .filter_map(|p| p.hoisted);
    let settings = hoisted.map(|index| ident(&krate.hoisted[index].constant));
    quote! {
        Operation {
            name: #name,
            method: #method,
            path: #path,
            auth: &[#(#auth),*],
            settings: &[#(crate::client::#settings),*],
            accept: #accept,
            redirects: #redirects,
        }
    }
}

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
    let Spelling::Style {
        style,
        explode,
        allow_reserved,
    } = parameter.spelling
    else {
        return quote!(.with_style(Style::Json, false));
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

fn option(krate: &Crate, parameter: &Parameter, types: &Types) -> TokenStream {
    if let Some(index) = parameter.hoisted {
        return hoisted(&krate.hoisted[index], parameter, types);
    }
    let (name, constant) = (ident(&parameter.name), ident(&parameter.constant));
    let (text, old) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (ty, value) = types.taken(&parameter.ty, Presence::Required, &parameter.name, false);
    quote! {
        #text
        #old
        pub fn #name(mut self, #name: #ty) -> Self {
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
    let (ty, value) = types.taken(&parameter.ty, Presence::Required, &parameter.name, false);
    quote! {
        #text
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call.parameter(crate::client::#constant, &#value);
            self
        }
    }
}

fn body_setters(krate: &Crate, body: &Body, types: &Types) -> Vec<TokenStream> {
    let mut all = Vec::new();
    if let Given::Fields { item, setters } = &body.given
        && let ItemKind::Struct(fields) = &krate.item(*item).kind
    {
        for setter in setters {
            let field = &fields.fields[setter.field];
            let (name, target, text) = (ident(&setter.name), ident(&field.name), docs(&field.docs));
            let (ty, value) = types.taken(&field.ty, field.presence, &setter.name, false);
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
                pub fn #name(mut self, #name: #ty) -> Self {
                    self.#body.#target = #value;
                    self
                }
            });
        }
    }
    if !matches!(body.given, Given::Argument) {
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
        Type::Bytes => (quote!(impl Into<Bytes>), quote!(body.into())),
        ty => (types.api(ty), quote!(body)),
    }
}

/// What every call has.
fn common() -> TokenStream {
    quote! {
        #[doc = " Sets a header that the document does not describe."]
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.call.header(name, value);
            self
        }

        #[doc = " Sets how long this call may take."]
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.call.timeout(timeout);
            self
        }

        #[doc = " Sends the call even if it breaks the document's rules."]
        pub fn unchecked(mut self) -> Self {
            self.call.unchecked();
            self
        }
    }
}

fn send(operation: &Operation, types: &Types) -> TokenStream {
    let (success, error) = (
        success_type(&operation.success, types),
        ident(&operation.error.alias),
    );
    let arms = arms(&operation.success);
    let call = if operation.body.is_some() {
        quote!(self.request())
    } else {
        quote!(self.call)
    };
    quote! {
        #[doc = " Sends the call."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " When the call breaks the document's rules, when there is no response, or when the response is an error."]
        pub async fn send(self) -> Result<#success, Error<#error>> {
            let response = #call.execute().await?;
            match response.status().as_u16() {
                #arms
                _ => Err(response.failure()),
            }
        }

        #[doc = " Sends the call, and takes the response as it comes, whatever its status is."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " When the call breaks the document's rules, or when there is no response."]
        pub async fn send_raw(self) -> Result<RawResponse, Error<#error>> {
            Ok(#call.execute().await?)
        }
    }
}

fn pages() -> TokenStream {
    quote! {
        #[doc = " The pages from this one on, as a stream."]
        pub fn pages(self) -> Pages<'c, Self> {
            Pages::new(self)
        }

        #[doc = " The items of all pages from this one on, as a stream."]
        pub fn items(self) -> Items<'c, Self> {
            Items::new(self)
        }
    }
}

fn request(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    let always = is_always_sent(body);
    let reference = if always {
        quote!(&self.body)
    } else {
        quote!(body)
    };
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
        Codec::Text | Codec::Bytes => {
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
            #set
            self.call
        }
    }
}

fn paginate(operation: &Operation, paging: &Pagination, types: &Types) -> TokenStream {
    let (name, error) = (ident(&operation.builder), ident(&operation.error.alias));
    let (page, item) = (
        success_type(&operation.success, types),
        types.api(&paging.item),
    );
    let field = ident(&paging.items.name);
    let constant = |index: usize| ident(&operation.options[index].constant);
    let (received, items) = match paging.items.presence {
        Presence::Required => (quote!(page.#field.len()), quote!(page.#field)),
        Presence::OptionalNullable => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.into_option().unwrap_or_default()),
        ),
        Presence::Nullable | Presence::Optional => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.unwrap_or_default()),
        ),
    };
    let advance = match &paging.next {
        NextPage::Offset { parameter, limit } => {
            let parameter = constant(*parameter);
            let limit = limit.map(constant);
            let limit = limit.map_or(quote!(None), |limit| quote!(Some(Self::#limit)));
            quote!(self.call.next_offset(Self::#parameter, #limit, #received, None))
        }
        NextPage::Cursor { parameter, field } => {
            let (parameter, next) = (constant(*parameter), ident(&field.name));
            let next = match field.presence {
                Presence::Required => quote!(Some(&page.#next)),
                Presence::OptionalNullable => quote!(page.#next.as_ref().map(String::as_str)),
                Presence::Nullable | Presence::Optional => quote!(page.#next.as_deref()),
            };
            quote!(self.call.next_cursor(Self::#parameter, #next))
        }
    };
    quote! {
        impl<'c> Paginate<'c> for #name<'c> {
            type Page = #page;
            type Item = #item;
            type Failure = #error;

            fn fetch(&self) -> Pending<'c, Result<Self::Page, Error<Self::Failure>>> {
                Box::pin(self.clone().send())
            }

            fn advance(&mut self, page: &Self::Page) -> bool {
                #advance
            }

            fn items(page: Self::Page) -> Vec<Self::Item> {
                #items
            }
        }
    }
}

/// The names that the file of a tag defines.
pub(super) fn defined(tag: &Tag) -> Vec<&Name> {
    let operations = tag.operations.iter().flat_map(|operation| {
        let choice = match &operation.success {
            crate::ir::Success::Choice { name, .. } => Some(name),
            crate::ir::Success::Same { .. } => None,
        };
        [&operation.builder, &operation.error.alias]
            .into_iter()
            .chain(choice)
    });
    operations.chain([&tag.accessor]).collect()
}

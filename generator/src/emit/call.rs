//! The call of one operation: a thin shell around the runtime's.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::body::{body_setters, body_type, request};
use super::page::{body_places, pages, paginate};
use super::parameter::{describe, encoding, option};
use super::response::{Reading, exchange, reading, success_type};
use super::text::{docs, ident};
use super::ty::Types;
use crate::ir::{Answer, Codec, Crate, Framing, Name, Operation, Success, Tag};

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
    items.push(options(operation));
    items.extend(
        operation
            .pagination
            .iter()
            .map(|paging| paginate(krate, operation, paging, types)),
    );
    items.push(endpoint(operation, types));
    items
}

/// What mocks know of an operation.
fn endpoint(operation: &Operation, types: &Types) -> TokenStream {
    let name = ident(&operation.builder);
    let none = || quote!(std::convert::Infallible);
    let answer = match &operation.success {
        Success::Same {
            content: Some(content),
            ..
        } if content.codec == Codec::Json => types.api(&content.ty),
        _ => none(),
    };
    let body = operation
        .body
        .as_ref()
        .filter(|own| own.codec == Codec::Json);
    let body = body.map_or_else(none, |own| types.api(&own.ty));
    quote! {
        #[cfg(feature = "mocks")]
        impl crate::runtime::http::mock::Endpoint for #name<'_> {
            const OPERATION: &'static Operation = Self::OPERATION;
            type Answer = #answer;
            type Body = #body;
        }
    }
}

pub(super) fn link(tag: &Tag, operation: &Operation) -> String {
    let method = operation.name.trim_start_matches("r#");
    format!("[`{method}`]({}::{method})", tag.accessor)
}

fn error_alias(krate: &Crate, tag: &Tag, operation: &Operation) -> TokenStream {
    let alias = ident(&operation.error.alias);
    let error = &krate.errors[operation.error.index];
    let shared = error.tag.is_none().then(|| quote!(super::error::));
    let error = ident(&error.name);
    let text = docs(&format!("Why {} failed.", link(tag, operation)));
    quote!(#text pub type #alias = #shared #error;)
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
    let send = send(operation, types);
    let answers = operation
        .answers
        .iter()
        .map(|answer| send_for(operation, answer, types));
    let pages = operation.pagination.as_ref().map(|_| pages(operation));
    let request = operation.body.as_ref().map(request);
    let holds = |success: &Success| success.framings().any(Framing::holds_call);
    let told = operation.headers.is_some() && operation.success.is_open();
    let held = told || operation.body.is_some() || operation.pagination.is_some();
    let lifetime = if held || operation.successes().any(holds) {
        quote!(impl<'c> #name<'c>)
    } else {
        quote!(impl #name<'_>)
    };
    quote!(#lifetime { #constants #(#setters)* #(#body)* #send #(#answers)* #pages #request })
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
    let places = operation.pagination.iter().flat_map(body_places);
    let described = description(krate, operation);
    let form = operation.body.as_ref();
    let encodings = form.filter(|body| body.codec == Codec::Form).map(|body| {
        let encodings = body.encodings.iter().filter_map(encoding);
        quote!(const ENCODINGS: &'static [Encoding] = &[#(#encodings),*];)
    });
    quote! {
        #(#bounds)*
        #encodings
        const OPERATION: &'static Operation = &#described;
        #(#own)*
        #(#places)*
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

/// What every call can be told.
fn options(operation: &Operation) -> TokenStream {
    let name = ident(&operation.builder);
    let key = operation.keyed.then(|| quote!(, idempotency_key()));
    quote!(call_options!(#name #key);)
}

/// The call of the runtime, complete.
fn call(operation: &Operation) -> TokenStream {
    if operation.body.is_some() {
        quote!(self.request())
    } else {
        quote!(self.call)
    }
}

fn send(operation: &Operation, types: &Types) -> TokenStream {
    let (success, error) = (
        success_type(&operation.success, types),
        ident(&operation.error.alias),
    );
    let call = call(operation);
    let shared = operation.headers.is_some() || operation.pagination.is_some();
    let body = if shared {
        let Reading { send, wait, .. } = reading(&operation.success);
        quote!(Self::answer(#call.#send().await?)#wait)
    } else {
        exchange(&call, &operation.success)
    };
    let headers = send_with_headers(operation, &success, &error);
    let answer = shared.then(|| answer(operation, &success, &error));
    let text = docs(&format!(
        "{}\n\n# Errors\nWhen the call breaks the document's rules, when there is no response, or when the response is \
         an error.",
        said(&operation.success, "Sends the call.")
    ));
    quote! {
        #text
        pub async fn send(self) -> Result<#success, Error<#error>> {
            #body
        }

        #headers

        #answer

        #[doc = " Sends the call, and takes the response as it comes, whatever its status is."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " When the call breaks the document's rules, or when there is no response."]
        pub async fn send_raw(self) -> Result<RawResponse, Error<#error>> {
            Ok(#call.execute().await?)
        }
    }
}

/// The method that gives the headers of the response as well.
fn send_with_headers(
    operation: &Operation,
    success: &TokenStream,
    error: &Ident,
) -> Option<TokenStream> {
    let headers = ident(&operation.headers.as_ref()?.name);
    let call = call(operation);
    let Reading { send, wait, .. } = reading(&operation.success);
    Some(quote! {
        #[doc = " Sends the call, and gives the headers of the response as well."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " Those of [`send`](Self::send)."]
        pub async fn send_with_headers(self) -> Result<(#success, #headers), Error<#error>> {
            let response = #call.#send().await?;
            let headers = #headers(Headers::of(response.headers()));
            Ok((Self::answer(response)#wait?, headers))
        }
    })
}

/// What several methods read the response with.
fn answer(operation: &Operation, success: &TokenStream, error: &Ident) -> TokenStream {
    let Reading {
        response,
        choice,
        wait,
        ..
    } = reading(&operation.success);
    let asynchronous = wait.map(|_| quote!(async));
    quote! {
        #asynchronous fn answer(response: #response) -> Result<#success, Error<#error>> {
            #choice
        }
    }
}

/// The method that asks for another kind of answer.
fn send_for(operation: &Operation, answer: &Answer, types: &Types) -> TokenStream {
    let (name, accept) = (ident(&answer.method), &answer.accept);
    let (success, error) = (
        success_type(&answer.success, types),
        ident(&operation.error.alias),
    );
    let call = call(operation);
    let body = exchange(&quote!(#call.accepting(#accept)), &answer.success);
    let asks = format!("Sends the call, and asks for an answer of the media type `{accept}`.");
    let text = docs(&format!(
        "{}\n\n# Errors\nThose of [`send`](Self::send).",
        said(&answer.success, &asks)
    ));
    quote! {
        #text
        pub async fn #name(self) -> Result<#success, Error<#error>> {
            #body
        }
    }
}

/// What a method that sends a call does, and how the answer comes.
fn said(success: &Success, sends: &str) -> String {
    let stream = match success.framings().next() {
        None => return sends.to_owned(),
        Some(_) if success.choice().is_some() => "An answer may be a stream.",
        Some(Framing::Pieces) => "The body comes piece by piece, whatever its length is.",
        Some(Framing::Events | Framing::NamedEvents | Framing::TextEvents) => {
            "The answer is a stream of events."
        }
        Some(Framing::Lines | Framing::Records) => "The answer is a stream of values.",
    };
    format!("{sends} {stream}")
}

/// The names that the file of a tag defines.
pub(super) fn defined(tag: &Tag) -> Vec<&Name> {
    let operations = tag.operations.iter().flat_map(|operation| {
        let choices = operation.successes().filter_map(Success::choice);
        let own = [&operation.builder, &operation.error.alias];
        let headers = operation.headers.iter().map(|own| &own.name);
        own.into_iter()
            .chain(&operation.required)
            .chain(choices.map(|(name, _)| name))
            .chain(headers)
    });
    operations.chain([&tag.accessor]).collect()
}

//! The method that starts a call: what is required is an argument, or a field of one that is a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::body::{body_argument, body_type, is_always_sent};
use super::call::link;
use super::text::{deprecated, docs, ident};
use super::ty::Types;
use crate::ir::{Case, Crate, Operation, Presence, Scope, Success, Tag, Type};

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

/// A call as a user writes it; it is compiled with the docs. Arguments that no literal makes are named.
fn example(krate: &Crate, tag: &Tag, operation: &Operation) -> String {
    let package = krate.package.replace('-', "_");
    let mut hidden = vec![format!("client: {package}::Client")];
    let mut given = Vec::new();
    let mut variables = Scope::new(Case::Snake, &["client"]);
    let body = operation.body.as_ref().filter(|body| body.is_argument());
    let parameters = operation
        .arguments
        .iter()
        .map(|parameter| (&*parameter.name, &parameter.ty));
    let arguments = parameters.chain(body.map(|body| ("body", &body.ty)));
    if let Some(required) = &operation.required {
        hidden.push(format!("required: {package}::api::{required}"));
        given.push("required".to_owned());
    }
    let single = arguments.filter(|_| operation.required.is_none());
    for (name, ty) in single {
        match ty {
            Type::String => given.push(format!("\"{}\"", name.trim_start_matches("r#"))),
            Type::Integer(_) => given.push("1".to_owned()),
            Type::Float => given.push("1.0".to_owned()),
            Type::Bool => given.push("true".to_owned()),
            ty => {
                let name = variables.mint(name.trim_start_matches("r#"));
                hidden.push(format!("{name}: {}", public(krate, &package, ty)));
                given.push(name.to_string());
            }
        }
    }
    let result = match &operation.success {
        Success::Same { content: None, .. } => "",
        _ => "let response = ",
    };
    let call = format!(
        "client.{}().{}({})",
        tag.module,
        operation.name,
        given.join(", ")
    );
    format!(
        "```no_run\n# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n{result}{call}.send().await?;\n# Ok(())\n# }}\n```",
        hidden.join(", ")
    )
}

/// A type as a user of the crate writes it.
fn public(krate: &Crate, package: &str, ty: &Type) -> String {
    match ty {
        Type::Item(id) => format!("{package}::types::{}", krate.item(*id).name),
        Type::List(inner) => format!("Vec<{}>", public(krate, package, inner)),
        Type::Nullable(inner) => format!("Option<{}>", public(krate, package, inner)),
        Type::Boxed(inner) => format!("Box<{}>", public(krate, package, inner)),
        Type::Map(inner) => format!("{package}::Map<{}>", public(krate, package, inner)),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(size) => format!("{size:?}").to_lowercase(),
        Type::Float => "f64".to_owned(),
        Type::Value | Type::Number | Type::File => format!("{package}::{ty:?}"),
        Type::Text(text) => format!("{package}::{text:?}"),
        Type::Foreign(path) => path.clone(),
    }
}

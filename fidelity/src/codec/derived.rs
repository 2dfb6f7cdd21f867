//! The generated types with serde's derives in the place of their own codec.
//!
//! What a type says about itself to the codec (`json_object!`, `json_strings!`) becomes attributes. Unions are tried
//! branch by branch, because serde takes the tag of a tagged union out of its branches. Absent and `null` are one.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Attribute, Fields, Item, ItemEnum, ItemMacro, ItemStruct, parse_quote};

/// What the types stand on instead of the runtime.
pub(super) const LEAVES: &str = include_str!("../../program/leaves.rs");

/// The names on the wire of a type's fields or values, and whether a field may be absent.
type Names = HashMap<String, (String, bool)>;

/// A file of types, translated.
pub(super) fn translate(text: &str) -> syn::Result<String> {
    let mut file = syn::parse_file(text)?;
    let described: HashMap<_, _> = file.items.iter().filter_map(description).collect();
    file.attrs.clear();
    file.items.retain_mut(|item| match item {
        Item::Impl(_) | Item::Macro(_) => false,
        Item::Use(of) => !quote::quote!(#of).to_string().contains("runtime"),
        Item::Struct(item) => {
            derive_struct(item, described.get(&item.ident.to_string()));
            true
        }
        _ => true,
    });
    for item in &mut file.items {
        if let Item::Enum(of) = item {
            match described.get(&of.ident.to_string()) {
                Some(("json_integers", _)) => {
                    let name = &of.ident;
                    *item = parse_quote!(pub type #name = i64;);
                }
                strings => derive_enum(of, strings.map(|(_, names)| names)),
            }
        }
    }
    file.items.insert(
        0,
        parse_quote!(
            use crate::runtime::*;
        ),
    );
    Ok(prettyplease::unparse(&file))
}

/// What a type says about itself: its name, the macro, and the names on the wire.
fn description(item: &Item) -> Option<(String, (&'static str, Names))> {
    let Item::Macro(ItemMacro { mac, .. }) = item else {
        return None;
    };
    let name = mac.path.segments.last()?.ident.to_string();
    let known = ["json_object", "json_strings", "json_integers", "json_tuple"];
    let known = known.into_iter().find(|known| *known == name)?;
    let mut tokens = mac.tokens.clone().into_iter();
    let (Some(TokenTree::Ident(ty)), Some(TokenTree::Group(body))) = (tokens.next(), tokens.next())
    else {
        return None;
    };
    Some((ty.to_string(), (known, names(body.stream()))))
}

/// `field: Key::optional("name").rules(…), Variant: "value", …`.
fn names(body: TokenStream) -> Names {
    let tokens: Vec<_> = body.into_iter().collect();
    let entries =
        tokens.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','));
    entries
        .filter_map(|entry| {
            let (first, rest) = entry.split_first()?;
            let optional = rest.iter().any(|token| token.to_string() == "optional");
            Some((first.to_string(), (literal(rest)?, optional)))
        })
        .collect()
}

/// The first text among tokens, inside of parentheses as well.
fn literal(tokens: &[TokenTree]) -> Option<String> {
    tokens.iter().find_map(|token| match token {
        TokenTree::Literal(_) => {
            let parse = |input: syn::parse::ParseStream<'_>| input.parse::<syn::LitStr>();
            Some(parse.parse2(token.clone().into()).ok()?.value())
        }
        TokenTree::Group(group) => literal(&group.stream().into_iter().collect::<Vec<_>>()),
        _ => None,
    })
}

fn derive_struct(item: &mut ItemStruct, described: Option<&(&'static str, Names)>) {
    item.attrs = vec![parse_quote!(#[derive(Clone, Debug, PartialEq)])];
    // What is no JSON, such as the parts of a multipart body, does not describe itself.
    let Some((_, names)) = described else {
        return;
    };
    item.attrs
        .push(parse_quote!(#[derive(serde::Serialize, serde::Deserialize)]));
    let Fields::Named(fields) = &mut item.fields else {
        return;
    };
    for field in &mut fields.named {
        let name = field
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        field.attrs = vec![match names.get(&name) {
            Some((name, true)) => {
                parse_quote!(#[serde(rename = #name, default, skip_serializing_if = "Option::is_none")])
            }
            Some((name, false)) => parse_quote!(#[serde(rename = #name)]),
            None => parse_quote!(#[serde(flatten)]),
        }];
    }
}

fn derive_enum(item: &mut ItemEnum, strings: Option<&Names>) {
    item.attrs = vec![
        parse_quote!(#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]),
    ];
    if strings.is_none() {
        item.attrs.push(parse_quote!(#[serde(untagged)]));
    }
    for variant in &mut item.variants {
        variant.attrs = strings.map_or_else(Vec::new, |names| {
            let attribute: Attribute = match names.get(&variant.ident.to_string()) {
                Some((name, _)) => parse_quote!(#[serde(rename = #name)]),
                None => parse_quote!(#[serde(untagged)]),
            };
            vec![attribute]
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_describes_itself_derives_the_same() {
        let text = r#"
            use crate::runtime::json::{Key, json_object};
            use super::Other;
            #[derive(Clone, Default)]
            pub struct Pet { pub r#type: Kind, pub name: Field<String>, pub additional: Map<Value> }
            impl Pet { pub fn new() -> Self { todo() } }
            json_object!(Pet { r#type: Key::required("type").rules(&[Rule::MaxLength(3)]), name: Key::optional("na\"me") }, additional);
            pub enum Kind { Cat, Unknown(String) }
            json_strings!(Kind { Cat: "cat" }, Self::Unknown);
            pub enum Either { A(Pet), B(Kind) }
            impl Json for Either {}
        "#;
        let expected = r#"
            use crate::runtime::*;
            use super::Other;
            #[derive(Clone, Debug, PartialEq)]
            #[derive(serde::Serialize, serde::Deserialize)]
            pub struct Pet {
                #[serde(rename = "type")] pub r#type: Kind,
                #[serde(rename = "na\"me", default, skip_serializing_if = "Option::is_none")] pub name: Field<String>,
                #[serde(flatten)] pub additional: Map<Value>,
            }
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
            pub enum Kind { #[serde(rename = "cat")] Cat, #[serde(untagged)] Unknown(String) }
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(untagged)]
            pub enum Either { A(Pet), B(Kind) }
        "#;
        let expected = prettyplease::unparse(&syn::parse_file(expected).unwrap());
        assert_eq!(translate(text).unwrap(), expected);
    }
}

//! Unions: enums with one variant for each type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::rules::rules;
use super::text::{docs, ident};
use super::ty::Types;
use crate::ir::{Item, Kind, Type, Union, UnionVariant};

/// Emits a union with its conversions and codec.
pub(super) fn emit_union(item: &Item, union: &Union, types: &Types) -> Vec<TokenStream> {
    let mut items = vec![
        definition(item, union, types),
        value(item, union),
        codec(item, union),
    ];
    items.extend(union.events.then(|| event_data(item, union)));
    items.extend(
        union
            .variants
            .iter()
            .flat_map(|variant| conversions(item, variant, types)),
    );
    items
}

/// How the data of an event is read by the event's name. Under a name that is not known, what is no JSON is text.
fn event_data(item: &Item, union: &Union) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&union.unknown));
    let is_named = |variant: &&UnionVariant| !variant.guard.tags.is_empty();
    let arms = union.variants.iter().filter(is_named).map(|variant| {
        let (own, tags) = (ident(&variant.name), &variant.guard.tags);
        let read = if variant.ty == Type::String {
            quote!(text)
        } else {
            quote!(json)
        };
        quote!(#(#tags)|* => data.#read().map(Self::#own),)
    });
    let other = if union.variants.iter().all(|own| is_named(&own)) {
        quote!(data.json().or_else(|_| data.text().map(Value::String)).map(Self::#unknown))
    } else {
        quote!(data.json().or_else(|_| data.text().map(Value::String).map(Self::#unknown)))
    };
    quote! {
        impl crate::runtime::http::EventData for #name {
            fn read_event(name: &str, data: &crate::runtime::RawResponse) -> Result<Self, DecodeError> {
                match name {
                    #(#arms)*
                    _ => #other,
                }
            }
        }
    }
}

fn definition(item: &Item, union: &Union, types: &Types) -> TokenStream {
    let (name, text, unknown) = (ident(&item.name), docs(&item.docs), ident(&union.unknown));
    let variants = union.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), docs(&variant_docs(variant)));
        let ty = types.local(&variant.ty);
        quote!(#text #name(#ty))
    });
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that is none of these."]
            #unknown(Value),
        }
    }
}

fn variant_docs(variant: &UnionVariant) -> String {
    let tags: Vec<_> = variant
        .guard
        .tags
        .iter()
        .map(|tag| format!("`{}`", tag.replace('`', "'")))
        .collect();
    match (tags.join(", "), variant.docs.as_str()) {
        (tags, "") => tags,
        (tags, docs) if tags.is_empty() => docs.to_owned(),
        (tags, docs) => format!("{tags}: {docs}"),
    }
}

fn value(item: &Item, union: &Union) -> TokenStream {
    let (name, variants) = (ident(&item.name), all(union));
    quote! {
        impl #name {
            fn value(&self) -> &dyn Json {
                match self {
                    #(Self::#variants(value) => value,)*
                }
            }
        }
    }
}

fn all(union: &Union) -> Vec<Ident> {
    let names = union.variants.iter().map(|variant| &variant.name);
    names.chain([&union.unknown]).map(ident).collect()
}

fn codec(item: &Item, union: &Union) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&union.unknown));
    let read = match &union.tag {
        Some(tag) => by_tag(item, union, tag),
        None => by_kind(item, union),
    };
    let check = check(union);
    quote! {
        impl Json for #name {
            fn initial() -> Self {
                Self::#unknown(Value::Null)
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                *self = #read;
                Ok(())
            }

            fn write(&self, writer: &mut Writer) {
                self.value().write(writer);
            }

            #check
        }
    }
}

fn check(union: &Union) -> TokenStream {
    let unknown = ident(&union.unknown);
    let ruled = union.variants.iter().filter_map(|variant| {
        let (name, rules) = (ident(&variant.name), rules(&variant.constraints));
        (!rules.is_empty())
            .then(|| quote!(Self::#name(value) => value.check(&[#(#rules),*], checker),))
    });
    let ruled: Vec<_> = ruled.collect();
    let (passed, rest) = if ruled.len() < union.variants.len() {
        (
            quote!(rules),
            quote!(_ => self.value().check(rules, checker),),
        )
    } else {
        (quote!(_), TokenStream::new())
    };
    let other = if let Some(tag) = &union.tag {
        let tags: Vec<_> = union
            .variants
            .iter()
            .flat_map(|variant| &variant.guard.tags)
            .collect();
        quote!(checker.unknown_tag(#tag, value, &[#(#tags),*]))
    } else {
        quote!(checker.report(format!("{} is none of the allowed types", value.to_json())))
    };
    let asked = super::rules::rules(&union.constraints);
    let asked = (!asked.is_empty()).then(|| quote!(checker.json(&[#(#asked),*], self);));
    quote! {
        fn check(&self, #passed: &'static [Rule], checker: &mut Checker) {
            #asked
            match self {
                #(#ruled)*
                Self::#unknown(value) => #other,
                #rest
            }
        }
    }
}

/// Variants with the same tag are told apart by what they take.
fn by_tag(item: &Item, union: &Union, tag: &str) -> TokenStream {
    let unknown = ident(&union.unknown);
    let expected = format!("a value of {}", item.name);
    let mut arms: Vec<(Vec<&str>, Vec<&UnionVariant>)> = Vec::new();
    for (value, takes) in variants_by_tag(union) {
        match arms.iter_mut().find(|(_, known)| is_same(known, &takes)) {
            Some((values, _)) => values.push(value),
            None => arms.push((vec![value], takes)),
        }
    }
    let arms = arms.iter().map(|(values, takes)| {
        let read = read(takes, &unknown, &expected);
        quote!(Some(#(#values)|*) => #read,)
    });
    let rest: Vec<_> = union.variants.iter().filter(|v| v.guard.any_tag).collect();
    // A tag that a newer server invents must not make the whole response unreadable.
    let other = match rest.as_slice() {
        [] => read(&rest, &unknown, &expected),
        rest => first_of(rest, &unknown, &expected),
    };
    let all: Vec<_> = union.variants.iter().collect();
    let untagged = first_of(&all, &unknown, &expected);
    quote! {
        match reader.tag(#tag)?.as_deref() {
            #(#arms)*
            None => #untagged,
            Some(_) => #other,
        }
    }
}

/// Every tag with the variants that have it.
fn variants_by_tag(union: &Union) -> Vec<(&str, Vec<&UnionVariant>)> {
    let mut tags: Vec<(&str, Vec<&UnionVariant>)> = Vec::new();
    for variant in &union.variants {
        for tag in &variant.guard.tags {
            match tags.iter_mut().find(|(known, _)| known == tag) {
                Some((_, variants)) => variants.push(variant),
                None => tags.push((tag, vec![variant])),
            }
        }
    }
    tags
}

fn is_same(left: &[&UnionVariant], right: &[&UnionVariant]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.name == b.name)
}

/// Reads one of a few variants.
fn read(variants: &[&UnionVariant], unknown: &Ident, expected: &str) -> TokenStream {
    match variants {
        [] => quote!(Self::#unknown(reader.value()?)),
        [variant] => {
            let name = ident(&variant.name);
            quote!(Self::#name(reader.value()?))
        }
        _ => first_of(variants, unknown, expected),
    }
}

fn by_kind(item: &Item, union: &Union) -> TokenStream {
    let unknown = ident(&union.unknown);
    let mut arms: Vec<(Vec<TokenStream>, Vec<&UnionVariant>)> = Vec::new();
    for (kind, name) in KINDS {
        let takes: Vec<_> = union
            .variants
            .iter()
            .filter(|variant| takes(variant, *kind))
            .collect();
        let name: Ident = quote::format_ident!("{name}");
        if takes.is_empty() {
            continue;
        }
        match arms.iter_mut().find(|(_, known)| is_same(known, &takes)) {
            Some((kinds, _)) => kinds.push(quote!(Kind::#name)),
            None => arms.push((vec![quote!(Kind::#name)], takes)),
        }
    }
    let expected = format!("a value of {}", item.name);
    let arms = arms.iter().map(|(kinds, takes)| {
        let read = read(takes, &unknown, &expected);
        quote!(#(#kinds)|* => #read,)
    });
    quote! {
        match reader.kind()? {
            #(#arms)*
            _ => Self::#unknown(reader.value()?),
        }
    }
}

/// What nothing tells apart is tried in order; a value that is none of them is kept as it is.
fn first_of(variants: &[&UnionVariant], unknown: &Ident, expected: &str) -> TokenStream {
    let names = variants.iter().map(|variant| ident(&variant.name));
    quote! {
        reader
            .first_of(#expected, &[#(|reader| reader.value().map(Self::#names)),*])
            .or_else(|_| reader.value().map(Self::#unknown))?
    }
}

/// The runtime's names of the kinds of JSON values.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Bool, "Boolean"),
    (Kind::Integer, "Integer"),
    (Kind::Number, "Number"),
    (Kind::String, "String"),
    (Kind::Array, "Array"),
    (Kind::Object, "Object"),
];

fn takes(variant: &UnionVariant, kind: Kind) -> bool {
    let kinds = &variant.guard.kinds;
    kinds.is_empty()
        || kinds.contains(&kind)
        || kind == Kind::Integer && kinds.contains(&Kind::Number)
}

/// A value of a variant becomes a value of the union by itself, and so does a text.
fn conversions(item: &Item, variant: &UnionVariant, types: &Types) -> Vec<TokenStream> {
    if !variant.converts {
        return Vec::new();
    }
    let from = |from: TokenStream, value: TokenStream| {
        let (name, variant) = (ident(&item.name), ident(&variant.name));
        quote! {
            impl From<#from> for #name {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    };
    match &variant.ty {
        Type::Boxed(inner) => vec![from(types.local(inner), quote!(Box::new(value)))],
        Type::String => vec![
            from(quote!(String), quote!(value)),
            from(quote!(&str), quote!(value.to_owned())),
        ],
        ty => vec![from(types.local(ty), quote!(value))],
    }
}

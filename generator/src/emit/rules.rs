//! Constraints as the rules of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::number;
use crate::ir::{Ask, Bound, Constraints};

/// `.with_rules(&[…])`; nothing where everything is allowed.
pub(super) fn with_rules(constraints: &Constraints) -> TokenStream {
    let rules = rules(constraints);
    if rules.is_empty() {
        TokenStream::new()
    } else {
        quote!(.with_rules(&[#(#rules),*]))
    }
}

/// The rules of a value. Its items, or the values of a map, have their own.
pub(super) fn rules(constraints: &Constraints) -> Vec<TokenStream> {
    let mut rules = Vec::new();
    rules.extend(bound(
        constraints.minimum.as_ref(),
        &quote!(Minimum),
        &quote!(ExclusiveMinimum),
    ));
    rules.extend(bound(
        constraints.maximum.as_ref(),
        &quote!(Maximum),
        &quote!(ExclusiveMaximum),
    ));
    if let Some(divisor) = &constraints.multiple_of {
        let divisor = divisor.to_string();
        rules.push(quote!(Rule::MultipleOf(#divisor)));
    }
    let counts = [
        (constraints.min_length, quote!(MinLength)),
        (constraints.max_length, quote!(MaxLength)),
        (constraints.min_items, quote!(MinItems)),
        (constraints.max_items, quote!(MaxItems)),
        (constraints.min_properties, quote!(MinProperties)),
        (constraints.max_properties, quote!(MaxProperties)),
    ];
    for (count, name) in counts {
        if let Some(count) = count.map(number) {
            rules.push(quote!(Rule::#name(#count)));
        }
    }
    if let Some(pattern) = &constraints.pattern {
        rules.push(quote!(Rule::Pattern(#pattern)));
    }
    if let Some(format) = constraints.format {
        let name = quote::format_ident!("{format:?}");
        rules.push(quote!(Rule::Format(Format::#name)));
    }
    if constraints.unique_items {
        rules.push(quote!(Rule::UniqueItems));
    }
    if let Some(items) = constraints.items.as_deref() {
        let (name, items) = (
            if constraints.of_map {
                quote!(Values)
            } else {
                quote!(Items)
            },
            self::rules(items),
        );
        rules.push(quote!(Rule::#name(&[#(#items),*])));
    }
    rules.extend(constraints.asks.iter().flat_map(asked));
    rules
}

/// The rules about the JSON of a value.
fn asked(ask: &Ask) -> Vec<TokenStream> {
    let rule = match ask {
        Ask::Also(more) => return rules(more),
        Ask::Never => quote!(Never),
        Ask::Type(types) => {
            let kinds = types.iter().map(|ty| quote::format_ident!("{ty:?}"));
            quote!(Type(&[#(Kind::#kinds),*]))
        }
        Ask::Enum(values) => {
            let texts = values.iter().map(ToString::to_string);
            quote!(Enum(&[#(#texts),*]))
        }
        Ask::Required(names) => quote!(Required(&[#(#names),*])),
        Ask::Properties(properties) => {
            let properties = named(properties);
            quote!(Properties(#properties))
        }
        Ask::Patterns(patterns) => {
            let patterns = named(patterns);
            quote!(Patterns(#patterns))
        }
        Ask::Names(names) => {
            let names = set(names);
            quote!(Names(#names))
        }
        Ask::Others(names, patterns, others) => {
            let others = set(others);
            quote!(Others(&[#(#names),*], &[#(#patterns),*], #others))
        }
        Ask::Tuple(first, rest) => {
            let (first, rest) = (first.iter().map(set), set(rest));
            quote!(Tuple(&[#(#first),*], #rest))
        }
        Ask::Contains(items, least, most) => {
            let (items, least) = (set(items), number(*least));
            let most = if *most == u64::MAX {
                quote!(u64::MAX)
            } else {
                let most = number(*most);
                quote!(#most)
            };
            quote!(Contains(#items, #least, #most))
        }
        Ask::Not(not) => {
            let not = set(not);
            quote!(Not(#not))
        }
        Ask::Any(sets) => {
            let sets = sets.iter().map(set);
            quote!(Any(&[#(#sets),*]))
        }
        Ask::One(sets) => {
            let sets = sets.iter().map(set);
            quote!(One(&[#(#sets),*]))
        }
        Ask::If(parts) => {
            let parts = parts.iter().map(set);
            quote!(If(#(#parts),*))
        }
    };
    vec![quote!(Rule::#rule)]
}

fn set(constraints: &Constraints) -> TokenStream {
    let rules = rules(constraints);
    quote!(&[#(#rules),*])
}

fn named(schemas: &[(String, Constraints)]) -> TokenStream {
    let pairs = schemas.iter().map(|(name, constraints)| {
        let rules = set(constraints);
        quote!((#name, #rules))
    });
    quote!(&[#(#pairs),*])
}

fn bound(
    bound: Option<&Bound>,
    inclusive: &TokenStream,
    exclusive: &TokenStream,
) -> Option<TokenStream> {
    let bound = bound?;
    let (name, value) = (
        if bound.exclusive {
            exclusive
        } else {
            inclusive
        },
        bound.value.to_string(),
    );
    Some(quote!(Rule::#name(#value)))
}

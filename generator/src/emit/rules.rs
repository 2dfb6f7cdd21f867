//! Constraints as the rules of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::number;
use crate::ir::{Bound, Constraints};

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
    rules
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

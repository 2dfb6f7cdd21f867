//! Small pieces that every emitter needs: identifiers, docs, literals.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::format::is_block;
use crate::ir::Name;

/// A name as an identifier.
pub(super) fn ident(name: &Name) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Rustdoc: one attribute, or one a line where that cannot be.
pub(super) fn docs(text: &str) -> TokenStream {
    let lines: Vec<_> = text.lines().map(spaced).collect();
    let whole = lines.join("\n");
    let parts = if is_block(&whole) { vec![whole] } else { lines };
    let parts = parts.iter().map(|part| raw(part));
    quote!(#(#[doc = #parts])*)
}

/// A line of docs as it stands behind the mark of a comment.
fn spaced(line: &str) -> String {
    let space = if line.is_empty() { "" } else { " " };
    format!("{space}{line}")
}

/// A string in which nothing is escaped, where that can be: much of a client is docs, and escapes are made and undone
/// character by character.
fn raw(text: &str) -> Literal {
    let raw = format!("r#\"{text}\"#").parse();
    raw.unwrap_or_else(|_| Literal::string(text))
}

/// The attribute of what is there with a feature only.
pub(super) fn gate(feature: Option<&str>) -> TokenStream {
    feature.map_or_else(
        TokenStream::new,
        |feature| quote!(#[cfg(feature = #feature)]),
    )
}

/// The attribute of what users should move away from.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// An integer without a suffix.
pub(super) fn number(value: u64) -> Literal {
    Literal::u64_unsuffixed(value)
}

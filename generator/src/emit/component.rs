//! The types of the document's named schemas as a program says them that uses the client.

use quote::quote;

use super::rules::rules;
use super::ty::Types;
use crate::ir::{Component, Crate, ItemKind, Type};

/// A named schema, with Rust for a file that imports everything of the client's `types` and `runtime`.
#[derive(Clone, Debug)]
pub struct Spelled<'a> {
    /// The schema.
    pub component: &'a Component,
    /// The type of its values.
    pub ty: String,
    /// What its values must keep to: a slice of the runtime's `Rule`.
    pub rules: String,
}

/// The named schemas whose types are JSON; files and the bodies that hold them are none.
pub fn spell_components(krate: &Crate) -> Vec<Spelled<'_>> {
    let types = Types::new(krate, []);
    let all = krate.components.iter();
    let json = all.filter(|component| is_json(krate, &component.ty, 0));
    let spelled = json.map(|component| {
        let rules = rules(&component.constraints);
        Spelled {
            component,
            ty: types.local(&component.ty).to_string(),
            rules: quote!(&[#(#rules),*]).to_string(),
        }
    });
    spelled.collect()
}

/// Whether values of a type are JSON. Aliases are few levels deep.
fn is_json(krate: &Crate, ty: &Type, depth: u8) -> bool {
    match ty {
        Type::File | Type::Bytes => false,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            is_json(krate, inner, depth)
        }
        Type::Item(id) => match &krate.item(*id).kind {
            ItemKind::Struct(body) => !body.multipart,
            ItemKind::Alias(inner) => depth < 16 && is_json(krate, inner, depth + 1),
            ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Tuple(_) => true,
        },
        _ => true,
    }
}

//! Objects: their properties become the fields of a struct.

use bindery_spec::model::SchemaId;

use super::types::Types;
use super::view::{Undeclared, View};
use crate::ir::{
    Additional, Case, Constraints, Field, ItemKind, Name, Presence, Scope, Struct, Type,
};
use crate::lower::docs;
use crate::lower::operation::multipart::lower_file;
use crate::lower::typed::Typed;

/// Lowers an object with declared properties, which is the content of a multipart body with files, or JSON.
pub(super) fn lower_struct<'a>(
    types: &mut Types<'a, '_>,
    view: &View<'a>,
    multipart: bool,
) -> Struct {
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut setters = Scope::new(Case::Setter, METHODS);
    let required = view.required();
    let mut fields = Vec::new();
    for (wire, ids) in view.properties() {
        let names = (scope.mint(wire), setters.mint(wire));
        let file = multipart.then(|| lower_file(types, &ids)).flatten();
        let used = file.unwrap_or_else(|| lower_property(types, &ids));
        let required = required.contains(wire);
        fields.push(lower_field(types, names, wire, (&ids, required), used));
    }
    // What conditions and alternatives ask for beyond the fields is kept, as the rules look at it; and everything where only
    // the names of some properties are known.
    let is_more = view.is_conditional() || super::plan::telling(view).len() > 1;
    let declares = view.schemas().any(|schema| !schema.properties.is_empty());
    let undeclared = match view.undeclared() {
        Undeclared::Silent if is_more || !declares => Undeclared::Any,
        undeclared => undeclared,
    };
    Struct {
        parts: false,
        multipart,
        fields,
        sent: false,
        required: None,
        constraints: Constraints {
            asks: super::ask::beyond(types, view),
            ..super::constrain::map(view)
        },
        closed: undeclared == Undeclared::Forbidden,
        additional: lower_additional(types, undeclared, &mut scope),
    }
}

fn lower_property(types: &mut Types, ids: &[SchemaId]) -> Typed {
    if ids.is_empty() {
        Typed::any()
    } else {
        types.lower(ids)
    }
}

fn lower_field(
    types: &mut Types,
    (name, setter): (Name, Name),
    wire: &str,
    (ids, required): (&[SchemaId], bool),
    used: Typed,
) -> Field {
    let parts: Vec<_> = ids.iter().copied().map(Into::into).collect();
    let view = types.view(&parts);
    let value = *types.resolve(&used.ty) == Type::Value;
    let presence = Presence::new(required, used.nullable || (value && !required));
    let fixed = only_value(types, &used.ty).filter(|_| presence == Presence::Required);
    Field {
        docs: docs::of_field(
            &view,
            types.resolve(&used.ty),
            &used.constraints,
            wire,
            &name,
        ),
        name,
        setter,
        wire: wire.to_owned(),
        presence,
        read_only: view.schemas().any(|schema| schema.read_only),
        write_only: view.schemas().any(|schema| schema.write_only),
        deprecated: ids.iter().any(|id| types.schemas[*id].deprecated),
        fixed,
        media_type: None,
        part_style: None,
        constraints: used.constraints,
        ty: used.ty,
    }
}

/// The variant of an enum that has no other.
fn only_value(types: &Types, ty: &Type) -> Option<Name> {
    let Type::Item(id) = types.resolve(ty) else {
        return None;
    };
    match &types.item(*id)?.kind {
        ItemKind::Enum(only) if only.variants.len() == 1 && !only.open => {
            Some(only.variants[0].name.clone())
        }
        _ => None,
    }
}

fn lower_additional(
    types: &mut Types,
    undeclared: Undeclared,
    scope: &mut Scope,
) -> Option<Additional> {
    let (ty, constraints) = match undeclared {
        Undeclared::Silent | Undeclared::Forbidden => return None,
        Undeclared::Any => (Type::Value, Constraints::default()),
        Undeclared::Schemas(ids) => {
            let used = types.lower(&ids);
            (used.clone().whole(), used.constraints)
        }
    };
    Some(Additional {
        name: scope.mint_first(ADDITIONAL),
        ty,
        constraints,
    })
}

/// The functions that every struct has.
const METHODS: &[&str] = &["clone", "default", "fields", "initial", "new", "parts"];

/// What the field for undeclared properties is called.
pub(in crate::lower) const ADDITIONAL: &[&str] = &["additional", "additional_properties"];

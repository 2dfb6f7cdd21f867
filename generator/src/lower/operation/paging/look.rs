//! Finding things in a page, and in the body that asks for it: by name, or by the place that the configuration names.

use crate::ir::{Field, ItemId, ItemKind, Step, Struct, Text, Type, Way, Words};
use crate::lower::schema::types::Types;

/// The structs inside a page that say something about the page, and those around its list.
const AROUND: &[&str] = &[
    "data",
    "result",
    "results",
    "response",
    "meta",
    "metadata",
    "response_metadata",
    "pagination",
    "paging",
    "page",
    "page_info",
    "pages",
    "paginator",
    "cursor",
    "cursors",
    "links",
    "next",
    "options",
];

/// How many structs deep something is looked for.
const DEPTH: usize = 3;

/// The kinds of scalars that cursors and numbers of pages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// A string, with a format or without.
    Text,
    /// A number without a fraction.
    Integer,
    /// `true` or `false`.
    Flag,
}

/// What kind of scalar a type is.
pub(super) fn scalar(types: &Types, ty: &Type) -> Option<Scalar> {
    match types.resolve(ty) {
        Type::String | Type::Text(Text::Uuid | Text::DateTime | Text::Date | Text::Time) => {
            Some(Scalar::Text)
        }
        Type::Integer(_) => Some(Scalar::Integer),
        Type::Bool => Some(Scalar::Flag),
        _ => None,
    }
}

/// The struct that a type is.
pub(super) fn struct_of<'t>(types: &'t Types, ty: &Type) -> Option<(ItemId, &'t Struct)> {
    let Type::Item(id) = types.resolve(ty) else {
        return None;
    };
    match &types.item(*id)?.kind {
        ItemKind::Struct(body) => Some((*id, body)),
        _ => None,
    }
}

/// The field at the end of a way.
pub(super) fn field<'t>(types: &'t Types, way: &[Step]) -> Option<&'t Field> {
    let last = way.last()?;
    match &types.item(last.item)?.kind {
        ItemKind::Struct(body) => body.fields.get(last.field),
        _ => None,
    }
}

/// A name as names are compared: in snake case.
pub(super) fn plain(wire: &str) -> String {
    Words::of(wire).snake()
}

/// The ways to all fields of a page, those at its outside first.
pub(super) fn ways(types: &Types, page: &Type) -> Vec<Way> {
    let mut found: Vec<Way> = Vec::new();
    let mut level: Vec<(Way, Type)> = vec![(Vec::new(), page.clone())];
    for _ in 0..DEPTH {
        let mut inner = Vec::new();
        for (way, ty) in level {
            let Some((item, body)) = struct_of(types, &ty) else {
                continue;
            };
            for (index, own) in body.fields.iter().enumerate() {
                let mut way = way.clone();
                way.push(Step { item, field: index });
                if AROUND.contains(&plain(&own.wire).as_str()) {
                    inner.push((way.clone(), own.ty.clone()));
                }
                found.push(way);
            }
        }
        level = inner;
    }
    found
}

/// The first of the ways whose field has one of the names, in the order of the names, and is what is looked for.
pub(super) fn named(
    types: &Types,
    ways: &[Way],
    names: &[&str],
    fits: impl Fn(&Field) -> bool,
) -> Option<Way> {
    let is = |way: &&Way, name: &str| {
        field(types, way).is_some_and(|own| plain(&own.wire) == name && fits(own))
    };
    let find = |name: &&str| ways.iter().find(|way| is(way, name)).cloned();
    names.iter().find_map(find)
}

/// The way that a JSON Pointer (RFC 6901) leads; `None` where it leads through something else than structs.
pub(super) fn way(types: &Types, from: &Type, pointer: &str) -> Option<Way> {
    let (mut way, mut ty) = (Vec::new(), from);
    for step in pointer.split('/').skip(1) {
        let wire = step.replace("~1", "/").replace("~0", "~");
        let (item, body) = struct_of(types, ty)?;
        let index = body.fields.iter().position(|own| own.wire == wire)?;
        way.push(Step { item, field: index });
        ty = &body.fields[index].ty;
    }
    Some(way)
}

/// The type of the items of the list that a way leads to.
pub(super) fn item_of<'t>(types: &'t Types, page: &'t Type, way: &[Step]) -> Option<&'t Type> {
    let ty = match way {
        [] => page,
        way => &field(types, way)?.ty,
    };
    match types.resolve(ty) {
        Type::List(item) => Some(item),
        _ => None,
    }
}

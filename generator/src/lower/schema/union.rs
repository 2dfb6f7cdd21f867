//! Unions: one of several types, and how a value shows which.

use std::collections::HashSet;
use std::mem::discriminant;

use bindery_spec::model;
use indexmap::IndexMap;

use super::branches::{Branches, with};
use super::event::EventKind;
use super::tag::{constants, is_default, tags};
use super::types::Types;
use super::view::{Part, View};
use crate::ir::{
    Ask, Case, Constraints, Guard, ItemKind, Kind, Name, Scope, Type, Union, UnionVariant,
};
use crate::lower::docs;
use crate::lower::typed::Typed;

/// A branch with what it becomes.
struct Branch {
    parts: Vec<Part>,
    role: String,
    docs: String,
    typed: Typed,
    tags: Vec<String>,
    /// Whether it is meant by tags that no branch has.
    is_default: bool,
}

/// Lowers the branches of a `oneOf` or an `anyOf`.
pub(super) fn lower_union<'a>(
    types: &mut Types<'a, '_>,
    view: &View<'a>,
    branches: &Branches<'a>,
) -> ItemKind {
    let mut lowered = Vec::new();
    let beside = view.beside(branches);
    for id in view.real_branches(branches) {
        let parts = with(&beside, id);
        lowered.push(Branch {
            role: types.origins.role(id, types.schemas),
            docs: docs::of_schema(&types.schemas[id]),
            typed: types.lower_all(&parts),
            tags: tags(branches.discriminator, id),
            is_default: is_default(branches.discriminator, id),
            parts,
        });
    }
    let tag = branches.discriminator.map(|d| d.property.clone());
    // Otherwise each branch asks for itself.
    let asks = if beside.is_empty() {
        super::ask::beyond(types, view)
    } else {
        Vec::new()
    };
    finish(types, merge(types, lowered), tag, asks)
}

/// Lowers a schema that allows several types.
pub(super) fn lower_types(types: &mut Types, parts: &[Part], allowed: &[model::Type]) -> ItemKind {
    let branch = |types: &mut Types, ty: &model::Type| Branch {
        parts: parts.to_vec(),
        role: format!("{ty:?}"),
        docs: String::new(),
        typed: types.lower_only(parts, *ty),
        tags: Vec::new(),
        is_default: false,
    };
    let lowered = allowed.iter().map(|ty| branch(types, ty)).collect();
    finish(types, merge(types, lowered), None, Vec::new())
}

/// Lowers the data of events of several kinds, which are told apart by the names of events, whatever their data is.
pub(super) fn lower_data(types: &mut Types, kinds: Vec<EventKind>) -> ItemKind {
    let branch = |types: &mut Types, kind: EventKind| Branch {
        role: match kind.names.first() {
            Some(name) => name.clone(),
            None => types.origins.role(kind.schema, types.schemas),
        },
        docs: docs::of_schema(&types.schemas[types.schemas.target(kind.schema)]),
        typed: if kind.content.is_empty() {
            Typed::text()
        } else {
            types.lower(&kind.content)
        },
        parts: kind.content.into_iter().map(Part::from).collect(),
        tags: kind.names,
        is_default: false,
    };
    let lowered = kinds.into_iter().map(|kind| branch(types, kind)).collect();
    let mut kind = finish(types, lowered, None, Vec::new());
    if let ItemKind::Union(union) = &mut kind {
        union.events = true;
        union
            .variants
            .iter_mut()
            .for_each(|own| own.converts = false);
    }
    kind
}

/// Branches that cannot be told apart become one: texts of different formats, and types that are the same.
fn merge(types: &Types, branches: Vec<Branch>) -> Vec<Branch> {
    let mut merged: Vec<Branch> = Vec::new();
    for mut branch in branches {
        let text = |ty: &Type| matches!(types.resolve(ty), Type::String | Type::Text(_));
        let same = merged.iter_mut().find(|known| {
            known.typed.ty == branch.typed.ty || text(&known.typed.ty) && text(&branch.typed.ty)
        });
        match same {
            Some(known) => {
                if known.typed.ty != branch.typed.ty {
                    state_format(types, &mut known.typed);
                    state_format(types, &mut branch.typed);
                    known.typed.ty = Type::String;
                    "string".clone_into(&mut known.role);
                }
                known.typed.constraints =
                    either(&known.typed.constraints, branch.typed.constraints);
                known.tags.extend(branch.tags);
                known.is_default |= branch.is_default;
            }
            None => merged.push(branch),
        }
    }
    merged
}

/// Says what the type of a text checks, which is to become a text of any format.
fn state_format(types: &Types, text: &mut Typed) {
    if let Type::Text(own) = types.resolve(&text.ty) {
        text.constraints.format = own.format();
    }
}

/// What a value keeps to that is one of two: one of both, or nothing where one of them says nothing.
fn either(known: &Constraints, other: Constraints) -> Constraints {
    if known.is_empty() || other.is_empty() {
        return Constraints::default();
    }
    if *known == other {
        return other;
    }
    let mut sets = match known.asks.as_slice() {
        [Ask::Any(sets)] => sets.clone(),
        _ => vec![known.clone()],
    };
    sets.push(other);
    Constraints {
        asks: vec![Ask::Any(sets)],
        ..Constraints::default()
    }
}

fn finish(
    types: &mut Types,
    branches: Vec<Branch>,
    tag: Option<String>,
    asks: Vec<Ask>,
) -> ItemKind {
    if let [branch] = branches.as_slice() {
        return ItemKind::Alias(branch.typed.clone().whole());
    }
    let mut scope = Scope::new(Case::Pascal, &[]);
    let tag = tag.or_else(|| common_tag(types, &branches));
    let tags = branches.iter().flat_map(|branch| branch.tags.clone());
    let claimed: HashSet<String> = tags.collect();
    let mut variants: Vec<_> = branches
        .into_iter()
        .map(|branch| lower_variant(types, branch, (tag.as_deref(), &claimed), &mut scope))
        .collect();
    if tag.is_none() {
        variants.sort_by_key(|variant| rank(types, variant));
    }
    convert_collections_once(&mut variants);
    ItemKind::Union(Union {
        variants,
        unknown: scope.mint_first(&["Unknown", "UnknownValue"]),
        tag,
        events: false,
        constraints: Constraints {
            asks,
            ..Constraints::default()
        },
    })
}

fn lower_variant(
    types: &Types,
    branch: Branch,
    tag: (Option<&str>, &HashSet<String>),
    scope: &mut Scope,
) -> UnionVariant {
    let kind = kind_name(types, &branch.typed.ty);
    let role = if branch.role.is_empty() {
        kind
    } else {
        branch.role.as_str()
    };
    UnionVariant {
        name: scope.mint_first(&[role, &format!("{role} {kind}")]),
        docs: branch.docs.clone(),
        converts: converts(types, &branch.typed),
        guard: guard(types, &branch, tag),
        ty: branch.typed.clone().whole(),
        constraints: branch.typed.constraints,
    }
}

/// Types of this crate's own are sure to be different from each other, and so are scalars after branches were merged.
fn converts(types: &Types, used: &Typed) -> bool {
    let sure = match &used.ty {
        Type::Item(id) => types
            .item(*id)
            .is_some_and(|item| !matches!(item.kind, ItemKind::Alias(_))),
        Type::String
        | Type::Text(_)
        | Type::Bool
        | Type::Integer(_)
        | Type::Float
        | Type::List(_)
        | Type::Map(_) => true,
        _ => false,
    };
    sure && !used.nullable
}

/// Two lists may be of one type although their items have different names, and so may two maps.
fn convert_collections_once(variants: &mut [UnionVariant]) {
    let kinds: Vec<_> = variants.iter().map(|own| discriminant(&own.ty)).collect();
    let collections = variants
        .iter_mut()
        .filter(|own| matches!(own.ty, Type::List(_) | Type::Map(_)));
    for variant in collections {
        let own = discriminant(&variant.ty);
        variant.converts &= kinds.iter().filter(|kind| **kind == own).count() == 1;
    }
}

/// The more a variant asks for, the earlier it is tried; what takes anything comes last.
fn rank(types: &Types, variant: &UnionVariant) -> (u8, std::cmp::Reverse<usize>) {
    let guard = &variant.guard;
    let class = match types.resolve(&variant.ty) {
        Type::Integer(_) => 0,
        Type::Float | Type::Number => 1,
        Type::Item(_) if guard.kinds == [Kind::Object] => 2,
        Type::Item(_) => 3,
        Type::Map(_) => 5,
        Type::Value => 6,
        _ => 4,
    };
    (
        class,
        std::cmp::Reverse(guard.keys.len() + 2 * guard.constants.len()),
    )
}

/// How a branch shows: by the `tag`, less what the discriminator has `claimed` for others, or by its properties.
fn guard(
    types: &Types,
    branch: &Branch,
    (tag, claimed): (Option<&str>, &HashSet<String>),
) -> Guard {
    let kinds = kinds(types, &branch.typed.ty, 0);
    let object = kinds == [Kind::Object];
    // What a discriminator says of a branch outweighs what an optional property may be.
    let own_tag = tag.filter(|_| branch.tags.is_empty());
    let mut constants = if object {
        constants(types, &branch.parts, own_tag)
    } else {
        IndexMap::new()
    };
    let mut tags = branch.tags.clone();
    if let Some(listed) = tag.and_then(|tag| constants.shift_remove(tag)) {
        tags.extend(listed.into_iter().filter(|value| !claimed.contains(value)));
    }
    let mut known = HashSet::new();
    tags.retain(|tag| known.insert(tag.clone()));
    let tagged = tag.is_some() && object;
    let view = types.view(&branch.parts);
    let keys = view.required().into_iter().map(str::to_owned);
    Guard {
        any_tag: tag.is_some() && (tags.is_empty() || branch.is_default),
        keys: if object && !tagged {
            keys.collect()
        } else {
            Vec::new()
        },
        constants: if tagged {
            Vec::new()
        } else {
            constants.into_iter().collect()
        },
        tags,
        kinds,
    }
}

/// The kinds of JSON that a type takes; empty for any.
fn kinds(types: &Types, ty: &Type, depth: u8) -> Vec<Kind> {
    match types.resolve(ty) {
        Type::Value | Type::Foreign(_) => Vec::new(),
        Type::Bool => vec![Kind::Bool],
        Type::Integer(_) => vec![Kind::Integer],
        Type::Float | Type::Number => vec![Kind::Number],
        Type::String | Type::Text(_) | Type::File | Type::Bytes => vec![Kind::String],
        Type::List(_) => vec![Kind::Array],
        Type::Map(_) => vec![Kind::Object],
        Type::Nullable(inner) | Type::Boxed(inner) => kinds(types, inner, depth),
        Type::Item(id) => match types.item(*id).map(|item| &item.kind) {
            Some(ItemKind::Enum(listed)) if listed.integers => vec![Kind::Integer],
            Some(ItemKind::Enum(_)) => vec![Kind::String],
            Some(ItemKind::Union(union)) if depth < 8 => {
                let all = union.variants.iter().map(|variant| &variant.guard.kinds);
                join(all)
            }
            Some(ItemKind::Union(_)) => Vec::new(),
            Some(ItemKind::Tuple(_)) => vec![Kind::Array],
            // What is still being made contains this union, so it is an object that contains it, or a union.
            Some(ItemKind::Struct(_) | ItemKind::Alias(_)) => vec![Kind::Object],
            None => match types.view(&types.parts[id.0 as usize]).types().as_slice() {
                [model::Type::Object] => vec![Kind::Object],
                [model::Type::Array] => vec![Kind::Array],
                _ => Vec::new(),
            },
        },
    }
}

/// All kinds of all of them; any kind when one of them takes any.
fn join<'k>(all: impl Iterator<Item = &'k Vec<Kind>> + Clone) -> Vec<Kind> {
    if all.clone().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut kinds: Vec<_> = all.flatten().copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The property that every branch has with values that no other branch has.
fn common_tag(types: &Types, branches: &[Branch]) -> Option<String> {
    let all: Vec<_> = branches
        .iter()
        .filter(|branch| kinds(types, &branch.typed.ty, 0) == [Kind::Object])
        .map(|branch| constants(types, &branch.parts, None))
        .collect();
    let first = all
        .first()
        .filter(|_| all.len() > 1 && all.len() == branches.len())?;
    let differs = |name: &&String| {
        let mut seen = Vec::new();
        all.iter().all(|constants| {
            constants.get(*name).is_some_and(|values| {
                let new = values.iter().all(|value| !seen.contains(&value));
                seen.extend(values);
                new
            })
        })
    };
    first.keys().find(differs).cloned()
}

fn kind_name<'t>(types: &'t Types, ty: &'t Type) -> &'t str {
    match types.resolve(ty) {
        Type::Value | Type::Foreign(_) => "any",
        Type::Bool => "bool",
        Type::Integer(_) => "integer",
        Type::Float | Type::Number => "number",
        Type::String | Type::Text(_) => "string",
        Type::File | Type::Bytes => "file",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Nullable(inner) | Type::Boxed(inner) => kind_name(types, inner),
        Type::Item(id) => types.item(*id).map_or("object", |item| name_of(&item.name)),
    }
}

fn name_of(name: &Name) -> &str {
    name
}

//! What can be decided only when all types are known: boxes, directions, files.

use bindery_spec::{Diagnostic, Diagnostics};

use super::graph::{components, edges, held, mentioned, reach, uses};
use crate::ir::{
    Additional, Case, Codec, Constraints, Crate, Encoding, ErrorEnum, Field, Item, ItemKind,
    Operation, Scope, Struct, Tag, Type, are_alike,
};
use crate::lower::schema::object::ADDITIONAL;

/// A type that holds itself by value gets boxes; an alias that stands for itself becomes plain JSON.
pub(super) fn break_cycles(items: &mut [Item], root: &bindery_spec::Place, sink: &mut Diagnostics) {
    break_aliases(items, root, sink);
    let edges = edges(items, true);
    let (component, cyclic) = components(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        let own = component[index];
        if !cyclic[own] {
            continue;
        }
        each_use(item, &mut |ty| box_members(ty, &|id| component[id] == own));
    }
}

/// Objects in unions and among the answers of a call stand on the heap, so that the size of the whole does not depend on
/// what they hold.
pub(super) fn box_variants(items: &mut [Item], tags: &mut [Tag]) {
    let structs: Vec<_> = (0..items.len())
        .map(|index| is_struct(items, index))
        .collect();
    for item in items {
        if let ItemKind::Union(union) = &mut item.kind {
            let types = union.variants.iter_mut().map(|variant| &mut variant.ty);
            types.for_each(|ty| box_members(ty, &|id| structs[id]));
        }
    }
    let operations = tags.iter_mut().flat_map(|tag| &mut tag.operations);
    let successes = operations.flat_map(Operation::successes_mut);
    let variants = successes.filter_map(|success| Some(success.choice_mut()?.1));
    let contents = variants.flatten().filter_map(|own| own.content.as_mut());
    // A stream is as large as it is, whatever comes of it.
    for content in contents.filter(|own| own.codec.framing().is_none()) {
        box_members(&mut content.ty, &|id| structs[id]);
    }
}

/// How many values an object in an enum of errors holds at most.
const FEW: usize = 6;

/// Large objects among other errors stand on the heap, so that no error takes much more room than another.
pub(super) fn box_errors(items: &[Item], errors: &mut [ErrorEnum]) {
    let errors = errors.iter_mut().map(|error| &mut error.variants);
    for variants in errors.filter(|own| !are_alike(own)) {
        for content in variants.iter_mut().filter_map(|own| own.content.as_mut()) {
            let is_large = |id| is_struct(items, id) && values(items, id) > FEW;
            box_members(&mut content.ty, &is_large);
        }
    }
}

/// How many values an item holds by itself, and not on the heap.
fn values(items: &[Item], index: usize) -> usize {
    let mut count = 0;
    uses(&items[index], &mut |ty| {
        count += match ty {
            Type::Item(id) => values(items, id.0 as usize),
            _ => 1,
        };
    });
    // An enum uses no type.
    count.max(1)
}

fn is_struct(items: &[Item], mut index: usize) -> bool {
    loop {
        match &items[index].kind {
            ItemKind::Struct(_) => return true,
            ItemKind::Alias(Type::Item(id)) => index = id.0 as usize,
            ItemKind::Alias(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Tuple(_) => {
                return false;
            }
        }
    }
}

fn break_aliases(items: &mut [Item], root: &bindery_spec::Place, sink: &mut Diagnostics) {
    let mut edges = edges(items, false);
    for (index, item) in items.iter().enumerate() {
        if !matches!(item.kind, ItemKind::Alias(_)) {
            edges[index].clear();
        }
    }
    let (component, cyclic) = components(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        if cyclic[component[index]] {
            let message = format!(
                "{} stands only for itself, and is kept as plain JSON",
                item.name
            );
            sink.push(Diagnostic::warning("recursive-alias", root, message));
            item.kind = ItemKind::Alias(Type::Value);
        }
    }
}

fn box_members(ty: &mut Type, is_member: &dyn Fn(usize) -> bool) {
    match ty {
        Type::Item(id) if is_member(id.0 as usize) => *ty = Type::Boxed(Box::new(Type::Item(*id))),
        Type::Nullable(inner) => box_members(inner, is_member),
        _ => {}
    }
}

fn each_use(item: &mut Item, visit: &mut dyn FnMut(&mut Type)) {
    match &mut item.kind {
        ItemKind::Struct(body) => body
            .fields
            .iter_mut()
            .for_each(|field| visit(&mut field.ty)),
        ItemKind::Union(union) => union
            .variants
            .iter_mut()
            .for_each(|variant| visit(&mut variant.ty)),
        ItemKind::Tuple(tuple) => tuple.items.iter_mut().for_each(|item| visit(&mut item.ty)),
        ItemKind::Alias(_) | ItemKind::Enum(_) => {}
    }
}

/// Types that are sent get constructors, and open types that travel both ways keep what they do not know, so that read,
/// modify, write loses nothing; with `keep` all open types do. The items of `told`, sent ones and received ones, travel
/// beside the operations.
pub(super) fn settle_directions(krate: &mut Crate, told: (Vec<usize>, Vec<usize>), keep: bool) {
    let edges = edges(&krate.items, false);
    let operations = krate.tags.iter().flat_map(|tag| &tag.operations);
    let (mut sent, mut received) = told;
    for operation in operations {
        let (out, back) = mentioned(operation, &krate.errors);
        sent.extend(out);
        received.extend(back);
    }
    let (sent, received) = (reach(&edges, sent), reach(&edges, received));
    for component in &mut krate.components {
        let item = held(&component.ty);
        component.sent_only = item.is_some_and(|index| sent[index] && !received[index]);
    }
    let in_unions = union_members(&krate.items);
    for (index, item) in krate.items.iter_mut().enumerate() {
        let ItemKind::Struct(body) = &mut item.kind else {
            continue;
        };
        body.sent = sent[index] || !received[index];
        excuse(body, sent[index], received[index]);
        let keeps = keep || (sent[index] && received[index]) || in_unions[index];
        if keeps && !body.closed && !body.multipart && body.additional.is_none() {
            let mut scope = Scope::of(Case::Snake, body.fields.iter().map(|field| &field.name));
            body.additional = Some(Additional {
                name: scope.mint_first(ADDITIONAL),
                ty: Type::Value,
                constraints: Constraints::default(),
            });
        }
    }
}

/// What does not travel in a direction need not be there (OpenAPI 3.1 §4.8.24.2): a property that is only sent, in a type
/// that is received, and one that is only received, in a type that is only sent.
fn excuse(body: &mut Struct, sent: bool, received: bool) {
    for field in &mut body.fields {
        if field.write_only && (received || !sent) || field.read_only && sent && !received {
            field.presence = field.presence.or_absent();
            field.fixed = None;
        }
    }
}

/// The most arguments of a function; with more, nobody can tell at the call which is which.
pub(super) const MAX_ARGUMENTS: usize = 7;

/// Objects that require more than a constructor can take in arguments get a struct of what they require.
pub(super) fn name_required(krate: &mut Crate) {
    let mut scope = Scope::of(Case::Pascal, krate.items.iter().map(|item| &item.name));
    for item in &mut krate.items {
        let ItemKind::Struct(body) = &mut item.kind else {
            continue;
        };
        if body.sent && body.arguments().count() > MAX_ARGUMENTS {
            body.required = Some(scope.mint(&format!("{} required", item.name)));
        }
    }
}

/// How deep types may lead into each other before the compiler's own limit gets near.
const SHALLOW: usize = 24;

/// The recursion limit that the crate asks for: the compiler goes through types that hold each other one inside the other.
pub(super) fn recursion_limit(items: &[Item]) -> Option<usize> {
    let edges = edges(items, false);
    let (component, cyclic) = components(&edges);
    let mut sizes = vec![0; cyclic.len()];
    for own in &component {
        sizes[*own] += 1;
    }
    let mut depths = sizes.clone();
    // A component has a greater number than those that it leads to.
    let mut order: Vec<_> = (0..items.len()).collect();
    order.sort_by_key(|index| component[*index]);
    for index in order {
        let own = component[index];
        let others = edges[index].iter().map(|target| component[*target]);
        let deepest = others
            .filter(|other| *other != own)
            .map(|other| depths[other])
            .max();
        depths[own] = depths[own].max(sizes[own] + deepest.unwrap_or_default());
    }
    let depth = depths.into_iter().max().unwrap_or_default();
    (depth > SHALLOW).then(|| (depth * STEPS).next_power_of_two())
}

/// How many steps the compiler needs from one type to the next, through a list or a box.
const STEPS: usize = 8;

/// Bodies that are sent as parts can be taken apart, each property as the document says.
pub(super) fn settle_parts(krate: &mut Crate, root: &bindery_spec::Place, sink: &mut Diagnostics) {
    let operations = krate.tags.iter().flat_map(|tag| &tag.operations);
    let bodies = operations.filter_map(|operation| operation.body.as_ref());
    let multipart = bodies.filter(|body| body.codec == Codec::Multipart);
    for body in multipart {
        let mut ty = body.ty.clone();
        while let Type::Item(id) = ty {
            let item = &mut krate.items[id.0 as usize];
            match &mut item.kind {
                ItemKind::Alias(inner) => ty = inner.clone(),
                ItemKind::Struct(object) => {
                    let first = !std::mem::replace(&mut object.parts, true);
                    for field in &mut object.fields {
                        settle_part(field, &body.encodings, first, (&item.name, root), sink);
                    }
                    break;
                }
                ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Tuple(_) => break,
            }
        }
    }
}

/// One type can be the body of several operations; the first of them says how its parts are spelled.
fn settle_part(
    field: &mut Field,
    encodings: &[Encoding],
    first: bool,
    (owner, root): (&str, &bindery_spec::Place),
    sink: &mut Diagnostics,
) {
    let encoding = encodings.iter().find(|own| own.property == field.wire);
    let (media_type, style) =
        encoding.map_or((None, None), |own| (own.media_type.clone(), own.spelling));
    if first {
        (field.media_type, field.part_style) = (media_type, style);
    } else if (&field.media_type, field.part_style) != (&media_type, style) {
        let message = format!(
            "operations differ in how the part {} of {owner} is spelled; the first of them counts",
            field.wire
        );
        sink.push(Diagnostic::warning("encoding-conflict", root, message));
    }
}

/// Objects that are variants of a union which nothing tells apart, because a value may be of two of them at once, and those
/// that do not declare the tag of theirs, which would be lost.
fn union_members(items: &[Item]) -> Vec<bool> {
    let mut members = vec![false; items.len()];
    for item in items {
        let ItemKind::Union(union) = &item.kind else {
            continue;
        };
        let declares = |id: &usize| match (&union.tag, &items[*id].kind) {
            (Some(tag), ItemKind::Struct(body)) => {
                body.fields.iter().any(|field| field.wire == *tag)
            }
            _ => union.tag.is_some(),
        };
        let variants = union.variants.iter().map(|variant| &variant.ty);
        let undeclared = variants.filter_map(held).filter(|id| !declares(id));
        undeclared.for_each(|id| members[id] = true);
    }
    members
}

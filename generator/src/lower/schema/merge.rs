//! Types that a document describes several times: one of them is made, and the others are names of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::ir::{Crate, Given, Item, ItemId, ItemKind, Name, Type, Union};
use crate::lower::graph::{components, edges, held};

/// Makes types without a name in the document aliases of the first one that says the same. Types that the document names
/// are left alone: each of them means something by itself.
pub(in crate::lower) fn merge(krate: &mut Crate) {
    let named = krate.components.iter().filter_map(|own| held(&own.ty));
    let targets = targets(&krate.items, &named.collect());
    for (index, target) in targets.iter().enumerate() {
        if *target != index {
            krate.items[index].kind = ItemKind::Alias(Type::Item(id(*target)));
        }
    }
    for item in &mut krate.items {
        if let ItemKind::Union(union) = &mut item.kind {
            convert_once(union, &targets);
        }
    }
    merge_errors(krate, &targets);
    // The fields that a call has setters for, and that lead to the next page, are those of the type, by whichever name.
    for operation in krate.tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        let set = match operation.body.as_mut().map(|body| &mut body.given) {
            Some(Given::Fields { item, .. }) => Some(item),
            _ => None,
        };
        let pages = operation.pagination.iter_mut();
        let steps = pages.flat_map(|own| own.steps_mut().map(|step| &mut step.item));
        set.into_iter()
            .chain(steps)
            .for_each(|item| *item = id(targets[item.0 as usize]));
    }
}

/// Makes one set of errors of those whose types have become the same. A name that is free goes to the next set of the
/// same statuses.
fn merge_errors(krate: &mut Crate, targets: &[usize]) {
    let (mut known, mut kept, mut indices) = (Vec::new(), Vec::new(), Vec::new());
    let mut names: BTreeMap<Vec<_>, VecDeque<Name>> = BTreeMap::new();
    for mut error in std::mem::take(&mut krate.errors) {
        let statuses = error.variants.iter().map(|own| (own.first, own.last));
        let names = names.entry(statuses.collect()).or_default();
        names.push_back(error.name.clone());
        let mut variants = error.variants.clone();
        let contents = variants.iter_mut().filter_map(|own| own.content.as_mut());
        contents.for_each(|own| {
            each_item(&mut own.ty, &mut |item| {
                *item = id(targets[item.0 as usize]);
            });
        });
        let index = known.iter().position(|other| *other == variants);
        indices.push(index.unwrap_or_else(|| {
            known.push(variants);
            error.name = names.pop_front().unwrap_or(error.name);
            kept.push(error);
            kept.len() - 1
        }));
    }
    krate.errors = kept;
    let operations = krate.tags.iter_mut().flat_map(|tag| &mut tag.operations);
    operations.for_each(|own| own.error.index = indices[own.error.index]);
}

/// The item that stands for each: the first of those that say the same, or the item itself.
fn targets(items: &[Item], named: &BTreeSet<usize>) -> Vec<usize> {
    let classes = classes(items, named);
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let all = items.iter().enumerate().map(|(index, item)| {
        if matches!(item.kind, ItemKind::Alias(_)) {
            index
        } else {
            *first.entry(classes[index]).or_insert(index)
        }
    });
    all.collect()
}

/// For each item one that is to be the same type, by number. Types that hold themselves are like no other.
fn classes(items: &[Item], named: &BTreeSet<usize>) -> Vec<usize> {
    let (component, cyclic) = components(&edges(items, false));
    let mut classes: Vec<_> = (0..items.len()).collect();
    // A component has a greater number than those that it leads to.
    let mut order = classes.clone();
    order.sort_by_key(|index| component[*index]);
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for index in order {
        let mut kind = match &items[index].kind {
            ItemKind::Alias(Type::Item(target)) => {
                classes[index] = classes[target.0 as usize];
                continue;
            }
            ItemKind::Alias(_) => continue,
            _ if cyclic[component[index]] || named.contains(&index) => continue,
            kind => kind.clone(),
        };
        each_type(&mut kind, &mut |own| {
            *own = id(classes[own.0 as usize]);
        });
        classes[index] = *known.entry(format!("{kind:?}")).or_insert(index);
    }
    classes
}

/// Calls `visit` with every item that an item mentions.
fn each_type(kind: &mut ItemKind, visit: &mut dyn FnMut(&mut ItemId)) {
    match kind {
        ItemKind::Struct(body) => {
            let fields = body.fields.iter_mut().map(|field| &mut field.ty);
            let rest = body.additional.iter_mut().map(|rest| &mut rest.ty);
            fields.chain(rest).for_each(|ty| each_item(ty, visit));
        }
        ItemKind::Union(union) => {
            let types = union.variants.iter_mut().map(|variant| &mut variant.ty);
            types.for_each(|ty| each_item(ty, visit));
        }
        ItemKind::Tuple(tuple) => {
            let items = tuple.items.iter_mut().map(|item| &mut item.ty);
            let rest = tuple.rest.iter_mut().map(|(ty, _)| ty);
            items.chain(rest).for_each(|ty| each_item(ty, visit));
        }
        ItemKind::Alias(ty) => each_item(ty, visit),
        ItemKind::Enum(_) => {}
    }
}

fn each_item(ty: &mut Type, visit: &mut dyn FnMut(&mut ItemId)) {
    match ty {
        Type::Item(id) => visit(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            each_item(inner, visit);
        }
        _ => {}
    }
}

/// Of a type that stands in a union twice, a value does not tell which of the variants it is.
fn convert_once(union: &mut Union, targets: &[usize]) {
    let target = |ty: &Type| held(ty).map(|index| targets[index]);
    let all: Vec<_> = union.variants.iter().map(|own| target(&own.ty)).collect();
    for (variant, own) in union.variants.iter_mut().zip(&all) {
        let same = all.iter().filter(|other| *other == own).count();
        variant.converts &= own.is_none() || same == 1;
    }
}

fn id(index: usize) -> ItemId {
    ItemId(u32::try_from(index).unwrap_or(u32::MAX))
}

//! Pagination: inferred where a response has one list and the parameters say how to go on.

use super::response::content;
use super::types::Types;
use crate::ir::{
    Codec, Field, FieldStep, ItemKind, NextPage, Pagination, Parameter, Struct, Success, Type,
};

const OFFSET: &[&str] = &["offset", "skip", "start", "start_index"];
const LIMIT: &[&str] = &[
    "limit",
    "page_size",
    "per_page",
    "max_results",
    "count",
    "size",
    "top",
];
const CURSOR: &[&str] = &[
    "cursor",
    "after",
    "page_token",
    "next_token",
    "next_cursor",
    "pagination_token",
    "starting_after",
];
const NEXT: &[&str] = &[
    "next_cursor",
    "next_page_token",
    "next_token",
    "next",
    "cursor",
    "end_cursor",
    "pagination_token",
];

/// How to get from one page to the next; `None` where the document does not show it.
pub(super) fn infer(types: &Types, success: &Success, options: &[Parameter]) -> Option<Pagination> {
    let page = content(success).filter(|content| content.codec == Codec::Json)?;
    let Type::Item(id) = types.resolve(&page.ty) else {
        return None;
    };
    let ItemKind::Struct(page) = &types.item(*id)?.kind else {
        return None;
    };
    let (field, item) = only_list(types, page)?;
    Some(Pagination {
        items: step(field),
        item: item.clone(),
        next: by_cursor(types, page, options).or_else(|| by_offset(types, options))?,
    })
}

fn by_cursor(types: &Types, page: &Struct, options: &[Parameter]) -> Option<NextPage> {
    let is_text = |ty: &Type| matches!(types.resolve(ty), Type::String);
    let parameter = find(options, CURSOR).filter(|index| is_text(&options[*index].ty))?;
    let named = |field: &&Field| NEXT.contains(&field.wire.as_str()) && is_text(&field.ty);
    Some(NextPage::Cursor {
        parameter,
        field: step(page.fields.iter().find(named)?),
    })
}

fn by_offset(types: &Types, options: &[Parameter]) -> Option<NextPage> {
    let is_integer = |index: &usize| matches!(types.resolve(&options[*index].ty), Type::Integer(_));
    let parameter = find(options, OFFSET).filter(is_integer)?;
    let limit = find(options, LIMIT).filter(is_integer);
    Some(NextPage::Offset { parameter, limit })
}

fn find(options: &[Parameter], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| {
        options
            .iter()
            .position(|option| *option.name == **name && option.hoisted.is_none())
    })
}

/// The list of a page: the only property that is one.
fn only_list<'t>(types: &'t Types, page: &'t Struct) -> Option<(&'t Field, &'t Type)> {
    let mut lists = page
        .fields
        .iter()
        .filter_map(|field| match types.resolve(&field.ty) {
            Type::List(item) => Some((field, &**item)),
            _ => None,
        });
    let first = lists.next();
    first.filter(|_| lists.next().is_none())
}

fn step(field: &Field) -> FieldStep {
    FieldStep {
        name: field.name.clone(),
        presence: field.presence,
    }
}

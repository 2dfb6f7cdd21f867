//! Pagination: inferred where a response has one list and the parameters say how to go on.

use super::response::content;
use super::types::Types;
use crate::ir::{
    Codec, Field, FieldStep, Format, Headers, ItemKind, NextPage, Pagination, Parameter, Struct,
    Success, Type,
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

/// The fields with the URL of the next page; one that is called like a cursor is a URL if its format says so.
const NEXT_URL: &[&str] = &[
    "next",
    "next_url",
    "next_uri",
    "next_link",
    "next_page",
    "next_page_url",
    "nextUrl",
    "nextLink",
    "nextPageUrl",
    "@odata.nextLink",
];

/// The numbers of pages.
const PAGE: &[&str] = &["page", "page_number", "page_index", "pageno", "page_no"];

/// How to get from one page to the next; `None` where the document does not show it.
pub(super) fn infer(
    types: &Types,
    success: &Success,
    headers: Option<&Headers>,
    options: &[Parameter],
) -> Option<Pagination> {
    let content = content(success).filter(|content| content.codec == Codec::Json)?;
    let linked = headers.is_some_and(|own| {
        let mut fields = own.fields.iter();
        fields.any(|header| header.wire.eq_ignore_ascii_case("link"))
    });
    let link = || linked.then_some(NextPage::Link);
    let by_number = || by_offset(types, options).or_else(|| by_page(types, options));
    let id = match types.resolve(&content.ty) {
        Type::Item(id) => id,
        // A list says nothing beside its items, so that it is a page only where the rest is said elsewhere.
        Type::List(item) => {
            return Some(Pagination {
                items: None,
                item: (**item).clone(),
                next: link().or_else(by_number)?,
            });
        }
        _ => return None,
    };
    let ItemKind::Struct(page) = &types.item(*id)?.kind else {
        return None;
    };
    let (field, item) = only_list(types, page)?;
    let next = by_url(types, page).or_else(|| by_cursor(types, page, options));
    Some(Pagination {
        items: Some(step(field)),
        item: item.clone(),
        next: next.or_else(link).or_else(by_number)?,
    })
}

/// By a URL: where its format says that it is one, or its name.
fn by_url(types: &Types, page: &Struct) -> Option<NextPage> {
    let is_url = |field: &&Field| {
        let listed = NEXT_URL.contains(&field.wire.as_str());
        let format = field.constraints.format == Some(Format::Uri);
        let name = field.wire.to_ascii_lowercase();
        let named = ["url", "uri", "link"]
            .iter()
            .any(|word| name.ends_with(word));
        listed && (format || named) && matches!(types.resolve(&field.ty), Type::String)
    };
    let field = step(page.fields.iter().find(is_url)?);
    Some(NextPage::Url { field })
}

fn by_page(types: &Types, options: &[Parameter]) -> Option<NextPage> {
    let is_integer = |index: &usize| matches!(types.resolve(&options[*index].ty), Type::Integer(_));
    let parameter = find(options, PAGE).filter(is_integer)?;
    let limit = find(options, LIMIT).filter(is_integer);
    Some(NextPage::Page { parameter, limit })
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

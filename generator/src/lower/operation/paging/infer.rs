//! What the document shows of pages: one list in the response, and names that are in use for the way to the next one.

use super::super::parameter::CallNames;
use super::Listing;
use super::look::{self, Scalar};
use super::sends::{Sends, Sent};
use crate::ir::{BodyPlace, Counted, Field, Format, NextPage, Pagination, Type, Way};
use crate::lower::schema::types::Types;

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
    "next_page_token",
    "pagination_token",
    "continuation_token",
    "continue",
    "page_cursor",
    "start_cursor",
    "starting_after",
    "after_id",
    "marker",
];
const NEXT: &[&str] = &[
    "next_cursor",
    "next_page_token",
    "next_token",
    "next",
    "cursor",
    "end_cursor",
    "pagination_token",
    "continuation_token",
    "continue",
    "next_page",
    "next_page_cursor",
    "next_marker",
    "after",
    "last_id",
];

/// Parameters that take the id of the last item.
const AFTER: &[&str] = &["starting_after", "after_id", "after"];

/// The fields with the URL of the next page; one that is called like a cursor is a URL if its format says so.
const NEXT_URL: &[&str] = &[
    "next",
    "next_url",
    "next_uri",
    "next_link",
    "next_page",
    "next_page_url",
    "odata_next_link",
];

/// The numbers of pages.
const PAGE: &[&str] = &["page", "page_number", "page_index", "pageno", "page_no"];
const PAGES: &[&str] = &[
    "total_pages",
    "page_count",
    "num_pages",
    "last_page",
    "pages",
];

/// What says whether there is a next page.
const MORE: &[&str] = &[
    "has_more",
    "has_next_page",
    "has_next",
    "more",
    "has_more_items",
];

/// Lists that are the list of a page although there are others.
const LISTS: &[&str] = &["data", "items", "results", "entries", "records", "values"];

/// Lists that tell of the answer, and are not what it brings.
const NOTES: &[&str] = &["warnings", "errors"];

/// How to get from one page to the next; `None` where the document does not show it.
pub(super) fn infer(
    types: &Types,
    listing: &Listing,
    sends: &Sends,
    names: &mut CallNames,
) -> Option<Pagination> {
    let page = listing.page().filter(|page| !listing.keeps(page))?;
    let ways = look::ways(types, page);
    let items = list(types, page, &ways)?;
    let item = look::item_of(types, page, &items)?.clone();
    let more = look::named(types, &ways, MORE, is(types, Scalar::Flag));
    let seen = Seen { types, ways, sends };
    let mut places = Vec::new();
    let next = seen.by_url().filter(|_| !listing.creates);
    let next = next.or_else(|| seen.by_cursor(names, &mut places));
    let next = next.or_else(|| listing.is_linked().then_some(NextPage::Link));
    let last = more.as_ref().filter(|_| next.is_none());
    let next = last.map_or(next, |_| seen.by_last(&item, names, &mut places));
    let next = next.or_else(|| seen.by_number(names, &mut places))?;
    Some(Pagination {
        items,
        item,
        next,
        more,
        body: places,
    })
}

/// The list of a page: the response itself, the only one in it, or the one that has a usual name.
pub(super) fn list(types: &Types, page: &Type, ways: &[Way]) -> Option<Way> {
    if look::item_of(types, page, &[]).is_some() {
        return Some(Way::new());
    }
    let is_list = |way: &&Way| {
        let note = look::field(types, way)
            .is_some_and(|own| NOTES.contains(&look::plain(&own.wire).as_str()));
        !note && look::item_of(types, page, way).is_some()
    };
    for depth in 1..=2 {
        let level: Vec<_> = ways.iter().filter(|way| way.len() == depth).collect();
        let lists: Vec<_> = level.iter().copied().filter(is_list).cloned().collect();
        match lists.as_slice() {
            [] => {}
            [only] => return Some(only.clone()),
            several => return look::named(types, several, LISTS, |_| true),
        }
    }
    None
}

fn is(types: &Types, kind: Scalar) -> impl Fn(&Field) -> bool {
    move |field| look::scalar(types, &field.ty) == Some(kind)
}

/// What can be seen of a page, and of what asks for it.
struct Seen<'a, 't, 's> {
    types: &'a Types<'t, 's>,
    ways: Vec<Way>,
    sends: &'a Sends<'a>,
}

impl Seen<'_, '_, '_> {
    fn find(&self, names: &[&str], fits: impl Fn(&Field) -> bool) -> Option<Way> {
        look::named(self.types, &self.ways, names, fits)
    }

    /// By a URL: where its format says that it is one, or its name.
    fn by_url(&self) -> Option<NextPage> {
        let is_url = |field: &Field| {
            let format = field.constraints.format == Some(Format::Uri);
            let name = field.wire.to_ascii_lowercase();
            let mut words = ["url", "uri", "link"].iter();
            let named = words.any(|word| name.ends_with(word));
            (format || named) && is(self.types, Scalar::Text)(field)
        };
        let next = self.find(NEXT_URL, is_url)?;
        Some(NextPage::Url { next })
    }

    /// By a cursor: something of the same kind is sent and given back.
    fn by_cursor(&self, names: &mut CallNames, places: &mut Vec<BodyPlace>) -> Option<NextPage> {
        [Scalar::Text, Scalar::Integer].iter().find_map(|kind| {
            let sent = self.sends.named(self.types, CURSOR, *kind)?;
            let next = self.find(NEXT, is(self.types, *kind))?;
            let sent = sent.constant(names, places);
            Some(NextPage::Cursor { sent, next })
        })
    }

    /// By the id of the last item.
    fn by_last(
        &self,
        item: &Type,
        names: &mut CallNames,
        places: &mut Vec<BodyPlace>,
    ) -> Option<NextPage> {
        let key = look::way(self.types, item, "/id")?;
        let kind = look::scalar(self.types, &look::field(self.types, &key)?.ty)?;
        let sent = self.sends.named(self.types, AFTER, kind)?;
        let sent = sent.constant(names, places);
        Some(NextPage::Last { sent, key })
    }

    fn by_number(&self, names: &mut CallNames, places: &mut Vec<BodyPlace>) -> Option<NextPage> {
        let items = self.number(OFFSET).map(|sent| (Counted::Items, sent));
        let pages = || self.number(PAGE).map(|sent| (Counted::Pages, sent));
        let (counted, sent) = items.or_else(pages)?;
        let sent = sent.constant(names, places);
        let limit = self.number(LIMIT).filter(Sent::is_bounded);
        Some(NextPage::Number {
            counted,
            sent,
            limit: limit.map(|limit| limit.constant(names, places)),
            total: match counted {
                Counted::Items => None,
                Counted::Pages => self.find(PAGES, is(self.types, Scalar::Integer)),
            },
        })
    }

    fn number(&self, names: &[&str]) -> Option<Sent> {
        self.sends.named(self.types, names, Scalar::Integer)
    }
}

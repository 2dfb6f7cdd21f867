//! Names that mean the same: `petId`, `pet_id`, and the `id` of one of `/pets`.

/// Names of parameters that say how many items a page has at most.
const LIMITS: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "maxresults",
    "maxitems",
    "pagelimit",
    "take",
];
/// The same, but only beside a parameter that moves on.
const LOOSE_LIMITS: &[&str] = &["size", "first", "top", "count"];
const OFFSETS: &[&str] = &["offset", "skip"];
const PAGES: &[&str] = &["page", "pagenumber", "pageno"];
const CURSORS: &[&str] = &[
    "cursor",
    "after",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "nextcursor",
    "startingafter",
    "marker",
];
const NEXTS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "endcursor",
    "nextmarker",
    "next",
    "cursor",
];
/// Names of parameters that say what a list is ordered by.
const ORDERS: &[&str] = &["sort", "order", "orderby", "sortby", "ordering"];
/// What an `id` may be called in a path, where a thing has no property of that name.
const NUMBERS: &[&str] = &["no", "nr", "num", "number", "uuid", "guid", "key", "ref"];
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "totalrecords",
];

/// What a name says about paging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    Limit,
    LooseLimit,
    Offset,
    Page,
    Cursor,
}

/// What a query parameter does to pages, by its name, which may be `page[after]`, as JSON:API has it.
pub(super) fn paging(name: &str) -> Option<Paging> {
    let inner = name
        .strip_prefix("page[")
        .and_then(|name| name.strip_suffix(']'));
    let (name, inner) = (plain(name), inner.map(plain));
    let has = |names: &[&str]| {
        let inner = inner.as_deref();
        names.contains(&name.as_str()) || inner.is_some_and(|inner| names.contains(&inner))
    };
    match () {
        () if has(LIMITS) => Some(Paging::Limit),
        () if has(LOOSE_LIMITS) => Some(Paging::LooseLimit),
        () if has(OFFSETS) => Some(Paging::Offset),
        () if has(PAGES) => Some(Paging::Page),
        () if has(CURSORS) => Some(Paging::Cursor),
        () => None,
    }
}

/// What a query parameter filters by, where it says so in brackets (`filter[name]`), as JSON:API has it; otherwise its name.
pub(crate) fn filtered(name: &str) -> &str {
    let inner = name.strip_prefix("filter[");
    inner
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(name)
}

/// Whether a query parameter says what a list is ordered by.
pub(crate) fn is_order(name: &str) -> bool {
    ORDERS.contains(&plain(name).as_str())
}

/// Whether a property says how many items there are in all.
pub(super) fn is_total(name: &str) -> bool {
    TOTALS.contains(&plain(name).as_str())
}

/// Whether a header says how many items there are in all: `X-Total-Count` and its like.
pub(super) fn is_total_header(name: &str) -> bool {
    let name = plain(name);
    is_total(name.strip_prefix('x').unwrap_or(&name))
}

/// Whether a parameter may take the key of the last item.
pub(super) fn is_after(name: &str) -> bool {
    ["startingafter", "afterid", "after"].contains(&plain(name).as_str())
}

/// Whether a property says that more items follow.
pub(super) fn is_more(name: &str) -> bool {
    ["hasmore", "hasnext", "hasnextpage", "more"].contains(&plain(name).as_str())
}

/// Whether a property says where the next page is.
pub(super) fn is_next(name: &str) -> bool {
    NEXTS.contains(&plain(name).as_str())
}

/// How well a property fits as what stands in a path for a parameter, the least the best; `None` when it does not.
/// `collection` is the last word of the collection's path.
pub(super) fn key_rank(property: &str, parameter: &str, collection: &str) -> Option<u8> {
    let (property, parameter) = (key(property), key(parameter));
    let words = [collection, last_word(collection)].map(|word| singular(&plain(word)));
    let suffix = |whole: &str| {
        let mut ends = words
            .iter()
            .filter_map(|one| whole.strip_prefix(one.as_str()));
        ends.next().map(str::to_owned)
    };
    if property == parameter {
        Some(0)
    } else if suffix(&parameter).is_some_and(|suffix| !suffix.is_empty() && suffix == property) {
        Some(1)
    } else if suffix(&property).is_some_and(|suffix| !suffix.is_empty() && suffix == parameter) {
        Some(2)
    } else if property == "id" && (parameter.ends_with("id") || is_one_of(&parameter, collection)) {
        Some(3)
    } else if property == "id"
        && suffix(&parameter).is_some_and(|own| NUMBERS.contains(&own.as_str()))
    {
        Some(4)
    } else {
        None
    }
}

/// Whether a property of another body names one of a collection: `customer_id` for `/customers/{id}`, and `promo_code` for
/// `/promo-codes/{code}`.
pub(super) fn refers_to(property: &str, parameter: &str, collection: &str) -> bool {
    let (property, parameter) = (key(property), key(parameter));
    let one = singular(&plain(collection));
    let own = parameter.strip_prefix(one.as_str()).unwrap_or(&parameter);
    let is_within =
        property == one && property != own && own == singular(&plain(last_word(collection)));
    !own.is_empty() && (is_within || property == format!("{one}{own}"))
}

/// A name in lower case without what stands between its words.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The last of several words: `lots` of `cargo-lots`.
fn last_word(words: &str) -> &str {
    let start = words.rfind(|own: char| !own.is_ascii_alphanumeric());
    start.map_or(words, |start| &words[start..])
}

/// The plain name of a key, with its end as it is mostly written.
fn key(name: &str) -> String {
    let name = plain(name);
    let start = name.strip_suffix("identifier");
    start.map_or(name.clone(), |start| format!("{start}id"))
}

/// Whether a word is what one of many is called, also by plurals that are less regular.
fn is_one_of(one: &str, many: &str) -> bool {
    let many = plain(many);
    let forms = [
        ("ves", "f"),
        ("ves", "fe"),
        ("s", ""),
        ("people", "person"),
        ("children", "child"),
    ];
    let mut forms = forms.iter().filter_map(|(many_end, end)| {
        let stem = many.strip_suffix(many_end)?;
        Some(format!("{stem}{end}"))
    });
    one == singular(&many) || forms.any(|form| form == one)
}

/// One of many, by the spelling of English.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["ses", "xes", "ches", "shes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_the_key_when_its_name_says_so() {
        assert_eq!(key_rank("id", "id", "pets"), Some(0));
        assert_eq!(key_rank("pet_id", "petId", "pets"), Some(0));
        assert_eq!(key_rank("id", "pet_id", "pets"), Some(1));
        assert_eq!(key_rank("slug", "categorySlug", "categories"), Some(1));
        assert_eq!(key_rank("boxId", "id", "boxes"), Some(2));
        assert_eq!(key_rank("id", "pet", "pets"), Some(3));
        assert_eq!(key_rank("id", "pet_identifier", "pets"), Some(1));
        assert_eq!(key_rank("no", "lot-no", "cargo-lots"), Some(1));
        assert_eq!(key_rank("id", "lotNo", "lots"), Some(4));
        assert_eq!(key_rank("id", "lot_colour", "lots"), None);
        for (one, many) in [
            ("shelf", "shelves"),
            ("house", "houses"),
            ("person", "people"),
        ] {
            assert_eq!(key_rank("id", one, many), Some(3));
        }
        assert_eq!(key_rank("id", "shelf", "pets"), None);
        assert_eq!(key_rank("owner_id", "id", "pets"), None);
        assert_eq!(key_rank("name", "id", "pets"), None);
    }

    #[test]
    fn brackets_around_what_a_page_is_make_no_difference() {
        assert_eq!(paging("page[after]"), Some(Paging::Cursor));
        assert_eq!(paging("page[offset]"), Some(Paging::Offset));
        assert_eq!(paging("page[size]"), Some(Paging::Limit));
        assert_eq!(paging("filter[after]"), None);
        assert_eq!(filtered("filter[after]"), "after");
        assert_eq!(filtered("filter"), "filter");
    }

    #[test]
    fn a_property_refers_to_another_resource_by_its_name() {
        assert!(refers_to("customer_id", "customer_id", "customers"));
        assert!(refers_to("customerId", "id", "customers"));
        assert!(refers_to("customer_id", "customer_identifier", "customers"));
        assert!(!refers_to("id", "id", "customers"));
        assert!(!refers_to("customer", "id", "customers"));
        assert!(refers_to("promo_code", "code", "promo-codes"));
        assert!(!refers_to("code", "code", "codes"));
        assert!(!refers_to("bid", "id", "bids"));
    }
}

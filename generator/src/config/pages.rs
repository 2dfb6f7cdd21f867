//! How operations come in pages, where the document does not show it.

use std::fmt;

use bindery_spec::model::Operation;
use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::selection::is_operation;

/// What is said about the pages of operations: by `operationId`, or by method and path.
///
/// ```
/// use bindery_generator::config::{Config, Pages};
///
/// let config = Config::parse(
///     r#"
///         [[client]]
///         document = "pets.yaml"
///         output = "pets"
///         package = "pets"
///
///         [client.pages]
///         listPets = { items = "/data/pets", cursor = "cursor", next = "/meta/next" }
///         "POST /pets/search" = { cursor = "/page/after", next = "/page/after", more = "/page/more" }
///         listToys = { cursor = "starting_after", last = "/id", more = "/has_more" }
///         listOwners = { page = "page", limit = "per_page", total = "/pages" }
///         listLogs = false
///     "#,
/// )?;
/// assert_eq!(config.clients[0].pages.0["listLogs"], Pages::Never);
/// # Ok::<(), bindery_generator::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct PagesOf(pub IndexMap<String, Pages>);

/// What is said about the pages of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// It has none, whatever the document looks like.
    Never,
    /// How to get from one to the next.
    By(Box<PageRules>),
}

/// How to get from one page to the next: by exactly one of `cursor`, `offset`, `page`, `url` and `link`.
///
/// What is sent is the name of a parameter, or a JSON Pointer (RFC 6901) into a JSON body. What is received is a JSON
/// Pointer into the response.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct PageRules {
    /// The list in the response; the response itself if it is empty, and the only list in it if it is not given.
    pub items: Option<String>,
    /// What is sent to ask for the page after a cursor, which is in the response at `next`, or in the last item at
    /// `last`.
    pub cursor: Option<String>,
    /// The next cursor in the response.
    pub next: Option<String>,
    /// The next cursor in the last item of the page.
    pub last: Option<String>,
    /// What is sent to leave out so many items.
    pub offset: Option<String>,
    /// What is sent to ask for a page by its number.
    pub page: Option<String>,
    /// What is sent to ask for so many items a page; for `offset` and `page`, whose list then ends with a page that has
    /// fewer.
    pub limit: Option<String>,
    /// The number of all items, for `offset`, or of all pages, for `page`.
    pub total: Option<String>,
    /// The URL of the next page in the response.
    pub url: Option<String>,
    /// Whether the URL of the next page is in the header `Link` (RFC 8288).
    pub link: bool,
    /// What says in the response whether there is a next page.
    pub more: Option<String>,
}

impl PagesOf {
    /// What is said about an operation.
    pub(crate) fn of(&self, operation: &Operation) -> Option<&Pages> {
        let mut all = self.0.iter();
        all.find(|(name, _)| is_operation(name, operation))
            .map(|(_, pages)| pages)
    }

    /// The names that fit to none of the operations.
    pub(crate) fn idle(&self, operations: &[Operation]) -> Vec<&str> {
        let names = self.0.keys().map(String::as_str);
        let idle = |name: &&str| !operations.iter().any(|own| is_operation(name, own));
        names.filter(idle).collect()
    }
}

impl PageRules {
    /// What is wrong with the rules, as far as they tell by themselves.
    fn fault(&self) -> Option<&'static str> {
        let Self {
            cursor,
            offset,
            page,
            url,
            ..
        } = self;
        let ways = [cursor, offset, page, url];
        let ways = ways.iter().filter(|way| way.is_some()).count() + usize::from(self.link);
        let numbered = offset.is_some() || page.is_some();
        let of_cursor = self.next.is_some() || self.last.is_some();
        let of_number = self.limit.is_some() || self.total.is_some();
        if ways != 1 {
            Some("pages are asked for by one of `cursor`, `offset`, `page`, `url` and `link`")
        } else if cursor.is_some() && self.next.is_some() == self.last.is_some() {
            Some(
                "`cursor` takes `next` (in the response) or `last` (in the last item), one of them",
            )
        } else if cursor.is_none() && of_cursor {
            Some("`next` and `last` go with `cursor`")
        } else if !numbered && of_number {
            Some("`limit` and `total` go with `offset` and `page`")
        } else {
            None
        }
    }
}

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Reading)
    }
}

/// Reads `false` or a table.
struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Pages;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("`false`, or how to get from one page to the next")
    }

    fn visit_bool<E: Error>(self, pages: bool) -> Result<Pages, E> {
        if pages {
            return Err(E::custom(
                "say how to get from one page to the next, or `false`",
            ));
        }
        Ok(Pages::Never)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pages, A::Error> {
        let rules = PageRules::deserialize(MapAccessDeserializer::new(map))?;
        match rules.fault() {
            Some(fault) => Err(A::Error::custom(fault)),
            None => Ok(Pages::By(Box::new(rules))),
        }
    }
}

//! How a stage reads lists: with the least and the greatest limit, filled with enough, and to their end.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use bytes::Bytes;
use http::{Method, Request};

use super::call::{Exchange, Keys};
use super::look;
use super::page::{Link, Page, is_url};
use super::paging::Paging;
use super::resource::{Filter, List};
use super::stage::{Query, Stage};
use crate::shape::{alternatives, conjunction};

/// How many pages are read before a list counts as endless.
const MAX_PAGES: usize = 20;
/// How many pages tell whether what was asked for goes on.
const FEW_PAGES: usize = 4;
/// The limit that is asked for where the document has no greatest one.
const USUAL: u64 = 100;
/// More than this is asked for by no test.
const MOST: u64 = 1000;
/// How many things are made for a list at most.
const MAX_MADE: usize = 8;

impl Stage<'_> {
    /// The least limit that is at least so much; `None` when the document allows none that is small.
    pub(crate) fn least(&self, list: &List, wanted: usize) -> Option<usize> {
        let (least, most) = self.range(list)?;
        let limit = least.max(wanted as u64);
        let small = limit * 2 < MAX_MADE as u64 && most.is_none_or(|most| limit <= most);
        usize::try_from(limit).ok().filter(|_| small)
    }

    /// The greatest limit, where there is a limit.
    pub(crate) fn largest(&self, list: &List) -> Query {
        let limit = self.most(list).map(Into::into);
        list.limit.zip(limit).into_iter().collect()
    }

    fn most(&self, list: &List) -> Option<u64> {
        let (least, most) = self.range(list)?;
        Some(most.unwrap_or(USUAL.max(least)).min(MOST))
    }

    /// The range of the limit in the document.
    fn range(&self, list: &List) -> Option<(u64, Option<u64>)> {
        let schemas = &self.caller.contract.api.schemas;
        let nodes = self.nodes(list.operation, list.limit?);
        let most = nodes
            .iter()
            .find_map(|id| schemas[*id].maximum.as_ref()?.as_u64());
        Some((self.minimum(&nodes).unwrap_or(1).max(1), most))
    }

    /// The first minimum among schemas.
    fn minimum(&self, nodes: &[SchemaId]) -> Option<u64> {
        let schemas = &self.caller.contract.api.schemas;
        let mut minima = nodes.iter().filter_map(|id| schemas[*id].minimum.as_ref());
        minima.find_map(serde_json::Number::as_u64)
    }

    /// Whether a parameter has a default, so that leaving it out says something.
    pub(crate) fn has_default(&self, operation: usize, parameter: usize) -> bool {
        self.default_of(operation, parameter).is_some()
    }

    /// The default of a parameter.
    pub(crate) fn default_of(&self, operation: usize, parameter: usize) -> Option<Value> {
        let schemas = &self.caller.contract.api.schemas;
        let nodes = self.nodes(operation, parameter);
        let mut stated = nodes.iter().filter_map(|id| schemas[*id].default.as_ref());
        stated.find(|value| !value.is_null()).cloned()
    }

    /// The values that a parameter may have, or that may be in it where it is a list, as far as the document names them.
    pub(crate) fn values_of(&self, operation: usize, parameter: usize) -> Vec<Value> {
        let schemas = &self.caller.contract.api.schemas;
        let schema = self.caller.operation(operation).parameters[parameter].schema();
        let ids: Vec<SchemaId> = schema.into_iter().collect();
        let items = look::items(schemas, &ids);
        let ids = if items.is_empty() { ids } else { items };
        let shapes = alternatives(schemas, &ids).into_iter();
        shapes.filter_map(|shape| shape.values).flatten().collect()
    }

    fn nodes(&self, operation: usize, parameter: usize) -> Vec<SchemaId> {
        let schema = self.caller.operation(operation).parameters[parameter].schema();
        let schemas = &self.caller.contract.api.schemas;
        schema
            .map(|schema| conjunction(schemas, &[schema]))
            .unwrap_or_default()
    }

    /// Makes as many things as a list needs to have so many, as far as anything can be made.
    pub(crate) async fn fill(&mut self, list: &List, wanted: usize) {
        let query = self.largest(list);
        let Some(page) = self.page(list, &query).await else {
            return;
        };
        for _ in page.items.len()..wanted.min(MAX_MADE) {
            if self.create().await.is_none() {
                return;
            }
        }
    }

    /// The items of the first few pages that are as small as can be.
    pub(crate) async fn first_pages(&mut self, list: &List, query: &Query) -> Option<Vec<Value>> {
        let limit = (list.limit?, self.least(list, 1)?.into());
        let query = [query.clone(), vec![limit]].concat();
        let mut page = self.page(list, &query).await?;
        let mut items = std::mem::take(&mut page.items);
        for number in 1..FEW_PAGES {
            let Some(next) = self.next(list, &page, items.len(), number) else {
                break;
            };
            page = self
                .page(list, &[query.clone(), vec![next]].concat())
                .await?;
            items.append(&mut page.items);
        }
        Some(items)
    }

    /// Asks for the first page of what belongs to another.
    pub(crate) async fn page_of(&mut self, list: &List, keys: &Keys) -> Option<Page> {
        let query = self.largest(list);
        self.page_with(list, keys, &query).await
    }

    /// Asks for a page.
    pub(crate) async fn page(&mut self, list: &List, query: &Query) -> Option<Page> {
        let keys = self.beside(&self.resource().home);
        self.page_with(list, &keys, query).await
    }

    async fn page_with(&mut self, list: &List, keys: &Keys, query: &Query) -> Option<Page> {
        let mut draft = self.caller.draft(list.operation, keys)?;
        for (index, value) in self.belonging(list).iter().chain(query) {
            draft.parameters[*index] = Some(value.clone());
        }
        if !self.caller.is_valid(list.operation, &draft) {
            return None;
        }
        let exchange = self.send(list.operation, draft, true).await?;
        Page::of(list, &exchange)
    }

    /// Reads the page that a link on the last answer leads to, as that one was read.
    pub(crate) async fn follow(&mut self, list: &List, link: &Link) -> Option<Exchange> {
        let before = self.trail.last()?.request.clone();
        let target = self.caller.sender.relative(&before, &link.target)?;
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = target.parse().ok()?;
        *request.headers_mut() = before.headers().clone();
        self.send_request(list.operation, request).await
    }

    /// The filters that a list cannot do without, with what the first thing of the sequence has: all that is asked for stays
    /// the same, and has that thing.
    fn belonging(&self, list: &List) -> Query {
        let create = self.resource().create.as_ref();
        let mut made = self.trail.iter().filter(|own| {
            own.is_success() && create.is_some_and(|create| create.operation == own.operation)
        });
        let Some(thing) = made.next().and_then(Exchange::thing) else {
            return Query::new();
        };
        let needed = self.needed(list);
        needed
            .filter_map(|own| Some(own.asking(thing.get(&own.property)?.clone())))
            .collect()
    }

    /// The filters that a list cannot do without.
    pub(crate) fn needed<'l>(&self, list: &'l List) -> impl Iterator<Item = &'l Filter> {
        let parameters = &self.caller.operation(list.operation).parameters;
        let filters = list.filters.iter();
        filters.filter(|own| parameters[own.parameter].required)
    }

    /// The parameter that leads to the page after another; `None` when the answer leads no further.
    pub(crate) fn next(
        &self,
        list: &List,
        page: &Page,
        seen: usize,
        number: usize,
    ) -> Option<(usize, Value)> {
        match list.paging.as_ref()? {
            Paging::Offset(index) => Some((*index, seen.into())),
            Paging::Page(index, first) => Some((*index, (first + number).into())),
            Paging::Cursor(index, at) => {
                let text = page
                    .body
                    .pointer(at)?
                    .as_str()
                    .filter(|text| !text.is_empty())?;
                let name = &self.caller.operation(list.operation).parameters[*index].name;
                Some((*index, cursor(text, name)?.into()))
            }
            Paging::Last(index, more) => {
                let key = page.items.last()?.get(&list.key)?;
                let goes_on = page.body.pointer(more)?.as_bool()?;
                goes_on.then(|| (*index, key.clone()))
            }
        }
    }

    /// Whether an answer leads to another page: a page may have few items, or none, because they are filtered after they
    /// were counted.
    pub(crate) fn goes_on(&self, list: &List, page: &Page) -> bool {
        let is_told = list.paging.as_ref().is_some_and(Paging::is_told);
        page.link.is_some() || is_told && self.next(list, page, page.items.len(), 1).is_some()
    }

    /// The keys of a list, and whether they are all: whether the list was read to its end.
    pub(crate) async fn everything(&mut self, list: &List) -> Option<(Vec<String>, bool)> {
        let (keys, whole, _) = self.read_to_end(list).await?;
        Some((keys, whole))
    }

    /// The same, and the last page that was read.
    pub(crate) async fn read_to_end(&mut self, list: &List) -> Option<(Vec<String>, bool, Page)> {
        let query = self.largest(list);
        let limit = self.most(list);
        let mut page = self.page(list, &query).await?;
        let mut keys: Vec<String> = Vec::new();
        let mut count = 0;
        for number in 1..=MAX_PAGES {
            count += page.items.len();
            let fresh = page.keys.iter().all(|key| !keys.contains(key));
            keys.append(&mut page.keys.clone());
            if !fresh || keys.len() != count {
                return Some((keys, false, page));
            }
            let next = self.next(list, &page, count, number);
            let Some(next) = next.filter(|_| !is_last(list, &page, limit)) else {
                let whole = is_last(list, &page, limit) || list.paging.is_some();
                return Some((keys, whole && page.link.is_none(), page));
            };
            page = self
                .page(list, &[query.clone(), vec![next]].concat())
                .await?;
        }
        Some((keys, false, page))
    }
}

/// Whether no page follows: the page is empty, or not full.
fn is_last(list: &List, page: &Page, limit: Option<u64>) -> bool {
    let full = limit.is_some_and(|limit| page.items.len() as u64 >= limit);
    let counted = !list.paging.as_ref().is_some_and(Paging::is_told);
    // Without a limit nobody knows how many make a page full.
    page.items.is_empty() || (counted && !full && (limit.is_some() || list.paging.is_none()))
}

/// The cursor itself, where an answer gives a whole URL.
fn cursor(text: &str, name: &str) -> Option<String> {
    if !is_url(text) {
        return Some(text.to_owned());
    }
    let (_, query) = text.split_once('?')?;
    let pairs = crate::wire::query_pairs(query.split('#').next().unwrap_or_default());
    let pair = pairs.into_iter().find(|pair| pair.name == name)?;
    crate::wire::percent::decode_query(&pair.value)
}

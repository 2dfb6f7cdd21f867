//! How a stage reads lists: with the least and the greatest limit, filled with enough, and to their end.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use super::resource::List;
use super::stage::{Page, Query, Stage};
use crate::shape::conjunction;

/// How many pages are read before a list counts as endless.
const MAX_PAGES: usize = 20;
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
        let least = nodes
            .iter()
            .find_map(|id| schemas[*id].minimum.as_ref()?.as_u64());
        let most = nodes
            .iter()
            .find_map(|id| schemas[*id].maximum.as_ref()?.as_u64());
        Some((least.unwrap_or(1).max(1), most))
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

    /// The keys of a list, and whether they are all: whether the list was read to its end.
    pub(crate) async fn everything(&mut self, list: &List) -> Option<(Vec<String>, bool)> {
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
                return Some((keys, false));
            }
            let next = self.next(list, &page, count, number);
            let Some(next) = next.filter(|_| !is_last(list, &page, limit)) else {
                let whole = is_last(list, &page, limit) || list.paging.is_some();
                return Some((keys, whole && !page.linked));
            };
            page = self
                .page(list, &[query.clone(), vec![next]].concat())
                .await?;
        }
        Some((keys, false))
    }
}

/// Whether no page follows: the page is empty, or not full.
fn is_last(list: &List, page: &Page, limit: Option<u64>) -> bool {
    let full = limit.is_some_and(|limit| page.items.len() as u64 >= limit);
    let counted = !matches!(list.paging, Some(super::resource::Paging::Cursor(..)));
    // Without a limit nobody knows how many make a page full.
    page.items.is_empty() || (counted && !full && (limit.is_some() || list.paging.is_none()))
}

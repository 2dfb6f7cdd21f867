//! A list of what a mock remembers: filtered, and in pages.

use std::borrow::Cow;

use bindery_spec::Value;
use bindery_spec::model::{Location, Operation, Type};
use bytes::Bytes;
use http::{HeaderName, Response};

use super::fit::fit;
use super::memory::Asked;
use super::order;
use super::thing::{json, with};
use crate::state::{Filter, List, Paging, Total, Wanted, attributes, filtered, types};
use crate::wire::{Kind, Pair, Raw, Spelling, percent, query_pairs, scalar_text, split_query};

/// How long a page is where the document does not say.
const USUAL: usize = 100;

/// The page that is asked for, in the form of the usual answer.
pub(super) fn page<'t>(
    asked: &Asked<'_>,
    list: &List,
    things: impl Iterator<Item = &'t Value>,
) -> Option<Response<Bytes>> {
    let query = Query::of(asked);
    let asked_for = query.lists(asked);
    let texts = query.texts();
    let fits = |(thing, _): &(Cow<'_, Value>, &Value)| {
        let mut filters = list.filters.iter();
        let mut lists = asked_for.iter();
        filters.all(|filter| query.fits(filter, thing))
            && lists.all(|(name, texts)| is_among(thing, name, texts))
            && texts
                .iter()
                .all(|(name, text)| is_within(thing, name, text))
    };
    let told = things.map(|thing| (attributes::item(thing, &list.fields), thing));
    let mut all: Vec<(Cow<'_, Value>, &Value)> = told.filter(fits).collect();
    order::put(&texts, &mut all, |(thing, _)| thing);
    let limit = limit(asked, list, &query);
    let start = start(list, &query, limit, &all);
    let page = all.iter().skip(start).take(limit);
    let page: Vec<Value> = page.map(|(_, thing)| (*thing).clone()).collect();
    let mut body = json(asked.usual)?;
    for total in &list.totals {
        if let Total::Body(at) = total
            && let Some(slot) = body.pointer_mut(at)
        {
            *slot = all.len().into();
        }
    }
    if let Some(Paging::Cursor(_, at)) = &list.paging {
        let next = Some(start + page.len()).filter(|next| *next < all.len());
        *body.pointer_mut(at)? = next.map_or(Value::Null, |next| next.to_string().into());
    }
    if let Some(slot) = list.more.as_ref().and_then(|at| body.pointer_mut(at)) {
        *slot = (start + page.len() < all.len()).into();
    }
    let items = body.pointer_mut(&list.items)?;
    let usual = items.get(0).cloned();
    *items = page.into();
    let fitted = || with(asked, &fitted(asked, &body, list, &usual?)?);
    let mut answer = with(asked, &body).or_else(fitted)?;
    for total in &list.totals {
        if let Total::Header(name) = total {
            let name: HeaderName = name.parse().ok()?;
            answer.headers_mut().insert(name, all.len().into());
        }
    }
    Some(answer)
}

/// A list of items that are as the usual one but for what they can show of their things: it may have more than what was made
/// is known by, and another type for some of it.
fn fitted(asked: &Asked<'_>, body: &Value, list: &List, usual: &Value) -> Option<Value> {
    let alone = |item: Value| {
        let mut body = body.clone();
        *body.pointer_mut(&list.items)? = [item].into_iter().collect();
        with(asked, &body)
    };
    let mut whole = body.clone();
    for item in whole.pointer_mut(&list.items)?.as_array_mut()? {
        *item = fit(Some(usual), item, &|item| alone(item.clone()).is_some())?;
    }
    Some(whole)
}

/// How many things a page has.
fn limit(asked: &Asked<'_>, list: &List, query: &Query<'_>) -> usize {
    let Some(index) = list.limit else {
        return usize::MAX;
    };
    let limit = query.number(index).or_else(|| default(asked, index));
    limit.unwrap_or(USUAL).max(1)
}

/// How many things come before the page.
fn start(list: &List, query: &Query<'_>, limit: usize, all: &[(Cow<'_, Value>, &Value)]) -> usize {
    match &list.paging {
        Some(Paging::Offset(index) | Paging::Cursor(index, _)) => {
            query.number(*index).unwrap_or_default()
        }
        Some(Paging::Page(index, first)) => {
            let before = query
                .number(*index)
                .map_or(0, |own| own.saturating_sub(*first));
            before.saturating_mul(limit)
        }
        Some(Paging::Last(index, _)) => query.text(*index).map_or(0, |key| {
            let text = |own: &Value| own.get(&list.key).and_then(scalar_text);
            let position = all
                .iter()
                .position(|(own, _)| text(own).as_ref() == Some(&key));
            position.map_or(0, |before| before + 1)
        }),
        None => 0,
    }
}

/// The default of a parameter that counts.
fn default(asked: &Asked<'_>, index: usize) -> Option<usize> {
    let schemas = &asked.contract.api.schemas;
    let schema = asked.contract.api.operations[asked.index].parameters[index].schema()?;
    let nodes = crate::shape::conjunction(schemas, &[schema]);
    let stated = nodes.iter().find_map(|id| schemas[*id].default.as_ref());
    usize::try_from(stated?.as_u64()?).ok()
}

/// Whether the property of a thing that a parameter asks about is one of several texts; what is no text is asked for in another
/// way.
fn is_among(thing: &Value, name: &str, texts: &[String]) -> bool {
    let mut properties = thing.as_object().into_iter().flatten();
    let own = properties.find(|(own, _)| Wanted::of(name, own).is_some_and(|own| !own.is_bound()));
    let own = own.and_then(|(_, value)| value.as_str());
    own.is_none_or(|own| texts.iter().any(|text| text == own))
}

/// Whether the properties of a thing are not beyond what a parameter is a bound of, by its name.
fn is_within(thing: &Value, name: &str, text: &str) -> bool {
    let bound = text
        .parse::<f64>()
        .map_or_else(|_| text.into(), Value::from);
    let properties = thing.as_object().into_iter().flatten();
    let mut bounded = properties.filter_map(|(own, value)| Some((value, Wanted::of(name, own)?)));
    bounded.all(|(own, wanted)| !wanted.is_bound() || wanted.fits(&bound, Some(own)))
}

struct Query<'a> {
    operation: &'a Operation,
    pairs: Vec<Pair>,
}

impl<'a> Query<'a> {
    fn of(asked: &Asked<'a>) -> Self {
        Self {
            operation: &asked.contract.api.operations[asked.index],
            pairs: query_pairs(asked.request.uri().query().unwrap_or_default()),
        }
    }

    /// Whether a thing is as a filter asks, if it does.
    fn fits(&self, filter: &Filter, thing: &Value) -> bool {
        let wanted = match &filter.inside {
            Some(name) => self.text_inside(filter.parameter, name),
            None => self.text(filter.parameter),
        };
        let own = thing.get(&filter.property).and_then(scalar_text);
        wanted.is_none() || wanted == own
    }

    /// The texts of the parameters that hold lists, with the names of these.
    fn lists(&self, asked: &Asked<'_>) -> Vec<(&'a str, Vec<String>)> {
        let schemas = &asked.contract.api.schemas;
        let lists = self.operation.parameters.iter().filter_map(|own| {
            let is_list = types(schemas, &[own.schema()?]) == [Type::Array];
            let spelling =
                Spelling::of(own).filter(|_| is_list && own.location == Location::Query)?;
            match split_query(spelling, Kind::Array, &self.pairs)? {
                Raw::Array(texts) if !texts.is_empty() => Some((filtered(&own.name), texts)),
                _ => None,
            }
        });
        lists.collect()
    }

    /// The names that are declared and asked for, with their texts.
    fn texts(&self) -> Vec<(&'a str, String)> {
        let parameters = self.operation.parameters.iter();
        let own = parameters.filter(|own| own.location == Location::Query);
        own.filter_map(|own| Some((filtered(&own.name), self.named(&own.name)?)))
            .collect()
    }

    /// The text of a parameter by its index.
    fn text(&self, index: usize) -> Option<String> {
        self.named(&self.operation.parameters[index].name)
    }

    /// The text of a property of a parameter in `deepObject`.
    fn text_inside(&self, index: usize, property: &str) -> Option<String> {
        let name = &self.operation.parameters[index].name;
        self.named(&format!("{name}[{property}]"))
    }

    fn named(&self, name: &str) -> Option<String> {
        let pair = self.pairs.iter().find(|pair| pair.name == name)?;
        percent::decode_query(&pair.value)
    }

    fn number(&self, index: usize) -> Option<usize> {
        self.text(index)?.parse().ok()
    }
}

//! A page of a list, as an answer shows it.

use bindery_spec::Value;
use http::HeaderMap;

use super::attributes;
use super::call::Exchange;
use super::resource::{List, Total};
use crate::validate::{Part, Spot};

/// A page of a list.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The whole answer.
    pub(crate) body: Value,
    headers: HeaderMap,
    pub(crate) items: Vec<Value>,
    /// The keys of the items, as they stand in a path.
    pub(crate) keys: Vec<String>,
    /// Where it leads to the next one.
    pub(crate) link: Option<Link>,
}

/// A reference to the next page.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// As it stands in the answer.
    pub(crate) target: String,
    /// Where it stands.
    pub(crate) spot: Spot,
}

impl Page {
    /// The page that an answer shows.
    pub(crate) fn of(list: &List, exchange: &Exchange) -> Option<Self> {
        let body = exchange.json().filter(|_| exchange.is_success())?;
        let items = body.pointer(&list.items)?.as_array()?.iter();
        let items = items.map(|item| attributes::item(item, &list.fields).into_owned());
        let items: Vec<Value> = items.collect();
        let keys = items
            .iter()
            .filter_map(|item| crate::wire::scalar_text(item.get(&list.key)?))
            .collect();
        let headers = exchange.answer()?.headers().clone();
        let link = in_head(&headers).or_else(|| in_body(list, &body));
        Some(Self {
            body,
            headers,
            items,
            keys,
            link,
        })
    }

    /// The item with a key.
    pub(crate) fn item(&self, key: &str) -> Option<&Value> {
        let complete = self.keys.len() == self.items.len();
        let position = self.keys.iter().position(|own| own == key);
        self.items.get(position.filter(|_| complete)?)
    }

    /// What the answer says about how many there are.
    pub(crate) fn total(&self, at: &Total) -> Option<u64> {
        match at {
            Total::Body(at) => self.body.pointer(at)?.as_u64(),
            Total::Header(name) => self.headers.get(name)?.to_str().ok()?.parse().ok(),
        }
    }
}

/// Where a `Link` leads (RFC 8288).
fn in_head(headers: &HeaderMap) -> Option<Link> {
    let links = headers.get_all("link").iter();
    let mut links = links.filter_map(|link| crate::wire::links(link.to_str().ok()?));
    let next = links.find_map(|links| links.into_iter().find(|own| own.is("next")))?;
    Some(Link {
        target: next.target.to_owned(),
        spot: Spot::whole(Part::ResponseHeader("Link".to_owned())),
    })
}

/// Where a URL in the body leads; what is no URL is a cursor.
fn in_body(list: &List, body: &Value) -> Option<Link> {
    let at = list.next.as_ref()?;
    let target = body.pointer(at)?.as_str().filter(|text| is_url(text))?;
    Some(Link {
        target: target.to_owned(),
        spot: Spot::inside(Part::ResponseBody, at.clone()),
    })
}

/// Whether what leads to the next page is a URL.
pub(super) fn is_url(text: &str) -> bool {
    text.contains("://") || text.starts_with(['/', '?'])
}

//! How a call moves on to the next page.

use http::HeaderMap;
use http::header::LINK;

use super::{Call, Location, Parameter, link};
use crate::runtime::check::Rule;
use crate::runtime::json::{Json, Map, Number, Value};

impl Call<'_> {
    /// Moves on by offset: `received` items further. `false` at the end: after an empty page, after a short one, and
    /// where the next offset would be above the declared maximum.
    pub fn next_offset(
        &mut self,
        offset: &'static Parameter,
        limit: Option<&'static Parameter>,
        received: usize,
    ) -> bool {
        let count = i64::try_from(received).unwrap_or(i64::MAX);
        let next = self.integer(offset).unwrap_or(0).saturating_add(count);
        if self.is_last(limit, received) || next > maximum(offset) {
            return false;
        }
        self.send(offset, &Number::from(next));
        true
    }

    /// Moves on by cursor. `false` at the end: without a cursor, with an empty one, and with one that came before.
    pub fn next_cursor<T: Json>(&mut self, cursor: &'static Parameter, next: Option<&T>) -> bool {
        let next = next.map(Json::to_value);
        self.next_value(cursor, next)
    }

    fn next_value(&mut self, cursor: &'static Parameter, next: Option<Value>) -> bool {
        let Some(next) = next.filter(|next| !next.is_null() && next.as_str() != Some("")) else {
            return false;
        };
        let new = self.is_new(&next.to_json());
        if new {
            self.send(cursor, &next);
        }
        new
    }

    /// Moves on by the number of the page. `false` at the end: after an empty page, after a short one, and where the
    /// next number would be above the declared maximum.
    pub fn next_page(
        &mut self,
        page: &'static Parameter,
        limit: Option<&'static Parameter>,
        received: usize,
    ) -> bool {
        // Pages count from one, but where the document allows a page zero.
        let first = minimum(page).filter(|least| *least == 0).unwrap_or(1);
        let next = self.integer(page).unwrap_or(first).saturating_add(1);
        if self.is_last(limit, received) || next > maximum(page) {
            return false;
        }
        self.send(page, &Number::from(next));
        true
    }

    /// Whether the page that would be asked for is there: its number is at most `last`, if the server tells that.
    pub fn is_page(&self, page: &'static Parameter, last: Option<&impl Json>) -> bool {
        self.integer(page) <= told(last).or(Some(i64::MAX))
    }

    /// Whether the offset that would be asked for is below `total`, if the server tells how many items there are.
    pub fn is_offset(&self, offset: &'static Parameter, total: Option<&impl Json>) -> bool {
        self.integer(offset) < told(total).or(Some(i64::MAX))
    }

    /// Moves on by the URL of the next page. `false` at the end: without one, with an empty one, and with one that came
    /// before. It is asked for with GET, whatever the first page was: a URL says nothing of a body. A URL of another
    /// server is not followed: the call fails, because credentials must not go there.
    pub fn next_url<T: Json>(&mut self, next: Option<&T>) -> bool {
        let next = next.map(Json::to_value);
        self.next_target(next.as_ref().and_then(Value::as_str))
    }

    /// Moves on by the header `Link` with the relation `next` (RFC 8288); `false` as in [`next_url`](Self::next_url).
    pub fn next_link(&mut self, headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(LINK).iter();
        let next = lines.find_map(|line| link::next(line.to_str().ok()?));
        self.next_target(next)
    }

    fn next_target(&mut self, next: Option<&str>) -> bool {
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return false;
        };
        let new = self.is_new(next);
        if new {
            self.target = Some(next.to_owned());
            self.payload = None;
        }
        new
    }

    /// Whether nothing follows a page of so many items: it is empty, or has fewer than were asked for.
    fn is_last(&self, limit: Option<&'static Parameter>, received: usize) -> bool {
        let asked = limit.and_then(|limit| usize::try_from(self.integer(limit)?).ok());
        received == 0 || asked.is_some_and(|asked| received < asked)
    }

    /// Sets a parameter, or a place in a JSON body; there is one afterwards, if there was none.
    fn send(&mut self, parameter: &'static Parameter, value: &dyn Json) {
        self.parameter(parameter, value);
        if parameter.location == Location::Body {
            let mut body = self.sent().unwrap_or_else(|| Value::Object(Map::new()));
            body.set(parameter.name, value.to_value());
            let old = self.payload.take();
            let media_type = old.map_or("application/json".into(), |old| old.media_type);
            self.payload(media_type, body.to_json());
        }
    }

    /// The body, if there is one of JSON.
    fn sent(&self) -> Option<Value> {
        Value::from_json(self.payload.as_ref()?.body.whole()?).ok()
    }

    /// The number that a parameter was set to, or that stands at a place in the body.
    fn integer(&self, parameter: &Parameter) -> Option<i64> {
        let value = match self.given(parameter) {
            Some(given) => given.value.clone(),
            None if parameter.location == Location::Body => {
                self.sent()?.pointer(parameter.name)?.clone()
            }
            None => return None,
        };
        value.as_number()?.as_i64()
    }

    /// Whether a cursor or URL did not come before. Where one repeats, the pages would never end.
    fn is_new(&mut self, next: &str) -> bool {
        let new = !self.cursors.iter().any(|seen| seen == next);
        if new {
            self.cursors.push(next.to_owned());
        }
        new
    }
}

/// A number that the server gave.
fn told(number: Option<&impl Json>) -> Option<i64> {
    number?.to_value().as_number()?.as_i64()
}

/// The declared minimum of an integer parameter.
fn minimum(parameter: &Parameter) -> Option<i64> {
    let bound = |rule: &Rule| match rule {
        Rule::Minimum(bound) => bound.parse().ok(),
        _ => None,
    };
    parameter.rules.iter().find_map(bound)
}

/// The declared maximum of an integer parameter.
fn maximum(parameter: &Parameter) -> i64 {
    let bound = |rule: &Rule| match rule {
        Rule::Maximum(bound) => bound.parse().ok(),
        _ => None,
    };
    parameter.rules.iter().find_map(bound).unwrap_or(i64::MAX)
}

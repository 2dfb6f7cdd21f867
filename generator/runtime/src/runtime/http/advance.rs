//! How a call moves on to the next page.

use http::HeaderMap;
use http::header::LINK;

use super::{Call, Parameter, link};
use crate::runtime::check::Rule;
use crate::runtime::json::{Number, Value};

impl Call<'_> {
    /// Moves on by offset: `received` items further. `false` at the end: after an empty page, a page with fewer items
    /// than were asked for, at `total`, and where the next offset would be above the declared maximum.
    pub fn next_offset(
        &mut self,
        offset: &'static Parameter,
        limit: Option<&'static Parameter>,
        received: usize,
        total: Option<i64>,
    ) -> bool {
        let received = i64::try_from(received).unwrap_or(i64::MAX);
        let short = limit
            .and_then(|limit| self.integer(limit))
            .is_some_and(|limit| received < limit);
        let next = self.integer(offset).unwrap_or(0).saturating_add(received);
        let ended = total.is_some_and(|total| next >= total) || next > maximum(offset);
        if received == 0 || short || ended {
            return false;
        }
        self.parameter(offset, &Number::from(next));
        true
    }

    /// Moves on by cursor. `false` at the end: without a cursor, with an empty one, and with one that came before.
    pub fn next_cursor(&mut self, cursor: &'static Parameter, next: Option<&str>) -> bool {
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return false;
        };
        if !self.is_new(next) {
            return false;
        }
        self.parameter(cursor, &next.to_owned());
        true
    }

    /// Moves on by the number of the page. `false` at the end: after an empty page, a page with fewer items than were
    /// asked for, and where the next number would be above the declared maximum.
    pub fn next_page(
        &mut self,
        page: &'static Parameter,
        limit: Option<&'static Parameter>,
        received: usize,
    ) -> bool {
        let received = i64::try_from(received).unwrap_or(i64::MAX);
        let short = limit
            .and_then(|limit| self.integer(limit))
            .is_some_and(|limit| received < limit);
        // Pages count from one, but where the document allows a page zero.
        let first = minimum(page).filter(|least| *least == 0).unwrap_or(1);
        let next = self.integer(page).unwrap_or(first).saturating_add(1);
        if received == 0 || short || next > maximum(page) {
            return false;
        }
        self.parameter(page, &Number::from(next));
        true
    }

    /// Moves on by the URL of the next page. `false` at the end: without one, with an empty one, and with one that came
    /// before. A URL of another server is not followed: the call fails, because credentials must not go there.
    pub fn next_url(&mut self, next: Option<&str>) -> bool {
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return false;
        };
        let new = self.is_new(next);
        if new {
            self.target = Some(next.to_owned());
        }
        new
    }

    /// Moves on by the header `Link` with the relation `next` (RFC 8288); `false` as in [`next_url`](Self::next_url).
    pub fn next_link(&mut self, headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(LINK).iter();
        let next = lines.find_map(|line| link::next(line.to_str().ok()?));
        self.next_url(next)
    }

    fn integer(&self, parameter: &Parameter) -> Option<i64> {
        self.value(parameter).and_then(Value::as_number)?.as_i64()
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

//! How a call moves on to the next page.

use super::{Call, Parameter};
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
        let integer = |parameter| self.value(parameter).and_then(Value::as_number)?.as_i64();
        let short = limit
            .and_then(integer)
            .is_some_and(|limit| received < limit);
        let next = integer(offset).unwrap_or(0).saturating_add(received);
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
        if self.cursors.iter().any(|seen| seen == next) {
            return false;
        }
        self.cursors.push(next.to_owned());
        self.parameter(cursor, &next.to_owned());
        true
    }
}

/// The declared maximum of an integer parameter.
fn maximum(parameter: &Parameter) -> i64 {
    let bound = |rule: &Rule| match rule {
        Rule::Maximum(bound) => bound.parse().ok(),
        _ => None,
    };
    parameter.rules.iter().find_map(bound).unwrap_or(i64::MAX)
}

//! The query: `limit`, `offset`, `cursor` and `include_total`.

use std::ops::RangeInclusive;

use axum::extract::Query;
use axum::http::request::Parts;

use super::{Checker, Deviation};

/// What an integer of the query must be, and the deviations that say otherwise.
struct Integer {
    at: [&'static str; 2],
    range: RangeInclusive<i128>,
    text_accepted: Deviation,
    below_accepted: Deviation,
    above_accepted: Deviation,
    minimum_rejected: Deviation,
    maximum_rejected: Deviation,
}

const LIMIT: Integer = Integer {
    at: ["query", "limit"],
    range: 1..=1000,
    text_accepted: Deviation::LimitTextAccepted,
    below_accepted: Deviation::LimitBelowMinimumAccepted,
    above_accepted: Deviation::LimitAboveMaximumAccepted,
    minimum_rejected: Deviation::MinimumLimitRejected,
    maximum_rejected: Deviation::MaximumLimitRejected,
};

const OFFSET: Integer = Integer {
    at: ["query", "offset"],
    range: 0..=10_000,
    text_accepted: Deviation::OffsetTextAccepted,
    below_accepted: Deviation::OffsetBelowMinimumAccepted,
    above_accepted: Deviation::OffsetAboveMaximumAccepted,
    minimum_rejected: Deviation::MinimumOffsetRejected,
    maximum_rejected: Deviation::MaximumOffsetRejected,
};

impl Checker {
    pub(super) fn check_query(&mut self, parts: &Parts) {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) else {
            return self.always_refuse(&["query"], "Not a query", "query");
        };
        for (name, value) in &pairs {
            match name.as_str() {
                "limit" => self.listing.limit = self.check_integer(&LIMIT, value),
                "offset" => self.listing.offset = self.check_integer(&OFFSET, value).unwrap_or(0),
                "cursor" => self.check_cursor(value),
                "include_total" => self.check_include_total(value),
                // The document does not say that there are no other parameters.
                _ => {}
            }
        }
        if !pairs.iter().any(|(name, _)| name == "limit") {
            self.refuse_when(Deviation::AbsentLimitRejected, &["query", "limit"]);
        }
    }

    /// The value; `None` where it is refused, or let in although it makes no sense.
    fn check_integer(&mut self, rule: &Integer, value: &str) -> Option<usize> {
        let Ok(number) = value.parse::<i128>() else {
            self.refuse(
                rule.text_accepted,
                &rule.at,
                "Not an integer",
                "int_parsing",
            );
            return None;
        };
        let (least, most) = (*rule.range.start(), *rule.range.end());
        if number < least {
            self.refuse(
                rule.below_accepted,
                &rule.at,
                "Too small",
                "greater_than_equal",
            );
        } else if number > most {
            self.refuse(
                rule.above_accepted,
                &rule.at,
                "Too large",
                "less_than_equal",
            );
        } else if number == least {
            self.refuse_when(rule.minimum_rejected, &rule.at);
        } else if number == most {
            self.refuse_when(rule.maximum_rejected, &rule.at);
        }
        usize::try_from(number.clamp(least, most)).ok()
    }

    fn check_cursor(&mut self, value: &str) {
        self.refuse_when(Deviation::CursorRejected, &["query", "cursor"]);
        self.listing.cursor = Some(value.to_owned());
    }

    fn check_include_total(&mut self, value: &str) {
        let at = ["query", "include_total"];
        match value {
            "true" => self.listing.include_total = true,
            "false" => self.refuse_when(Deviation::FalseIncludeTotalRejected, &at),
            _ => self.refuse(
                Deviation::IncludeTotalTextAccepted,
                &at,
                "Not a boolean",
                "bool_parsing",
            ),
        }
    }
}

//! Which sessions a request gets.

use serde_json::{Map, Value, json};

use super::SESSIONS;
use super::session::session;

/// How many sessions a page holds when the caller does not say.
const DEFAULT_LIMIT: usize = 20;

/// What a good request asks for.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) namespace: String,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    pub(super) cursor: Option<String>,
    pub(super) include_total: bool,
    pub(super) status: Option<String>,
    pub(super) filters: Map<String, Value>,
}

/// The page that a request asks for.
pub(super) fn page(listing: &Listing) -> Value {
    let sessions: Vec<Value> = (0..SESSIONS)
        .map(|index| session(index, &listing.namespace))
        .filter(|session| matches(session, listing))
        .collect();
    let total = sessions.len();
    let limit = listing.limit.unwrap_or(DEFAULT_LIMIT);
    let start = start(listing, total);
    let end = (start + limit).min(total);
    let mut pagination = json!({ "limit": limit, "has_more": end < total });
    pagination["next_cursor"] = if end < total {
        cursor(end)
    } else {
        Value::Null
    };
    if listing.include_total {
        pagination["total"] = total.into();
    }
    json!({ "results": sessions[start..end], "total": total, "pagination": pagination })
}

/// The page that a request without any wish gets.
pub(super) fn everything() -> Value {
    page(&Listing::default())
}

/// A filter names a property and the value that it must have.
fn matches(session: &Value, listing: &Listing) -> bool {
    let in_state = listing
        .status
        .as_ref()
        .is_none_or(|status| session["status"] == **status);
    let mut filters = listing.filters.iter();
    in_state && filters.all(|(name, wanted)| session.get(name) == Some(wanted))
}

/// Where the page starts. The document allows every text as a cursor, so one that is not ours leads to an empty page.
fn start(listing: &Listing, total: usize) -> usize {
    let start = match &listing.cursor {
        None => listing.offset,
        Some(text) => text
            .strip_prefix("at-")
            .and_then(|at| at.parse().ok())
            .unwrap_or(total),
    };
    start.min(total)
}

fn cursor(at: usize) -> Value {
    format!("at-{at}").into()
}

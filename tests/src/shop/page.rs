//! A part of a list: by limit and the place where it starts.

use serde_json::Value;

use super::call::Call;
use super::defect::Slip;

/// A part of a list.
pub(super) struct Page {
    pub(super) items: Vec<Value>,
    /// How many there are in all.
    pub(super) total: usize,
    /// Where the next page starts; `None` when there is none.
    pub(super) next: Option<usize>,
}

/// The part of a list from an index on.
pub(super) fn page(call: &Call<'_>, mut all: Vec<Value>, start: usize, limit: usize) -> Page {
    let total = all.len();
    let limit = if call.does(Slip::LimitIgnored) {
        total
    } else {
        limit
    };
    let start = if call.does(Slip::CursorRepeats) {
        0
    } else {
        start
    };
    let first = match start {
        0 => 0,
        _ if call.does(Slip::PagesOverlap) => start - 1,
        _ if call.does(Slip::PagesSkip) => start.saturating_add(1),
        _ => start,
    };
    let end = start.saturating_add(limit).min(total);
    if call.does(Slip::Unstable) {
        let by = next_turn() % total.max(1);
        all.rotate_left(by);
    }
    Page {
        items: all.get(first.min(end)..end).unwrap_or_default().to_vec(),
        total: total + usize::from(call.does(Slip::TotalWrong)),
        next: (end < total || call.does(Slip::Endless)).then_some(end),
    }
}

/// A number that is another one each time.
pub(super) fn next_turn() -> usize {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static TURN: AtomicUsize = AtomicUsize::new(1);
    TURN.fetch_add(1, Ordering::Relaxed)
}

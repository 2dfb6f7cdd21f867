//! What the shop remembers.

use std::collections::BTreeMap;

use serde_json::Value;

/// Everything that was written.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) products: BTreeMap<u64, Product>,
    /// What was deleted, for the server that still serves it.
    pub(super) gone: BTreeMap<u64, Product>,
    /// What was deleted and is listed all the same.
    pub(super) ghosts: BTreeMap<u64, Product>,
    /// What was created, for the server whose list knows no updates.
    pub(super) first: BTreeMap<u64, Product>,
    pub(super) reviews: BTreeMap<(u64, u64), Value>,
    pub(super) images: BTreeMap<(u64, u64), Vec<u8>>,
    pub(super) customers: BTreeMap<u64, Value>,
    pub(super) orders: Vec<Order>,
    pub(super) carts: BTreeMap<&'static str, Value>,
    /// By the user; under no name, what was written last.
    pub(super) preferences: BTreeMap<&'static str, Value>,
    pub(super) exports: BTreeMap<u64, Value>,
    last: u64,
    moments: u64,
}

/// A product and how often it was written.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub(super) value: Value,
    pub(super) version: u64,
}

/// An order and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) owner: String,
    pub(super) value: Value,
}

impl Store {
    /// A number that was not given out before.
    pub(super) fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A point in time that is no other: with a part of a second.
    pub(super) fn moment(&mut self) -> String {
        self.moments += 1;
        let (minutes, seconds) = (self.moments / 60 % 60, self.moments % 60);
        format!("2024-05-17T10:{minutes:02}:{seconds:02}.5Z")
    }

    /// A point in time, a second after the one before.
    pub(super) fn now(&self) -> String {
        let (minutes, seconds) = (self.last / 60 % 60, self.last % 60);
        format!("2024-05-17T09:{minutes:02}:{seconds:02}Z")
    }
}

//! What was worked out before, kept up to a limit.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use foldhash::fast::RandomState;

/// Results by what they were made from. Only pure functions are kept, so it does not matter who came first.
#[derive(Debug)]
pub(crate) struct Memo<K, V> {
    known: RwLock<HashMap<K, V, RandomState>>,
    most: usize,
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// A memo of so many results; when it is full it starts anew, so that memory stays flat.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            known: RwLock::default(),
            most,
        }
    }

    /// The known result, or the one that is made now. It is made outside of the lock, for it may ask for others.
    pub(crate) fn get<Q>(&self, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known.get(key) {
            return value.clone();
        }
        drop(known);
        let value = make();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= self.most {
            known.clear();
        }
        known.insert(key.to_owned(), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_made_once_until_the_memo_is_full() {
        let memo: Memo<u8, u8> = Memo::new(2);
        assert_eq!(memo.get(&1, || 10), 10);
        assert_eq!(memo.get(&1, || 99), 10);
        memo.get(&2, || 20);
        memo.get(&3, || 30);
        assert_eq!(memo.get(&1, || 11), 11);
    }
}

//! The operations of a document, those of webhooks and callbacks included.

use crate::Api;
use crate::model::{Callback, Operation};

/// Every operation, callbacks behind the operations of paths and webhooks.
pub(super) fn all(api: &Api) -> Vec<&Operation> {
    let mut found: Vec<&Operation> = api.operations.iter().chain(&api.webhooks).collect();
    let mut next = 0;
    while let Some(operation) = found.get(next).copied() {
        found.extend(operation.callbacks.iter().flat_map(callback_operations));
        next += 1;
    }
    found
}

fn callback_operations(callback: &Callback) -> &[Operation] {
    &callback.operations
}

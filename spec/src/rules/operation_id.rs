//! Operation ids are unique (OpenAPI 3.1 §4.8.10).

use std::collections::BTreeMap;

use super::operations;
use crate::diagnostic::{Code, codes};
use crate::model::Operation;
use crate::{Api, Diagnostics};

/// Reports each operation whose id another one before it has.
pub(super) fn check_unique(api: &Api, sink: &mut Diagnostics) {
    let mut first_of: BTreeMap<&str, &Operation> = BTreeMap::new();
    for operation in operations::all(api) {
        let Some(id) = operation.id.as_deref() else {
            continue;
        };
        let first = *first_of.entry(id).or_insert(operation);
        // A path item that several paths refer to is met several times, and is one operation.
        if first.place != operation.place {
            report(id, first, operation, sink);
        }
    }
}

fn report(id: &str, first: &Operation, second: &Operation, sink: &mut Diagnostics) {
    let message = format!(
        "the operationId `{id}` is already that of {} {}",
        first.method, first.path
    );
    let help = format!(
        "give one of them another id, such as `{}`",
        suggestion(id, second)
    );
    sink.push(
        code(first, second)
            .at(&second.place.child("operationId"), message)
            .related("the other is here", &first.place.child("operationId"))
            .help(help),
    );
}

/// HEAD is GET without the body (RFC 9110 §9.3.2), so frameworks answer it with the same handler and give both its id.
fn code(first: &Operation, second: &Operation) -> &'static Code {
    let is_pair = matches!(
        (&*first.method, &*second.method),
        ("GET", "HEAD") | ("HEAD", "GET")
    );
    if is_pair && first.path == second.path {
        &codes::OPERATION_ID_ON_HEAD
    } else {
        &codes::OPERATION_ID_DUPLICATE
    }
}

fn suggestion(id: &str, operation: &Operation) -> String {
    let last = operation
        .path
        .rsplit('/')
        .find(|part| !part.is_empty() && !part.contains('{'));
    format!(
        "{id}_{}_{}",
        operation.method.to_lowercase(),
        last.unwrap_or("root")
    )
}

//! Links lead to operations that are there (OpenAPI 3.1 §4.8.20).

use std::collections::BTreeSet;

use super::operations;
use crate::diagnostic::codes;
use crate::model::LinkTarget;
use crate::{Api, Diagnostics};

/// Reports links to an operation id that no operation has.
pub(super) fn check_targets(api: &Api, sink: &mut Diagnostics) {
    let operations = operations::all(api);
    let ids: BTreeSet<&str> = operations
        .iter()
        .filter_map(|operation| operation.id.as_deref())
        .collect();
    let responses = operations.iter().flat_map(|operation| &operation.responses);
    for link in responses.flat_map(|response| &response.links) {
        let unknown = match &link.target {
            LinkTarget::Id(id) if !ids.contains(id.as_str()) => id,
            LinkTarget::Id(_) | LinkTarget::Reference(_) => continue,
        };
        let message = format!("no operation has the id `{unknown}`");
        let at = link.place.child("operationId");
        sink.push(
            codes::LINK_OPERATION_UNKNOWN
                .at(&at, message)
                .help("name an operation that is there, or give it this operationId"),
        );
    }
}

//! Security requirements name schemes that are declared (OpenAPI 3.1 §4.8.30).

use std::collections::BTreeSet;

use super::operations;
use crate::diagnostic::codes;
use crate::{Api, Diagnostics};

/// Reports each unknown scheme once, at the first operation that requires it.
pub(super) fn check_declared(api: &Api, sink: &mut Diagnostics) {
    let mut reported = BTreeSet::new();
    for operation in operations::all(api) {
        let names = operation
            .security
            .iter()
            .flat_map(|requirement| requirement.keys());
        let unknown = names.filter(|name| !api.security_schemes.contains_key(*name));
        for name in unknown {
            if reported.insert(name) {
                let message = format!("there is no security scheme `{name}`");
                let help = format!(
                    "declare `{name}` among the security schemes, or remove the requirement"
                );
                let at = operation.place.child("security");
                sink.push(codes::SECURITY_SCHEME_UNKNOWN.at(&at, message).help(help));
            }
        }
    }
}

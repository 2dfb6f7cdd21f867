//! Which operations are lowered at all.

use std::borrow::Cow;

use bindery_spec::diagnostic::codes;
use bindery_spec::{Api, Diagnostics};

use crate::config::Client;

/// The document with the operations that the configuration leaves. What the configuration names in vain is reported.
pub(super) fn select<'a>(api: &'a Api, client: &Client, sink: &mut Diagnostics) -> Cow<'a, Api> {
    for name in client.pages.idle(&api.operations) {
        let message = format!("`pages` names the operation `{name}`, which there is not");
        sink.push(codes::SELECTION_UNMATCHED.nowhere(message));
    }
    if !client.is_selective() {
        return Cow::Borrowed(api);
    }
    for (list, selection) in [("only", &client.only), ("skip", &client.skip)] {
        for (kind, name) in selection.idle(&api.operations) {
            let message = format!("`{list}` names the {kind} `{name}`, which no operation has");
            sink.push(codes::SELECTION_UNMATCHED.nowhere(message));
        }
    }
    let mut api = api.clone();
    api.operations
        .retain(|operation| client.only.allows(operation) && !client.skip.names(operation));
    if api.operations.is_empty() {
        let message = "`only` and `skip` leave no operation of the document";
        sink.push(codes::SELECTION_UNMATCHED.nowhere(message));
    }
    Cow::Owned(api)
}

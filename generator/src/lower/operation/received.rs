//! What the API sends by itself: webhooks and callbacks. A client does not take part in them, but has their types.

use bindery_spec::Api;
use bindery_spec::model::Operation;

use super::body::name_body;
use super::content::{choose, codec};
use crate::ir::{Codec, Type};
use crate::lower::notes::answer;
use crate::lower::schema::origin::Origins;
use crate::lower::schema::types::Types;

/// A request that the API sends.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Received {
    /// What calls it forth, as it stands in a sentence: the name of a webhook, or of an operation and a callback.
    pub(in crate::lower) called: String,
    /// What the document says about it.
    pub(in crate::lower) text: Option<String>,
    /// What it may be answered by.
    pub(in crate::lower) answers: Vec<String>,
    /// The type of its body, where that is JSON.
    pub(in crate::lower) ty: Option<Type>,
}

/// Says what the inline schemas of the bodies are called.
pub(in crate::lower) fn name_received(api: &Api, origins: &mut Origins) {
    for (name, operation) in all(api) {
        if let Some(body) = &operation.body {
            name_body(body, &name.join(" "), origins);
        }
    }
}

/// Lowers the bodies.
pub(in crate::lower) fn lower_received(types: &mut Types, api: &Api) -> Vec<Received> {
    let lowered = all(api).into_iter().map(|(name, operation)| {
        let content = operation
            .body
            .as_ref()
            .and_then(|body| choose(&body.content));
        let json = content.filter(|own| codec(&own.name) == Codec::Json);
        let text = operation
            .summary
            .as_ref()
            .or(operation.description.as_ref());
        Received {
            called: format!(
                "{} {}",
                operation.method,
                name[..name.len() - 1].join(" → ")
            ),
            text: text.cloned(),
            answers: operation
                .responses
                .iter()
                .filter_map(|own| answer(own, None))
                .collect(),
            ty: json
                .and_then(|own| own.schema)
                .map(|schema| types.lower(&[schema]).ty),
        }
    });
    lowered.collect()
}

/// The requests, with the words of their names; the last says what they are. Callbacks have callbacks as well.
pub(super) fn all(api: &Api) -> Vec<(Vec<&str>, &Operation)> {
    let webhooks = api.webhooks.iter();
    let mut all: Vec<_> = webhooks
        .map(|own| (vec![own.path.as_str(), "webhook"], own))
        .collect();
    for operation in &api.operations {
        let owner = operation.id.as_deref().unwrap_or(&operation.path);
        called_back(owner, operation, &mut all);
    }
    for webhook in &api.webhooks {
        called_back(&webhook.path, webhook, &mut all);
    }
    all
}

fn called_back<'a>(
    owner: &'a str,
    operation: &'a Operation,
    all: &mut Vec<(Vec<&'a str>, &'a Operation)>,
) {
    for callback in &operation.callbacks {
        for own in &callback.operations {
            all.push((vec![owner, &callback.name, "callback"], own));
            called_back(&callback.name, own, all);
        }
    }
}

//! Calls of operations with the keys of things that exist.

use std::collections::BTreeMap;

use bindery_spec::Value;
use bindery_spec::model::{Location, Operation, Parameter};
use bytes::Bytes;
use http::header::LOCATION;
use http::{Request, Response};

use super::attributes;
use super::path::{anonymous, prefixes};
use super::resource::Resource;
use super::stock::Stock;
use crate::probe::{Draft, Options, Planner, Reply, Sender};
use crate::validate::{Contract, RequestVerdict, Route};

/// What stands in a path for its parameters: a value for each path up to one, without the names in it.
pub(crate) type Keys = BTreeMap<String, Value>;

/// A request and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// The operation, by its index.
    pub(crate) operation: usize,
    pub(crate) request: Request<Bytes>,
    pub(crate) reply: Reply,
    /// Where what is said of the thing stands in the answer, as a JSON Pointer.
    pub(crate) shown: String,
}

impl Exchange {
    /// The answer, if there is one.
    pub(crate) fn answer(&self) -> Option<&Response<Bytes>> {
        self.reply.answer()
    }

    /// The status; 0 when there is no answer.
    pub(crate) fn status(&self) -> u16 {
        self.reply.status().unwrap_or_default()
    }

    /// Whether it was served.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status())
    }

    /// Whether there is nothing at that path, or nothing any more.
    pub(crate) fn is_gone(&self) -> bool {
        matches!(self.status(), 404 | 410)
    }

    /// The thing that the answer shows.
    pub(crate) fn thing(&self) -> Option<Value> {
        attributes::thing(&self.json()?, &self.shown)
    }

    /// The body of the answer as JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.answer()?.body()).ok()
    }
}

/// Calls the operations of a document at a deployment.
pub(crate) struct Caller<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) options: &'a Options,
    pub(crate) sender: &'a Sender,
    pub(crate) stock: &'a Stock,
}

impl Caller<'_> {
    /// An operation by its index.
    pub(crate) fn operation(&self, index: usize) -> &Operation {
        &self.contract.api.operations[index]
    }

    /// The least valid request of an operation for things that exist.
    pub(crate) fn draft(&self, operation: usize, keys: &Keys) -> Option<Draft> {
        let mut draft = self.stock.base(operation, || {
            Planner::new(self.contract, operation, self.options)
                .base()
                .map(|case| case.draft)
        })?;
        put_keys(self.operation(operation), keys, &mut draft);
        Some(draft)
    }

    /// Sends a request; `None` when it cannot be spelled, or when the run is over.
    pub(crate) async fn send(&self, operation: usize, draft: &Draft) -> Option<Exchange> {
        let request = draft.spell(self.contract, self.operation(operation))?;
        if self.sender.is_over() {
            return None;
        }
        self.exchange(operation, request).await
    }

    /// Sends a request as it is, also when the run is over.
    pub(crate) async fn exchange(
        &self,
        operation: usize,
        request: Request<Bytes>,
    ) -> Option<Exchange> {
        let reply = self.sender.send(&request).await;
        self.stock.count();
        Some(self.stock.exchanged(operation, request, reply))
    }

    /// Whether a request is one of the operation that the document allows.
    pub(crate) fn is_valid(&self, operation: usize, draft: &Draft) -> bool {
        let request = draft.spell(self.contract, self.operation(operation));
        let verdict = request.map(|request| self.contract.request(&request));
        matches!(verdict, Some(RequestVerdict::Operation(index, violations)) if index == operation && violations.is_empty())
    }

    /// The key that a `Location` holds, when it leads to things of a resource (RFC 9110 §10.2.2).
    pub(crate) fn located(&self, resource: &Resource, made: &Exchange) -> Option<Value> {
        let target = self.location(made)?;
        self.last_key(resource, target.split('?').next().unwrap_or_default())
    }

    /// The last key in a path, when it leads to things of a resource.
    pub(crate) fn last_key(&self, resource: &Resource, path: &str) -> Option<Value> {
        let mut own = [
            resource.read,
            resource.delete,
            resource.replace,
            resource.modify,
        ]
        .into_iter()
        .flatten();
        own.find_map(|index| {
            let operation = self.operation(index);
            let router = &self.contract.router;
            let mut found = [path, path.trim_end_matches('/')]
                .into_iter()
                .map(|path| router.find(&operation.method, path));
            let (route, values) = found.find_map(Route::found)?;
            let (_, text) = values.last().filter(|_| route == index)?;
            crate::wire::percent::decode(text).map(Value::String)
        })
    }
}

impl Caller<'_> {
    /// Where the `Location` of an answer leads, as a target that starts at the root of the API.
    pub(crate) fn location(&self, exchange: &Exchange) -> Option<String> {
        let location = exchange.answer()?.headers().get(LOCATION)?.to_str().ok()?;
        self.sender.relative(&exchange.request, location)
    }
}

/// Puts keys in the place of the path's parameters.
pub(crate) fn put_keys(operation: &Operation, keys: &Keys, draft: &mut Draft) {
    for (index, prefix) in path_parameters(operation) {
        if let Some(key) = keys.get(&prefix) {
            draft.parameters[index] = Some(key.clone());
        }
    }
}

/// Puts other keys in the place of those that a draft has.
pub(crate) fn replace_keys(operation: &Operation, old: &Keys, new: &Keys, draft: &mut Draft) {
    for (index, prefix) in path_parameters(operation) {
        let own = draft.parameters[index].as_ref();
        if own.is_some() && own == old.get(&prefix) {
            draft.parameters[index] = new.get(&prefix).cloned();
        }
    }
}

/// The parameters of the path by their index, each with the path up to it.
fn path_parameters(operation: &Operation) -> Vec<(usize, String)> {
    let found = prefixes(&operation.path)
        .into_iter()
        .filter_map(|(name, prefix)| {
            let own = |parameter: &Parameter| {
                parameter.location == Location::Path && parameter.name == name
            };
            let index = operation.parameters.iter().position(own)?;
            Some((index, anonymous(prefix)))
        });
    found.collect()
}

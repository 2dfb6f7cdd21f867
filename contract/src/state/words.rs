//! What stands on a word below the path of one thing: what is done to it, what else is read of it, and what is put there.

use super::infer::Finder;
use super::path::anonymous;
use super::resource::{Resource, Resources};

impl Finder<'_> {
    /// What is done to one thing: `POST` on one word below its path that makes and lists nothing.
    pub(super) fn actions(&self, resources: &Resources, own: &Resource) -> Vec<usize> {
        let acts = |index: &&usize| {
            let operation = &self.api.operations[**index];
            let path = anonymous(&operation.path);
            let another = resources.all.iter().any(|other| {
                let made = other.create.as_ref().map(|create| create.operation);
                made == Some(**index) || anonymous(other.collection()) == path
            });
            operation.method == "POST" && is_word_below(own, &operation.path) && !another
        };
        self.operations.iter().filter(acts).copied().collect()
    }

    /// What else is read of one thing: `GET` on one word below its path that lists nothing.
    pub(super) fn views(&self, resources: &Resources, own: &Resource) -> Vec<usize> {
        let shows = |index: &&usize| {
            let operation = &self.api.operations[**index];
            let lists = |other: &Resource| {
                let list = other.list.as_ref().map(|list| list.operation);
                list == Some(**index) || anonymous(other.collection()) == anonymous(&operation.path)
            };
            operation.method == "GET"
                && is_word_below(own, &operation.path)
                && !resources.all.iter().any(lists)
        };
        self.operations.iter().filter(shows).copied().collect()
    }

    /// What is put and given out on a word below the path of one.
    pub(super) fn contents(&self, own: &Resource) -> Vec<(usize, usize)> {
        let pair = |put: &usize| {
            let operation = &self.api.operations[*put];
            let is_put = operation.method == "PUT" && is_word_below(own, &operation.path);
            Some((*put, self.on(&operation.path, "GET").filter(|_| is_put)?))
        };
        self.operations.iter().filter_map(pair).collect()
    }
}

/// Whether a path is that of one with a word behind it.
fn is_word_below(own: &Resource, path: &str) -> bool {
    let (start, path) = (anonymous(&own.item), anonymous(path));
    let word = path
        .strip_prefix(&start)
        .and_then(|rest| rest.strip_prefix('/'));
    word.is_some_and(|word| !word.contains(['/', '{']))
}

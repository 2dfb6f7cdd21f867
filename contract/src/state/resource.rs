//! What a resource is: the operations that create, read, change, list and delete the things under one path.

use std::fmt;

use bindery_spec::model::{Api, Operation};

/// The resources of a document, those that others need before them first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources {
    pub(crate) all: Vec<Resource>,
}

/// Things that have a path each. Operations are indexes into the document's.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The path of one, such as `/pets/{id}`.
    pub(crate) item: String,
    /// Whether there is only this one, such as `/settings`: it has no key, and writing it is all the making there is.
    pub(crate) single: bool,
    /// The last parameter of that path.
    pub(crate) parameter: String,
    /// What makes one.
    pub(crate) create: Option<Create>,
    /// What gives one.
    pub(crate) read: Option<usize>,
    /// What puts another in its place: `PUT`.
    pub(crate) replace: Option<usize>,
    /// What changes a part of it: `PATCH`.
    pub(crate) modify: Option<usize>,
    /// What deletes one.
    pub(crate) delete: Option<usize>,
    /// What lists them.
    pub(crate) list: Option<List>,
    /// What else is done to one: `POST` on a word below its path.
    pub(crate) actions: Vec<usize>,
    /// The resources whose keys stand before its own in the path.
    pub(crate) parents: Vec<usize>,
    /// The properties of the body that makes one which name another resource.
    pub(crate) references: Vec<(String, usize)>,
}

/// How one is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Create {
    /// The operation.
    pub(crate) operation: usize,
    /// Where the key stands in the answer, as a JSON Pointer; otherwise `Location` tells it.
    pub(crate) key: Option<String>,
    /// Where the thing itself stands in the answer: the part that has the key.
    pub(crate) thing: String,
}

/// How they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// The operation.
    pub(crate) operation: usize,
    /// Where the list stands in the answer, as a JSON Pointer.
    pub(crate) items: String,
    /// The property of an item that is its key.
    pub(crate) key: String,
    /// Where the answer says how many there are.
    pub(crate) total: Option<Total>,
    /// The parameter that says how many a page has at most, by its index.
    pub(crate) limit: Option<usize>,
    /// How to come to the next page.
    pub(crate) paging: Option<Paging>,
    /// The parameters that have the name and type of a property of an item, by their index.
    pub(crate) filters: Vec<usize>,
}

/// Where an answer says how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    /// In the body, as a JSON Pointer.
    Body(String),
    /// In a header.
    Header(String),
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(place) | Self::Header(place) => f.write_str(place),
        }
    }
}

/// How to come to the next page; parameters by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// So many items are left out.
    Offset(usize),
    /// Pages are counted.
    Page(usize),
    /// The answer says what to send; holds where, as a JSON Pointer.
    Cursor(usize, String),
}

impl Resource {
    /// The path of them all.
    pub(crate) fn collection(&self) -> &str {
        self.item.rsplit_once('/').map_or("", |(start, _)| start)
    }

    /// The property that is the key in the answer of what makes one.
    pub(crate) fn key(&self) -> Option<&str> {
        let key = self.create.as_ref()?.key.as_deref()?;
        key.rsplit('/').next()
    }

    /// The last word of the collection's path.
    pub(crate) fn noun(&self) -> &str {
        noun(self.collection())
    }

    /// Every operation with what it does.
    pub(crate) fn operations(&self) -> Vec<(&'static str, usize)> {
        let create = self.create.as_ref().map(|create| create.operation);
        let list = self.list.as_ref().map(|list| list.operation);
        let all = [
            ("create", create),
            ("read", self.read),
            ("replace", self.replace),
            ("change", self.modify),
            ("list", list),
            ("delete", self.delete),
        ];
        all.into_iter()
            .filter_map(|(what, operation)| Some((what, operation?)))
            .collect()
    }
}

impl Resources {
    /// The resource that a path up to and with one of its parameters leads to.
    pub(crate) fn at(&self, path: &str) -> Option<usize> {
        let wanted = anonymous(path);
        self.all
            .iter()
            .position(|resource| anonymous(&resource.item) == wanted)
    }

    /// The resources whose keys stand in a path, the outer ones first.
    pub(crate) fn along(&self, path: &str) -> Vec<usize> {
        prefixes(path)
            .iter()
            .filter_map(|(_, prefix)| self.at(prefix))
            .collect()
    }

    /// What was inferred, a line a resource.
    pub(crate) fn describe(&self, api: &Api) -> Vec<String> {
        let name = |index: usize| crate::probe::name(&api.operations[index]);
        let line = |resource: &Resource| {
            let operations = resource.operations();
            let told = operations
                .iter()
                .map(|(what, index)| format!("{what} by {}", name(*index)));
            let list = resource
                .list
                .as_ref()
                .map(|list| Told(list, &api.operations[list.operation]).to_string());
            let acts = resource.actions.iter().map(|index| name(*index));
            let acts = acts.map(|name| format!("acted on by {name}"));
            let told = told.chain(acts);
            let told: Vec<String> = told.chain(list.filter(|told| !told.is_empty())).collect();
            format!("{}: {}", resource.item, told.join(", "))
        };
        self.all.iter().map(line).collect()
    }
}

/// What is known of a list, for those who want to see what was inferred.
struct Told<'a>(&'a List, &'a Operation);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(list, operation) = self;
        let name = |index: &usize| operation.parameters[*index].name.as_str();
        let mut told = Vec::new();
        told.extend(
            list.limit
                .as_ref()
                .map(|limit| format!("limited by `{}`", name(limit))),
        );
        told.extend(list.paging.as_ref().map(|paging| match paging {
            Paging::Offset(index) | Paging::Page(index) => format!("paged by `{}`", name(index)),
            Paging::Cursor(index, at) => format!("paged by `{}` from `{at}`", name(index)),
        }));
        told.extend(
            list.total
                .as_ref()
                .map(|total| format!("counted at `{total}`")),
        );
        if !list.filters.is_empty() {
            let names: Vec<&str> = list.filters.iter().map(name).collect();
            told.push(format!("filtered by `{}`", names.join("`, `")));
        }
        f.write_str(&told.join(", "))
    }
}

/// The last word of a path that is no parameter.
pub(super) fn noun(path: &str) -> &str {
    let mut words = path.rsplit('/').filter(|word| !word.contains('{'));
    words.next().unwrap_or_default()
}

/// Each parameter of a path with the path up to it.
pub(crate) fn prefixes(path: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = path[start..].find('{').map(|at| start + at) {
        let Some(close) = path[open..].find('}').map(|at| open + at) else {
            break;
        };
        found.push((&path[open + 1..close], &path[..=close]));
        start = close + 1;
    }
    found
}

/// A path without the names of its parameters: they may differ from operation to operation.
pub(crate) fn anonymous(path: &str) -> String {
    let mut pieces = path.split('{');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str("{}");
        plain.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart_at_their_parameters() {
        let found = prefixes("/a/{b}/c/{d}");
        assert_eq!(found, [("b", "/a/{b}"), ("d", "/a/{b}/c/{d}")]);
        assert_eq!(anonymous("/a/{b}/c/{d}.json"), "/a/{}/c/{}.json");
        assert_eq!(noun("/a/{b}/c"), "c");
    }
}

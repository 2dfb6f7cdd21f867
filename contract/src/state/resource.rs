//! What a resource is: the operations that create, read, change, list and delete the things under one path.

use std::collections::BTreeSet;
use std::fmt;

use bindery_spec::Value;
use bindery_spec::model::{Api, Operation};

use super::paging::Paging;
use super::path::{anonymous, noun, prefixes};

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
    /// The path where they are made and listed: mostly all but the end of that of one, for `/items/{id}` perhaps
    /// `/shops/{shop}/items`.
    pub(crate) home: String,
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
    /// Where answers show the thing, by the operation, where they have it in an envelope.
    pub(crate) shown: Vec<(usize, String)>,
    /// Where answers have what is said of the thing, by the operation, where that is not the answer itself.
    pub(crate) told: Vec<(usize, String)>,
    /// What lists them.
    pub(crate) list: Option<List>,
    /// What else is done to one: `POST` on a word below its path.
    pub(crate) actions: Vec<usize>,
    /// What else is read of one: `GET` on a word below its path that lists nothing.
    pub(crate) views: Vec<usize>,
    /// What is put and given out on a word below its path: `PUT` and `GET`.
    pub(crate) contents: Vec<(usize, usize)>,
    /// What makes several at once.
    pub(crate) bulks: Vec<Bulk>,
    /// The resources whose keys stand before its own in the path.
    pub(crate) parents: Vec<usize>,
    /// The properties of the body that makes one which name another resource.
    pub(crate) references: Vec<(String, usize)>,
    /// The places deeper in the body that do so, as JSON Pointers in which `-` stands for each item of a list.
    pub(super) inner: Vec<(String, usize)>,
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
    pub(crate) way: Way,
}

/// In which way one is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is there with the answer.
    Made,
    /// The client chooses the key, and puts the thing at its path.
    Chosen,
    /// It tells how far something is that was promised, and changes by itself, so that few sequences suit it.
    Promised,
}

impl Create {
    /// What an operation makes, by where its answer has the thing and the key.
    pub(crate) fn new(operation: usize, key: Option<(String, String)>, way: Way) -> Self {
        let (thing, key) = key.map_or_else(Default::default, |(thing, key)| (thing, Some(key)));
        Self {
            operation,
            key,
            thing,
            way,
        }
    }

    /// Whether it only tells how far something is.
    pub(crate) fn is_promised(&self) -> bool {
        self.way == Way::Promised
    }

    /// Whether the client chooses the key.
    pub(crate) fn is_chosen(&self) -> bool {
        self.way == Way::Chosen
    }
}

/// What makes several at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bulk {
    pub(crate) operation: usize,
    /// Where its body has the list of them, as a JSON Pointer.
    pub(crate) at: String,
}

/// How they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// The operation.
    pub(crate) operation: usize,
    /// Where the list stands in the answer, as a JSON Pointer.
    pub(crate) items: String,
    /// Where what is said of an item stands in it, as a JSON Pointer.
    pub(crate) fields: String,
    /// The property of an item that is its key.
    pub(crate) key: String,
    /// Where the answer says how many there are.
    pub(crate) totals: Vec<Total>,
    /// Where the answer says whether more follow, as a JSON Pointer.
    pub(crate) more: Option<String>,
    /// Where the answer leads to what follows, as a JSON Pointer.
    pub(crate) next: Option<String>,
    /// The parameter that says how many a page has at most, by its index.
    pub(crate) limit: Option<usize>,
    /// How to come to the next page.
    pub(crate) paging: Option<Paging>,
    /// What has the name and type of a property of an item.
    pub(crate) filters: Vec<Filter>,
}

/// What asks for the items with one value: a parameter, or a property of one in `deepObject`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    /// The parameter, by its index.
    pub(crate) parameter: usize,
    /// The property of the parameter, where it is not the parameter itself.
    pub(crate) inside: Option<String>,
    /// The property of the items.
    pub(crate) property: String,
}

impl Filter {
    /// What the parameter is to be for a value.
    pub(crate) fn asking(&self, value: Value) -> (usize, Value) {
        let value = match &self.inside {
            Some(name) => [(name.clone(), value)].into_iter().collect(),
            None => value,
        };
        (self.parameter, value)
    }
}

impl List {
    /// Where a property of any item stands in the answer, as a JSON Pointer.
    pub(crate) fn place(&self, property: &str) -> String {
        let property = crate::validate::escape(property);
        format!("{}/*{}/{property}", self.items, self.fields)
    }
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

impl Resource {
    /// The path of them all.
    pub(crate) fn collection(&self) -> &str {
        self.item.rsplit_once('/').map_or("", |(start, _)| start)
    }

    /// Where the answer of an operation has the thing, as a JSON Pointer.
    pub(crate) fn shown_at(&self, operation: usize) -> &str {
        let mut shown = self.shown.iter();
        let own = shown.find(|(own, _)| *own == operation);
        own.map_or("", |(_, at)| at)
    }

    /// Below which path the things are found that are made or listed at another.
    pub(crate) fn place<'p>(&'p self, path: &'p str) -> &'p str {
        let collection = self.collection();
        if collection.contains('{') {
            path
        } else {
            collection
        }
    }

    /// The path where one is made, which need not be where they are listed.
    pub(crate) fn birthplace<'a>(&'a self, api: &'a Api) -> &'a str {
        match &self.create {
            Some(create) if !create.is_chosen() => &api.operations[create.operation].path,
            _ => &self.home,
        }
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

    /// The same with those operations only that may be called.
    fn restricted(&self, may_call: &dyn Fn(usize) -> bool) -> Self {
        let may = |operation: Option<usize>| operation.filter(|own| may_call(*own));
        let create = self.create.clone();
        let list = self.list.clone();
        let actions = self.actions.iter().copied();
        let contents = self.contents.iter().copied();
        let views = self.views.iter().copied();
        let bulks = self.bulks.iter().filter(|own| may_call(own.operation));
        Self {
            create: create.filter(|own| may_call(own.operation)),
            read: may(self.read),
            replace: may(self.replace),
            modify: may(self.modify),
            delete: may(self.delete),
            list: list.filter(|own| may_call(own.operation)),
            actions: actions.filter(|own| may_call(*own)).collect(),
            views: views.filter(|own| may_call(*own)).collect(),
            bulks: bulks.cloned().collect(),
            contents: contents
                .filter(|(put, get)| may_call(*put) && may_call(*get))
                .collect(),
            ..self.clone()
        }
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
        let prefixes = prefixes(path);
        let found = prefixes.iter().filter_map(|(_, prefix)| self.at(prefix));
        found.collect()
    }

    /// The same resources with those operations only that may be called, as sequences are played on them.
    pub(crate) fn restricted(&self, may_call: &dyn Fn(usize) -> bool) -> Self {
        let all = self.all.iter();
        Self {
            all: all.map(|own| own.restricted(may_call)).collect(),
        }
    }

    /// Those alone whose things are there at once, and are found where they are made or below a path without parameters.
    pub(crate) fn within_reach(mut self, api: &Api) -> Self {
        self.all.retain(|own| {
            let made = |create: &Create| {
                let path = anonymous(&api.operations[create.operation].path);
                let place = anonymous(own.collection());
                let is_near = path == place || !place.contains('{');
                create.is_chosen() || create.way == Way::Made && is_near
            };
            own.single || own.create.as_ref().is_none_or(made)
        });
        self
    }

    /// The resources of which there must be one for some of them: themselves, what they belong to, and what their bodies
    /// name, which come first.
    pub(crate) fn needed(&self, wanted: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut needed = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<(usize, bool)> = wanted.into_iter().map(|own| (own, false)).collect();
        while let Some((index, is_ready)) = open.pop() {
            if is_ready {
                needed.push(index);
            } else if seen.insert(index) {
                let own = &self.all[index];
                open.push((index, true));
                let named = own.references.iter().chain(&own.inner);
                let others = named.map(|(_, other)| other).chain(&own.parents);
                open.extend(others.map(|other| (*other, false)));
            }
        }
        needed
    }

    /// The resources that an operation is about: its own, and those whose keys stand in its path, its query and its body.
    pub(crate) fn of(&self, api: &Api, operation: usize) -> Vec<usize> {
        let is_own = |resource: &Resource| {
            let mut operations = resource.operations().into_iter();
            operations.any(|(_, own)| own == operation)
        };
        let own = (0..self.all.len()).filter(|index| is_own(&self.all[*index]));
        let along = self.along(&api.operations[operation].path);
        let named = self.references(api, operation).into_iter();
        own.chain(along)
            .chain(named.map(|(.., other)| other))
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
            Paging::Offset(index) | Paging::Page(index, _) => format!("paged by `{}`", name(index)),
            Paging::Cursor(index, at) => format!("paged by `{}` from `{at}`", name(index)),
            Paging::Last(index, at) => {
                format!(
                    "paged by `{}` from the last item, while `{at}`",
                    name(index)
                )
            }
        }));
        let counted = list.totals.iter();
        told.extend(counted.map(|total| format!("counted at `{total}`")));
        if !list.filters.is_empty() {
            let names = list.filters.iter().map(|own| own.property.as_str());
            let names: Vec<&str> = names.collect();
            told.push(format!("filtered by `{}`", names.join("`, `")));
        }
        f.write_str(&told.join(", "))
    }
}

//! Things that exist at the deployment: made for the run, or found in a list; and how more are made.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bindery_spec::Value;
use bytes::Bytes;
use http::Request;

use super::body::{Maker, Recipe, Scope};
use super::call::{Caller, Exchange, Keys};
use super::path::anonymous;
use super::resource::{Create, Resource, Resources};
use crate::probe::{Draft, Reply};

/// One thing that exists.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// Its key, and those of what it belongs to.
    pub(crate) keys: Keys,
    /// The body that it was made from.
    pub(crate) sent: Value,
    /// How it was made.
    pub(crate) made: Exchange,
}

/// What exists, and what is known about making more.
#[derive(Debug, Default)]
pub(crate) struct Stock {
    pub(crate) resources: Resources,
    /// The same with those operations only that sequences are played with.
    pub(crate) played: Resources,
    /// Where an operation's answer has what is said of the thing, where that is not the answer itself.
    told: BTreeMap<usize, String>,
    /// The resources of which there must be one.
    needed: Vec<usize>,
    /// For each resource the keys of one that exists, and how it came about.
    supply: Mutex<BTreeMap<usize, (Keys, Vec<Exchange>)>>,
    /// What bodies of a resource are made from, once it is known.
    recipes: Mutex<BTreeMap<usize, Recipe>>,
    /// What updates of an operation change, once it is known.
    scopes: Mutex<BTreeMap<usize, Scope>>,
    /// What was made, so that it can be taken away again.
    pub(super) made: Mutex<Vec<(usize, Keys)>>,
    /// What there is one of, as it was before: the request that puts it back; `None` when there is none.
    pub(super) before: Mutex<Vec<(usize, Option<Draft>)>>,
    bases: Mutex<BTreeMap<usize, Option<Draft>>>,
    notes: Mutex<Vec<String>>,
    requests: AtomicUsize,
    /// How many keys were chosen by this client.
    pub(super) chosen: AtomicUsize,
}

impl Stock {
    /// Notes a thing that was made beside others.
    pub(super) fn adopt(&self, index: usize, keys: Keys) {
        lock(&self.made).push((index, keys));
    }

    /// Nothing yet. Sequences are `played` with some of the operations that are known of resources, and there must be
    /// one of what is `wanted`, with all that it needs.
    pub(crate) fn new(
        resources: Resources,
        played: &dyn Fn(usize) -> bool,
        wanted: impl IntoIterator<Item = usize>,
    ) -> Self {
        let told = resources.all.iter().flat_map(|own| own.told.clone());
        Self {
            told: told.collect(),
            played: resources.restricted(played),
            needed: resources.needed(wanted),
            resources,
            ..Self::default()
        }
    }

    /// How many requests were sent for things.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// What could not be checked: a sentence each, with its code.
    pub(crate) fn notes(&self) -> Vec<String> {
        lock(&self.notes).clone()
    }

    pub(super) fn count(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn note(&self, sentence: String) {
        lock(&self.notes).push(sentence);
    }

    pub(super) fn base(
        &self,
        operation: usize,
        make: impl FnOnce() -> Option<Draft>,
    ) -> Option<Draft> {
        if let Some(known) = lock(&self.bases).get(&operation) {
            return known.clone();
        }
        let base = make();
        lock(&self.bases).insert(operation, base.clone());
        base
    }

    /// Where an operation's answer has what is said of the thing, as a JSON Pointer.
    pub(crate) fn shown(&self, operation: usize) -> &str {
        self.told.get(&operation).map_or("", String::as_str)
    }

    /// What came of a request.
    pub(crate) fn exchanged(
        &self,
        operation: usize,
        request: Request<Bytes>,
        reply: Reply,
    ) -> Exchange {
        Exchange {
            operation,
            request,
            reply,
            shown: self.shown(operation).to_owned(),
        }
    }

    /// The keys of things that exist for a path.
    pub(crate) fn keys(&self, path: &str) -> Keys {
        let supply = lock(&self.supply);
        let along = self.resources.along(path).into_iter();
        along
            .filter_map(|index| supply.get(&index))
            .flat_map(|(keys, _)| keys.clone())
            .collect()
    }

    /// How the things that a path needs came about.
    pub(super) fn origins(&self, path: &str) -> Vec<Exchange> {
        let supply = lock(&self.supply);
        let along = self.resources.along(path).into_iter();
        along
            .filter_map(|index| supply.get(&index))
            .flat_map(|(_, trail)| trail.clone())
            .collect()
    }

    /// What updates of an operation change.
    pub(crate) fn scope(&self, operation: usize) -> Scope {
        let scopes = lock(&self.scopes);
        scopes.get(&operation).copied().unwrap_or_default()
    }

    /// Notes what updates of an operation change from now on.
    pub(crate) fn set_scope(&self, operation: usize, scope: Scope) {
        lock(&self.scopes).insert(operation, scope);
    }

    /// The keys of what was made of a resource.
    pub(super) fn made_of(&self, resource: usize) -> Vec<Keys> {
        let made = lock(&self.made);
        let own = made.iter().filter(|(index, _)| *index == resource);
        own.map(|(_, keys)| keys.clone()).collect()
    }

    /// Whether one of a resource exists.
    pub(super) fn has(&self, resource: usize) -> bool {
        lock(&self.supply).contains_key(&resource)
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Caller<'_> {
    /// Makes or finds one thing of each resource that is needed.
    pub(crate) async fn supply(&self) {
        for index in self.stock.needed.iter().copied() {
            let resource = &self.stock.resources.all[index];
            let mut trail = Vec::new();
            let made = match self.maker_of(resource) {
                Some(create) => self.first(index, resource, create, &mut trail).await,
                None => self.found(resource).await,
            };
            if let Some(keys) = made {
                lock(&self.stock.supply).insert(index, (keys, trail));
            }
        }
    }

    /// Makes the things of the supply anew: what was sent since may have changed or deleted them.
    pub(crate) async fn renew(&self) {
        for index in self.stock.needed.iter().copied() {
            let resource = &self.stock.resources.all[index];
            if self.maker_of(resource).is_none() || !self.stock.has(index) {
                continue;
            }
            let Some(body) = self.known_body(index, "renewed supply") else {
                continue;
            };
            let made = self.make(index, &body, None).await;
            let instance = made.and_then(|made| self.instance(index, body, made));
            if let Some(Instance { keys, made, .. }) = instance {
                lock(&self.stock.supply).insert(index, (keys, vec![made]));
            }
        }
    }

    /// What makes things of a resource, if anything may be made.
    pub(crate) fn maker_of<'r>(&self, resource: &'r Resource) -> Option<&'r Create> {
        resource.create.as_ref().filter(|_| !self.options.read_only)
    }

    /// Makes the first one, and learns from it what bodies are taken.
    async fn first(
        &self,
        index: usize,
        resource: &Resource,
        create: &Create,
        trail: &mut Vec<Exchange>,
    ) -> Option<Keys> {
        if resource.single {
            let before = self.before(resource, create).await;
            lock(&self.stock.before).push((index, before));
        }
        let mut last = 0;
        for recipe in Recipe::ALL {
            let Some(body) = self.body(index, recipe, "supply") else {
                continue;
            };
            let Some(exchange) = self.make(index, &body, None).await else {
                break;
            };
            last = exchange.status();
            trail.clear();
            trail.push(exchange.clone());
            let instance = self.instance(index, body, exchange);
            // Only 201 says that something was made; after another success it must be there.
            if let Some(instance) = instance
                && (last == 201 || self.is_there(resource, &instance.keys).await)
            {
                lock(&self.stock.recipes).insert(index, recipe);
                return Some(instance.keys);
            }
        }
        let name = crate::probe::name(self.operation(create.operation));
        let why = match last {
            0 => "no request could be made, or none was answered".to_owned(),
            200..300 => "its answer has no key that leads to the thing".to_owned(),
            status => format!("the last attempt was answered with {status}"),
        };
        self.stock.note(format!(
            "state-not-created: `{name}` made nothing to test {} with: {why}",
            resource.item
        ));
        None
    }

    /// The first thing of a list.
    async fn found(&self, resource: &Resource) -> Option<Keys> {
        let list = resource.list.as_ref()?;
        if self.options.read_only && self.operation(list.operation).method != "GET" {
            return None;
        }
        let mut keys = self.stock.keys(&resource.home);
        let exchange = self
            .send(list.operation, &self.draft(list.operation, &keys)?)
            .await?;
        let body = exchange.json().filter(|_| exchange.is_success())?;
        let key = body.pointer(&list.items)?.get(0)?.get(&list.key)?.clone();
        keys.insert(anonymous(&resource.item), key);
        self.takes(resource, &keys).then_some(keys)
    }

    async fn is_there(&self, resource: &Resource, keys: &Keys) -> bool {
        let Some((read, draft)) = resource
            .read
            .and_then(|read| Some((read, self.draft(read, keys)?)))
        else {
            return false;
        };
        self.send(read, &draft)
            .await
            .is_some_and(|exchange| exchange.is_success())
    }

    /// What makes bodies of an operation; `None` if it takes no JSON.
    pub(crate) fn maker(&self, operation: usize) -> Option<Maker<'_>> {
        Maker::new(self.contract, self.operation(operation), self.options.seed)
    }

    /// A body that makes a thing, different for each `salt`.
    fn body(&self, index: usize, recipe: Recipe, salt: &str) -> Option<(usize, Value)> {
        let resource = &self.stock.resources.all[index];
        let create = resource.create.as_ref()?;
        let maker = self.maker(create.operation)?;
        let mut body = maker.body(recipe, &format!("{} {salt}", resource.item))?;
        let known = |other: usize| {
            let item = &self.stock.resources.all[other].item;
            self.stock.keys(item).remove(&anonymous(item))
        };
        for (property, other) in &resource.references {
            if let Some(key) = known(*other).filter(|_| body.get(property).is_some()) {
                maker.set(&mut body, property, key);
            }
        }
        for (place, other) in &resource.inner {
            if let Some(key) = known(*other) {
                maker.set_each(&mut body, place, &key);
            }
        }
        Some((maker.media, body))
    }

    /// Goes on with bodies that say less: what the fuller ones name may be used up, such as a code that counts once. Says
    /// whether there are such.
    pub(super) fn simplify(&self, index: usize) -> bool {
        let mut recipes = lock(&self.stock.recipes);
        let Some(known) = recipes.get_mut(&index) else {
            return false;
        };
        let mut later = Recipe::ALL.into_iter().skip_while(|own| own != known);
        let next = later.nth(1);
        *known = next.unwrap_or(*known);
        next.is_some()
    }

    /// A body of the kind that the server took before.
    pub(crate) fn known_body(&self, index: usize, salt: &str) -> Option<(usize, Value)> {
        let recipe = lock(&self.stock.recipes).get(&index).copied()?;
        self.body(index, recipe, salt)
    }

    /// Notes what a request of the operations themselves made, so that it is taken away as well.
    pub(crate) fn remember(&self, operation: usize, request: &Request<Bytes>, reply: &Reply) {
        let makes = |resource: &Resource| {
            resource
                .create
                .as_ref()
                .is_some_and(|create| create.operation == operation)
        };
        let Some(index) = self.stock.resources.all.iter().position(makes) else {
            return;
        };
        let (request, reply) = (request.clone(), reply.clone());
        let made = self.stock.exchanged(operation, request, reply);
        // Its key and the note are all that is wanted of it.
        let _ = self.instance(index, (0, Value::Null), made);
    }

    /// Whether the document allows these keys in the path of one thing.
    pub(super) fn takes(&self, resource: &Resource, keys: &Keys) -> bool {
        let own = [
            resource.read,
            resource.delete,
            resource.replace,
            resource.modify,
        ];
        let mut own = own.into_iter().flatten();
        own.next().is_none_or(|operation| {
            let draft = self.draft(operation, keys);
            draft.is_some_and(|draft| self.is_valid(operation, &draft))
        })
    }

    /// A new thing for an operation whose path leads to one or into one.
    pub(crate) async fn fresh(&self, path: &str, salt: &str) -> Option<Keys> {
        let index = *self.stock.resources.along(path).last()?;
        self.maker_of(&self.stock.resources.all[index])?;
        let body = self.known_body(index, salt)?;
        let exchange = self.make(index, &body, None).await?;
        self.instance(index, body, exchange)
            .map(|instance| instance.keys)
    }
}

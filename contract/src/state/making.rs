//! How one thing is made: the request, the key that it gets, and what is known of it then.

use std::pin::Pin;
use std::sync::atomic::Ordering;

use bindery_spec::Value;

use super::call::{Caller, Exchange, Keys};
use super::path::{anonymous, prefixes};
use super::resource::Way;
use super::stock::{Instance, lock};
use crate::probe::Draft;
use crate::wire::{percent, scalar_text};

/// How many keys are tried where the client chooses one.
const TRIES: usize = 8;

/// The request that makes a thing.
pub(crate) struct Making {
    pub(crate) operation: usize,
    pub(crate) draft: Draft,
    /// What was made for it before.
    pub(crate) before: Option<Exchange>,
}

impl Caller<'_> {
    /// The request that makes a thing.
    pub(crate) async fn making(&self, index: usize, (_, body): &(usize, Value)) -> Option<Making> {
        let resource = &self.stock.resources.all[index];
        let operation = resource.create.as_ref()?.operation;
        let mut keys = self.stock.keys(resource.birthplace(&self.contract.api));
        let mut before = None;
        if let Some((key, made)) = self.other(index).await {
            keys.insert(anonymous(&resource.item), key);
            before = Some(made);
        } else {
            keys.extend(self.chosen(index));
        }
        let mut draft = self.draft(operation, &keys)?;
        draft.body = self.maker(operation)?.content(body.clone());
        Some(Making {
            operation,
            draft,
            before,
        })
    }

    /// The key of another thing, made for it, where that is the key to choose.
    async fn other(&self, index: usize) -> Option<(Value, Exchange)> {
        let resources = &self.stock.resources;
        let other = resources.stands_for(index)?;
        self.maker_of(&resources.all[other])?;
        let count = self.stock.chosen.fetch_add(1, Ordering::Relaxed);
        let body = self.known_body(other, &format!("{} {count}", resources.all[index].item))?;
        let made = self.make_boxed(other, &body).await?;
        let instance = self.instance(other, body, made)?;
        let key = anonymous(&resources.all[other].item);
        Some((instance.keys.get(&key)?.clone(), instance.made))
    }

    /// A thing for another, which may be for another itself.
    fn make_boxed<'b>(
        &'b self,
        index: usize,
        body: &'b (usize, Value),
    ) -> Pin<Box<dyn Future<Output = Option<Exchange>> + Send + 'b>> {
        Box::pin(self.make(index, body, None))
    }

    /// A key that nothing has yet, where the client chooses it.
    fn chosen(&self, index: usize) -> Option<(String, Value)> {
        let resource = &self.stock.resources.all[index];
        let create = resource
            .create
            .as_ref()
            .filter(|create| create.is_chosen())?;
        let mut parameters = self.operation(create.operation).parameters.iter();
        let own = parameters.find(|own| own.name == resource.parameter)?;
        let maker = self.maker(create.operation)?;
        let item = anonymous(&resource.item);
        let taken = self.stock.made_of(index);
        let is_free = |key: &Value| taken.iter().all(|keys| keys.get(&item) != Some(key));
        // A pattern may allow hardly more than one key.
        let mut keys = (0..TRIES).filter_map(|_| {
            let count = self.stock.chosen.fetch_add(1, Ordering::Relaxed);
            let salt = format!("{} {count}", resource.item);
            maker.own_text(&own.name, &[own.schema()?], &salt)
        });
        let key = keys.find(is_free)?;
        Some((item, key))
    }

    /// Sends a body that makes a thing, for an identity.
    pub(crate) async fn make(
        &self,
        index: usize,
        body: &(usize, Value),
        identity: Option<usize>,
    ) -> Option<Exchange> {
        let Making {
            operation,
            mut draft,
            ..
        } = self.making(index, body).await?;
        if let Some(identity) = identity {
            draft
                .credentials
                .identify(&self.options.identities[identity]);
        }
        self.send(operation, &draft).await
    }

    /// What was made, if it was; it is noted so that it can be taken away.
    pub(crate) fn instance(
        &self,
        index: usize,
        (_, sent): (usize, Value),
        made: Exchange,
    ) -> Option<Instance> {
        let resource = &self.stock.resources.all[index];
        let create = resource.create.as_ref()?;
        if resource.single {
            let mut keys = self.stock.keys(&resource.item);
            self.follow(&made, &mut keys);
            let written = matches!(made.status(), 200 | 201 | 204);
            return written.then_some(Instance { keys, sent, made });
        }
        let promised = made.status() == 202 && create.way == Way::Promised;
        if !promised && !matches!(made.status(), 200 | 201) {
            return None;
        }
        let at = create.key.as_ref().filter(|_| !create.is_chosen());
        let key = at.and_then(|at| made.json()?.pointer(at).cloned());
        let key = key.filter(|key| key.is_string() || key.is_number());
        let key = key.or_else(|| {
            if create.is_chosen() {
                self.last_key(resource, made.request.uri().path())
            } else {
                self.located(resource, &made)
            }
        })?;
        let mut keys = self.stock.keys(&resource.home);
        keys.extend(self.stock.keys(resource.collection()));
        keys.extend(self.stock.keys(resource.birthplace(&self.contract.api)));
        self.follow(&made, &mut keys);
        keys.insert(anonymous(&resource.item), key);
        lock(&self.stock.made).push((index, keys.clone()));
        let takes = self.takes(resource, &keys);
        takes.then_some(Instance { keys, sent, made })
    }
    /// Takes the keys from the path of a request: the supply may be another by now, and below what nobody made each operation
    /// would have a key of its own.
    fn follow(&self, exchange: &Exchange, keys: &mut Keys) {
        let operation = self.operation(exchange.operation);
        let path = exchange.request.uri().path();
        let route = self.contract.router.find(&operation.method, path);
        let values = route.found().map(|(_, values)| values).unwrap_or_default();
        for ((_, prefix), (_, text)) in prefixes(&operation.path).into_iter().zip(values) {
            let prefix = anonymous(prefix);
            let known = keys.get(&prefix).and_then(scalar_text);
            if let Some(text) = percent::decode(&text).filter(|text| known.as_ref() != Some(text)) {
                keys.insert(prefix, text.into());
            }
        }
    }
}

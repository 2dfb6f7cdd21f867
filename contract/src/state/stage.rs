//! Where a sequence is played: it calls operations on things of one resource, keeps what happened, and notes flaws.

use std::time::Duration;

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use http::header::ETAG;

use super::call::{Caller, Exchange, Keys};
use super::look;
use super::resource::{Bulk, Resource};
use super::stock::Instance;
use crate::checks::{Base, Check, Flaw, Observed, judge};
use crate::probe::{Case, Content, Draft, Expect, is_if_match};
use crate::validate::{Direction, Part, Spot};

/// A flaw that a sequence showed, at an operation and after so many exchanges.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) operation: usize,
    pub(crate) flaw: Flaw,
    /// How many exchanges of the trail it needs.
    pub(crate) steps: usize,
}

/// One sequence on one resource.
pub(crate) struct Stage<'a> {
    pub(crate) caller: &'a Caller<'a>,
    /// The resource, by its index.
    index: usize,
    /// What makes bodies of this sequence differ from those of others.
    salt: String,
    bodies: usize,
    identity: Option<usize>,
    /// How long the server is given after each change.
    settle: Duration,
    pub(crate) trail: Vec<Exchange>,
    pub(crate) seen: Vec<Seen>,
}

/// Values of parameters by their index.
pub(crate) type Query = Vec<(usize, Value)>;

impl<'a> Stage<'a> {
    /// A stage for a sequence.
    pub(crate) fn new(caller: &'a Caller<'a>, index: usize, salt: String) -> Self {
        let resource = &caller.stock.played.all[index];
        Self {
            caller,
            index,
            salt,
            bodies: 0,
            identity: None,
            settle: Duration::ZERO,
            trail: caller
                .stock
                .origins(resource.birthplace(&caller.contract.api)),
            seen: Vec::new(),
        }
    }

    /// The same, where the server is given the time of the options after each change.
    pub(crate) fn patient(self) -> Self {
        let settle = self.caller.options.settle;
        Self { settle, ..self }
    }

    /// The resource.
    pub(crate) fn resource(&self) -> &'a Resource {
        &self.caller.stock.played.all[self.index]
    }

    /// Whether things may be made.
    pub(crate) fn makes(&self) -> bool {
        self.caller.maker_of(self.resource()).is_some() && self.caller.stock.has(self.index)
    }

    /// Calls as one of the identities from now on.
    pub(crate) fn act_as(&mut self, identity: usize) {
        self.identity = Some(identity);
    }

    /// The keys of what was made of this resource, beside each other.
    pub(crate) fn made(&self) -> Vec<Keys> {
        let beside = self.caller.stock.keys(&self.resource().home);
        let mut made = self.caller.stock.made_of(self.index);
        made.retain(|keys| beside.iter().all(|(path, own)| keys.get(path) == Some(own)));
        made
    }

    /// The keys of where the things of this resource are. Below what nobody made, each operation would have one of its own.
    pub(crate) fn beside(&self, path: &str) -> Keys {
        let mut keys = self.caller.stock.keys(path);
        let made = self.caller.stock.made_of(self.index).into_iter().next();
        for (path, key) in made.into_iter().flatten() {
            keys.entry(path).or_insert(key);
        }
        keys
    }

    /// A word that no other body of the run was made from.
    pub(crate) fn next_salt(&mut self) -> String {
        self.bodies += 1;
        format!("{} {}", self.salt, self.bodies)
    }

    /// Makes a thing.
    pub(crate) async fn create(&mut self) -> Option<Instance> {
        loop {
            if let Some(body) = self.known_body() {
                let steps = self.trail.len();
                let made = self.create_from(body).await;
                let last = self.trail[steps..].last();
                if made.is_some() || last.is_none_or(|last| last.status() != 409) {
                    return made;
                }
            }
            if !self.caller.simplify(self.index) {
                return None;
            }
        }
    }

    /// Makes a thing from a body.
    pub(crate) async fn create_from(&mut self, body: (usize, Value)) -> Option<Instance> {
        self.create_as(body, true).await
    }

    /// Makes a thing from a body that the document does not allow, if it is taken.
    pub(crate) async fn create_invalid(&mut self, body: (usize, Value)) -> Option<Instance> {
        self.create_as(body, false).await
    }

    async fn create_as(&mut self, body: (usize, Value), valid: bool) -> Option<Instance> {
        if !self.makes() {
            return None;
        }
        let making = self.caller.making(self.index, &body).await?;
        self.trail.extend(making.before);
        let made = self.send(making.operation, making.draft, valid).await?;
        self.caller.instance(self.index, body, made)
    }

    /// A body that makes a thing.
    pub(crate) fn known_body(&mut self) -> Option<(usize, Value)> {
        let salt = self.next_salt();
        self.caller.known_body(self.index, &salt)
    }

    /// Reads a thing.
    pub(crate) async fn read(&mut self, keys: &Keys) -> Option<Exchange> {
        let read = self.resource().read?;
        self.call(read, keys).await
    }

    /// Reads a thing that is there.
    pub(crate) async fn found(&mut self, keys: &Keys) -> Option<Exchange> {
        let read = self.read(keys).await.filter(Exchange::is_success)?;
        // That another one came is told where things are created.
        let same = self.other_key(keys, &read).is_none();
        same.then_some(read)
    }

    /// The key that an answer has at the place where the answer to the creation has it, if that is another one, and it could be
    /// the one that was asked for.
    pub(crate) fn other_key(&self, keys: &Keys, read: &Exchange) -> Option<String> {
        let at = self.resource().create.as_ref()?.key.as_ref()?;
        let shown = crate::wire::scalar_text(read.json()?.pointer(at)?)?;
        let own = key_text(keys, self.resource());
        let differs = !shown.eq_ignore_ascii_case(&own) && self.may_show(read, at, &own);
        differs.then_some(shown)
    }

    /// Whether the document lets an answer have a key at a place: a name in a path may stand for a thing whose key is a number.
    fn may_show(&self, read: &Exchange, at: &str, key: &str) -> bool {
        let contract = self.caller.contract;
        let whole = look::success(self.caller.operation(read.operation), &[read.status()]);
        let schema = whole.and_then(|(_, whole)| look::inside(&contract.api.schemas, whole, at));
        let allows = |key: Value| {
            schema.is_none_or(|schema| contract.is_valid(schema, Direction::Response, &key))
        };
        let number = key.parse::<i64>().ok();
        allows(key.into()) || number.is_some_and(|number| allows(number.into()))
    }

    /// Deletes a thing; `None` as well when it was not done at once.
    pub(crate) async fn delete(&mut self, keys: &Keys) -> Option<(usize, Exchange)> {
        let delete = self.resource().delete?;
        let exchange = self.call(delete, keys).await?;
        matches!(exchange.status(), 200 | 204).then_some((delete, exchange))
    }

    /// Calls an operation with its least valid request.
    pub(crate) async fn call(&mut self, operation: usize, keys: &Keys) -> Option<Exchange> {
        let draft = self.caller.draft(operation, keys)?;
        // A key that was given out need not be what the operation says that it takes.
        let valid = self.caller.is_valid(operation, &draft);
        self.send(operation, draft, valid).await
    }

    /// Calls an operation with a body; `valid` says whether the document allows it.
    pub(crate) async fn write(
        &mut self,
        operation: usize,
        keys: &Keys,
        (_, body): (usize, Value),
        valid: bool,
    ) -> Option<Exchange> {
        let mut draft = self.caller.draft(operation, keys)?;
        let maker = self.caller.maker(operation)?;
        draft.body = maker.content(body);
        let key = self.caller.own_key(operation);
        if let Some(key) = key.filter(|own| own.is_beside(maker.at())) {
            key.put(self.caller.contract, &mut draft);
        }
        self.send(operation, draft, valid).await
    }

    /// Makes another one of what the things of this resource belong to; its keys.
    pub(crate) async fn other_parent(&mut self) -> Option<Keys> {
        let resources = &self.caller.stock.played;
        let parent = *resources.along(self.resource().collection()).last()?;
        self.caller.maker_of(&resources.all[parent])?;
        let salt = self.next_salt();
        let body = self.caller.known_body(parent, &salt)?;
        let made = self.caller.make(parent, &body, self.identity).await?;
        self.trail.push(made.clone());
        self.caller
            .instance(parent, body, made)
            .map(|made| made.keys)
    }

    /// Sends a request, keeps what came, and judges a valid one as ever.
    pub(crate) async fn send(
        &mut self,
        operation: usize,
        mut draft: Draft,
        valid: bool,
    ) -> Option<Exchange> {
        if let Some(identity) = self.identity {
            draft
                .credentials
                .identify(&self.caller.options.identities[identity]);
        }
        let _ = self.match_tag(operation, &mut draft);
        let exchange = self.caller.send(operation, &draft).await?;
        self.keep(&exchange, valid).await;
        Some(exchange)
    }

    /// Makes several things at once from bodies that each make one; `None` where such a list is not what is taken.
    pub(crate) async fn create_all(&mut self, bulk: &Bulk, bodies: Vec<Value>) -> Option<Exchange> {
        let keys = self.beside(self.resource().collection());
        let mut draft = self.caller.draft(bulk.operation, &keys)?;
        let Content::Value(_, whole) = &mut draft.body else {
            return None;
        };
        match bulk.at.as_str() {
            "" => *whole = bodies.into(),
            at => *whole.pointer_mut(at)? = bodies.into(),
        }
        let valid = self.caller.is_valid(bulk.operation, &draft);
        if !valid || !self.makes() {
            return None;
        }
        self.send(bulk.operation, draft, true).await
    }

    /// Notes that a thing was made which the key of the list tells, so that it is taken away.
    pub(crate) fn adopt(&self, key: &str) {
        let mut keys = self.beside(self.resource().collection());
        keys.insert(super::path::anonymous(&self.resource().item), key.into());
        self.caller.stock.adopt(self.index, keys);
    }

    /// Puts the tag that was seen last of a thing in the place of `*`, which not all servers take for any tag.
    fn match_tag(&self, operation: usize, draft: &mut Draft) -> Option<()> {
        let (contract, operation) = (self.caller.contract, self.caller.operation(operation));
        let index = operation.parameters.iter().position(is_if_match)?;
        draft.parameters[index].as_ref().filter(|own| *own == "*")?;
        let request = draft.spell(contract, operation)?;
        let mut trail = self.trail.iter().rev();
        let seen = trail.find(|own| own.request.uri().path() == request.uri().path())?;
        let tag = seen.answer()?.headers().get(ETAG)?.to_str().ok()?;
        draft.parameters[index] = Some(tag.into());
        Some(())
    }

    /// Sends a request that is spelled already.
    pub(crate) async fn send_request(
        &mut self,
        operation: usize,
        request: http::Request<bytes::Bytes>,
    ) -> Option<Exchange> {
        let exchange = self.caller.exchange(operation, request).await?;
        self.keep(&exchange, true).await;
        Some(exchange)
    }

    async fn keep(&mut self, exchange: &Exchange, valid: bool) {
        self.trail.push(exchange.clone());
        if exchange.is_success() && !exchange.request.method().is_safe() {
            tokio::time::sleep(self.settle).await;
        }
        let invented = true;
        let expect = if valid {
            Expect::Valid { invented }
        } else {
            Expect::Invalid
        };
        let case = Case::recorded(Spot::whole(Part::Request), "sequence", expect);
        let flaws = judge(&Observed {
            contract: self.caller.contract,
            operation: self.caller.operation(exchange.operation),
            case: &case,
            reply: &exchange.reply,
            base: Base::Accepted,
        });
        // What is accepted or refused is judged where requests are made for it.
        let ours = |flaw: &Flaw| !flaw.check.code.contains("input");
        for flaw in flaws.into_iter().filter(ours) {
            self.note(exchange.operation, flaw);
        }
    }

    /// Notes a flaw of an operation.
    pub(crate) fn flaw(
        &mut self,
        operation: usize,
        check: &'static Check,
        spot: Spot,
        rule: &str,
        message: impl Into<String>,
    ) {
        let spot = self.in_envelope(operation, spot);
        self.note(operation, Flaw::new(check, spot, rule, message));
    }

    /// A place in a thing as the place in the whole that it is sent or shown in.
    fn in_envelope(&self, operation: usize, spot: Spot) -> Spot {
        let at = match spot.part {
            Part::Body => self
                .caller
                .maker(operation)
                .map(|maker| maker.at().to_owned()),
            Part::ResponseBody => Some(self.caller.stock.shown(operation).to_owned()),
            _ => None,
        };
        let at = at.filter(|_| !spot.pointer.is_empty()).unwrap_or_default();
        Spot::inside(spot.part, format!("{at}{}", spot.pointer))
    }

    /// Notes a flaw.
    pub(crate) fn note(&mut self, operation: usize, flaw: Flaw) {
        self.note_at(operation, flaw, self.trail.len());
    }

    /// Notes a flaw that so many exchanges showed.
    pub(crate) fn note_at(&mut self, operation: usize, flaw: Flaw, steps: usize) {
        self.seen.push(Seen {
            operation,
            flaw,
            steps,
        });
    }

    /// The schema of an operation's successful answer.
    pub(crate) fn answer_schema(&self, operation: usize, status: u16) -> Option<SchemaId> {
        let (_, schema) = look::success(self.caller.operation(operation), &[status])?;
        let at = self.caller.stock.shown(operation);
        look::inside(&self.caller.contract.api.schemas, schema, at)
    }

    /// The default of a property of an operation's body.
    pub(crate) fn body_default(&self, operation: usize, property: &str) -> Option<Value> {
        let schemas = &self.caller.contract.api.schemas;
        let properties = look::properties(schemas, &[self.body_schema(operation)?]);
        look::default_of(self.caller.contract, properties.get(property)?)
    }

    /// The schema of an operation's body.
    pub(crate) fn body_schema(&self, operation: usize) -> Option<SchemaId> {
        self.caller.maker(operation).map(|maker| maker.schema)
    }
}

/// The text of a key, as it stands in a path.
pub(crate) fn key_text(keys: &Keys, resource: &Resource) -> String {
    let key = keys.get(&super::path::anonymous(&resource.item));
    key.and_then(crate::wire::scalar_text).unwrap_or_default()
}

/// The keys of a thing with those of another parent; `None` where that is the same one.
pub(crate) fn moved(resource: &Resource, keys: &Keys, parent: &Keys) -> Option<Keys> {
    let own = super::path::anonymous(&resource.item);
    let mut moved = parent.clone();
    moved.insert(own.clone(), keys.get(&own)?.clone());
    (moved != *keys).then_some(moved)
}

//! What a mock remembers: things that were created can be read, listed, changed and deleted.
//!
//! Which operation does what is inferred as the state phase of a run does it. What cannot be carried out so that the
//! answer is as the document says is answered as without a memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bindery_spec::Value;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, Request, Response};
use serde_json::Map;

use super::key::fresh;
use super::listing;
use super::thing::{
    completed, is_stale, json, made, replaced, sent, shown, tagged, usual, written,
};
use crate::state::{Create, List, Resource, Resources};
use crate::validate::Contract;
use crate::validate::media::{Format, format_of};
use crate::wire::{percent, scalar_text};

/// How many things are kept; the oldest are forgotten first.
const MOST: usize = 10_000;

/// The things that were created.
#[derive(Debug)]
pub(crate) struct Memory {
    resources: Resources,
    /// All lists, also those of what nothing makes.
    lists: Vec<List>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    /// By the path that they are found below, in the order of their creation.
    things: BTreeMap<String, Vec<Thing>>,
    /// By their path, what was put there as it is: its media type and its bytes.
    contents: BTreeMap<String, (HeaderValue, Bytes)>,
}

#[derive(Debug)]
struct Thing {
    /// The key as it stands in a path.
    key: String,
    /// Where it was made.
    home: String,
    value: Value,
}

/// A valid request of an operation, and what would be answered without a memory.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) contract: &'a Contract,
    pub(super) index: usize,
    /// The request, with a target that starts at the root of the API.
    pub(super) request: &'a Request<Bytes>,
    pub(super) usual: &'a Response<Bytes>,
    /// Where the answer has the thing, as a JSON Pointer.
    pub(super) at: &'a str,
}

/// What a memory has to say.
pub(super) enum Recalled {
    /// The answer.
    Answer(Response<Bytes>),
    /// There is no such thing.
    Missing,
    /// It was changed since the request was made for it.
    Stale,
    /// It does not know the operation.
    Unknown,
}

impl Memory {
    /// Nothing yet, for the resources of a document.
    pub(super) fn new(contract: &Contract) -> Self {
        let all = Resources::infer(&contract.api, &|_| true);
        let lists = all.all.iter().filter_map(|own| own.list.clone());
        Self {
            lists: lists.collect(),
            resources: all.within_reach(&contract.api),
            kept: Mutex::default(),
        }
    }

    /// Answers a request of an operation on a resource.
    pub(super) fn answer(&self, asked: &Asked<'_>) -> Recalled {
        let path = asked.request.uri().path().trim_end_matches('/');
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = self.resources.all.iter().flat_map(|own| &own.contents);
        let pair = pairs
            .copied()
            .find(|(put, get)| [*put, *get].contains(&asked.index));
        if let Some(answer) = pair.and_then(|pair| kept.content(asked, pair, path)) {
            return Recalled::Answer(answer);
        }
        for resource in self
            .resources
            .all
            .iter()
            .filter(|resource| resource.create.is_some())
        {
            let does = resource.operations();
            let Some((what, _)) = does.iter().find(|(_, index)| *index == asked.index) else {
                continue;
            };
            let at = resource.shown_at(asked.index);
            let asked = &Asked { at, ..*asked };
            if resource.single {
                return kept.single(asked, what, path);
            }
            let chosen = resource.create.as_ref().filter(|own| own.is_chosen());
            let found = match *what {
                "create" if let Some(create) = chosen => return kept.put(asked, create, path),
                "create" => resource
                    .create
                    .as_ref()
                    .and_then(|create| kept.create(asked, resource, create, path)),
                "list" => resource.list.as_ref().and_then(|list| {
                    let place = resource.place(path);
                    let things = kept.things.get(place).into_iter().flatten();
                    // Below another thing are those alone that were made there.
                    let there = things.filter(|own| own.home == path || place == path);
                    listing::page(asked, list, there.map(|own| &own.value))
                }),
                what => return kept.one(asked, what, path),
            };
            return found.map_or(Recalled::Unknown, Recalled::Answer);
        }
        self.lists_only(asked)
            .map_or(Recalled::Unknown, Recalled::Answer)
    }

    /// A page of what is always there, where nothing is known to be made.
    fn lists_only(&self, asked: &Asked<'_>) -> Option<Response<Bytes>> {
        let mut lists = self.lists.iter();
        let list = lists.find(|list| list.operation == asked.index)?;
        let usual = json(asked.usual)?;
        listing::page(asked, list, usual.pointer(&list.items)?.as_array()?.iter())
    }
}

impl Kept {
    fn create(
        &mut self,
        asked: &Asked<'_>,
        resource: &Resource,
        create: &Create,
        path: &str,
    ) -> Option<Response<Bytes>> {
        let asked = &Asked {
            at: &create.thing,
            ..*asked
        };
        let body = json(asked.usual)?;
        let at = create.key.as_ref()?;
        self.last += 1;
        let sent = sent(asked);
        // A key that was sent and is free is as good as one of ours.
        let chosen = resource.key().and_then(|name| sent.get(name));
        let place = resource.place(path);
        let free = |key: &Value| {
            let text = scalar_text(key);
            let mut known = self.things.get(place).into_iter().flatten();
            text.is_some_and(|text| !text.is_empty() && !known.any(|own| own.key == text))
        };
        let ours = || fresh(asked, resource, (&body, at), self.last);
        let key = chosen
            .cloned()
            .filter(free)
            .or_else(|| ours().filter(free))?;
        let sent = completed(asked, &sent);
        let (mut answer, mut value) = made(asked, create, Some(&key), &sent)?;
        // Lists may call it otherwise.
        if let (Some(list), Some(fields)) = (&resource.list, value.as_object_mut()) {
            fields.entry(&list.key).or_insert_with(|| key.clone());
        }
        let text = scalar_text(&key)?;
        if answer.headers().contains_key(LOCATION) {
            let target = format!(
                "{place}/{}",
                percent::encode(&text, percent::Keep::Unreserved)
            );
            answer
                .headers_mut()
                .insert(LOCATION, HeaderValue::from_str(&target).ok()?);
        }
        let thing = Thing {
            key: text,
            home: path.to_owned(),
            value,
        };
        self.remember(place, thing);
        Some(answer)
    }

    /// Makes what is put under a key that nothing has, which the client chooses, or replaces what has it (RFC 9110 §9.3.4).
    fn put(&mut self, asked: &Asked<'_>, create: &Create, path: &str) -> Recalled {
        let (collection, key) = path.rsplit_once('/').unwrap_or_default();
        let key = percent::decode(key).unwrap_or_default();
        let things = self.things.entry(collection.to_owned()).or_default();
        if things.iter().any(|own| own.key == key) {
            return self.one(asked, "replace", path);
        }
        let at = &create.thing;
        let asked = &Asked { at, ..*asked };
        let sent = completed(asked, &sent(asked));
        let own = key.as_str().into();
        // The thing may be called otherwise in its path than in answers.
        let mut made_under = [Some(&own), None].into_iter();
        let made = made_under.find_map(|key| made(asked, create, key, &sent));
        let (answer, value) = made.map_or((None, sent), |(answer, value)| (Some(answer), value));
        let home = collection.to_owned();
        self.remember(collection, Thing { key, home, value });
        answer.map_or(Recalled::Unknown, Recalled::Answer)
    }

    /// Notes a thing that is found below a path.
    fn remember(&mut self, place: &str, thing: Thing) {
        let things = self.things.entry(place.to_owned()).or_default();
        things.push(thing);
        let surplus = things.len().saturating_sub(MOST);
        things.drain(..surplus);
    }

    /// Notes what is put at a path, and gives it out there, if the document allows that.
    fn content(
        &mut self,
        asked: &Asked<'_>,
        (put, get): (usize, usize),
        path: &str,
    ) -> Option<Response<Bytes>> {
        if asked.index == put {
            self.contents.remove(path);
            let media = asked.request.headers().get(CONTENT_TYPE)?.clone();
            if format_of(media.to_str().ok()?) != Format::Json {
                let content = (media, asked.request.body().clone());
                self.contents.insert(path.to_owned(), content);
            }
            if self.contents.len() > MOST {
                self.contents.pop_first();
            }
            return None;
        }
        let (media, bytes) = self.contents.get(path)?;
        let mut answer = asked.usual.clone().map(|_| bytes.clone());
        answer.headers_mut().remove(CONTENT_LENGTH);
        answer.headers_mut().insert(CONTENT_TYPE, media.clone());
        let violations = asked
            .contract
            .response(&asked.contract.api.operations[get], &answer);
        violations.is_empty().then_some(answer)
    }

    /// Reads or writes what there is one of.
    fn single(&mut self, asked: &Asked<'_>, what: &str, path: &str) -> Recalled {
        let first = usual(asked).unwrap_or_else(|| Map::new().into());
        let things = self.things.entry(path.to_owned()).or_default();
        let mut thing = match things.first() {
            Some(kept) => written(asked, &first, &kept.value),
            None => first.clone(),
        };
        if what != "read" {
            if is_stale(asked, &thing) {
                return Recalled::Stale;
            }
            let is_whole = asked.request.method() == Method::PUT;
            let before = if is_whole { &first } else { &thing };
            thing = written(asked, before, &sent(asked));
            *things = vec![Thing {
                key: String::new(),
                home: String::new(),
                value: thing.clone(),
            }];
        }
        let answer = shown(asked, &thing).map(|answer| tagged(asked, &thing, answer));
        answer.map_or(Recalled::Unknown, Recalled::Answer)
    }

    /// Reads, changes or deletes one thing.
    fn one(&mut self, asked: &Asked<'_>, what: &str, path: &str) -> Recalled {
        let (collection, key) = path.rsplit_once('/').unwrap_or_default();
        let key = percent::decode(key).unwrap_or_default();
        let things = self.things.entry(collection.to_owned()).or_default();
        let Some(position) = things.iter().position(|own| own.key == key) else {
            return Recalled::Missing;
        };
        if what != "read" && is_stale(asked, &things[position].value) {
            return Recalled::Stale;
        }
        if what == "delete" {
            things.remove(position);
            let below = format!("{path}/");
            self.things.retain(|path, _| !path.starts_with(&below));
            for things in self.things.values_mut() {
                things.retain(|own| !format!("{}/", own.home).starts_with(&below));
            }
            return Recalled::Unknown;
        }
        let mut thing = things[position].value.clone();
        if what == "replace" {
            thing = replaced(asked, &thing, &sent(asked));
        } else if what != "read" {
            thing = written(asked, &thing, &sent(asked));
        }
        // What an answer without content let in may be more than another can show.
        let fitting = || shown(asked, &written(asked, &usual(asked)?, &thing));
        let answer = shown(asked, &thing).or_else(fitting);
        let answer = answer.map(|answer| tagged(asked, &thing, answer));
        if what != "read" {
            things[position].value = thing;
        }
        answer.map_or(Recalled::Unknown, Recalled::Answer)
    }
}

//! Keys of other things in bodies and queries: `customer_id` is that of one of `/customers/{id}`.

use bindery_spec::Api;
use bindery_spec::Value;
use bindery_spec::model::{Location, SchemaId};

use super::call::Caller;
use super::infer::own_key;
use super::path::anonymous;
use super::resource::Resources;
use super::{attributes, inner, look, names};
use crate::probe::{Content, Draft};
use crate::validate::{Contract, Direction, pointer_to};

/// Where an operation names another thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// In its body, as a JSON Pointer in which `-` stands for each item of a list.
    Property(String),
    /// In a parameter of the query, by its index.
    Query(usize),
}

impl Resources {
    /// The resource whose key a name stands for; `but` is the one that it is a name in.
    pub(super) fn named(&self, name: &str, but: Option<usize>) -> Option<usize> {
        let mut others = self.all.iter().enumerate();
        let found = others.find(|(index, other)| {
            let refers = names::refers_to(name, &other.parameter, other.noun());
            Some(*index) != but && other.create.is_some() && refers
        });
        found.map(|(index, _)| index)
    }

    /// The resource whose key is that of another as well, where the client chooses that: `/me/likes/{track_id}` and
    /// `/tracks/{id}`. What is called after itself (`/secrets/{secret_name}`) stands for no other, also where another is called
    /// so, which could stand for it in turn.
    pub(super) fn stands_for(&self, index: usize) -> Option<usize> {
        let own = &self.all[index];
        own.create.as_ref().filter(|create| create.is_chosen())?;
        let is_itself = names::refers_to(&own.parameter, &own.parameter, own.noun());
        self.named(&own.parameter, Some(index))
            .filter(|_| !is_itself)
    }

    /// The properties of the body, and the parameters in the query, that are keys of other resources.
    pub(crate) fn references(&self, api: &Api, operation: usize) -> Vec<(Named, SchemaId, usize)> {
        let makes = |index: &usize| {
            let create = self.all[*index].create.as_ref();
            create.is_some_and(|create| create.operation == operation)
        };
        let made = (0..self.all.len()).find(makes);
        let operation = &api.operations[operation];
        let fields = look::fields_of(&api.schemas, operation);
        let candidates = fields.map(|(at, schema)| inner::candidates(&api.schemas, schema, &at));
        let in_body = candidates.into_iter().flatten();
        let in_body = in_body.map(|own| (Named::Property(own.place), own.name, own.schemas));
        let parameters = operation.parameters.iter().enumerate();
        let queries = parameters.filter(|(_, own)| own.location == Location::Query);
        let in_query = queries.map(|(index, own)| {
            let ids = own.schema().into_iter().collect();
            (
                Named::Query(index),
                names::filtered(&own.name).to_owned(),
                ids,
            )
        });
        let keys = in_body.chain(in_query);
        let keys = keys.filter(|(.., ids)| look::is_key(&api.schemas, ids));
        keys.filter_map(|(at, name, ids)| {
            let other = self.named(&name, made)?;
            Some((at, *ids.first()?, other))
        })
        .collect()
    }
}

impl Caller<'_> {
    /// Where an operation names other things, with the keys of those that exist.
    pub(crate) fn references(&self, operation: usize) -> Vec<Reference> {
        let resources = &self.stock.resources;
        let found = resources
            .references(&self.contract.api, operation)
            .into_iter();
        found
            .filter_map(|(at, schema, other)| {
                let item = &resources.all[other].item;
                let key = self.stock.keys(item).remove(&anonymous(item))?;
                let key = Key::Of(key);
                Some(Reference { at, schema, key })
            })
            .chain(self.own_key(operation))
            .collect()
    }

    /// Where the body of a change has the key that stands in the path: servers want both to be the same.
    pub(super) fn own_key(&self, operation: usize) -> Option<Reference> {
        let api = &self.contract.api;
        let operation = &api.operations[operation];
        let changes = ["PUT", "PATCH"].contains(&operation.method.as_str());
        let path = operation.path.trim_end_matches('/');
        let resource = self.stock.resources.at(path).filter(|_| changes)?;
        let resource = &self.stock.resources.all[resource];
        let name = path.rsplit('{').next()?.trim_end_matches('}');
        let mut parameters = operation.parameters.iter();
        let index =
            parameters.position(|own| own.location == Location::Path && own.name == name)?;
        let (_, whole) = look::written(&api.schemas, &operation.body.as_ref()?.content)?;
        let (fields, _) = look::fields(&api.schemas, operation, whole);
        // The key is one of the fields, or stands beside them.
        let thing = attributes::outer(&fields).unwrap_or(&fields);
        let thing_schema = look::inside(&api.schemas, whole, thing)?;
        let properties = look::properties(&api.schemas, &[thing_schema]);
        let property = own_key(&api.schemas, &properties, resource)?;
        let schema = *properties.get(&property)?.first()?;
        Some(Reference {
            at: Named::Property(format!("{thing}{}", pointer_to(&property))),
            schema,
            key: Key::InPath(index),
        })
    }
}

/// The key of a thing.
#[derive(Clone, Debug)]
enum Key {
    /// Of one that exists.
    Of(Value),
    /// What a parameter of the path has, by its index.
    InPath(usize),
}

/// A place in a request for the key of a thing, and that key.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    at: Named,
    schema: SchemaId,
    key: Key,
}

impl Reference {
    /// Whether it stands in the body outside of what its fields are in.
    pub(super) fn is_beside(&self, fields: &str) -> bool {
        matches!(&self.at, Named::Property(place) if !place.starts_with(fields))
    }

    /// Puts the key in the place of one that was made up; what the document does not allow there stays.
    pub(crate) fn put(&self, contract: &Contract, draft: &mut Draft) {
        let key = match &self.key {
            Key::Of(key) => Some(key.clone()),
            Key::InPath(index) => draft.parameters[*index].clone(),
        };
        let taken = |own: &Value| contract.is_valid(self.schema, Direction::Request, own);
        let places = match (&self.at, &mut draft.body) {
            (Named::Property(place), Content::Value(_, body)) => inner::each_mut(body, place),
            (Named::Property(_), _) => Vec::new(),
            (Named::Query(index), _) => draft.parameters[*index].as_mut().into_iter().collect(),
        };
        let Some(key) = key.filter(taken) else {
            return;
        };
        for place in places.into_iter().filter(|own| taken(own)) {
            *place = key.clone();
        }
    }
}

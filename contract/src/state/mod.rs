//! Resources: what creates, reads, changes, lists and deletes what, and sequences of calls on them.

pub(crate) mod attributes;
mod bare;
mod body;
mod bulk;
mod call;
mod compare;
mod elsewhere;
mod infer;
mod inner;
mod listing;
mod look;
mod making;
mod names;
mod page;
mod paging;
mod path;
mod phase;
mod reading;
mod refer;
mod renewal;
mod resource;
mod restore;
mod stage;
mod stock;
mod wanted;
mod words;

pub(crate) use bare::is_bare;
pub(crate) use body::{Maker, Recipe, Scope, hash};
pub(crate) use call::{Caller, Exchange, Keys, put_keys, replace_keys};
pub(crate) use compare::differences;
pub(crate) use look::{
    default_of, envelope, inside, items, properties, success, types, write_only, written,
};
pub(crate) use names::{filtered, is_order, plain};
pub(crate) use page::{Link, Page};
pub(crate) use paging::Paging;
pub(crate) use path::prefixes;
pub use phase::Played;
pub(crate) use refer::Reference;
pub(crate) use resource::{Bulk, Create, Filter, List, Resource, Resources, Total};
pub(crate) use stage::{Query, Stage, key_text, moved};
pub(crate) use stock::{Instance, Stock};
pub(crate) use wanted::Wanted;

use bindery_spec::Api;

/// The resources that the state phase of a run infers from a document, a line each: the path of one thing, and which
/// operation does what to it.
///
/// ```
/// let reading = bindery_contract::spec::read_text("pets.yaml", "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// paths:
///   /pets:
///     get:
///       operationId: list_pets
///       responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
///   /pets/{id}:
///     get:
///       operationId: get_pet
///       parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
///       responses: { '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
/// components: { schemas: { Pet: { type: object, properties: { id: { type: integer } } } } }
/// ");
/// let lines = bindery_contract::resources(&reading.api.expect("a document"));
/// assert_eq!(lines, ["/pets/{id}: read by get_pet, list by list_pets"]);
/// ```
pub fn resources(api: &Api) -> Vec<String> {
    Resources::infer(api, &|_| true).describe(api)
}

//! How a list is asked for, and what its answer says: items, total, the way to the next page, filters.

use bindery_spec::Api;
use bindery_spec::model::{
    Location, Operation, Parameter, ParameterFormat, SchemaId, Schemas, Style, Type,
};

use super::attributes;
use super::infer::own_key;
use super::look::{self, Properties};
use super::names;
use super::paging;
use super::resource::{Filter, List, Resource, Total};

/// What a list operation is known to do, when its answer has a list of things with the resource's key.
pub(super) fn infer(api: &Api, index: usize, resource: &Resource) -> Option<List> {
    let operation = &api.operations[index];
    let schemas = &api.schemas;
    let (_, schema) = look::success(operation, &[200])?;
    let (items, item) = find_items(schemas, schema, resource)?;
    let (properties, fields) = attributes::flat(schemas, look::properties(schemas, &item));
    let key = item_key(schemas, &look::properties(schemas, &item), resource);
    let key = key.or_else(|| item_key(schemas, &properties, resource))?;
    let envelope = if items.is_empty() {
        Properties::new()
    } else {
        look::properties(schemas, &[schema])
    };
    let key_ids = properties.get(&key).map_or(&[][..], Vec::as_slice);
    let paging = paging::infer(operation, schemas, &envelope, key_ids);
    let limit = limit(operation, schemas, paging.is_some());
    let filters = filters(operation, schemas, &properties);
    let total = find(schemas, &envelope, Type::Integer, &names::is_total).map(Total::Body);
    let header = total_header(operation, schemas).map(Total::Header);
    Some(List {
        operation: index,
        items,
        fields: fields.to_owned(),
        key,
        totals: total.into_iter().chain(header).collect(),
        more: find(schemas, &envelope, Type::Boolean, &names::is_more),
        next: find(schemas, &envelope, Type::String, &names::is_next),
        limit,
        paging,
        filters,
    })
}

/// Where the things stand: the answer itself, or the only list of things in it; with the schemas of one.
fn find_items(
    schemas: &Schemas,
    schema: SchemaId,
    resource: &Resource,
) -> Option<(String, Vec<SchemaId>)> {
    let things = |ids: &[SchemaId]| {
        let item = look::items(schemas, ids);
        let (properties, _) = attributes::flat(schemas, look::properties(schemas, &item));
        item_key(schemas, &properties, resource).map(|_| item)
    };
    if let Some(item) = things(&[schema]) {
        return Some((String::new(), item));
    }
    let properties = look::properties(schemas, &[schema]);
    let mut lists = properties
        .iter()
        .filter_map(|(name, ids)| Some((crate::validate::pointer_to(name), things(ids)?)));
    let found = lists.next()?;
    lists.next().is_none().then_some(found)
}

/// The property of an item that is its key: by its name, or because what makes one says so by a link.
fn item_key(schemas: &Schemas, properties: &Properties, resource: &Resource) -> Option<String> {
    let linked = || {
        let name = resource.key()?;
        let ids = properties.get(name)?;
        look::is_key(schemas, ids).then(|| name.to_owned())
    };
    own_key(schemas, properties, resource).or_else(linked)
}

fn limit(operation: &Operation, schemas: &Schemas, paged: bool) -> Option<usize> {
    let fits = |(index, parameter): &(usize, &Parameter)| {
        let named = match names::paging(&parameter.name) {
            Some(names::Paging::Limit) => true,
            Some(names::Paging::LooseLimit) => paged,
            _ => false,
        };
        named && parameter.location == Location::Query && is_integer(operation, schemas, *index)
    };
    operation
        .parameters
        .iter()
        .enumerate()
        .find(fits)
        .map(|(index, _)| index)
}

/// The header of the answer that says how many there are in all.
fn total_header(operation: &Operation, schemas: &Schemas) -> Option<String> {
    let mut headers = look::answer(operation, 200)?.headers.iter();
    let counts = |header: &&bindery_spec::model::Header| {
        let ParameterFormat::Style { schema, .. } = header.format else {
            return false;
        };
        names::is_total_header(&header.name) && look::types(schemas, &[schema]) == [Type::Integer]
    };
    headers.find(counts).map(|header| header.name.clone())
}

pub(super) fn is_integer(operation: &Operation, schemas: &Schemas, index: usize) -> bool {
    let schema = operation.parameters[index].schema();
    schema.is_some_and(|schema| look::types(schemas, &[schema]) == [Type::Integer])
}

/// The query parameters, and their properties in `deepObject`, that have the name and the type of a property of an item.
fn filters(operation: &Operation, schemas: &Schemas, item: &Properties) -> Vec<Filter> {
    let types = |ids: &[SchemaId]| look::types(schemas, ids);
    let fits = |name: &str, ids: &[SchemaId]| {
        let own = types(ids);
        let scalar = |kind: &Type| !matches!(kind, Type::Array | Type::Object);
        names::paging(name).is_none()
            && own.len() == 1
            && own.iter().all(scalar)
            && item.get(name).is_some_and(|ids| types(ids) == own)
    };
    let own = operation.parameters.iter().enumerate();
    let own = own.filter(|(_, parameter)| parameter.location == Location::Query);
    let found = own.flat_map(|(index, parameter)| {
        let filter = |name: &str, inside: Option<&str>| Filter {
            parameter: index,
            inside: inside.map(str::to_owned),
            property: name.to_owned(),
        };
        let name = parameter.name.as_str();
        let ids: Vec<SchemaId> = parameter.schema().into_iter().collect();
        if parameter.style() == Some(Style::DeepObject) {
            let properties = look::properties(schemas, &ids).into_iter();
            let fitting = properties.filter(|(name, ids)| fits(name, ids));
            return fitting
                .map(|(name, _)| filter(&name, Some(&name)))
                .collect();
        }
        let asked = names::filtered(name);
        let own = fits(asked, &ids).then(|| filter(asked, None));
        own.into_iter().collect::<Vec<_>>()
    });
    found.collect()
}

/// A property of a type with a name that says what it is, here or one step inside.
pub(super) fn find(
    schemas: &Schemas,
    properties: &Properties,
    kind: Type,
    wanted: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let here = |properties: &Properties, at: &str| {
        let fits = |(name, ids): &(&String, &Vec<SchemaId>)| {
            wanted(name) && look::types(schemas, ids) == [kind]
        };
        let found = properties.iter().find(fits)?;
        Some(format!("{at}/{}", crate::validate::escape(found.0)))
    };
    here(properties, "").or_else(|| {
        properties.iter().find_map(|(name, ids)| {
            let inside = look::properties(schemas, ids);
            here(&inside, &crate::validate::pointer_to(name))
        })
    })
}

//! How a list comes in pages, and what leads from one to the next.

use bindery_spec::model::{Location, Operation, Parameter, SchemaId, Schemas, Type};

use super::listing::{find, is_integer};
use super::look::{self, Properties};
use super::names;

/// How to come to the next page; parameters by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// So many items are left out.
    Offset(usize),
    /// Pages are counted, the first with this number.
    Page(usize, usize),
    /// The answer says what to send; holds where, as a JSON Pointer.
    Cursor(usize, String),
    /// The key of the last item is sent, while the answer says that more follow; holds where, as a JSON Pointer.
    Last(usize, String),
}

impl Paging {
    /// The parameter that leads on, by its index.
    pub(crate) fn parameter(&self) -> usize {
        match self {
            Self::Offset(index)
            | Self::Page(index, _)
            | Self::Cursor(index, _)
            | Self::Last(index, _) => *index,
        }
    }

    /// Where an answer has the cursor, as a JSON Pointer.
    pub(crate) fn place(&self) -> Option<&String> {
        match self {
            Self::Cursor(_, at) => Some(at),
            _ => None,
        }
    }

    /// Whether an answer tells whether another page follows, and so how it is asked for.
    pub(crate) fn is_told(&self) -> bool {
        matches!(self, Self::Cursor(..) | Self::Last(..))
    }
}

/// How an operation is asked for the next page, as far as the document shows it; `key` is what the items are known by.
pub(super) fn infer(
    operation: &Operation,
    schemas: &Schemas,
    envelope: &Properties,
    key: &[SchemaId],
) -> Option<Paging> {
    let of = |wanted: names::Paging| {
        let mut own = operation.parameters.iter().enumerate();
        let fits = |(_, parameter): &(usize, &Parameter)| {
            parameter.location == Location::Query && names::paging(&parameter.name) == Some(wanted)
        };
        own.find(fits).map(|(index, _)| index)
    };
    let counts = |index: &usize| is_integer(operation, schemas, *index);
    let next = find(schemas, envelope, Type::String, &names::is_next);
    let cursor = of(names::Paging::Cursor).zip(next);
    cursor
        .map(|(index, next)| Paging::Cursor(index, next))
        .or_else(|| of(names::Paging::Offset).filter(counts).map(Paging::Offset))
        .or_else(|| {
            let index = of(names::Paging::Page).filter(counts)?;
            Some(Paging::Page(index, first_page(operation, schemas, index)))
        })
        .or_else(|| by_last(operation, schemas, envelope, key))
}

/// The number of the first page: the document's default, its minimum, or 1.
fn first_page(operation: &Operation, schemas: &Schemas, index: usize) -> usize {
    let ids: Vec<SchemaId> = operation.parameters[index].schema().into_iter().collect();
    let nodes = crate::shape::conjunction(schemas, &ids);
    let nodes = || nodes.iter().map(|id| &schemas[*id]);
    let stated = nodes().find_map(|own| own.default.as_ref()?.as_u64());
    let least = || nodes().find_map(|own| own.minimum.as_ref()?.as_u64());
    let first = stated.or_else(least).unwrap_or(1);
    usize::try_from(first).unwrap_or(1)
}

/// By the key of the last item, as Stripe has it. Other lists take a time under the name `after`.
fn by_last(
    operation: &Operation,
    schemas: &Schemas,
    envelope: &Properties,
    key: &[SchemaId],
) -> Option<Paging> {
    let more = find(schemas, envelope, Type::Boolean, &names::is_more)?;
    let kinds = look::types(schemas, key);
    let fits = |parameter: &Parameter| {
        let own = parameter
            .schema()
            .map(|schema| look::types(schemas, &[schema]));
        parameter.location == Location::Query
            && names::is_after(&parameter.name)
            && own.is_some_and(|own| own.iter().any(|kind| kinds.contains(kind)))
    };
    let index = operation.parameters.iter().position(fits)?;
    Some(Paging::Last(index, more))
}

//! Schemas that all hold, and of which one refuses what another asks for (JSON Schema 2020-12 §10.2.1.1 and §8.2.3.1).

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::allow::allows_type;
use crate::diagnostic::codes;
use crate::model::{Schema, SchemaId, Schemas, Type};
use crate::{Api, Diagnostic, Diagnostics, Value};

/// How many schemas that hold at once are compared.
const MOST: usize = 64;

/// Where two schemas meet that disagree.
struct Meeting<'a> {
    schema: &'a Schema,
    /// The property that is meant, where it is one that parts of the schema share.
    property: Option<&'a str>,
    /// How many schemas meet there: the fewer, the nearer to the cause.
    size: usize,
    clash: Clash<'a>,
}

/// What two schemas disagree about, and the keyword of each that says so.
struct Clash<'a> {
    schemas: [&'a Schema; 2],
    keywords: [&'static str; 2],
    message: String,
}

/// Reports schemas that hold at once, by `allOf` or beside a `$ref`, and allow no value together; and properties that
/// they share, likewise. Two that disagree are told of once, nearest to the cause.
pub(super) fn check_agreement(api: &Api, sink: &mut Diagnostics) {
    let combining = api.schemas.iter().filter(|(_, schema)| combines(schema));
    let mut meetings: Vec<_> = combining
        .flat_map(|(id, _)| meetings(&api.schemas, id))
        .collect();
    meetings.sort_by_key(|meeting| (meeting.property.is_some(), meeting.size));
    let mut told = BTreeSet::new();
    for meeting in &meetings {
        if told.insert(meeting.clash.schemas.map(|schema| &schema.place)) {
            sink.push(diagnostic(meeting));
        }
    }
}

/// What a schema is made of, and each property that several of these declare.
fn meetings(schemas: &Schemas, id: SchemaId) -> Vec<Meeting<'_>> {
    let whole = parts(schemas, &[id]);
    let shared = shared(&whole).into_iter();
    let shared = shared.map(|(name, ids)| (Some(name), parts(schemas, &ids)));
    let all = std::iter::once((None, whole.clone())).chain(shared);
    all.filter_map(|(property, parts)| {
        Some(Meeting {
            schema: &schemas[id],
            property,
            size: parts.len(),
            clash: clash(&parts)?,
        })
    })
    .collect()
}

/// Whether a schema says something beside what it refers to; otherwise what it refers to is looked at by itself.
fn combines(schema: &Schema) -> bool {
    let says =
        !schema.types.is_empty() || listed(schema).is_some() || !schema.properties.is_empty();
    !schema.all_of.is_empty() || (schema.reference.is_some() && says)
}

/// The schemas that hold where these do, each after what it is made of.
fn parts<'a>(schemas: &'a Schemas, ids: &[SchemaId]) -> Vec<&'a Schema> {
    let mut seen: BTreeSet<_> = ids.iter().copied().collect();
    let mut todo: Vec<_> = ids.to_vec();
    let mut parts = Vec::new();
    while let Some(id) = todo.pop().filter(|_| parts.len() < MOST) {
        let schema = &schemas[id];
        parts.push(schema);
        let target = schema.reference.as_ref().map(|reference| reference.target);
        let below = target.into_iter().chain(schema.all_of.iter().copied());
        todo.extend(below.filter(|id| seen.insert(*id)));
    }
    parts.reverse();
    parts
}

/// The properties that several of them declare.
fn shared<'a>(parts: &[&'a Schema]) -> IndexMap<&'a str, Vec<SchemaId>> {
    let mut declared: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
    for (name, id) in parts.iter().flat_map(|part| &part.properties) {
        declared.entry(name).or_default().push(*id);
    }
    declared.retain(|_, ids| ids.len() > 1);
    declared
}

/// The first two that have nothing in common: no type, no listed value.
fn clash<'a>(parts: &[&'a Schema]) -> Option<Clash<'a>> {
    parts.iter().enumerate().find_map(|(index, later)| {
        let earlier = &parts[..index];
        earlier.iter().find_map(|earlier| {
            by_types(earlier, later)
                .or_else(|| by_values(earlier, later))
                .or_else(|| by_values(later, earlier))
        })
    })
}

/// Null is left aside: by itself it is what `nullable` comes to, and says nothing about the values that are meant.
fn by_types<'a>(left: &'a Schema, right: &'a Schema) -> Option<Clash<'a>> {
    let types = |schema: &'a Schema| schema.types.iter().filter(|kind| **kind != Type::Null);
    let meet = |one: &Type| types(right).any(|other| covers(*one, *other) || covers(*other, *one));
    let both_say = types(left).next().zip(types(right).next());
    both_say.filter(|_| !types(left).any(meet))?;
    let words = |schema| types(schema).map(|kind| format!("{kind:?}").to_lowercase());
    let words = |schema| words(schema).collect::<Vec<_>>().join(" or ");
    Some(Clash {
        schemas: [left, right],
        keywords: ["type", "type"],
        message: format!("{} and {} at once", words(left), words(right)),
    })
}

/// No value that one lists is of a type that the other allows, and among those that it lists.
fn by_values<'a>(listing: &'a Schema, other: &'a Schema) -> Option<Clash<'a>> {
    let (keyword, values) = listed(listing)?;
    let (beside, known) = listed(other).unwrap_or(("type", &[]));
    let fits = |value: &Value| {
        allows_type(other, value) && (known.is_empty() || known.contains(value) || value.is_null())
    };
    let none = !values.is_empty() && !values.iter().any(fits);
    none.then(|| Clash {
        schemas: [listing, other],
        keywords: [keyword, beside],
        message: format!("one of the values of `{keyword}`, of which none is allowed elsewhere"),
    })
}

fn listed(schema: &Schema) -> Option<(&'static str, &[Value])> {
    let constant = schema.constant.as_ref().map(std::slice::from_ref);
    let values = schema.values.as_deref().map(|values| ("enum", values));
    values.or_else(|| Some(("const", constant?)))
}

fn covers(general: Type, special: Type) -> bool {
    general == special || (general, special) == (Type::Number, Type::Integer)
}

fn diagnostic(meeting: &Meeting<'_>) -> Diagnostic {
    let Meeting { schema, clash, .. } = meeting;
    let property = meeting.property.map(|name| format!("`{name}`"));
    let subject = property.as_deref().unwrap_or("a value");
    let message = format!("{subject} would have to be {}", clash.message);
    let said = ["one is here", "the other is here"];
    let said = clash.schemas.iter().zip(clash.keywords).zip(said);
    let found = codes::SCHEMAS_DISAGREE.at(&schema.place, message);
    said.fold(found, |found, ((schema, keyword), said)| {
        found.related(said, &schema.place.child(keyword))
    })
}

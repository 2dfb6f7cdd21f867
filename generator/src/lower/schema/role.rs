//! What the branches of a union are called that have neither name nor title: by what tells them from each other.

use std::collections::BTreeMap;

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas, Type};
use indexmap::{IndexMap, IndexSet};

use super::statement::{composes, implied_type, states};

/// Branches by the only text that they allow for a property.
type Told<'a> = IndexMap<&'a str, Vec<SchemaId>>;

/// The words of each branch without a name and a title.
pub(super) fn roles(branches: &[SchemaId], schemas: &Schemas) -> BTreeMap<SchemaId, String> {
    let nameless = |id: &SchemaId| schemas[*id].name.is_none() && schemas[*id].title.is_none();
    let nameless: Vec<_> = branches.iter().copied().filter(nameless).collect();
    let mut roles = BTreeMap::new();
    tell(&nameless, schemas, &mut Vec::new(), &mut roles);
    let is_untold = |id: &SchemaId| !roles.contains_key(id);
    let untold: Vec<_> = nameless.into_iter().filter(is_untold).collect();
    for id in &untold {
        roles.insert(*id, vec![by_kind(*id, &untold, schemas)]);
    }
    let mut used = BTreeMap::new();
    let joined = roles.into_iter().map(|(id, words)| {
        let words = words.join(" ");
        let times: &mut usize = used.entry(words.clone()).or_default();
        *times += 1;
        // What nothing tells apart is counted.
        (
            id,
            if *times > 1 {
                format!("{words} {times}")
            } else {
                words
            },
        )
    });
    joined.collect()
}

/// Says what tells branches apart: a text that is a property's only value, and where several have that, what tells these
/// apart. One that needs no more words than it has been given is left as it is.
fn tell<'a>(
    ids: &[SchemaId],
    schemas: &'a Schemas,
    said: &mut Vec<&'a str>,
    roles: &mut BTreeMap<SchemaId, Vec<String>>,
) {
    if ids.len() < 2 {
        return;
    }
    let Some((property, told)) = best(ids, schemas, said) else {
        for id in ids {
            if let Some(words) = roles.get_mut(id) {
                words.push(by_kind(*id, ids, schemas));
            }
        }
        return;
    };
    said.push(property);
    for (value, ids) in &told {
        for id in ids {
            let words = roles.entry(*id).or_default();
            words.push((*value).to_owned());
        }
        tell(ids, schemas, said, roles);
    }
    let is_told = |id: &&SchemaId| told.values().flatten().any(|own| own == *id);
    let rest: Vec<_> = ids.iter().filter(|id| !is_told(id)).copied().collect();
    tell(&rest, schemas, said, roles);
    said.pop();
}

/// The property whose only values tell most of the branches apart.
fn best<'a>(ids: &[SchemaId], schemas: &'a Schemas, said: &[&str]) -> Option<(&'a str, Told<'a>)> {
    let properties = ids.iter().flat_map(|id| schemas[*id].properties.keys());
    let properties: IndexSet<_> = properties.map(String::as_str).collect();
    let mut best: Option<((usize, usize), &str, Told)> = None;
    for property in properties.into_iter().filter(|own| !said.contains(own)) {
        let told = told(ids, schemas, property);
        let alone = told.values().filter(|ids| ids.len() == 1).count();
        let score = (alone, told.len());
        let tells = told.values().all(|own| own.len() < ids.len());
        let is_better = best.as_ref().is_none_or(|(most, ..)| score > *most);
        if !told.is_empty() && tells && is_better {
            best = Some((score, property, told));
        }
    }
    best.map(|(_, property, told)| (property, told))
}

/// The branches by the only value of a property.
fn told<'a>(ids: &[SchemaId], schemas: &'a Schemas, property: &str) -> Told<'a> {
    let mut told = Told::new();
    for id in ids {
        let value = schemas[*id].properties.get(property);
        if let Some(text) = value.and_then(|value| only_value(&schemas[*value])) {
            told.entry(text).or_default().push(*id);
        }
    }
    told
}

/// The only text that a schema allows.
fn only_value(schema: &Schema) -> Option<&str> {
    let listed = schema.values.as_deref().unwrap_or_default();
    let only = <&[Value; 1]>::try_from(listed).ok().map(|[value]| value);
    schema.constant.as_ref().or(only)?.as_str()
}

/// A word for a branch by its type; where others have the same word, by a property that none of them has.
fn by_kind(id: SchemaId, ids: &[SchemaId], schemas: &Schemas) -> String {
    let word = kind_word(&schemas[id]);
    let is_other = |other: &&SchemaId| **other != id && kind_word(&schemas[**other]) == word;
    let others: Vec<_> = ids.iter().filter(is_other).collect();
    if others.is_empty() {
        return word;
    }
    let own = &schemas[id];
    let is_required = |name: &&String| own.required.contains(name);
    let has = |has: fn(&Schema, &String) -> bool, name: &&String| {
        let mut others = others.iter();
        others.all(|other| !has(&schemas[**other], name))
    };
    let declared = |name: &&String| has(|other, name| other.properties.contains_key(name), name);
    let asked = |name: &&String| has(|other, name| other.required.contains(name), name);
    let mut names = own.properties.keys();
    let required = names.clone().filter(is_required);
    let found = required
        .clone()
        .find(declared)
        .or_else(|| names.find(declared));
    let found = found.or_else(|| required.clone().find(asked));
    found.map_or(word, |name| format!("with {name}"))
}

/// A word for a branch by its type, or by what it must have.
fn kind_word(schema: &Schema) -> String {
    if let Some(text) = schema.constant.as_ref().and_then(|value| value.as_str()) {
        return text.to_owned();
    }
    let tag = schema
        .properties
        .keys()
        .find(|name| schema.required.contains(name));
    let implied = implied_type(schema).filter(|_| !composes(schema));
    match (schema.types.first().or(implied.as_ref()), tag) {
        (Some(Type::Object) | None, Some(name)) => format!("with {name}"),
        (Some(Type::Object), None) => "object".to_owned(),
        (Some(Type::Array), _) => "list".to_owned(),
        (Some(Type::String), _) => "string".to_owned(),
        (Some(Type::Boolean), _) => "bool".to_owned(),
        (Some(Type::Integer), _) => "integer".to_owned(),
        (Some(Type::Number), _) => "number".to_owned(),
        (Some(Type::Null) | None, _) if states(schema) => "variant".to_owned(),
        (Some(Type::Null) | None, _) => "any".to_owned(),
    }
}

//! Tags: the properties whose values show which branch of a union a value is of.

use bindery_spec::Value;
use bindery_spec::model::{Discriminator, SchemaId};
use indexmap::IndexMap;

use super::branches::Branches;
use super::types::Types;
use super::view::{Part, View};

/// How many schemas are looked at for one answer: unions may lead on from one to the next for ever.
const MOST: usize = 500;

/// The required properties of an object that have one of a few values, as `Reader::tag` of the runtime spells them. The
/// property of a discriminator, `tag`, counts as well where it is optional.
pub(super) fn constants(
    types: &Types,
    parts: &[Part],
    tag: Option<&str>,
) -> IndexMap<String, Vec<String>> {
    constants_of(types, &types.view(parts), tag, &mut 0)
}

fn constants_of(
    types: &Types,
    view: &View,
    tag: Option<&str>,
    seen: &mut usize,
) -> IndexMap<String, Vec<String>> {
    let required = view.required();
    let mut constants = IndexMap::new();
    for (name, ids) in view.properties() {
        let parts: Vec<_> = ids.into_iter().map(Part::from).collect();
        let property = types.view(&parts);
        let values = listed(&property);
        let texts: Vec<_> = values.iter().filter_map(|value| spelled(value)).collect();
        let counts = required.contains(name) || tag == Some(name);
        if counts && !texts.is_empty() && texts.len() == values.len() {
            constants.insert(name.to_owned(), texts);
        }
    }
    for branches in view.branches() {
        *seen += branches.ids.len();
        if *seen > MOST {
            return IndexMap::new();
        }
        for (name, texts) in in_all_branches(types, view, &branches, tag, seen) {
            constants.entry(name).or_insert(texts);
        }
    }
    constants
}

/// The values that a property may have, besides null.
fn listed<'a>(property: &View<'a>) -> Vec<&'a Value> {
    let branches = property.branches();
    let only = |branches: &Branches<'a>| match property.real_branches(branches).as_slice() {
        [id] => property.at(*id).values(),
        _ => None,
    };
    let values = property.values().or_else(|| branches.iter().find_map(only));
    values.unwrap_or_default()
}

/// The properties of that kind that all branches of a union have, with the values of all.
fn in_all_branches(
    types: &Types,
    view: &View,
    branches: &Branches,
    tag: Option<&str>,
    seen: &mut usize,
) -> IndexMap<String, Vec<String>> {
    let tag = branches
        .discriminator
        .map_or(tag, |own| Some(&own.property));
    let all = view.real_branches(branches).into_iter().map(|id| {
        let mut own = constants_of(types, &view.at(id), tag, seen);
        if let Some(discriminator) = branches.discriminator {
            let property = discriminator.property.clone();
            let listed = own.shift_remove(&property).unwrap_or_default();
            let given = discriminator.branches.get(&id).cloned();
            let given = given.unwrap_or_default();
            let choices = [given.mapped, listed, given.implied.into_iter().collect()];
            // Without any, nothing is known of the tags of the whole.
            let tags = choices.into_iter().find(|tags| !tags.is_empty());
            own.extend(tags.map(|tags| (property, tags)));
        }
        own
    });
    let both = |known: IndexMap<String, Vec<String>>, mut own: IndexMap<String, Vec<String>>| {
        let common = known.into_iter().filter_map(|(name, texts)| {
            let more = own.shift_remove(&name)?;
            Some((name, [texts, more].concat()))
        });
        common.collect()
    };
    all.reduce(both).unwrap_or_default()
}

/// Numbers with a fraction have many spellings.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// The tags that a discriminator gives to a branch: those of its mapping, otherwise its name.
pub(super) fn tags(discriminator: Option<&Discriminator>, id: SchemaId) -> Vec<String> {
    let own = discriminator.and_then(|own| own.branches.get(&id));
    own.map_or_else(Vec::new, |own| match own.mapped.as_slice() {
        [] => own.implied.iter().cloned().collect(),
        mapped => mapped.to_vec(),
    })
}

/// Whether a discriminator takes a branch for tags that it does not know (OpenAPI 3.2 `defaultMapping`).
pub(super) fn is_default(discriminator: Option<&Discriminator>, id: SchemaId) -> bool {
    let own = discriminator.and_then(|own| own.branches.get(&id));
    own.is_some_and(|own| own.is_default)
}

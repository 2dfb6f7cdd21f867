//! Tags: what a discriminator says for each branch of its union, whether the document spells it out or leaves it to the
//! names of the branches (OpenAPI 3.1 §4.8.25).

use std::cell::Cell;

use crate::model::{BranchTags, Discriminator, Schema, SchemaId, Schemas, Type};

/// How many schemas are looked at to find out whether one takes a tag; one that is made of more takes any.
const MOST: usize = 200;

/// Says of every union with a discriminator which tags stand for which branch.
pub(super) fn assign(schemas: &mut Schemas) {
    let tagged = schemas
        .iter()
        .filter(|(_, own)| own.discriminator.is_some());
    for id in tagged.map(|(id, _)| id).collect::<Vec<_>>() {
        let mut schema = schemas[id].clone();
        if let Some(discriminator) = &mut schema.discriminator {
            let branches = schemas[id].one_of.iter().chain(&schemas[id].any_of);
            let tags = branches.map(|branch| (*branch, tags(schemas, discriminator, *branch)));
            discriminator.branches = tags.collect();
        }
        schemas.set(id, schema);
    }
}

/// The tags of one branch.
///
/// Its name is a tag of its own even beside a mapping; only a mapping that uses it for another schema takes it away, and
/// a branch that says itself that its tags are others.
fn tags(schemas: &Schemas, discriminator: &Discriminator, branch: SchemaId) -> BranchTags {
    let left = Cell::new(MOST);
    let search = Search {
        schemas,
        property: &discriminator.property,
        left: &left,
    };
    let named = component(schemas, branch);
    BranchTags {
        mapped: search.mapped(discriminator, branch).cloned().collect(),
        implied: search.implied(discriminator, branch).cloned(),
        is_default: discriminator
            .default
            .is_some_and(|id| component(schemas, id) == named),
    }
}

/// The component that a schema is or refers to.
fn component(schemas: &Schemas, id: SchemaId) -> SchemaId {
    match schemas[id].name {
        Some(_) => id,
        None => schemas.target(id),
    }
}

/// A search for the tags that schemas may take in a property.
struct Search<'a> {
    schemas: &'a Schemas,
    property: &'a str,
    /// How many schemas may still be looked at.
    left: &'a Cell<usize>,
}

impl<'a> Search<'a> {
    /// The tags that the document spells out for a branch.
    fn mapped<'d>(
        &self,
        own: &'d Discriminator,
        branch: SchemaId,
    ) -> impl Iterator<Item = &'d String> {
        let schemas = self.schemas;
        let named = component(schemas, branch);
        let mapping = own.mapping.iter();
        mapping
            .filter(move |(_, id)| component(schemas, **id) == named)
            .map(|(tag, _)| tag)
    }

    /// The name of a branch, where it is a tag.
    fn implied(&self, own: &Discriminator, branch: SchemaId) -> Option<&'a String> {
        let name = self.schemas[component(self.schemas, branch)]
            .name
            .as_ref()?;
        let free = !own.mapping.contains_key(name);
        (free && self.fits(name, branch)).then_some(name)
    }

    /// Whether an object with this tag can be of a schema.
    fn fits(&self, tag: &str, id: SchemaId) -> bool {
        let property = self.schemas[id].properties.get(self.property);
        property.is_none_or(|own| self.fits_text(tag, *own))
            && self.holds(id, &|id| self.fits(tag, id), &|union, branch| {
                self.stands_for(tag, union, branch)
            })
    }

    /// Whether the text can be of a schema, by its type and by the values that it lists.
    fn fits_text(&self, text: &str, id: SchemaId) -> bool {
        let schema = &self.schemas[id];
        let listed = schema.values.as_ref();
        (schema.types.is_empty() || schema.types.contains(&Type::String))
            && schema.constant.as_ref().is_none_or(|own| own == text)
            && listed.is_none_or(|values| values.iter().any(|own| own == text))
            && self.holds(id, &|id| self.fits_text(text, id), &|_, _| true)
    }

    /// Whether a union that has a discriminator of its own may give the tag to a branch.
    fn stands_for(&self, tag: &str, union: &Schema, branch: SchemaId) -> bool {
        let own = union.discriminator.as_ref();
        own.filter(|own| own.property == self.property)
            .is_none_or(|own| {
                let mut mapped = self.mapped(own, branch).peekable();
                match mapped.peek() {
                    Some(_) => mapped.any(|known| known == tag),
                    None => self.implied(own, branch).is_none_or(|name| name == tag),
                }
            })
    }

    /// Whether something is so of all that a schema refers to and joins, and of one of its branches, which it may choose.
    fn holds(
        &self,
        id: SchemaId,
        is_so: &dyn Fn(SchemaId) -> bool,
        may_choose: &dyn Fn(&Schema, SchemaId) -> bool,
    ) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else {
            return true;
        };
        self.left.set(left);
        let schema = &self.schemas[id];
        let referred = schema.reference.as_ref().map(|reference| reference.target);
        let one = |branches: &[SchemaId]| {
            let mut all = branches.iter();
            branches.is_empty() || all.any(|id| is_so(*id) && may_choose(schema, *id))
        };
        referred.iter().chain(&schema.all_of).all(|id| is_so(*id))
            && one(&schema.any_of)
            && one(&schema.one_of)
    }
}

//! How much of a crate is typed, and where it is plain JSON.

use super::{
    Content, Crate, Item, ItemKind, Name, Operation, Parameter, ResponseVariant, Success, Type,
};

/// The places of a crate that have a type: fields, variants, aliases, parameters and bodies.
///
/// A place is untyped when any JSON can stand in it, or in its items or values. Most are so because the document says
/// nothing about them; what the generator could not carry has a diagnostic as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// How many places there are.
    pub places: usize,
    /// The paths of those that are untyped, in the order of the crate: `Pet.tags`, `Shape::Circle`,
    /// `api::pets::list_pets.limit`.
    pub untyped: Vec<String>,
}

impl Census {
    /// Counts the places of a crate.
    pub fn of(krate: &Crate) -> Self {
        let mut counter = Counter {
            krate,
            census: Self::default(),
        };
        krate.items.iter().for_each(|item| counter.item(item));
        for error in &krate.errors {
            counter.variants(&error.name, &error.variants);
        }
        for tag in &krate.tags {
            for operation in &tag.operations {
                counter.operation(&tag.module, operation);
            }
        }
        counter.census
    }

    /// How many of a hundred places are typed, cut to two decimals so that 100 means all; 100 of none.
    pub fn typed_percent(&self) -> f64 {
        let typed = self.places - self.untyped.len();
        let hundredths = (typed * 10_000).checked_div(self.places);
        f64::from(u32::try_from(hundredths.unwrap_or(10_000)).unwrap_or_default()) / 100.0
    }
}

/// Walks over a crate.
struct Counter<'k> {
    krate: &'k Crate,
    census: Census,
}

impl Counter<'_> {
    fn item(&mut self, item: &Item) {
        let name = &item.name;
        match &item.kind {
            ItemKind::Struct(object) => {
                for field in &object.fields {
                    self.place(&field.ty, || format!("{name}.{}", field.name));
                }
                // What else an open object may hold is kept as it came, which takes no type away from anything.
                if let Some(rest) = object.additional.as_ref().filter(|a| a.ty != Type::Value) {
                    self.place(&rest.ty, || format!("{name}.{}", rest.name));
                }
            }
            ItemKind::Union(union) => {
                for variant in &union.variants {
                    self.place(&variant.ty, || format!("{name}::{}", variant.name));
                }
            }
            ItemKind::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    self.place(&item.ty, || format!("{name}.{index}"));
                }
            }
            ItemKind::Alias(ty) => self.place(ty, || name.to_string()),
            ItemKind::Enum(_) => {}
        }
    }

    fn operation(&mut self, module: &Name, operation: &Operation) {
        let name = format!("api::{module}::{}", operation.name);
        let parameters = operation.arguments.iter().chain(&operation.options);
        for Parameter { name: own, ty, .. } in parameters {
            self.place(ty, || format!("{name}.{own}"));
        }
        if let Some(body) = &operation.body {
            self.place(&body.ty, || format!("{name} body"));
        }
        for success in operation.successes() {
            match success {
                Success::Same { content, .. } => self.content(content.as_ref(), || name.clone()),
                Success::Choice { name, variants } => self.variants(name, variants),
            }
        }
    }

    fn variants(&mut self, owner: &Name, variants: &[ResponseVariant]) {
        for variant in variants {
            self.content(variant.content.as_ref(), || {
                format!("{owner}::{}", variant.name)
            });
        }
    }

    fn content(&mut self, content: Option<&Content>, owner: impl FnOnce() -> String) {
        if let Some(content) = content {
            self.place(&content.ty, || format!("{} response", owner()));
        }
    }

    fn place(&mut self, ty: &Type, path: impl FnOnce() -> String) {
        self.census.places += 1;
        if self.is_untyped(ty) {
            self.census.untyped.push(path());
        }
    }

    /// Whether any JSON can stand in a type; aliases never go round in a circle, since Rust has none that do.
    fn is_untyped(&self, ty: &Type) -> bool {
        match ty {
            Type::Value => true,
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                self.is_untyped(inner)
            }
            Type::Item(id) => match &self.krate.item(*id).kind {
                ItemKind::Alias(target) => self.is_untyped(target),
                _ => false,
            },
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use bindery_spec::Diagnostics;

    use super::*;
    use crate::config::Client;

    #[track_caller]
    fn check(schemas: &str, places: usize, untyped: &[&str]) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /pets:\n    get:\n      \
             operationId: list\n      tags: [pets]\n      parameters: [{{ name: page, in: query, schema: \
             {{ type: integer }} }}]\n      responses: {{ '200': {{ description: all, content: {{ \
             application/json: {{ schema: {{ $ref: '#/components/schemas/Pet' }} }} }} }} }}\n\
             components: {{ schemas: {{ Pet: {schemas} }} }}\n"
        );
        let api = bindery_spec::read_text("pets.yaml", &text).api.unwrap();
        let client = Client::new("pets.yaml", "pets", "pets").unwrap();
        let krate = crate::lower::lower(&api, &client, &mut Diagnostics::default());
        let census = Census::of(&krate);
        assert_eq!(
            (census.places, census.untyped),
            (places, untyped.iter().map(|&s| s.to_owned()).collect())
        );
    }

    #[test]
    fn a_place_is_untyped_where_any_json_can_stand_in_it() {
        check(
            "{ type: object, properties: { name: { type: string } } }",
            3,
            &[],
        );
        check(
            "{ type: object, properties: { name: { type: string }, tags: { type: array }, more: {} } }",
            5,
            &["Pet.tags", "Pet.more"],
        );
        check(
            "{ type: array, items: {} }",
            3,
            &["Pet", "api::pets::list response"],
        );
    }

    #[test]
    fn a_crate_without_places_is_typed() {
        assert!((Census::default().typed_percent() - 100.0).abs() < f64::EPSILON);
    }
}

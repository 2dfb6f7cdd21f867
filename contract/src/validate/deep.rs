//! `deepObject` parameters: pairs such as `filter[price][gte]=1` as one value. The standard describes one pair of brackets
//! (OpenAPI 3.1 §4.8.12.4); what is deeper is read as those read it who send it: further names, and `[]` for an item.

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};

use super::Contract;
use super::export::Direction;
use crate::shape::Shape;
use crate::wire::Steps;

impl Contract {
    /// Reads the pairs that stand for one value, each by what is left of its steps.
    fn read_deep(&self, schemas: &[SchemaId], direction: Direction, pairs: &[Steps<'_>]) -> Value {
        let scalar = |schemas: &[SchemaId], text| self.read_scalar(schemas, direction, text);
        if let [([], text)] = pairs {
            return scalar(schemas, text);
        }
        let shapes = self.shapes(schemas);
        let is_end = |(steps, _): &Steps<'_>| steps.is_empty();
        let is_item = |(steps, _): &Steps<'_>| steps.iter().all(String::is_empty);
        let list = shapes.iter().find(|shape| shape.allows(Type::Array));
        if let Some(list) = list.filter(|_| pairs.iter().all(is_item)) {
            let items = pairs.iter();
            return items.map(|(_, text)| scalar(&list.items, text)).collect();
        }
        // Of a name that is there several times the last counts.
        if let Some((_, text)) = pairs.last().filter(|_| pairs.iter().all(is_end)) {
            return scalar(schemas, text);
        }
        let open = Shape::default();
        let object = shapes.iter().find(|shape| shape.allows(Type::Object));
        self.read_deep_object(object.unwrap_or(&open), direction, pairs)
    }

    /// Reads the pairs of an object, each property by its own schemas.
    pub(super) fn read_deep_object(
        &self,
        shape: &Shape,
        direction: Direction,
        pairs: &[Steps<'_>],
    ) -> Value {
        let read = |(name, pairs): (&str, Vec<Steps<'_>>)| {
            let schemas = shape.properties.get(name).unwrap_or(&shape.additional);
            (name.to_owned(), self.read_deep(schemas, direction, &pairs))
        };
        Value::Object(grouped(pairs).into_iter().map(read).collect())
    }
}

/// The pairs by their first step, in the order in which these come first.
fn grouped<'p>(pairs: &[Steps<'p>]) -> Vec<(&'p str, Vec<Steps<'p>>)> {
    let mut groups: Vec<(&str, Vec<Steps<'_>>)> = Vec::new();
    for (steps, text) in pairs {
        let (first, rest) = match steps {
            [first, rest @ ..] => (first.as_str(), rest),
            [] => ("", *steps),
        };
        match groups.iter_mut().find(|(name, _)| *name == first) {
            Some((_, group)) => group.push((rest, text)),
            None => groups.push((first, vec![(rest, text)])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bindery_spec::Value;
    use bindery_spec::model::ParameterFormat;
    use serde_json::json;

    use super::{Contract, Direction};

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Names, version: '1' }
paths:
  /names:
    get:
      parameters:
        - name: filter
          in: query
          style: deepObject
          schema: { type: object, properties: { one: { type: string } } }
      responses: { '204': { description: Done. } }
";

    /// Reads pairs as the parameter of the document.
    fn read(pairs: &[(&[&str], &str)]) -> Value {
        let api = bindery_spec::read_text("names.yaml", DOCUMENT).api;
        let contract = Contract::new(Arc::new(api.expect("a document")));
        let parameter = &contract.api.operations[0].parameters[0];
        let ParameterFormat::Style { schema, .. } = parameter.format else {
            panic!("the parameter has no style");
        };
        let owned = |(steps, text): &(&[&str], &str)| {
            let steps: Vec<_> = steps.iter().map(|step| (*step).to_owned()).collect();
            (steps, (*text).to_owned())
        };
        let owned: Vec<_> = pairs.iter().map(owned).collect();
        let pairs: Vec<_> = owned.iter().map(|(s, t)| (&s[..], &t[..])).collect();
        contract.read_deep(&[schema], Direction::Request, &pairs)
    }

    #[test]
    fn names_that_come_again_are_read() {
        let one = read(&[(&["one"], "x"), (&["one"], "y")]);
        assert_eq!(one, json!({ "one": "y" }));
        let any = read(&[(&["any"], "x"), (&["any"], "y")]);
        assert_eq!(any, json!({ "any": ["x", "y"] }));
        let below = read(&[(&["one"], "x"), (&["one", "b"], "z")]);
        assert_eq!(below, json!({ "one": { "": "x", "b": "z" } }));
    }
}

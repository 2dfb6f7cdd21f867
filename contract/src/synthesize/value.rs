//! Simple and full values.

use std::sync::atomic::Ordering;

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};
use serde_json::{Map, json};

use super::{Extent, FULL_EFFORT, LONG, Synthesizer, format, number};
use crate::shape::Shape;

/// How deep values are nested at most.
const MAX_DEPTH: usize = 24;

impl Synthesizer<'_> {
    /// A value for schemas that hold at once: of several candidates the first that the validator confirms. A candidate
    /// without a rival is taken as it is, for the whole is judged as well.
    pub(super) fn part(
        &self,
        schemas: &[SchemaId],
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        let recurs = |id| path.iter().filter(|own| *own == id).count() > 1;
        if path.len() > MAX_DEPTH || schemas.iter().any(recurs) {
            return None;
        }
        let before = path.len();
        path.extend(schemas);
        let extent = if self.made.fetch_add(1, Ordering::Relaxed) < FULL_EFFORT {
            extent
        } else {
            Extent::Minimal
        };
        let found = self.first(schemas, extent, path);
        path.truncate(before);
        found
    }

    /// The first candidate that is confirmed. They are made one after the other, since the first is mostly right.
    fn first(
        &self,
        schemas: &[SchemaId],
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        let shapes = self.shapes(schemas);
        let mut rejected = Vec::new();
        for shape in shapes.iter() {
            let mut values = self.shape_values(schemas, shape, extent, path);
            if shapes.len() == 1 && values.len() == 1 {
                return values.pop();
            }
            if let Some(valid) = values
                .iter()
                .position(|value| self.all_hold(schemas, value))
            {
                return Some(values.swap_remove(valid));
            }
            rejected.append(&mut values);
        }
        let any = self.lenient || rejected.len() == 1;
        rejected.into_iter().next().filter(|_| any)
    }

    /// Whether a value is valid for all of these schemas.
    pub(super) fn all_hold(&self, schemas: &[SchemaId], value: &Value) -> bool {
        schemas.iter().all(|id| self.is_valid(*id, value))
    }

    pub(super) fn shape_values(
        &self,
        schemas: &[SchemaId],
        shape: &Shape,
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Vec<Value> {
        if let Some(values) = &shape.values {
            return values.clone();
        }
        let mut types = shape.likely_types().to_vec();
        // Null is the simplest value, but says the least.
        types.sort_by_key(|kind| *kind == Type::Null);
        let scalar =
            |sample: &&Value| !(sample.is_object() || sample.is_array() || sample.is_null());
        let samples = shape.samples.iter().filter(scalar);
        // Documents have examples that their own schema refuses.
        let mut found: Vec<Value> = samples
            .filter(|sample| self.all_hold(schemas, sample))
            .cloned()
            .collect();
        for kind in types {
            found.extend(match kind {
                Type::Null => Some(Value::Null),
                Type::Boolean => Some(json!(true)),
                Type::Integer | Type::Number => number::simple(shape, kind),
                Type::String => found
                    .is_empty()
                    .then(|| self.text(shape, None))
                    .flatten()
                    .map(Value::String),
                Type::Array => self.array(shape, extent, path),
                Type::Object => self.object(shape, extent, path),
            });
        }
        if found.is_empty() && self.lenient {
            found.extend(shape.likely_types().first().map(|kind| empty(*kind)));
        }
        found
    }

    fn array(&self, shape: &Shape, extent: Extent, path: &mut Vec<SchemaId>) -> Option<Value> {
        let wanted = if extent == Extent::Full {
            shape.fewest().max(1)
        } else {
            shape.fewest()
        };
        let wanted = shape.count.most.map_or(wanted, |most| wanted.min(most));
        self.items(shape, wanted, extent, path)
    }

    /// An array of so many items; `None` when an item that must be there cannot be made.
    pub(super) fn items(
        &self,
        shape: &Shape,
        count: u64,
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        let mut items: Vec<Value> = Vec::new();
        for index in 0..usize::try_from(count).ok()? {
            let schemas = shape.item(index);
            let mut item = self.item(&schemas, extent, path);
            if shape.unique && item.as_ref().is_some_and(|item| items.contains(item)) {
                item = self.different(&schemas, &items);
            }
            match item {
                Some(item) => items.push(item),
                // What may be left out is left out.
                None if items.len() as u64 >= shape.count.least => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn item(
        &self,
        schemas: &[SchemaId],
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        if schemas.is_empty() {
            return Some(json!("item"));
        }
        self.part(schemas, extent, path)
    }

    /// An item that is none of those that are there already.
    fn different(&self, schemas: &[SchemaId], items: &[Value]) -> Option<Value> {
        if schemas.is_empty() {
            return Some(json!(format!("item-{}", items.len())));
        }
        let variations = self
            .variations(schemas, true, 1)
            .into_iter()
            .map(|variation| variation.value);
        let counted = [
            json!(items.len() + 1),
            json!(format!("item-{}", items.len())),
        ];
        let shapes = self.shapes(schemas);
        let by_pattern = shapes.iter().filter_map(|shape| {
            let random = self.random(&format!("item {}", items.len()));
            let length = (shape.length.least, shape.length.most.unwrap_or(u64::MAX));
            let pattern = shape.patterns.first()?;
            super::matching(pattern, LONG, length, &random).map(Value::String)
        });
        variations
            .chain(counted)
            .chain(by_pattern)
            .find(|value| !items.contains(value) && self.all_hold(schemas, value))
    }

    /// An object with the properties that must be there, and in full also with those that may be.
    pub(super) fn object(
        &self,
        shape: &Shape,
        extent: Extent,
        path: &mut Vec<SchemaId>,
    ) -> Option<Value> {
        let mut object = Map::new();
        for (name, schemas) in &shape.properties {
            let required = self.is_required(shape, name);
            if !required
                && (extent == Extent::Minimal
                    || !self.is_sent(schemas)
                    || schemas.iter().any(|id| path.contains(id)))
            {
                continue;
            }
            match self.part(schemas, extent, path) {
                Some(value) => drop(object.insert(name.clone(), format::ending(name, value))),
                None if required => return None,
                None => {}
            }
        }
        for name in shape
            .required
            .iter()
            .filter(|name| !shape.properties.contains_key(*name))
        {
            object.insert(name.clone(), self.entry(shape, name, extent, path)?);
        }
        for (property, tag) in &shape.tags {
            object.insert(property.clone(), tag.clone());
        }
        self.fill(shape, extent, path, &mut object);
        self.depend(shape, extent, path, &mut object);
        Some(Value::Object(object))
    }

    /// Adds properties until there are enough: declared ones first, and then made-up names.
    fn fill(
        &self,
        shape: &Shape,
        extent: Extent,
        path: &mut Vec<SchemaId>,
        object: &mut Map<String, Value>,
    ) {
        let map = extent == Extent::Full
            && shape.properties.is_empty()
            && !shape.closed
            && !shape.additional.is_empty();
        let least = shape.size.least.max(u64::from(map));
        let declared = shape.properties.keys().cloned();
        let made = self.names(shape, least);
        for name in declared.chain(made) {
            if object.len() as u64 >= least {
                break;
            }
            if !object.contains_key(&name) {
                let value = self.entry(shape, &name, extent, path);
                object.extend(value.map(|value| (name, value)));
            }
        }
    }

    fn depend(
        &self,
        shape: &Shape,
        extent: Extent,
        path: &mut Vec<SchemaId>,
        object: &mut Map<String, Value>,
    ) {
        for (name, others) in &shape.dependent {
            if !object.contains_key(name) {
                continue;
            }
            for other in others
                .iter()
                .filter(|other| !object.contains_key(*other))
                .cloned()
                .collect::<Vec<_>>()
            {
                let value = self.entry(shape, &other, extent, path);
                object.extend(value.map(|value| (other, value)));
            }
        }
    }

    /// Whether a property must be there in this direction.
    pub(super) fn is_required(&self, shape: &Shape, name: &str) -> bool {
        let sent = shape
            .properties
            .get(name)
            .is_none_or(|schemas| self.is_sent(schemas));
        sent && shape.required.iter().any(|required| required == name)
    }

    /// Whether a property travels in this direction.
    pub(super) fn is_sent(&self, schemas: &[SchemaId]) -> bool {
        schemas
            .iter()
            .all(|id| crate::validate::export::travels(self.schemas(), *id, self.direction))
    }
}

/// The empty value of a type.
fn empty(kind: Type) -> Value {
    match kind {
        Type::Null => Value::Null,
        Type::Boolean => json!(false),
        Type::Integer | Type::Number => json!(0),
        Type::String => json!(""),
        Type::Array => json!([]),
        Type::Object => json!({}),
    }
}

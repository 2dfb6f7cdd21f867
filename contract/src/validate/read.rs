//! Texts from the wire as values: what a text means depends on the schema that it is read for.

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};

use super::export::Direction;
use super::{Contract, json};
use crate::shape::Shape;
use crate::wire::{Kind, Raw};

impl Contract {
    /// Reads a parameter's text: of all readings the first that is valid, and otherwise the first.
    ///
    /// `split` undoes the style for one kind of value and gives nothing where the text is not spelled like that.
    pub(crate) fn read_parameter(
        &self,
        schema: SchemaId,
        direction: Direction,
        split: &dyn Fn(Kind<'_>) -> Option<Raw>,
    ) -> Option<Value> {
        let shapes = self.shapes(&[schema]);
        let mut readings = shapes
            .iter()
            .flat_map(|shape| self.readings(shape, direction, split));
        let first = readings.next()?;
        if self.is_valid(schema, direction, &first) {
            return Some(first);
        }
        let better = readings.find(|reading| self.is_valid(schema, direction, reading));
        Some(better.unwrap_or(first))
    }

    /// Reads a text that is one scalar.
    pub(crate) fn read_scalar(
        &self,
        schemas: &[SchemaId],
        direction: Direction,
        text: &str,
    ) -> Value {
        let mut candidates = self
            .shapes(schemas)
            .iter()
            .flat_map(|shape| scalar_readings(shape, text))
            .collect::<Vec<_>>();
        if candidates.is_empty() {
            candidates.push(Value::String(text.to_owned()));
        }
        let valid = |value: &&Value| {
            schemas
                .iter()
                .all(|id| self.is_valid(*id, direction, value))
        };
        let best = candidates.iter().find(valid).unwrap_or(&candidates[0]);
        best.clone()
    }

    /// Reads a body of plain text. The standard does not say how it carries objects and arrays; those who send them in
    /// it write JSON.
    pub(crate) fn read_text(&self, schema: SchemaId, direction: Direction, text: &str) -> Value {
        let scalar = self.read_scalar(&[schema], direction, text);
        let composite = |shape: &Shape| shape.allows(Type::Object) || shape.allows(Type::Array);
        if self.is_valid(schema, direction, &scalar)
            || !self.shapes(&[schema]).iter().any(composite)
        {
            return scalar;
        }
        let json = json::parse(text.as_bytes()).ok();
        json.map_or(scalar, |parsed| parsed.value)
    }

    fn readings(
        &self,
        shape: &Shape,
        direction: Direction,
        split: &dyn Fn(Kind<'_>) -> Option<Raw>,
    ) -> Vec<Value> {
        let mut readings = Vec::new();
        if shape.allows(Type::Array) && (shape.types.is_some() || !shape.items.is_empty()) {
            readings.extend(self.read_array(shape, direction, split(Kind::Array)));
        }
        if shape.allows(Type::Object) && (shape.types.is_some() || !shape.properties.is_empty()) {
            let names: Vec<&str> = shape.properties.keys().map(String::as_str).collect();
            let raw = split(Kind::Object(&names, !shape.closed));
            readings.extend(self.read_object(shape, direction, raw));
        }
        if let Some(Raw::Scalar(text)) = split(Kind::Scalar) {
            readings.extend(scalar_readings(shape, &text));
        }
        readings
    }

    fn read_array(&self, shape: &Shape, direction: Direction, raw: Option<Raw>) -> Option<Value> {
        let Raw::Array(texts) = raw? else { return None };
        // Where only some items are described, they say best what the others are.
        let contained: Vec<SchemaId> = shape.contains.iter().map(|own| own.schema).collect();
        let rest = if shape.items.is_empty() {
            &contained
        } else {
            &shape.items
        };
        let read = |(index, text): (usize, &String)| {
            let prefix = shape.prefix.get(index).map(std::slice::from_ref);
            self.read_scalar(prefix.unwrap_or(rest), direction, text)
        };
        Some(texts.iter().enumerate().map(read).collect())
    }

    fn read_object(&self, shape: &Shape, direction: Direction, raw: Option<Raw>) -> Option<Value> {
        let pairs = match raw? {
            Raw::Object(pairs) => pairs,
            Raw::Deep(pairs) => {
                let pairs = pairs.iter().map(|(steps, text)| (&steps[..], &text[..]));
                return Some(self.read_deep_object(shape, direction, &pairs.collect::<Vec<_>>()));
            }
            Raw::Scalar(_) | Raw::Array(_) => return None,
        };
        let read = |(name, text): &(String, String)| {
            let schemas = shape.properties.get(name).unwrap_or(&shape.additional);
            (name.clone(), self.read_scalar(schemas, direction, text))
        };
        Some(Value::Object(pairs.iter().map(read).collect()))
    }
}

/// What a text may mean: narrow types before wide ones, and text at last.
fn scalar_readings(shape: &Shape, text: &str) -> Vec<Value> {
    let mut readings = Vec::new();
    if shape.allows(Type::Null) && shape.types.is_some() && matches!(text, "" | "null") {
        readings.push(Value::Null);
    }
    if shape.allows(Type::Boolean) {
        readings.extend(text.parse::<bool>().ok().map(Value::Bool));
    }
    if shape.allows(Type::Integer) {
        readings.extend(number(text));
    }
    readings.push(Value::String(text.to_owned()));
    readings
}

/// A number in JSON's grammar.
fn number(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_number() && text.trim() == text).then_some(value)
}

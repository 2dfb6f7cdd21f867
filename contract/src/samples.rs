//! Values of a schema for those who want to try another implementation of it: allowed ones, and ones that break one
//! rule.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use crate::synthesize::{Synthesizer, Variation};
use crate::validate::{Contract, Direction, escape};

/// The name of a property that no document has.
const STRANGER: &str = "bindery_undeclared";

/// A value that was made for a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The rule that it keeps at its limit, or breaks: `minimal`, `full`, `maxLength`, `undeclared`.
    pub rule: String,
    /// Where in the value, as a JSON Pointer.
    pub pointer: String,
    /// The value.
    pub value: Value,
}

/// The values that were made for a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Values that the schema allows.
    pub allowed: Vec<Sample>,
    /// Values that the schema refuses for one rule at one place.
    pub broken: Vec<Sample>,
}

impl Contract {
    /// Makes values for a schema, the same for the same seed. The validator has confirmed each.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use bindery_contract::{Contract, validate::Direction};
    ///
    /// let reading = bindery_contract::spec::read_text("ages.yaml", "
    /// openapi: 3.1.0
    /// info: { title: Ages, version: 1.0.0 }
    /// paths: {}
    /// components: { schemas: { Age: { type: integer, minimum: 0 } } }
    /// ");
    /// let contract = Contract::new(Arc::new(reading.api.expect("a document that can be used")));
    /// let (_, age) = contract.api().schemas.named().next().expect("a schema");
    /// let samples = contract.samples(age, Direction::Response, 1);
    /// assert!(samples.allowed.iter().any(|sample| sample.value == 0));
    /// assert!(samples.broken.iter().any(|sample| sample.value == -1 && sample.rule == "minimum"));
    /// ```
    pub fn samples(&self, schema: SchemaId, direction: Direction, seed: u64) -> Samples {
        let synthesizer = Synthesizer::new(self, direction, seed);
        let mut allowed: Vec<Sample> = samples(synthesizer.valid(schema));
        let strange: Vec<_> = allowed
            .iter()
            .filter(|sample| ["minimal", "full"].contains(&sample.rule.as_str()))
            .flat_map(|sample| undeclared(&sample.value))
            .filter(|sample| self.is_valid(schema, direction, &sample.value))
            .collect();
        allowed.extend(strange);
        Samples {
            allowed,
            broken: samples(synthesizer.invalid(schema)),
        }
    }
}

fn samples(variations: Vec<Variation>) -> Vec<Sample> {
    let sample = |variation: Variation| Sample {
        rule: variation.rule,
        pointer: variation.pointer,
        value: variation.value,
    };
    variations.into_iter().map(sample).collect()
}

/// The value with a property that nobody declared, once for each object in it.
fn undeclared(value: &Value) -> Vec<Sample> {
    let mut pointers = Vec::new();
    objects(value, "", &mut pointers);
    let strange = pointers.into_iter().filter_map(|pointer| {
        let mut value = value.clone();
        let object = value.pointer_mut(&pointer)?.as_object_mut()?;
        object.insert(STRANGER.to_owned(), "kept".into());
        let rule = "undeclared".to_owned();
        Some(Sample {
            rule,
            pointer,
            value,
        })
    });
    strange.collect()
}

/// The places of the objects in a value, its own first.
fn objects(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.push(pointer.to_owned());
            for (key, value) in object {
                objects(value, &format!("{pointer}/{}", escape(key)), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

//! Documents that are nearly right: seeds with some parts taken away, doubled, mixed up or put in the wrong place.

use fastrand::Rng;
use serde_json::{Value, json};

/// Values that are odd in many places.
const ODD: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e300",
    "123456789012345678901234567890",
    "\"\"",
    "\"self\"",
    "\"日本 語\"",
    "\"a\\u0000b\"",
    "\"*/ \\\" ` #\"",
    "\"/{a}/{a}{b}\"",
    "\"#/components/schemas/No\"",
    "[]",
    "{}",
    "\"2XX\"",
    "\"object\"",
    "\"(?<a>\"",
    "[null]",
    "\"int64\"",
    "\"application/json\"",
];

/// Keys that mean something in many places.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "discriminator",
    "nullable",
    "format",
    "default",
    "patternProperties",
    "prefixItems",
    "minimum",
    "maxLength",
    "schema",
    "content",
    "parameters",
    "responses",
    "requestBody",
    "in",
    "name",
    "style",
    "explode",
    "headers",
    "200",
    "default",
    "x-odd",
    "self",
    "Self",
    "",
    "a b",
    "a/b",
    "日本",
    "$defs",
    "readOnly",
];

/// Makes texts out of seeds; the same random numbers give the same texts.
#[derive(Debug)]
pub struct Mutator {
    seeds: Vec<Value>,
    random: Rng,
}

impl Mutator {
    /// A mutator of documents.
    ///
    /// # Panics
    /// When there are no seeds.
    pub fn new(seeds: Vec<Value>, seed: u64) -> Self {
        assert!(!seeds.is_empty(), "there is nothing to mutate");
        Self {
            seeds,
            random: Rng::with_seed(seed),
        }
    }

    /// The next text.
    pub fn document(&mut self) -> String {
        let mut document = self.seed();
        for _ in 0..self.random.usize(1..8) {
            self.change(&mut document);
        }
        let text = document.to_string();
        if self.random.u8(..) < 40 {
            self.scratch(text)
        } else {
            text
        }
    }

    fn seed(&mut self) -> Value {
        let index = self.random.usize(..self.seeds.len());
        self.seeds[index].clone()
    }

    /// Changes one node.
    fn change(&mut self, document: &mut Value) {
        let pointers = pointers(document);
        let pointer = self.pick(&pointers).clone();
        let new = self.replacement(document, &pointers, &pointer);
        let Some(node) = document.pointer_mut(&pointer) else {
            return;
        };
        match (self.random.u8(..6), &mut *node) {
            (0, Value::Object(object)) if !object.is_empty() => {
                let at = self.random.usize(..object.len());
                let key = object.keys().nth(at).cloned().unwrap_or_default();
                if let Some(value) = object.shift_remove(&key)
                    && self.random.bool()
                {
                    object.insert((*self.pick(KEYS)).to_owned(), value);
                }
            }
            (1, Value::Array(items)) if !items.is_empty() => {
                items.swap_remove(self.random.usize(..items.len()));
            }
            (0..3, Value::Object(object)) => {
                object.insert((*self.pick(KEYS)).to_owned(), new);
            }
            (0..3, Value::Array(items)) => items.push(new),
            _ => *node = new,
        }
    }

    /// What a node becomes: something else, a part of a document, a reference, or itself in something.
    fn replacement(&mut self, document: &Value, pointers: &[String], pointer: &str) -> Value {
        let old = document.pointer(pointer).cloned().unwrap_or_default();
        match self.random.u8(..10) {
            0 | 1 => serde_json::from_str::<Value>(self.pick::<&str>(ODD)).unwrap_or_default(),
            2 => json!({ "$ref": format!("#{}", self.pick(pointers)) }),
            3 => json!({ "allOf": [old, self.part()] }),
            4 => json!({ "oneOf": [old, self.part()] }),
            5 => json!({ "anyOf": [old, { "type": "null" }] }),
            6 => json!({ "type": "array", "items": old }),
            7 => json!({ "type": "object", "additionalProperties": old }),
            8 => json!([old.clone(), old]),
            _ => self.part(),
        }
    }

    /// A part of some seed.
    fn part(&mut self) -> Value {
        let seed = self.seed();
        let pointers = pointers(&seed);
        seed.pointer(self.pick::<String>(&pointers))
            .cloned()
            .unwrap_or_default()
    }

    /// Damages a text, so that it may be no JSON any more.
    fn scratch(&mut self, text: String) -> String {
        let mut bytes = text.into_bytes();
        for _ in 0..self.random.usize(1..4) {
            let at = self.random.usize(..=bytes.len());
            let end = (at + self.random.usize(..6)).min(bytes.len());
            let new: &str = self.pick::<&str>(&[
                "", "{", "]", "\"", ":", "\n", "\t", "&a ", "*a", "- ", "\\u12", "<<: ", "!!x ",
                "é",
            ]);
            bytes.splice(at..end, new.bytes());
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.random.usize(..from.len())]
    }
}

/// The pointers of all nodes, the root included.
fn pointers(document: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = all.get(next).cloned() {
        match document.pointer(&pointer) {
            Some(Value::Object(object)) => all.extend(
                object
                    .keys()
                    .map(|key| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))),
            ),
            Some(Value::Array(items)) => {
                all.extend((0..items.len()).map(|index| format!("{pointer}/{index}")));
            }
            _ => {}
        }
        next += 1;
    }
    all
}

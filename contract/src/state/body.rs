//! Bodies for sequences: valid ones that differ from each other, so that one thing can be told from another.

use bindery_spec::Value;
use bindery_spec::model::{Operation, SchemaId, Type};

use super::bare::{is_bare, spellable};
use super::{attributes, look};
use crate::probe::Content;
use crate::shape;
use crate::synthesize::{Extent, LONG, Synthesizer, matching};
use crate::validate::{Contract, Direction};

/// What a body is made from. Which of them a server takes is found out once for each operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recipe {
    /// Everything that may be there.
    Full,
    /// An example of the document.
    Example,
    /// Only what must be there.
    Minimal,
}

impl Recipe {
    /// In the order in which they are tried: the first says the most.
    pub(crate) const ALL: [Self; 3] = [Self::Full, Self::Example, Self::Minimal];
}

/// What an update changes of what was sent before. A server may refuse some value that the document allows, and then all of
/// them; which it takes is found out once for each operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything.
    #[default]
    All,
    /// What has no parts.
    Scalars,
    /// Texts.
    Texts,
}

impl Scope {
    /// In the order in which they are tried.
    pub(crate) const ALL: [Self; 3] = [Self::All, Self::Scalars, Self::Texts];

    fn has(self, value: &Value) -> bool {
        match self {
            Self::All => true,
            Self::Scalars => !value.is_object() && !value.is_array(),
            Self::Texts => value.is_string(),
        }
    }
}

/// Makes bodies of one operation.
pub(crate) struct Maker<'a> {
    pub(super) contract: &'a Contract,
    operation: &'a Operation,
    /// The media type by its index.
    pub(crate) media: usize,
    /// The schema of the body, or of what is in its envelope.
    pub(crate) schema: SchemaId,
    /// The schema of the whole.
    whole: SchemaId,
    /// Where the body stands in the whole: bodies are made, compared and changed without what is around them.
    at: String,
    seed: u64,
}

impl<'a> Maker<'a> {
    /// A maker; `None` when the operation takes neither JSON nor a form with a schema.
    pub(crate) fn new(contract: &'a Contract, operation: &'a Operation, seed: u64) -> Option<Self> {
        let content = &operation.body.as_ref()?.content;
        let (media, _) = look::written(&contract.api.schemas, content)?;
        Self::of(contract, operation, media, seed)
    }

    /// A maker of bodies in one of the media types, by its index; `None` when it has no schema.
    pub(crate) fn of(
        contract: &'a Contract,
        operation: &'a Operation,
        media: usize,
        seed: u64,
    ) -> Option<Self> {
        let whole = operation.body.as_ref()?.content.get(media)?.schema?;
        let (at, schema) = look::fields(&contract.api.schemas, operation, whole);
        Some(Self {
            contract,
            operation,
            media,
            schema,
            whole,
            at,
            seed,
        })
    }

    /// A body as it is sent: in its envelope.
    pub(crate) fn content(&self, body: Value) -> Content {
        if self.at.is_empty() {
            return Content::Value(self.media, body);
        }
        let around = self.synthesizer("").value(self.whole, Extent::Minimal);
        let mut whole = around.unwrap_or_default();
        attributes::put(&mut whole, &self.at, body);
        Content::Value(self.media, whole)
    }

    /// Where the body stands in what is sent, as a JSON Pointer.
    pub(crate) fn at(&self) -> &str {
        &self.at
    }

    /// The only property that is sent as a file.
    pub(crate) fn file(&self) -> Option<String> {
        let schemas = &self.contract.api.schemas;
        let properties = look::properties(schemas, &[self.schema]).into_iter();
        let mut files = properties.filter(|(_, ids)| shape::file_type(schemas, ids).is_some());
        let (name, _) = files.next()?;
        files.next().is_none().then_some(name)
    }

    /// Whether bodies are JSON, so that a value may be null.
    pub(crate) fn is_json(&self) -> bool {
        let body = self.operation.body.as_ref();
        let media = body.and_then(|body| body.content.get(self.media));
        media.is_some_and(look::is_json)
    }

    /// A valid body; another `salt` makes other texts, wherever the document leaves them open.
    pub(crate) fn body(&self, recipe: Recipe, salt: &str) -> Option<Value> {
        let synthesizer = self.synthesizer(salt);
        let body = match recipe {
            Recipe::Full => synthesizer.value(self.schema, Extent::Full)?,
            Recipe::Minimal => synthesizer.value(self.schema, Extent::Minimal)?,
            Recipe::Example => self.example()?,
        };
        let mut body = self.carried(body);
        for (name, ids) in look::properties(&self.contract.api.schemas, &[self.schema]) {
            let Some(Value::String(_)) = body.get(&name) else {
                continue;
            };
            // What an example has for a pattern may say more than the pattern.
            let text = match recipe {
                Recipe::Example => self.text(&name, &ids, salt),
                Recipe::Full | Recipe::Minimal => self.own_text(&name, &ids, salt),
            };
            if let Some(text) = text {
                self.set(&mut body, &name, text);
            }
        }
        Some(body)
    }

    /// As much of a value as the media type can carry.
    fn carried(&self, value: Value) -> Value {
        if self.is_json() {
            value
        } else {
            spellable(value)
        }
    }

    /// The same body with another value in each property that can have one; `kept` are left as they are.
    pub(crate) fn changed(&self, body: &Value, kept: &[&str], scope: Scope, salt: &str) -> Value {
        let mut changed = body.clone();
        for (name, ids) in look::properties(&self.contract.api.schemas, &[self.schema]) {
            let own = body.get(&name).filter(|own| scope.has(own));
            let Some(own) = own.filter(|_| !kept.contains(&name.as_str())) else {
                continue;
            };
            if let Some(other) = self.other(&name, &ids, own, salt) {
                self.set(&mut changed, &name, other);
            }
        }
        changed
    }

    /// The same body with another value in one property.
    pub(crate) fn changed_in(&self, body: &Value, property: &str, salt: &str) -> Option<Value> {
        let properties = look::properties(&self.contract.api.schemas, &[self.schema]);
        let ids = properties.get(property)?;
        let other = self.other(property, ids, body.get(property)?, salt)?;
        let mut changed = body.clone();
        self.set(&mut changed, property, other).then_some(changed)
    }

    /// Bodies that have other values, which the document allows as well: at a bound, in foreign scripts, false and zero.
    pub(crate) fn variants(&self, body: &Value, kept: &[&str], most: usize) -> Vec<Value> {
        let synthesizer = self.synthesizer("variants");
        let properties = look::properties(&self.contract.api.schemas, &[self.schema]);
        let of = |(name, ids): (&String, &Vec<SchemaId>)| {
            let own = body.get(name).filter(|_| !kept.contains(&name.as_str()))?;
            let made = synthesizer.valid(*ids.first()?).into_iter();
            let alike = |value: &Value| {
                std::mem::discriminant(value) == std::mem::discriminant(own)
                    && value != own
                    && !is_bare(value)
            };
            let mut others: Vec<Value> = Vec::new();
            for value in made.map(|variation| variation.value).filter(alike) {
                if !others.contains(&value) {
                    others.push(value);
                }
            }
            Some((name.clone(), others))
        };
        let others: Vec<(String, Vec<Value>)> = properties.iter().filter_map(of).collect();
        let count = others.iter().map(|(_, values)| values.len()).max();
        let variant = |index: usize| {
            let mut variant = body.clone();
            for (name, values) in &others {
                if let Some(value) = values.get(index) {
                    self.set(&mut variant, name, value.clone());
                }
            }
            variant
        };
        (0..count.unwrap_or(0).min(most)).map(variant).collect()
    }

    /// The least body, with those values of another that both have.
    pub(crate) fn reduced(&self, body: &Value, salt: &str) -> Option<Value> {
        let mut least = self.body(Recipe::Minimal, salt)?;
        let names: Vec<String> = least.as_object()?.keys().cloned().collect();
        for name in names {
            if let Some(value) = body.get(&name) {
                self.set(&mut least, &name, value.clone());
            }
        }
        Some(least)
    }

    /// A valid body with another value in each of the fields that are the server's own; the field by its name.
    pub(crate) fn forged(&self, body: &Value, own: &Value, salt: &str) -> Vec<(String, Value)> {
        let schemas = &self.contract.api.schemas;
        let properties = look::properties(schemas, &[self.schema]);
        let forged = properties.iter().filter_map(|(name, ids)| {
            let read_only = shape::conjunction(schemas, ids)
                .iter()
                .any(|id| schemas[*id].read_only);
            let given = own.get(name).filter(|_| read_only)?;
            let other = self.other(name, ids, given, salt)?;
            let mut body = body.clone();
            body.as_object_mut()?.insert(name.clone(), other);
            Some((name.clone(), body))
        });
        forged.collect()
    }

    /// What of an answer can be sent again; `None` when that is no valid body.
    pub(crate) fn taken(&self, answer: &Value) -> Option<Value> {
        let properties = look::properties(&self.contract.api.schemas, &[self.schema]);
        let own = answer.as_object()?.iter();
        let own = own.filter(|(name, _)| properties.contains_key(*name));
        let body: serde_json::Map<_, _> = own
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let body = Value::Object(body);
        self.is_valid(&body).then_some(body)
    }

    /// Bodies that break one rule each, made from a valid one by breaking a property of it.
    pub(crate) fn broken(&self, body: &Value, salt: &str) -> Vec<Value> {
        let synthesizer = self.synthesizer(salt);
        let properties = look::properties(&self.contract.api.schemas, &[self.schema]);
        let broken = properties.iter().filter_map(|(name, ids)| {
            let mut wrong = synthesizer.invalid(*ids.first()?).into_iter();
            wrong.find_map(|variation| {
                let mut wrong = body.clone();
                wrong.as_object_mut()?.insert(name.clone(), variation.value);
                // Formats are annotations to many servers.
                let refused = variation.rule != "format" && !self.is_valid(&wrong);
                refused.then_some(wrong)
            })
        });
        broken.collect()
    }

    /// Puts a value in, if the body stays valid; says whether it did.
    pub(crate) fn set(&self, body: &mut Value, name: &str, value: Value) -> bool {
        let mut next = body.clone();
        let Some(fields) = next.as_object_mut() else {
            return false;
        };
        fields.insert(name.to_owned(), value);
        let valid = self.is_valid(&next);
        if valid {
            *body = next;
        }
        valid
    }

    pub(super) fn is_valid(&self, body: &Value) -> bool {
        self.contract
            .is_valid(self.schema, Direction::Request, body)
    }

    fn synthesizer(&self, salt: &str) -> Synthesizer<'a> {
        Synthesizer::new(self.contract, Direction::Request, hash(self.seed, salt))
    }

    fn example(&self) -> Option<Value> {
        let content = &self.operation.body.as_ref()?.content[self.media];
        let schema = &self.contract.api.schemas[self.contract.api.schemas.target(self.schema)];
        let documented = content
            .examples
            .iter()
            .filter_map(|example| example.value.as_ref());
        let inner = documented.filter_map(|value| value.pointer(&self.at));
        let mut all = inner.chain(&schema.examples);
        all.find(|value| self.is_valid(value)).cloned()
    }

    /// Another value for a property: another text, or another of the values that its schema spells out.
    fn other(&self, name: &str, ids: &[SchemaId], own: &Value, salt: &str) -> Option<Value> {
        let text = || self.text(name, ids, salt).filter(|text| text != own);
        if let Some(text) = own.is_string().then(text).flatten() {
            return Some(text);
        }
        let alike = |value: &Value| {
            std::mem::discriminant(value) == std::mem::discriminant(own)
                && value != own
                && !is_bare(value)
        };
        let made = self.synthesizer(salt).valid(*ids.first()?).into_iter();
        let mut others: Vec<Value> = made
            .map(|variation| self.carried(variation.value))
            .filter(alike)
            .collect();
        // A number at the end of a range of 64 bits is not what an update is about.
        others.sort_by_key(|value| value.as_f64().is_some_and(|number| number.abs() > 1e6));
        others.into_iter().next()
    }

    /// A text that is hardly there already, be it of a pattern.
    pub(crate) fn own_text(&self, name: &str, ids: &[SchemaId], salt: &str) -> Option<Value> {
        let text = self.text(name, ids, salt);
        text.or_else(|| self.by_pattern(ids, &format!("{salt} {name}")))
    }

    /// A text that a pattern allows, long enough to be another each time.
    fn by_pattern(&self, ids: &[SchemaId], salt: &str) -> Option<Value> {
        let shapes = shape::alternatives(&self.contract.api.schemas, ids);
        let shape = shapes.iter().find(|shape| shape.values.is_none())?;
        let pattern = shape.patterns.first()?;
        let length = (shape.length.least, shape.length.most.unwrap_or(u64::MAX));
        let random = fastrand::Rng::with_seed(hash(self.seed, salt));
        let text = matching(pattern, LONG, length, &random).map(Value::String);
        text.filter(|text| {
            let mut ids = ids.iter();
            ids.all(|id| self.contract.is_valid(*id, Direction::Request, text))
        })
    }

    /// A text of its own for a property; `None` where the document says which texts there are.
    fn text(&self, name: &str, ids: &[SchemaId], salt: &str) -> Option<Value> {
        let schemas = &self.contract.api.schemas;
        let shapes = shape::alternatives(schemas, ids);
        let shape = shapes.iter().find(|shape| shape.allows(Type::String))?;
        let by_pattern = !shape.patterns.is_empty();
        if shape.values.is_some() || by_pattern && shape.format.is_none() {
            return None;
        }
        let mark = format!("{:08x}", hash(self.seed, &format!("{salt} {name}")) >> 32);
        let text = match shape.format.as_deref() {
            None | Some("password") => {
                let most = shape
                    .length
                    .most
                    .and_then(|most| usize::try_from(most).ok());
                let text = format!("b{mark}");
                let mut text: String = text.chars().take(most.unwrap_or(usize::MAX)).collect();
                while (text.len() as u64) < shape.length.least.min(4096) {
                    text.push('x');
                }
                text
            }
            Some("email") => format!("b{mark}@example.com"),
            Some("uri" | "url") => format!("https://example.com/b{mark}"),
            Some("hostname") => format!("b{mark}.example.com"),
            Some("uuid") => format!("{mark}-0000-4000-8000-0000{mark}"),
            Some(_) => return None,
        };
        let text = Value::String(text);
        let allows = |id: &SchemaId| self.contract.is_valid(*id, Direction::Request, &text);
        (!by_pattern || ids.iter().all(allows)).then_some(text)
    }
}

/// A number that a seed and a text make together (FNV-1a, and a last mix so that all bits depend on all).
pub(crate) fn hash(seed: u64, salt: &str) -> u64 {
    let start = seed ^ 0xcbf2_9ce4_8422_2325;
    let hash = salt.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

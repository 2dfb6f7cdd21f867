//! Random values: what schemas allow and people seldom try.

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Type};
use fastrand::Rng;
use serde_json::{Map, json};

use super::{Extent, Synthesizer, number, pattern};
use crate::shape::{Bound, Shape};

/// How deep random values are nested.
const MAX_DEPTH: usize = 8;

/// How many schemas one random value is made of before the rest is as simple as can be.
const EFFORT: usize = 200;

/// The longest text and the longest array that chance makes.
const MAX_TEXT: u64 = 3000;
const MAX_ITEMS: u64 = 20;

/// Texts that programs stumble over: none, spaces, steps of paths, quotes, other scripts, marks that combine or turn the
/// direction, characters outside of the first plane, control characters, and what looks like something else.
const RARE: &[&str] = &[
    "",
    " ",
    "..",
    "../../x",
    "%2F",
    "%00",
    "'\"`",
    "<b>&amp;",
    "{{7*7}}",
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "\u{e9}t\u{e9} e\u{301}",
    "\u{202e}rtl \u{5e9}\u{5dc}",
    "\u{65e5}\u{672c}",
    "\u{1f980}\u{200d}\u{1f525}",
    "\u{0}",
    "\u{7}\u{1b}\r\n\t",
    "\u{feff}\u{ffff}",
];

/// The state of one random value: the source of chance, whether each part is validated, and how much was made.
struct Chance {
    random: Rng,
    careful: bool,
    made: usize,
    path: Vec<SchemaId>,
}

impl Synthesizer<'_> {
    /// A valid value that chance chose; `None` when the validator confirms none of a few. Most are valid as they are made, so
    /// that only after one that is not the parts are validated as well, each with all that is in it.
    pub(crate) fn random_value(&self, schema: SchemaId, seed: u64) -> Option<Value> {
        (0..4).find_map(|attempt| {
            let mut chance = Chance {
                random: Rng::with_seed(seed ^ (attempt << 60)),
                careful: attempt > 0,
                made: 0,
                path: Vec::new(),
            };
            let value = self.chosen(&[schema], &mut chance)?;
            self.contract.confirmed(schema, self.direction, value)
        })
    }

    /// A value of one of the shapes. Where chance fails, the simplest value takes its place.
    fn chosen(&self, schemas: &[SchemaId], chance: &mut Chance) -> Option<Value> {
        let simple = || self.part(schemas, Extent::Minimal, &mut Vec::new());
        let recurs = schemas.iter().any(|id| chance.path.contains(id));
        chance.made += 1;
        if chance.made > EFFORT || chance.path.len() > MAX_DEPTH || (recurs && chance.random.bool())
        {
            return simple();
        }
        let shapes = self.shapes(schemas);
        let shape = chance.random.choice(shapes.iter())?;
        chance.path.extend(schemas);
        let value = self.of_shape(shape, chance);
        chance.path.truncate(chance.path.len() - schemas.len());
        value
            .filter(|value| !chance.careful || self.all_hold(schemas, value))
            .or_else(simple)
    }

    fn of_shape(&self, shape: &Shape, chance: &mut Chance) -> Option<Value> {
        let known = shape.values.as_ref().unwrap_or(&shape.samples);
        if !known.is_empty() && (shape.values.is_some() || chance.random.u8(..) < 64) {
            return chance.random.choice(known).cloned();
        }
        match chance.random.choice(shape.likely_types())? {
            Type::Null => Some(Value::Null),
            Type::Boolean => Some(json!(chance.random.bool())),
            kind @ (Type::Integer | Type::Number) => {
                random_number(shape, *kind, &mut chance.random)
            }
            Type::String => random_text(shape, &mut chance.random).map(Value::String),
            Type::Array => self.random_array(shape, chance),
            Type::Object => self.random_object(shape, chance),
        }
    }

    fn random_array(&self, shape: &Shape, chance: &mut Chance) -> Option<Value> {
        let least = shape.fewest();
        let most = shape
            .count
            .most
            .unwrap_or(MAX_ITEMS)
            .min(MAX_ITEMS.max(least));
        let wanted = match chance.random.u8(..4) {
            0 => 0,
            1 => 1,
            2 => 2,
            _ => chance.random.u64(..=most),
        };
        let count = wanted.clamp(least, most.max(least));
        let mut items: Vec<Value> = Vec::new();
        for index in 0..usize::try_from(count).ok()? {
            let schemas = shape.item(index);
            let item = if schemas.is_empty() {
                Some(json!(index))
            } else {
                self.chosen(&schemas, chance)
            };
            let fresh = item.filter(|item| !shape.unique || !items.contains(item));
            items.extend(fresh);
        }
        Some(Value::Array(items))
    }

    fn random_object(&self, shape: &Shape, chance: &mut Chance) -> Option<Value> {
        let mut object = Map::with_capacity(shape.properties.len());
        for (name, schemas) in &shape.properties {
            if !self.is_sent(schemas) {
                continue;
            }
            let required = shape.required.contains(name);
            if required || chance.random.bool() {
                match self.chosen(schemas, chance) {
                    Some(value) => drop(object.insert(name.clone(), value)),
                    None if required => return None,
                    None => {}
                }
            }
        }
        let undeclared = shape
            .required
            .iter()
            .filter(|name| !shape.properties.contains_key(*name));
        let extra = (!shape.closed && chance.random.u8(..4) == 0).then(|| STRANGER.to_owned());
        for name in undeclared.cloned().chain(extra) {
            let value = if shape.additional.is_empty() {
                Some(json!("value"))
            } else {
                self.chosen(&shape.additional, chance)
            };
            object.extend(value.map(|value| (name, value)));
        }
        for (property, tag) in &shape.tags {
            object.insert(property.clone(), tag.clone());
        }
        Some(Value::Object(object))
    }
}

/// The name of a property that no document has.
const STRANGER: &str = "bindery_unknown";

/// A text of the pattern or format, or else a rare one, as short and as long as is allowed.
fn random_text(shape: &Shape, random: &mut Rng) -> Option<String> {
    let most = shape.length.most.unwrap_or(MAX_TEXT).min(MAX_TEXT);
    if let Some(own) = shape.patterns.first() {
        let seed = Rng::with_seed(random.u64(..));
        if let Some(text) = super::text::of_both(shape, None, &mut seed.clone()) {
            return Some(text);
        }
        return pattern::matching(own, 0, (shape.length.least, most), &seed);
    }
    let format = shape.format.as_deref();
    if let Some(text) = format.and_then(|name| super::format::valid(name, random)) {
        return Some(text);
    }
    let rare = *random.choice(RARE)?;
    let length = match random.u8(..8) {
        0 => most,
        1..4 => rare.chars().count() as u64,
        _ => random.u64(..=12),
    };
    let length = length.clamp(shape.length.least, most.max(shape.length.least));
    let filler = if random.bool() {
        rare
    } else {
        "abcXYZ019 -_.~"
    };
    let filler = if filler.is_empty() { "a" } else { filler };
    let length = usize::try_from(length).ok()?;
    Some(filler.chars().cycle().take(length).collect())
}

/// A number inside the range: at its ends, at the limits of what programs count with, or anywhere.
fn random_number(shape: &Shape, kind: Type, random: &mut Rng) -> Option<Value> {
    let end = |bound: Option<&Bound>| bound.and_then(|bound| bound.value.as_f64());
    let (low, high) = (end(shape.minimum.as_ref()), end(shape.maximum.as_ref()));
    let (from, to) = (
        low.unwrap_or(-1e6).max(-1e15),
        high.unwrap_or(1e6).min(1e15),
    );
    if from < to && random.bool() {
        let anywhere = from + random.f64() * (to - from);
        return match kind {
            Type::Number if shape.multiples.is_empty() => Some(json!(anywhere)),
            _ => number::allowed_near(shape, anywhere),
        };
    }
    number::notable(shape, kind, random).or_else(|| number::simple(shape, kind))
}

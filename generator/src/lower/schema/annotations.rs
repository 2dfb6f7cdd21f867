//! What is said to readers only (JSON Schema 2020-12 Validation §8, §9): examples, what a text holds, what is old.

use bindery_spec::Value;
use bindery_spec::model::Example;

use super::view::View;
use crate::ir::Type;
use crate::lower::notes::{code, line, url};

/// The most examples of one thing that are shown, and the most characters of a value: more says little, and disturbs the
/// reading.
const MOST: usize = 3;
const LONGEST: usize = 80;

/// What is said about a type.
pub(in crate::lower) fn of_type(view: &View) -> Vec<String> {
    let last = view.schemas().last();
    let deprecated = last.is_some_and(|schema| schema.deprecated);
    let shown = last
        .iter()
        .flat_map(|schema| &schema.examples)
        .filter_map(shown);
    let said = [old(deprecated), held(view), listed(shown)];
    said.into_iter().flatten().collect()
}

/// What is said about a property.
pub(in crate::lower) fn of_field(view: &View, ty: &Type) -> Vec<String> {
    let deprecated = old(view.schemas().any(|schema| schema.deprecated));
    let said = of_parameter(&[], view, ty);
    deprecated.into_iter().chain(said).collect()
}

/// What is said about a parameter or a header; that it is old, its code says.
pub(in crate::lower) fn of_parameter(own: &[Example], view: &View, ty: &Type) -> Vec<String> {
    // A type says by itself what is said about it.
    let depth = match ty {
        Type::Item(_) => 1,
        _ => usize::MAX,
    };
    let schemas = view.schemas().rev().take(depth);
    let values = schemas.flat_map(|schema| &schema.examples);
    let shown = own
        .iter()
        .filter_map(example)
        .chain(values.filter_map(shown));
    [held(view), listed(shown)].into_iter().flatten().collect()
}

/// A value as it stands in a text; `None` where it is too long.
pub(in crate::lower) fn shown(value: &Value) -> Option<String> {
    let text = value.to_string();
    let short = text.len() <= LONGEST && !text.contains('`');
    short.then(|| code(&text))
}

fn old(deprecated: bool) -> Option<String> {
    deprecated.then(|| "Deprecated.".to_owned())
}

/// What a text holds, and how.
fn held(view: &View) -> Option<String> {
    let media_type = view
        .schemas()
        .rev()
        .find_map(|own| own.content_media_type.as_deref());
    let encoding = view
        .schemas()
        .rev()
        .find_map(|own| own.content_encoding.as_deref());
    match (media_type, encoding) {
        (None, None) => None,
        (Some(media_type), None) => Some(format!("Holds {}.", code(media_type))),
        (None, Some(encoding)) => Some(format!("Encoded as {}.", code(encoding))),
        (Some(media_type), Some(encoding)) => Some(format!(
            "Holds {}, encoded as {}.",
            code(media_type),
            code(encoding)
        )),
    }
}

/// An example with what is said about it.
fn example(own: &Example) -> Option<String> {
    let value = own.value.as_ref().and_then(shown);
    let serialized = || {
        own.serialized
            .as_deref()
            .filter(|text| text.len() <= LONGEST)
    };
    let value = value
        .or_else(|| serialized().map(code))
        .or_else(|| own.external.as_deref().map(url))?;
    let words = [&own.summary, &own.description].into_iter().flatten();
    let words: Vec<_> = words.map(|text| line(text)).collect();
    let words = words.join(" ");
    if words.is_empty() || words.len() > LONGEST {
        return Some(value);
    }
    Some(format!("{value} ({})", words.trim_end_matches('.')))
}

fn listed(examples: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for example in examples {
        if all.len() < MOST && !all.contains(&example) {
            all.push(example);
        }
    }
    let noun = if all.len() == 1 {
        "Example"
    } else {
        "Examples"
    };
    (!all.is_empty()).then(|| format!("{noun}: {}.", all.join(", ")))
}

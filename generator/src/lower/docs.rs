//! Rustdoc: what the document says, with bounds, defaults and names on the wire.

use bindery_spec::Value;
use bindery_spec::model::{Body, Example, MediaType, Schema};

use super::notes::more;
use crate::ir::{Ask, Bound, Constraints, Name, Type};
use crate::lower::schema::annotations;
use crate::lower::schema::view::View;
use crate::markdown::to_rustdoc;

/// The docs of a type.
pub(super) fn of_type(view: &View, name: &Name) -> String {
    let mut docs = Docs::default();
    let described = view.schemas().rev().find(|schema| described(schema));
    if let Some(schema) = described {
        docs.markdown(&text_of(schema));
    }
    let wire = view
        .schemas()
        .last()
        .and_then(|schema| schema.name.as_deref());
    if let Some(wire) = wire.filter(|wire| **wire != **name) {
        docs.paragraph(&format!("Called `{wire}` in the document."));
    }
    let said = annotations::of_type(view);
    docs.paragraph(&said.join(" "));
    docs.external(view);
    docs.finish()
}

/// The description of a schema, or its title.
pub(super) fn of_schema(schema: &Schema) -> String {
    to_rustdoc(&text_of(schema))
}

/// The docs of a field.
pub(super) fn of_field(
    view: &View,
    ty: &Type,
    constraints: &Constraints,
    wire: &str,
    name: &Name,
) -> String {
    let mut docs = Docs::default();
    if let Some(text) = value_text(view, ty) {
        docs.markdown(text);
    }
    docs.facts(view, constraints, annotations::of_field(view, ty));
    docs.external(view);
    if !is_same(wire, name) {
        docs.paragraph(&format!("`{}` on the wire.", wire.replace('`', "'")));
    }
    docs.finish()
}

/// The docs of a parameter or a header.
pub(super) fn of_parameter(
    (description, examples): (Option<&str>, &[Example]),
    view: &View,
    ty: &Type,
    constraints: &Constraints,
) -> Docs {
    let mut docs = Docs::default();
    if let Some(text) = description.or_else(|| value_text(view, ty)) {
        docs.markdown(text);
    }
    let said = annotations::of_parameter(examples, view, ty);
    docs.facts(view, constraints, said);
    docs
}

/// What is said about a value: by the schema in its place, or by what it refers to where that is no type with docs of
/// its own.
fn value_text<'a>(view: &View<'a>, ty: &Type) -> Option<&'a str> {
    let mut all = view
        .schemas()
        .rev()
        .map(|schema| schema.description.as_deref());
    if matches!(ty, Type::Item(_)) {
        all.next().flatten()
    } else {
        all.flatten().next()
    }
}

fn described(schema: &Schema) -> bool {
    schema.description.is_some() || schema.title.is_some()
}

fn text_of(schema: &Schema) -> String {
    schema
        .description
        .clone()
        .or_else(|| schema.title.clone())
        .unwrap_or_default()
}

fn is_same(wire: &str, name: &Name) -> bool {
    wire == name.trim_start_matches("r#")
}

/// Rustdoc under construction.
#[derive(Debug, Default)]
pub(super) struct Docs {
    paragraphs: Vec<String>,
}

impl Docs {
    /// Adds what a document says in Markdown.
    pub(super) fn markdown(&mut self, text: &str) {
        self.paragraph(&to_rustdoc(text));
    }

    /// Adds a paragraph of our own.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.paragraphs.push(text.to_owned());
        }
    }

    /// Adds where more is written about what a schema describes.
    fn external(&mut self, view: &View) {
        let last = view.schemas().last();
        let external = last.and_then(|schema| schema.external_docs.as_ref());
        self.markdown(&more(external).unwrap_or_default());
    }

    /// Adds bounds, default, direction and what else is said, as one paragraph.
    fn facts(&mut self, view: &View, constraints: &Constraints, said: Vec<String>) {
        let mut facts = bounds(constraints);
        if let Some(default) = view
            .schemas()
            .rev()
            .find_map(|schema| schema.default.as_ref())
        {
            facts.extend(default_text(default));
        }
        if view.schemas().any(|schema| schema.read_only) {
            facts.push("Read-only.".to_owned());
        }
        if view.schemas().any(|schema| schema.write_only) {
            facts.push("Write-only.".to_owned());
        }
        facts.extend(said);
        self.paragraph(&facts.join(" "));
    }

    /// Whether nothing is said yet.
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.paragraphs.join("\n\n")
    }
}

fn default_text(default: &Value) -> Option<String> {
    let shown = annotations::shown(default).filter(|_| !default.is_null())?;
    Some(format!("Default: {shown}."))
}

/// The bounds as short sentences.
pub(super) fn bounds(constraints: &Constraints) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(range(
        constraints.minimum.as_ref(),
        constraints.maximum.as_ref(),
    ));
    if let Some(divisor) = &constraints.multiple_of {
        facts.push(format!("A multiple of {divisor}."));
    }
    facts.extend(count(
        constraints.min_length,
        constraints.max_length,
        "character",
    ));
    facts.extend(count(constraints.min_items, constraints.max_items, "item"));
    facts.extend(count(
        constraints.min_properties,
        constraints.max_properties,
        "entry",
    ));
    if constraints.unique_items {
        facts.push("Items must differ.".to_owned());
    }
    if let Some(pattern) = constraints
        .pattern
        .as_ref()
        .filter(|p| !p.contains(['`', '\n']))
    {
        facts.push(format!("Pattern: `{pattern}`."));
    }
    facts.extend(constraints.asks.iter().filter_map(listed));
    facts
}

/// The listed values of what is no enum, where they can be shown.
fn listed(ask: &Ask) -> Option<String> {
    let Ask::Enum(values) = ask else { return None };
    let scalar = |value: &Value| !value.is_array() && !value.is_object() && !value.is_string();
    let values: Vec<_> = values.iter().filter(|value| !value.is_null()).collect();
    let shown = !values.is_empty() && values.iter().all(|value| scalar(value));
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    shown.then(|| format!("One of {}.", values.join(", ")))
}

fn range(minimum: Option<&Bound>, maximum: Option<&Bound>) -> Option<String> {
    match (minimum, maximum) {
        (None, None) => None,
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => {
            Some(format!("From {} to {}.", min.value, max.value))
        }
        (min, max) => {
            let min = min.map(|b| {
                format!(
                    "{} {}",
                    if b.exclusive { "above" } else { "at least" },
                    b.value
                )
            });
            let max = max.map(|b| {
                format!(
                    "{} {}",
                    if b.exclusive { "below" } else { "at most" },
                    b.value
                )
            });
            let parts: Vec<_> = min.into_iter().chain(max).collect();
            Some(sentence(&parts.join(", ")))
        }
    }
}

fn count(min: Option<u64>, max: Option<u64>, noun: &str) -> Option<String> {
    let nouns = |n: u64| match (n, noun) {
        (1, noun) => noun.to_owned(),
        (_, "entry") => "entries".to_owned(),
        (_, noun) => format!("{noun}s"),
    };
    match (min.filter(|min| *min > 0), max) {
        (None, None) => None,
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {min} {}.", nouns(min))),
        (Some(min), Some(max)) => Some(format!("From {min} to {max} {}.", nouns(max))),
        (Some(min), None) => Some(format!("At least {min} {}.", nouns(min))),
        (None, Some(max)) => Some(format!("At most {max} {}.", nouns(max))),
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}

/// The docs of a request body.
pub(super) fn of_body(body: &Body, media_type: &MediaType) -> String {
    let mut docs = Docs::default();
    for text in [&body.description, &media_type.description] {
        docs.markdown(text.as_deref().unwrap_or_default());
    }
    docs.finish()
}

/// The first paragraph of a text.
pub(super) fn first_paragraph(text: &str) -> String {
    let lines = text
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// A short text is a sentence, whether the document ends it or not.
pub(super) fn with_stop(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A title as it stands in a sentence: `the Mixpeek API`, but `Stripe`.
pub(super) fn subject(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let last = title.rsplit(' ').next().unwrap_or_default();
    let common = ["API", "Service", "Server"]
        .iter()
        .any(|noun| last.eq_ignore_ascii_case(noun));
    let article = title.to_ascii_lowercase().starts_with("the ");
    match title.as_str() {
        "" => "an API without a name".to_owned(),
        title if common && !article => format!("the {title}"),
        title => title.to_owned(),
    }
}

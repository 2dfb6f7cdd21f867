//! The kinds of events that a stream has, by the schema of whole events (OpenAPI 3.2 §4.14.4.3).

use std::collections::HashSet;

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas, Type as Kind};

use super::plan::Plan;
use super::types::{Types, Use};
use super::view::{Part, View};
use crate::ir::Type;

/// How many kinds are told apart; unions may lead on from one to the next for ever.
const MAX_KINDS: usize = 500;

/// What is said when the stream ends, where servers do not just end it: no event of its own.
const DONE: &str = "[DONE]";

/// A kind of event.
#[derive(Debug)]
pub(in crate::lower) struct EventKind {
    /// The schema that describes it.
    pub(in crate::lower) schema: SchemaId,
    /// What the event is called.
    pub(super) names: Vec<String>,
    /// What is said of `data`.
    pub(in crate::lower) stated: Vec<SchemaId>,
    /// What the data is parsed to: `data` may have content of its own, or be described by itself. Nothing for text.
    pub(in crate::lower) content: Vec<SchemaId>,
}

/// The kinds that a schema describes: one for each branch of its unions.
pub(in crate::lower) fn kinds(schemas: &Schemas, event: SchemaId) -> Vec<EventKind> {
    let (mut open, mut kinds) = (vec![vec![Part::from(event)]], Vec::new());
    while let Some(parts) = open.pop() {
        let view = View::of(schemas, &parts);
        match view.branches().first() {
            Some(branches) if open.len() + kinds.len() < MAX_KINDS => {
                let real = view.real_branches(branches).into_iter().rev();
                open.extend(real.map(|id| view.with_branch(branches, id)));
            }
            _ => kinds.push(kind(&view, parts.last().map_or(event, |part| part.id))),
        }
    }
    let is_done = |own: &EventKind| {
        View::of(schemas, &parts(&own.stated)).values().as_deref() == Some(&[&DONE.into()])
    };
    kinds.retain(|own| !is_done(own));
    // A name that is given twice means the first.
    let mut known = HashSet::new();
    for kind in &mut kinds {
        kind.names.retain(|name| known.insert(name.clone()));
    }
    kinds
}

fn kind(view: &View, schema: SchemaId) -> EventKind {
    let schemas = view.schemas;
    let properties = view.properties();
    let own = properties.get("event").map_or(&[][..], Vec::as_slice);
    let names = View::of(schemas, &parts(own)).values().unwrap_or_default();
    let names = names
        .into_iter()
        .filter_map(Value::as_str)
        .map(str::to_owned);
    let stated = properties.get("data").cloned().unwrap_or_default();
    let content = stated
        .iter()
        .filter_map(|id| schemas[schemas.target(*id)].content_schema);
    let mut content: Vec<_> = content.collect();
    if content.is_empty() && !is_text(schemas, &stated) {
        content.clone_from(&stated);
    }
    EventKind {
        schema,
        names: names.collect(),
        stated,
        content,
    }
}

/// Whether a value is text, as far as is said.
pub(in crate::lower) fn is_text(schemas: &Schemas, ids: &[SchemaId]) -> bool {
    let kinds = View::of(schemas, &parts(ids)).types();
    kinds.is_empty() || kinds == [Kind::String]
}

fn parts(ids: &[SchemaId]) -> Vec<Part> {
    ids.iter().copied().map(Part::from).collect()
}

impl Types<'_, '_> {
    /// Lowers the data of events of several kinds, which the schema `event` describes.
    pub(in crate::lower) fn lower_data(&mut self, event: SchemaId, kinds: Vec<EventKind>) -> Type {
        let key = (vec![Part::from(event)], Use::Data);
        if let Some(ty) = self.known.get(&key) {
            return ty.clone();
        }
        let view = self.view(&key.0);
        self.lower_item(&key, None, Plan::Data(kinds), &view)
    }
}

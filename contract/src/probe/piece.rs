//! The piece of the document that a flaw breaks, so that a report can show both sides of it.

use std::collections::BTreeSet;

use bindery_spec::model::{MediaType, Operation, ParameterFormat, Schema, SchemaId, Schemas};
use bindery_spec::{Value, source::Place};
use serde_json::{Map, json};

use super::finding::Piece;
use crate::checks::Flaw;
use crate::validate::export::export;
use crate::validate::{Contract, Direction, Part, declared, rule, unescape};

/// The piece, as far as the place of the flaw leads to one.
pub(crate) fn piece(
    contract: &Contract,
    operation: &Operation,
    flaw: &Flaw,
    status: Option<u16>,
) -> Option<Piece> {
    let finder = Finder {
        schemas: &contract.api.schemas,
        pointer: &flaw.spot.pointer,
        rule: &flaw.rule,
    };
    let response = || declared(operation, status?);
    match &flaw.spot.part {
        Part::Parameter(location, name) => {
            let mut own = operation.parameters.iter();
            let parameter =
                own.find(|own| own.location == *location && own.name.eq_ignore_ascii_case(name))?;
            if flaw.rule == rule::REQUIRED && flaw.spot.pointer.is_empty() {
                let value = json!({ "name": parameter.name, "required": parameter.required });
                return Some(at(&parameter.place, value));
            }
            finder.format(&parameter.format, Direction::Request)
        }
        Part::Body => {
            let body = operation.body.as_ref()?;
            if flaw.rule == rule::REQUIRED && flaw.spot.pointer.is_empty() {
                return Some(at(&body.place, json!({ "required": body.required })));
            }
            finder.content(&body.content, Direction::Request)
        }
        Part::ContentType => {
            let body = operation.body.as_ref()?;
            Some(at(&body.place, json!({ "content": names(&body.content) })))
        }
        Part::ResponseBody => finder.content(&response()?.content, Direction::Response),
        Part::ResponseHeader(name) if name.eq_ignore_ascii_case("content-type") => {
            let response = response()?;
            Some(at(
                &response.place,
                json!({ "content": names(&response.content) }),
            ))
        }
        Part::ResponseHeader(name) => {
            let mut own = response()?.headers.iter();
            let header = own.find(|header| header.name.eq_ignore_ascii_case(name))?;
            if flaw.rule == rule::REQUIRED {
                let value = json!({ "required": header.required });
                return Some(at(&header.place, value));
            }
            finder.format(&header.format, Direction::Response)
        }
        Part::Status => {
            let codes = operation.responses.iter();
            let codes: Vec<String> = codes.map(|response| response.status.to_string()).collect();
            Some(at(&operation.place, json!({ "responses": codes })))
        }
        _ => None,
    }
}

fn at(place: &Place, value: Value) -> Piece {
    Piece {
        pointer: place.pointer.to_string(),
        value,
        file: None,
        line: None,
        place: Some(place.clone()),
    }
}

fn names(content: &[MediaType]) -> Vec<&str> {
    content.iter().map(|media| media.name.as_str()).collect()
}

/// Looks for the schema that speaks about a place in a value.
struct Finder<'a> {
    schemas: &'a Schemas,
    pointer: &'a str,
    rule: &'a str,
}

impl Finder<'_> {
    fn format(&self, format: &ParameterFormat, direction: Direction) -> Option<Piece> {
        match format {
            ParameterFormat::Style { schema, .. } => Some(self.schema(*schema, direction)),
            ParameterFormat::Content(media) => Some(self.schema(media.schema?, direction)),
        }
    }

    fn content(&self, content: &[MediaType], direction: Direction) -> Option<Piece> {
        let schema = content.iter().find_map(|media| media.schema)?;
        Some(self.schema(schema, direction))
    }

    fn schema(&self, root: SchemaId, direction: Direction) -> Piece {
        let mut level = self.together(vec![root]);
        // What must be there is the word of the schema around it.
        let parent = self
            .pointer
            .rsplit_once('/')
            .map_or("", |(parent, _)| parent);
        let missing = self.rule == rule::REQUIRED;
        let pointer = if missing { parent } else { self.pointer };
        for step in pointer.split('/').skip(1) {
            let step = unescape(step);
            let below = level
                .iter()
                .flat_map(|id| below(&self.schemas[*id], &step))
                .collect();
            let below = self.together(below);
            // What no schema speaks about is the business of the one above.
            if below.is_empty() {
                break;
            }
            level = below;
        }
        let shown = level.iter().map(|id| (*id, self.shallow(*id, direction)));
        let shown: Vec<(SchemaId, Map<String, Value>)> = shown.collect();
        let stating = shown
            .iter()
            .position(|(_, node)| node.contains_key(self.rule));
        let (id, node) = &shown[stating.unwrap_or(0)];
        at(&self.schemas[*id].place, Value::Object(node.clone()))
    }

    /// The schemas that hold, or may hold, for the same value.
    fn together(&self, roots: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut seen = BTreeSet::new();
        let mut queue = std::collections::VecDeque::from(roots);
        let mut found = Vec::new();
        while let Some(id) = queue.pop_front() {
            if !seen.insert(id) {
                continue;
            }
            found.push(id);
            let schema = &self.schemas[id];
            let references = [&schema.reference, &schema.dynamic_reference];
            queue.extend(references.into_iter().flatten().map(|to| to.target));
            queue.extend(schema.all_of.iter().chain(&schema.one_of));
            queue.extend(schema.any_of.iter().copied());
        }
        found
    }

    /// What a schema states by itself: the broken keyword, and what is short.
    fn shallow(&self, id: SchemaId, direction: Direction) -> Map<String, Value> {
        let Value::Object(mut node) = export(self.schemas, id, direction) else {
            return Map::new();
        };
        node.retain(|keyword, value| {
            keyword == self.rule || keyword == "type" || !(value.is_object() || value.is_array())
        });
        node
    }
}

/// The schemas of one step into a value.
fn below(schema: &Schema, step: &str) -> Vec<SchemaId> {
    let mut found: Vec<SchemaId> = schema.properties.get(step).copied().into_iter().collect();
    if found.is_empty() {
        found.extend(schema.additional_properties);
        found.extend(schema.pattern_properties.values().copied());
    }
    if let Ok(index) = step.parse::<usize>() {
        found.extend(schema.prefix_items.get(index).copied().or(schema.items));
    }
    found
}

//! What answers have in them of all that the document describes: fields, values and media types.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use bindery_spec::Value;
use bindery_spec::model::{Operation, Response, Schema, SchemaId, Schemas};
use http::header::CONTENT_TYPE;

use super::Covered;
use crate::validate::media::{self, ContentType, Format};
use crate::validate::{Contract, declared, escape};

/// How much of a response is awaited at most.
const MAX_AWAITED: usize = 1_000;

/// How many items of a list are looked at.
const MAX_ITEMS: usize = 100;

/// How many answers are remembered as seen before.
const MAX_KNOWN: usize = 1_000;

/// What is described of the answers of an operation, and did not come yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Awaited {
    rest: BTreeSet<Trait>,
    media_types: BTreeSet<String>,
    /// How many fields and values there are in all.
    all: (usize, usize),
    /// Answers that were looked at, since many are the same.
    known: BTreeSet<u64>,
}

/// Something that answers may have: the status under which it is described, where it stands, and its value where only
/// some are allowed.
type Trait = (String, String, Option<String>);

impl Awaited {
    /// Everything that an operation's answers may have.
    pub(crate) fn of(contract: &Contract, operation: &Operation) -> Self {
        let mut awaited = Self::default();
        for response in &operation.responses {
            let status = response.status.to_string();
            let names = response
                .content
                .iter()
                .map(|media| format!("{status} {}", media.name));
            awaited.media_types.extend(names);
            if let Some(schema) = json_schema(response) {
                let mut walk = Walk::new(&contract.api.schemas, &status);
                walk.describe(&[schema], "", &mut Vec::new());
                awaited.rest.extend(walk.found);
            }
        }
        awaited.all = counts(&awaited.rest);
        awaited
    }

    /// Takes off what an answer has.
    pub(crate) fn saw(
        &mut self,
        operation: &Operation,
        contract: &Contract,
        answer: &http::Response<bytes::Bytes>,
    ) {
        let Some(response) = declared(operation, answer.status().as_u16()) else {
            return;
        };
        let status = response.status.to_string();
        self.saw_media_type(response, &status, answer);
        let waits = self.rest.iter().any(|(own, ..)| *own == status);
        let Some(schema) =
            json_schema(response).filter(|_| waits && self.is_new(&status, answer.body()))
        else {
            return;
        };
        if let Ok(value) = serde_json::from_slice::<Value>(answer.body()) {
            let mut walk = Walk::new(&contract.api.schemas, &status);
            walk.compare(&[schema], &value, "");
            self.rest.retain(|own| !walk.found.contains(own));
        }
    }

    fn saw_media_type(
        &mut self,
        response: &Response,
        status: &str,
        answer: &http::Response<bytes::Bytes>,
    ) {
        let name = answer
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|name| name.to_str().ok());
        let used = name.and_then(ContentType::parse);
        if let Some(media) = used.and_then(|used| media::choose(&response.content, &used)) {
            self.media_types.remove(&format!("{status} {}", media.name));
        }
    }

    fn is_new(&mut self, status: &str, body: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        (status, body).hash(&mut hasher);
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        self.known.insert(hasher.finish())
    }

    /// Writes down what never came.
    pub(crate) fn note(&self, covered: &mut Covered) {
        (covered.fields, covered.values) = self.all;
        covered.unseen_media_types = self.media_types.iter().cloned().collect();
        for (status, at, value) in &self.rest {
            match value {
                None => covered.unseen_fields.push(format!("{status} {at}")),
                Some(value) => covered.unseen_values.push(format!("{status} {at} {value}")),
            }
        }
    }
}

/// How many fields there are, and how many values.
fn counts(traits: &BTreeSet<Trait>) -> (usize, usize) {
    let fields = traits.iter().filter(|(.., value)| value.is_none()).count();
    (fields, traits.len() - fields)
}

fn json_schema(response: &Response) -> Option<SchemaId> {
    let mut content = response.content.iter();
    let json = content.find(|media| media::format_of(&media.name) == Format::Json);
    json.and_then(|media| media.schema)
}

/// A walk over schemas, alone or beside a value.
struct Walk<'a> {
    schemas: &'a Schemas,
    status: &'a str,
    found: BTreeSet<Trait>,
}

impl<'a> Walk<'a> {
    fn new(schemas: &'a Schemas, status: &'a str) -> Self {
        Self {
            schemas,
            status,
            found: BTreeSet::new(),
        }
    }

    fn find(&mut self, at: &str, value: Option<&Value>) {
        if self.found.len() < MAX_AWAITED {
            let value = value.map(Value::to_string);
            self.found
                .insert((self.status.to_owned(), at.to_owned(), value));
        }
    }

    /// Everything that the schemas describe, once where they lead back to themselves.
    fn describe(&mut self, ids: &[SchemaId], at: &str, path: &mut Vec<SchemaId>) {
        let nodes = self.together(ids);
        if self.found.len() >= MAX_AWAITED || nodes.iter().any(|id| path.contains(id)) {
            return;
        }
        let before = path.len();
        path.extend(&nodes);
        for value in nodes
            .iter()
            .flat_map(|id| self.schemas[*id].values.iter().flatten())
        {
            self.find(at, Some(value));
        }
        for (step, below) in self.steps(&nodes) {
            let at = format!("{at}/{step}");
            if step != "*" {
                self.find(&at, None);
            }
            self.describe(&below, &at, path);
        }
        path.truncate(before);
    }

    /// What of it a value has.
    fn compare(&mut self, ids: &[SchemaId], value: &Value, at: &str) {
        let nodes = self.together(ids);
        if nodes.iter().any(|id| self.schemas[*id].values.is_some()) {
            self.find(at, Some(value));
        }
        for (step, below) in self.steps(&nodes) {
            let at = format!("{at}/{step}");
            match value {
                Value::Array(items) if step == "*" => {
                    items
                        .iter()
                        .take(MAX_ITEMS)
                        .for_each(|item| self.compare(&below, item, &at));
                }
                Value::Object(fields) if step == "*" => {
                    let fields = fields.values().take(MAX_ITEMS);
                    fields.for_each(|field| self.compare(&below, field, &at));
                }
                Value::Object(fields) => {
                    let own = fields.iter().find(|(name, _)| escape(name) == step);
                    if let Some((_, field)) = own {
                        self.find(&at, None);
                        self.compare(&below, field, &at);
                    }
                }
                _ => {}
            }
        }
    }

    /// The schemas that hold, or may hold, for the same value.
    fn together(&self, ids: &[SchemaId]) -> Vec<SchemaId> {
        let mut found: Vec<SchemaId> = Vec::new();
        let mut queue: Vec<SchemaId> = ids.iter().rev().copied().collect();
        while let Some(id) = queue.pop() {
            if found.contains(&id) {
                continue;
            }
            found.push(id);
            let Schema {
                reference,
                all_of,
                one_of,
                any_of,
                ..
            } = &self.schemas[id];
            queue.extend(all_of.iter().chain(one_of).chain(any_of));
            queue.extend(reference.iter().map(|to| to.target));
        }
        found
    }

    /// The parts of a value, each with its schemas: properties, and `*` for items and other properties. What only
    /// requests have does not come back.
    fn steps(&self, nodes: &[SchemaId]) -> Vec<(String, Vec<SchemaId>)> {
        let mut steps: indexmap::IndexMap<String, Vec<SchemaId>> = indexmap::IndexMap::new();
        for id in nodes {
            let schema = &self.schemas[*id];
            let properties = schema.properties.iter();
            let sent = properties.filter(|(_, id)| !self.schemas[**id].write_only);
            for (name, id) in sent {
                steps.entry(escape(name)).or_default().push(*id);
            }
            let others = schema.items.iter().chain(&schema.additional_properties);
            for id in others.filter(|id| self.schemas[**id].boolean.is_none()) {
                steps.entry("*".to_owned()).or_default().push(*id);
            }
        }
        steps.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bindery_spec::read_text;
    use http::Response;

    use super::*;

    const THINGS: &str = r"
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: All.
          content:
            application/json: { schema: { $ref: '#/components/schemas/List' } }
            text/csv: {}
components:
  schemas:
    List: { type: object, properties: { items: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }
    Thing:
      type: object
      properties: { state: { enum: [on, off] }, note: { type: string }, parts: { $ref: '#/components/schemas/List' } }
";

    #[test]
    fn what_never_came_is_named() {
        let api = read_text("things.yaml", THINGS).api.expect("a document");
        let contract = Contract::new(Arc::new(api));
        let operation = &contract.api.operations[0];
        let mut awaited = Awaited::of(&contract, operation);
        let answer = r#"{"items":[{"state":"on"},{"parts":{}}]}"#;
        let answer = Response::builder()
            .header("content-type", "application/json")
            .body(answer.into());
        awaited.saw(operation, &contract, &answer.expect("an answer"));
        let mut covered = Covered::default();
        awaited.note(&mut covered);
        assert_eq!((covered.fields, covered.values), (4, 2));
        assert_eq!(covered.unseen_fields, ["200 /items/*/note"]);
        assert_eq!(covered.unseen_values, ["200 /items/*/state \"off\""]);
        assert_eq!(covered.unseen_media_types, ["200 text/csv"]);
    }
}

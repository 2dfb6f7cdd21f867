//! The schemas of a document compiled once for each direction, and what they say about a value.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use bindery_spec::model::{Schema, SchemaId, Schemas};
use bindery_spec::source::Place;
use bindery_spec::{Diagnostic, Diagnostics, Value};
use jsonschema::{ValidationError, Validator};
use serde_json::Map;

use super::errors;
use super::export::{Direction, definitions, reference};
use super::violation::{Part, Violation};

/// The compiled schemas of a document.
///
/// All of them are compiled together, so that what many refer to is compiled once: schemas of large documents lead to
/// each other, and each alone would bring most of the others along.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    request: OnceLock<Option<Validator>>,
    response: OnceLock<Option<Validator>>,
    patterns: Mutex<BTreeMap<String, bool>>,
    diagnostics: Mutex<Diagnostics>,
}

impl Compiled {
    /// What a schema has to say against a value; nothing when the schema itself cannot be compiled.
    pub(crate) fn check(
        &self,
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
        value: &Value,
        part: &Part,
    ) -> Vec<Violation> {
        let Some(validator) = self.validator(schemas, direction) else {
            return Vec::new();
        };
        let selected = select(id, value.clone());
        // Most values are valid, and to see that takes far less than to look for errors.
        if validator.is_valid(&selected) {
            return Vec::new();
        }
        let mut violations: Vec<Violation> = validator
            .iter_errors(&selected)
            .flat_map(|error| errors::violations(error, part))
            .collect();
        let prefix = format!("/{}", id.0);
        for violation in &mut violations {
            let pointer = &mut violation.spot.pointer;
            pointer.drain(..prefix.len().min(pointer.len()));
        }
        violations
    }

    /// Whether a value is valid; everything is for a schema that cannot be compiled.
    pub(crate) fn is_valid(
        &self,
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
        value: &Value,
    ) -> bool {
        self.confirmed(schemas, id, direction, value.clone())
            .is_some()
    }

    /// A value, where it is valid; everything is for a schema that cannot be compiled. To look at a value that is lent takes a
    /// copy of it.
    pub(crate) fn confirmed(
        &self,
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
        value: Value,
    ) -> Option<Value> {
        let Some(validator) = self.validator(schemas, direction) else {
            return Some(value);
        };
        let selected = select(id, value);
        let Value::Object(selected) = validator.is_valid(&selected).then_some(selected)? else {
            return None;
        };
        selected.into_values().next()
    }

    /// Compiles the schemas for both directions.
    pub(crate) fn prepare(&self, schemas: &Schemas) {
        for direction in [Direction::Request, Direction::Response] {
            self.validator(schemas, direction);
        }
    }

    /// What could not be compiled so far.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        self.diagnostics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn validator(&self, schemas: &Schemas, direction: Direction) -> Option<&Validator> {
        let compiled = match direction {
            Direction::Request => &self.request,
            Direction::Response => &self.response,
        };
        compiled
            .get_or_init(|| self.compile(schemas, direction))
            .as_ref()
    }

    /// Compiles all schemas. One that the engine refuses allows everything, with a diagnostic, and the others stay.
    fn compile(&self, schemas: &Schemas, direction: Direction) -> Option<Validator> {
        let checkable = |pattern: &str, schema: &Schema| self.is_checkable(pattern, schema);
        let mut definitions = definitions(schemas, direction, &checkable);
        loop {
            let document = document(definitions);
            let error = match options().build(&document) {
                Ok(validator) => return Some(validator),
                Err(error) => error,
            };
            let refused = refused(&document, &error);
            definitions = taken_apart(document);
            let mut changed = false;
            for (name, reason) in refused {
                changed |=
                    definitions.insert(name.clone(), Value::Bool(true)) != Some(Value::Bool(true));
                self.report_unchecked(schemas, &name, &reason);
            }
            if !changed {
                self.report_unchecked(schemas, "0", &error.to_string());
                return None;
            }
        }
    }

    fn report_unchecked(&self, schemas: &Schemas, name: &str, reason: &str) {
        let schema = name.parse().ok().map(SchemaId);
        if let Some(schema) = schema.filter(|id| (id.0 as usize) < schemas.len()) {
            let message = format!("values are not checked against this schema: {reason}");
            self.report("schema-not-checked", &schemas[schema].place, &message);
        }
    }

    /// Whether the engine understands a pattern; asked once for each pattern, with one diagnostic where it does not.
    fn is_checkable(&self, pattern: &str, root: &Schema) -> bool {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        *patterns.entry(pattern.to_owned()).or_insert_with(|| {
            let known = options()
                .build(&serde_json::json!({ "pattern": pattern }))
                .is_ok();
            if !known {
                self.report(
                    "pattern-not-checked",
                    &root.place,
                    &format!("the pattern `{pattern}` is not understood"),
                );
            }
            known
        })
    }

    /// Notes what is not checked, each once.
    pub(super) fn report(&self, code: &'static str, place: &Place, message: &str) {
        let diagnostic = Diagnostic::warning(code, place, message);
        let mut known = self
            .diagnostics
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let same = |own: &Diagnostic| {
            own.code == diagnostic.code
                && own.message == diagnostic.message
                && own.at == diagnostic.at
        };
        if !known.iter().any(same) {
            known.push(diagnostic);
        }
    }
}

/// The value as an object that says by its only key which schema it is for.
fn select(id: SchemaId, value: Value) -> Value {
    Value::Object(Map::from_iter([(id.0.to_string(), value)]))
}

/// One schema with all definitions, that holds the value under a key to the definition of that name.
fn document(definitions: Map<String, Value>) -> Value {
    let names = definitions.keys();
    let entries: Map<_, _> = names.map(|name| (name.clone(), reference(name))).collect();
    let parts = [("properties", entries), ("$defs", definitions)];
    let parts = parts.map(|(keyword, part)| (keyword.to_owned(), Value::Object(part)));
    Value::Object(Map::from_iter(parts))
}

fn taken_apart(document: Value) -> Map<String, Value> {
    match document {
        Value::Object(mut document) => match document.remove("$defs") {
            Some(Value::Object(definitions)) => definitions,
            _ => Map::new(),
        },
        _ => Map::new(),
    }
}

/// The definitions that cannot be compiled, by name, each with the reason.
fn refused(document: &Value, error: &ValidationError<'_>) -> BTreeMap<String, String> {
    let name = |pointer: &str| {
        let rest = pointer.strip_prefix("/$defs/")?;
        rest.split('/').next().map(str::to_owned)
    };
    let of = |error: &ValidationError<'_>| {
        let paths = [error.instance_path().as_str(), error.schema_path().as_str()];
        let name = paths.into_iter().find_map(name)?;
        Some((name, error.to_string()))
    };
    let meta = jsonschema::draft202012::meta::validator();
    let mut refused: BTreeMap<_, _> = meta
        .iter_errors(document)
        .filter_map(|error| of(&error))
        .collect();
    if refused.is_empty() {
        refused.extend(of(error));
    }
    refused
}

fn options<'i>() -> jsonschema::ValidationOptions<'i> {
    jsonschema::draft202012::options()
        .offline()
        .should_validate_formats(true)
        .with_format("byte", is_base64)
}

/// Base64 with the standard alphabet and padding (RFC 4648 §4), as OpenAPI 3.0's `byte` has it.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}

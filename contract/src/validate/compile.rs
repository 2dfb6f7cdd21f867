//! Schemas compiled once for each direction, and what they say about a value.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bindery_spec::model::{Schema, SchemaId, Schemas};
use bindery_spec::{Diagnostic, Diagnostics, Value};
use jsonschema::Validator;

use super::errors;
use super::export::{Direction, export, only_reference};
use super::violation::{Part, Violation};

/// A schema that is compiled when it is first needed; nothing inside where it could not be compiled.
type Entry = Arc<OnceLock<Option<Arc<Validator>>>>;

/// The compiled schemas of a document.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    validators: Mutex<BTreeMap<(SchemaId, Direction), Entry>>,
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
        match self.entry(schemas, id, direction).get() {
            Some(Some(validator)) => validator
                .iter_errors(value)
                .flat_map(|error| errors::violations(error, part))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a value is valid; everything is for a schema that cannot be compiled.
    pub(crate) fn is_valid(
        &self,
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
        value: &Value,
    ) -> bool {
        match self.entry(schemas, id, direction).get() {
            Some(Some(validator)) => validator.is_valid(value),
            _ => true,
        }
    }

    /// What could not be compiled so far.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        self.diagnostics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The compiled schema. It is compiled outside of the lock, so that others are not held up meanwhile.
    fn entry(&self, schemas: &Schemas, id: SchemaId, direction: Direction) -> Entry {
        let entry = {
            let mut validators = self
                .validators
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Arc::clone(validators.entry((id, direction)).or_default())
        };
        entry.get_or_init(|| self.compile(schemas, id, direction));
        entry
    }

    /// A schema that only refers to one with a name is checked by what that one was compiled to.
    fn compile(
        &self,
        schemas: &Schemas,
        id: SchemaId,
        direction: Direction,
    ) -> Option<Arc<Validator>> {
        if let Some(target) = only_reference(schemas, id, direction) {
            return self.entry(schemas, target, direction).get()?.clone();
        }
        let schema = export(schemas, id, direction, &|pattern| {
            self.is_checkable(pattern, &schemas[id])
        });
        match options().build(&schema) {
            Ok(validator) => Some(Arc::new(validator)),
            Err(error) => {
                self.report(
                    "schema-not-checked",
                    &schemas[id],
                    &format!("values are not checked against this schema: {error}"),
                );
                None
            }
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
                    root,
                    &format!("the pattern `{pattern}` is not understood"),
                );
            }
            known
        })
    }

    fn report(&self, code: &'static str, schema: &Schema, message: &str) {
        self.diagnostics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Diagnostic::warning(code, &schema.place, message));
    }
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

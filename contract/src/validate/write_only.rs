//! Write-only values that come back (JSON Schema 2020-12 Validation §9.4).

use bindery_spec::Value;
use bindery_spec::model::{SchemaId, Schemas};

use super::json::{self, escape};
use super::violation::{Part, Spot, Violation, rule};
use crate::shape::conjunction;

/// The write-only values in a JSON body. Unions are not looked into: which branch holds is not known here.
pub(super) fn check(schemas: &Schemas, schema: SchemaId, bytes: &[u8]) -> Vec<Violation> {
    let mut violations = Vec::new();
    if let Ok(parsed) = json::parse(bytes) {
        walk(schemas, schema, &parsed.value, "", &mut violations);
    }
    violations
}

fn walk(
    schemas: &Schemas,
    schema: SchemaId,
    value: &Value,
    at: &str,
    violations: &mut Vec<Violation>,
) {
    let nodes = conjunction(schemas, &[schema]);
    if !at.is_empty() && nodes.iter().any(|id| schemas[*id].write_only) {
        let spot = Spot::inside(Part::ResponseBody, at);
        violations.push(Violation::new(
            spot,
            rule::WRITE_ONLY,
            "a write-only value came back",
        ));
        return;
    }
    for id in nodes {
        match value {
            Value::Object(fields) => {
                for (name, property) in &schemas[id].properties {
                    if let Some(field) = fields.get(name) {
                        walk(
                            schemas,
                            *property,
                            field,
                            &format!("{at}/{}", escape(name)),
                            violations,
                        );
                    }
                }
            }
            Value::Array(items) => {
                for (items_schema, (index, item)) in schemas[id]
                    .items
                    .iter()
                    .flat_map(|id| std::iter::repeat(id).zip(items.iter().enumerate()))
                {
                    walk(
                        schemas,
                        *items_schema,
                        item,
                        &format!("{at}/{index}"),
                        violations,
                    );
                }
            }
            _ => {}
        }
    }
}

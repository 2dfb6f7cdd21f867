//! The validator's errors as violations: of a union, those of the branch that was meant.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use super::violation::{Part, Spot, Violation};

/// What one error says, with the rule that was broken and where.
pub(super) fn violations(error: ValidationError<'_>, part: &Part) -> Vec<Violation> {
    let keyword = keyword(&error);
    let pointer = error.instance_path().as_str().to_owned();
    let message = error.to_string();
    let parts = error.into_parts();
    match parts.kind {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            closest(context, &pointer).map_or_else(
                || vec![violation(part, &pointer, &keyword, &message)],
                |errors| {
                    errors
                        .into_iter()
                        .flat_map(|error| violations(error, part))
                        .collect()
                },
            )
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default().to_owned();
            let pointer = format!("{pointer}/{}", super::json::escape(&name));
            vec![violation(
                part,
                &pointer,
                &keyword,
                &format!("the property `{name}` is missing"),
            )]
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                let pointer = format!("{pointer}/{}", super::json::escape(name));
                violation(
                    part,
                    &pointer,
                    &keyword,
                    &format!("the property `{name}` is not allowed"),
                )
            })
            .collect(),
        _ => vec![violation(part, &pointer, &keyword, &message)],
    }
}

/// The keyword of the schema that is broken. The library has one kind of error for what is required always and what is
/// required beside another property, and one for the schema `false` wherever it stands.
fn keyword(error: &ValidationError<'_>) -> String {
    let path = error.schema_path().as_str();
    match error.kind() {
        ValidationErrorKind::Required { .. } if path.contains("/dependentRequired") => {
            "dependentRequired".to_owned()
        }
        ValidationErrorKind::FalseSchema => {
            let keyword = path
                .rsplit('/')
                .find(|step| KEYWORDS_WITH_SCHEMA.contains(step));
            keyword.unwrap_or("falseSchema").to_owned()
        }
        kind => kind.keyword().to_owned(),
    }
}

/// The keywords under which a schema `false` rules out what is there.
const KEYWORDS_WITH_SCHEMA: [&str; 6] = [
    "items",
    "properties",
    "patternProperties",
    "propertyNames",
    "contains",
    "additionalItems",
];

/// The branch that was most likely meant: the only one that fits the value's own type, tag and constants.
fn closest(
    branches: Vec<Vec<ValidationError<'static>>>,
    pointer: &str,
) -> Option<Vec<ValidationError<'static>>> {
    let mut fitting: Vec<_> = branches
        .into_iter()
        .filter(|errors| fits(errors, pointer))
        .collect();
    if fitting.len() == 1 {
        fitting.pop()
    } else {
        None
    }
}

/// Whether a branch was meant: it does not refuse the value's type, nor a constant or a tag directly in it.
fn fits(errors: &[ValidationError<'_>], pointer: &str) -> bool {
    let depth = |path: &str| path.matches('/').count();
    !errors.iter().any(|error| {
        let path = error.instance_path().as_str();
        match error.kind() {
            ValidationErrorKind::Type { .. } | ValidationErrorKind::FalseSchema => path == pointer,
            ValidationErrorKind::Constant { .. } => depth(path) <= depth(pointer) + 1,
            // The tags of a discriminator are stated under `allOf`.
            ValidationErrorKind::Enum { .. } => {
                depth(path) == depth(pointer) + 1
                    && error
                        .schema_path()
                        .as_str()
                        .contains("/allOf/1/properties/")
            }
            _ => false,
        }
    })
}

fn violation(part: &Part, pointer: &str, keyword: &str, message: &str) -> Violation {
    Violation::new(
        Spot::inside(part.clone(), pointer),
        keyword,
        shortened(message),
    )
}

/// A message without the whole of a long value in it.
fn shortened(message: &str) -> String {
    const LIMIT: usize = 240;
    match message.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…{}", &message[..end - 60], tail(message, 60)),
        None => message.to_owned(),
    }
}

fn tail(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(count - 1)
        .map_or(0, |(at, _)| at);
    &text[start..]
}

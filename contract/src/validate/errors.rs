//! The validator's errors as violations: of a union, those of the branch that was meant.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use super::violation::{Part, Spot, Violation};

/// What one error says, with the rule that was broken and where.
pub(super) fn violations(error: ValidationError<'_>, part: &Part) -> Vec<Violation> {
    let overlaps = is_overlap(&error);
    let mut found = broken(error, part);
    for own in &mut found {
        own.overlaps |= overlaps;
    }
    found
}

/// Whether nothing would be wrong if each `oneOf` were an `anyOf`.
fn is_overlap(error: &ValidationError<'_>) -> bool {
    match error.kind() {
        ValidationErrorKind::OneOfMultipleValid { .. } => true,
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let mut branches = context.iter();
            branches.any(|errors| !errors.is_empty() && errors.iter().all(is_overlap))
        }
        _ => false,
    }
}

fn broken(error: ValidationError<'_>, part: &Part) -> Vec<Violation> {
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
        ValidationErrorKind::FalseSchema => {
            let message = forbidden(&keyword, &pointer).unwrap_or(message);
            vec![violation(part, &pointer, &keyword, &message)]
        }
        ValidationErrorKind::Contains => {
            let message = match keyword.as_str() {
                "contains" => "no item is what `contains` asks for",
                "minContains" => "too few items are what `contains` asks for",
                _ => "too many items are what `contains` describes",
            };
            vec![violation(part, &pointer, &keyword, message)]
        }
        _ => vec![violation(part, &pointer, &keyword, &message)],
    }
}

/// What a schema `false` says, where it stands for one property or item.
fn forbidden(keyword: &str, pointer: &str) -> Option<String> {
    let (_, last) = pointer.rsplit_once('/')?;
    let what = match keyword {
        "items" | "unevaluatedItems" | "prefixItems" => "item",
        "properties" | "patternProperties" | "additionalProperties" | "unevaluatedProperties" => {
            "property"
        }
        _ => return None,
    };
    let name = super::unescape(last);
    Some(format!("the {what} `{name}` is not allowed"))
}

/// The keyword of the schema that is broken. The library has one kind of error for what is required always and what is
/// required beside another property, and one for the schema `false` wherever it stands.
fn keyword(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Required { .. }
            if error.schema_path().as_str().contains("/dependentRequired") =>
        {
            "dependentRequired".to_owned()
        }
        // One kind of error stands for three keywords.
        ValidationErrorKind::Contains => {
            let path = error.schema_path().as_str();
            let last = path.rsplit('/').next().unwrap_or_default();
            let counted = ["minContains", "maxContains"]
                .iter()
                .find(|own| **own == last);
            counted.unwrap_or(&"contains").to_string()
        }
        // The range of a format is the only thing that stands in `allOf` without being a definition of its own.
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. }
            if error.schema_path().as_str().contains("/allOf/") =>
        {
            "format".to_owned()
        }
        // Each schema is a definition of its own, so that only the way to it says what it was for.
        kind @ ValidationErrorKind::FalseSchema => forbidding(error.evaluation_path().as_str())
            .unwrap_or(kind.keyword())
            .to_owned(),
        kind => kind.keyword().to_owned(),
    }
}

/// The keyword that applies a schema `false` to what is there; `None` where the whole value is refused.
fn forbidding(path: &str) -> Option<&'static str> {
    // The first steps lead to the definition that the value was for.
    let mut steps: Vec<&str> = path.split('/').skip(4).collect();
    while steps.last() == Some(&"$ref") {
        steps.pop();
    }
    let last = steps.pop()?;
    let named = NAMING.iter().find(|own| steps.last() == Some(own));
    named
        .or_else(|| APPLYING.iter().find(|own| **own == last))
        .copied()
}

/// The keywords with a schema for each name or index.
const NAMING: [&str; 3] = ["properties", "patternProperties", "prefixItems"];

/// The keywords with one schema for a part of the value.
const APPLYING: [&str; 6] = [
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "items",
    "unevaluatedItems",
    "contains",
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
    const END: usize = 60;
    if message.chars().nth(LIMIT).is_none() {
        return message.to_owned();
    }
    let start: String = message.chars().take(LIMIT - END).collect();
    format!("{start}…{}", tail(message, END))
}

fn tail(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(count - 1)
        .map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use bindery_spec::read_text;
    use serde_json::{Value, json};

    use crate::validate::{Contract, Direction, Part};

    /// The rules and places of what a schema says against a value.
    fn broken(schema: &Value, value: &Value) -> Vec<(String, String)> {
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {},
            "components": {"schemas": {"Own": schema}},
        });
        let api = read_text("own.json", &document.to_string()).api;
        let api = api.expect("a document");
        let named = api.schemas.iter();
        let own = named
            .filter(|(_, own)| own.name.as_deref() == Some("Own"))
            .map(|(id, _)| id)
            .next()
            .expect("the schema");
        let violations = Contract::new(std::sync::Arc::new(api)).check_value(
            own,
            Direction::Request,
            value,
            &Part::Body,
        );
        violations
            .into_iter()
            .map(|violation| (violation.rule, violation.spot.pointer))
            .collect()
    }

    #[test]
    fn long_messages_are_cut_between_characters() {
        for letter in ["a", "é", "日", "🦀"] {
            let long = super::shortened(&format!("x{}", letter.repeat(300)));
            assert_eq!(long.chars().count(), 241, "{long}");
        }
        assert_eq!(super::shortened("short"), "short");
    }

    #[test]
    fn what_is_contained_is_counted_under_three_names() {
        let both = |least: u64| json!({"contains": {"type": "string"}, "minContains": least, "maxContains": 2});
        let one = json!({"contains": {"type": "string"}, "maxContains": 1});
        for (schema, value, keyword) in [
            (
                json!({"contains": {"type": "string"}}),
                json!([1]),
                "contains",
            ),
            (one.clone(), json!([1]), "contains"),
            (one, json!(["a", "b"]), "maxContains"),
            (both(2), json!(["a"]), "minContains"),
            (both(0), json!(["a", "b", "c"]), "maxContains"),
        ] {
            assert_eq!(
                broken(&schema, &value),
                [(keyword.to_owned(), String::new())],
                "{schema}"
            );
        }
    }

    #[test]
    fn what_is_false_is_named_by_the_keyword_that_it_stands_under() {
        let none = json!([]);
        let cases = [
            (
                "additionalProperties",
                json!({"additionalProperties": false}),
                json!({"a": 1}),
                "/a",
            ),
            (
                "additionalProperties",
                json!({"properties": {"items": {"additionalProperties": false}}}),
                json!({"items": {"properties": 1}}),
                "/items/properties",
            ),
            (
                "unevaluatedProperties",
                json!({"unevaluatedProperties": false}),
                json!({"a": 1}),
                "/a",
            ),
            (
                "properties",
                json!({"properties": {"items": false}}),
                json!({"items": 1}),
                "/items",
            ),
            (
                "patternProperties",
                json!({"patternProperties": {"^x": false}}),
                json!({"x": 1}),
                "/x",
            ),
            (
                "items",
                json!({"prefixItems": [true], "items": false}),
                json!([1, 2]),
                "/1",
            ),
            (
                "prefixItems",
                json!({"prefixItems": [true, false]}),
                json!([1, 2]),
                "/1",
            ),
            (
                "unevaluatedItems",
                json!({"unevaluatedItems": false}),
                json!([1]),
                "",
            ),
            ("contains", json!({"contains": false}), none, ""),
            ("falseSchema", json!(false), json!(1), ""),
            ("falseSchema", json!({"allOf": [false]}), json!(1), ""),
        ];
        for (rule, schema, value, pointer) in cases {
            let expected = vec![(rule.to_owned(), pointer.to_owned())];
            assert_eq!(broken(&schema, &value), expected, "{schema} {value}");
        }
    }
}

//! Parameters: arguments and setters of calls.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{Location, Operation, Parameter, ParameterFormat};
use bindery_spec::{Diagnostic, model};
use indexmap::IndexMap;

use super::content::{codec, report_untyped};
use crate::ir::{
    self, BoundConstant, Case, Codec, Hoisted, Integer, Name, Presence, Scope, Spelling, Type,
};
use crate::lower::docs;
use crate::lower::schema::origin::Origins;
use crate::lower::schema::types::Types;
use crate::lower::security::is_credential;
use crate::lower::typed::Typed;

/// The methods that every call has.
pub(in crate::lower) const CALL_METHODS: &[&str] = &[
    "advance",
    "answer",
    "body",
    "call",
    "clone",
    "fetch",
    "header",
    "items",
    "pages",
    "request",
    "retries",
    "send",
    "send_raw",
    "send_with_headers",
    "timeout",
    "unchecked",
];

/// The setter of calls that are not idempotent by themselves.
const KEY_SETTER: &str = "idempotency_key";

/// The names that a call has given out.
pub(super) struct CallNames {
    /// The setters and arguments.
    pub(super) methods: Scope,
    /// The associated constants.
    constants: Scope,
}

/// Whether calls have a setter for the header `Idempotency-Key`.
pub(super) fn is_keyed(operation: &Operation) -> bool {
    let idempotent = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];
    let is_key = |parameter: &Parameter| is_header(parameter, "Idempotency-Key");
    !idempotent.contains(&operation.method.as_str()) && !operation.parameters.iter().any(is_key)
}

impl CallNames {
    /// A new constant.
    pub(super) fn constant(&mut self, text: &str) -> Name {
        self.constants.mint(text)
    }

    /// The names of a call whose parameters are still to come.
    pub(super) fn of(operation: &Operation) -> Self {
        let mut methods = Scope::new(Case::Setter, CALL_METHODS);
        if is_keyed(operation) {
            methods.mint(KEY_SETTER);
        }
        Self {
            methods,
            constants: Scope::new(Case::Constant, &["OPERATION", "ENCODINGS"]),
        }
    }
}

/// Lowers the parameters of an operation, the required ones first.
pub(super) fn lower_parameters(
    types: &mut Types,
    operation: &Operation,
    hoisted: &[Hoisted],
    names: &mut CallNames,
) -> (Vec<ir::Parameter>, Vec<ir::Parameter>) {
    let given = operation
        .parameters
        .iter()
        .filter(|parameter| !is_credential(parameter));
    let mut lowered = Vec::new();
    for parameter in given {
        let hoisted = hoisted
            .iter()
            .enumerate()
            .find(|(_, setting)| is_header(parameter, &setting.wire));
        if let Some(spelling) = spelling(types, parameter) {
            lowered.push(lower_parameter(types, parameter, spelling, hoisted, names));
        }
    }
    lowered
        .into_iter()
        .partition(|p: &ir::Parameter| p.presence.is_required() && p.hoisted.is_none())
}

/// Says what the schemas of an operation's parameters are called.
pub(super) fn name_parameters(operation: &Operation, name: &str, origins: &mut Origins) {
    for parameter in &operation.parameters {
        if let Some(schema) = parameter.schema() {
            origins.root(schema, &format!("{name} {}", parameter.name), "parameter");
        }
    }
}

/// The parameters that the configuration makes settings of the client, by the names of their headers.
pub(in crate::lower) fn lower_hoisted(
    types: &mut Types,
    operations: &[Operation],
    settings: &IndexMap<String, String>,
    names: &mut Scope,
    constants: &mut Scope,
) -> Vec<Hoisted> {
    let mut hoisted = Vec::new();
    for (wire, name) in settings {
        let all = operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        let all: Vec<_> = all.filter(|p| is_header(p, wire)).collect();
        let Some(first) = all.first() else {
            let message = format!(
                "no operation has the header {wire}, which is to be a setting of the client"
            );
            types.sink.push(codes::HOIST_UNUSED.nowhere(message));
            continue;
        };
        let mut docs = docs::Docs::default();
        docs.paragraph(&format!(
            "Sets the header `{wire}` of every call that takes one."
        ));
        docs.markdown(first.description.as_deref().unwrap_or_default());
        hoisted.push(Hoisted {
            name: names.mint(name),
            constant: constants.mint(wire),
            wire: first.name.clone(),
            required: all.iter().all(|parameter| parameter.required),
            docs: docs.finish(),
            ty: type_of(types, first).ty,
        });
    }
    hoisted
}

fn is_header(parameter: &Parameter, wire: &str) -> bool {
    parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case(wire)
}

fn lower_parameter(
    types: &mut Types,
    parameter: &Parameter,
    spelling: Spelling,
    hoisted: Option<(usize, &Hoisted)>,
    names: &mut CallNames,
) -> ir::Parameter {
    let used = type_of(types, parameter);
    let parts: Vec<_> = parameter.schema().into_iter().map(Into::into).collect();
    let view = types.view(&parts);
    let called = hoisted.map_or(parameter.name.as_str(), |(_, setting)| &setting.name);
    let name = names.methods.mint_first(&[called, &parameter.name]);
    let required = parameter.required || parameter.location == Location::Path;
    let argument = required && hoisted.is_none();
    let mut docs = docs::of_parameter(
        (parameter.description.as_deref(), &parameter.examples),
        &view,
        types.resolve(&used.ty),
        &used.constraints,
    );
    if parameter.allow_empty_value {
        docs.paragraph("The value may be empty.");
    }
    ir::Parameter {
        constant: names.constants.mint(&parameter.name),
        bounds: bounds(
            &used,
            &parameter.name,
            &name,
            argument,
            &mut names.constants,
        ),
        wire: parameter.name.clone(),
        location: parameter.location,
        spelling,
        docs: docs.finish(),
        ty: used.ty,
        presence: Presence::new(required, used.nullable),
        constraints: used.constraints,
        deprecated: parameter.deprecated,
        hoisted: hoisted.map(|(index, _)| index),
        name,
    }
}

/// The type of a value: null has no place outside JSON, so it is not offered. What has parts, and is neither spelled by a
/// style nor as JSON, is a text that the caller spells.
fn type_of(types: &mut Types, parameter: &Parameter) -> Typed {
    let is_text = match &parameter.format {
        ParameterFormat::Content(content) if parameter.location != Location::QueryString => {
            !is_json(content) && report_untyped(types, content)
        }
        _ => false,
    };
    match parameter.schema().filter(|_| !is_text) {
        Some(schema) => types.lower(&[schema]),
        None => Typed::text(),
    }
}

fn is_json(content: &model::MediaType) -> bool {
    content.name.contains("json")
}

/// How a parameter is spelled; one that cannot be is reported.
fn spelling(types: &mut Types, parameter: &Parameter) -> Option<Spelling> {
    if parameter.location == Location::QueryString {
        return query_string(types, parameter);
    }
    Some(match &parameter.format {
        ParameterFormat::Style {
            style,
            explode,
            allow_reserved,
            ..
        } => Spelling::Style {
            style: *style,
            explode: *explode,
            allow_reserved: *allow_reserved,
        },
        ParameterFormat::Content(content) if is_json(content) => Spelling::Json,
        ParameterFormat::Content(_) => Spelling::Style {
            style: match parameter.location {
                Location::Path | Location::Header => model::Style::Simple,
                _ => model::Style::Form,
            },
            explode: false,
            allow_reserved: false,
        },
    })
}

/// A whole query string is an object that is spelled as a form; anything else is reported.
fn query_string(types: &mut Types, parameter: &Parameter) -> Option<Spelling> {
    if let ParameterFormat::Content(content) = &parameter.format
        && let Some(schema) = content.schema
        && codec(&content.name) == Codec::Form
        && content.encoding.is_empty()
        && types.view(&[schema.into()]).types() == [model::Type::Object]
    {
        return Some(Spelling::Query);
    }
    types.sink.push(Diagnostic::warning(
        "query-string-unsupported",
        &parameter.place,
        format!(
            "the parameter {} is left out: a whole query string can be set as a form without encodings only",
            parameter.name
        ),
    ));
    None
}

/// The bounds of an integer that callers can compare with.
fn bounds(
    used: &Typed,
    wire: &str,
    setter: &Name,
    argument: bool,
    constants: &mut Scope,
) -> Vec<BoundConstant> {
    let Type::Integer(integer) = used.ty else {
        return Vec::new();
    };
    let words = [
        (&used.constraints.minimum, "min", "least"),
        (&used.constraints.maximum, "max", "most"),
    ];
    let mut found = Vec::new();
    for (bound, word, superlative) in words {
        let Some(bound) = bound
            .as_ref()
            .filter(|b| !b.exclusive && holds(integer, &b.value))
        else {
            continue;
        };
        found.push(BoundConstant {
            name: constants.mint(&format!("{wire} {word}")),
            docs: bound_docs(superlative, setter, argument),
            value: bound.value.clone(),
        });
    }
    found
}

fn holds(integer: Integer, value: &serde_json::Number) -> bool {
    match integer {
        Integer::I32 => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        Integer::I64 => value.is_i64(),
        Integer::I128 => value.is_i64() || value.is_u64(),
        Integer::U32 => value.as_u64().is_some_and(|n| u32::try_from(n).is_ok()),
        Integer::U64 | Integer::U128 => value.is_u64(),
    }
}

/// A required parameter is an argument, to which nothing can link.
fn bound_docs(superlative: &str, setter: &Name, argument: bool) -> String {
    let plain = setter.trim_start_matches("r#");
    if argument {
        format!("The {superlative} that `{plain}` takes.")
    } else {
        format!("The {superlative} that [`{plain}`](Self::{plain}) takes.")
    }
}

//! Our own encoders and decoders for parameters and bodies.
//!
//! They are written from the standard (OpenAPI 3.1 §4.8.12, RFC 6570) and share nothing with the generated client:
//! that two independent codecs agree is what makes a contract test evidence.

mod body;
mod encode;
pub(crate) mod form;
mod link;
pub(crate) mod multipart;
pub(crate) mod percent;
mod query;
mod split;

pub(crate) use body::{decode_body, encode_body};
pub(crate) use encode::{encode_cookie, encode_header, encode_path, encode_query};
pub(crate) use link::links;
pub(crate) use query::{Pair, cookies, query_pairs};
pub(crate) use split::{split_cookie, split_header, split_path, split_query};

use bindery_spec::Value;
use bindery_spec::model::{Parameter, ParameterFormat, Style};

/// How a value is spelled: the fields of a parameter that matter on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelling<'a> {
    /// The name on the wire.
    pub(crate) name: &'a str,
    /// The style.
    pub(crate) style: Style,
    /// Whether arrays and objects are spread.
    pub(crate) explode: bool,
    /// Whether reserved characters stay as they are.
    pub(crate) allow_reserved: bool,
}

impl<'a> Spelling<'a> {
    /// That of a parameter; `None` where its format is a media type.
    pub(crate) fn of(parameter: &'a Parameter) -> Option<Self> {
        match parameter.format {
            ParameterFormat::Style {
                style,
                explode,
                allow_reserved,
                ..
            } => Some(Self {
                name: &parameter.name,
                style,
                explode,
                allow_reserved,
            }),
            ParameterFormat::Content(_) => None,
        }
    }
}

/// What kind of value a text is to be split into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// One text.
    Scalar,
    /// A list.
    Array,
    /// Pairs; holds the names that an exploded object may have, and whether it may have others.
    Object(&'a [&'a str], bool),
}

/// A value as it stands on the wire: split and decoded, but still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Raw {
    /// One text.
    Scalar(String),
    /// A list.
    Array(Vec<String>),
    /// Pairs in order.
    Object(Vec<(String, String)>),
    /// Pairs in order, each with the names in its brackets.
    Deep(Vec<(Vec<String>, String)>),
}

/// One text of a nested value: the names that lead to it, and the text.
pub(crate) type Steps<'a> = (&'a [String], &'a str);

/// The text of a scalar; `None` for null and for what has none.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a parameter's value can be spelled by a style without loss: no null and no nesting (RFC 6570 §2.3), but for
/// `deepObject`, where brackets stand for each level.
pub(crate) fn is_spellable(style: Style, value: &Value) -> bool {
    fn is_leafy(value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().all(|item| scalar_text(item).is_some()),
            Value::Object(fields) => fields.values().all(is_leafy),
            scalar => scalar_text(scalar).is_some(),
        }
    }
    let flat = |value: &Value| scalar_text(value).is_some();
    match value {
        Value::Object(fields) if style == Style::DeepObject => fields.values().all(is_leafy),
        Value::Array(items) => items.iter().all(flat),
        Value::Object(fields) => fields.values().all(flat),
        scalar => flat(scalar),
    }
}

#[cfg(test)]
mod tests;

//! What each object of the standard holds, version by version, as data.

mod content;
mod document;
mod operation;
mod schema;
mod security;
mod swagger;

use super::object::{Kind, Object, Others, key};
use crate::model::Version;

pub(super) use schema::{SCHEMA, is_own_dialect};

/// The root of a document.
pub(super) fn root(version: Version) -> &'static Kind {
    static OPENAPI: Kind = Kind::Object(&document::ROOT);
    static SWAGGER: Kind = Kind::Object(&swagger::ROOT);
    match version {
        Version::V2_0 => &SWAGGER,
        Version::V3_0 | Version::V3_1 | Version::V3_2 => &OPENAPI,
    }
}

/// OpenAPI 3.1 §4.8.23. Other keys are ignored, and often there, so they are no finding.
pub(super) static REFERENCE: Object = Object::new(
    "a reference",
    &[
        key("$ref", Kind::String).required(),
        key("summary", Kind::String),
        key("description", Kind::String),
    ],
)
.others(Others::OpenSince(Version::V2_0));

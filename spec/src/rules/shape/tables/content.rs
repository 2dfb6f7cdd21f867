//! Media types and how their parts are spelled (OpenAPI 3.1 §4.8.14 and §4.8.15).

use super::super::names;
use super::super::object::{Check, Kind, Object, key};
use super::operation::{EXAMPLE, HEADER};
use crate::model::Version::V3_2;

/// What stands under the name of a media type. Only since 3.2 may a media type be a reference, but nothing else can be meant by `$ref`.
pub(super) static CONTENT: Kind = Kind::Referable(&MEDIA_TYPE);

/// OpenAPI 3.1 §4.8.14, OpenAPI 3.2 §4.14.
pub(super) static MEDIA_TYPE: Object = Object::new(
    "a media type",
    &[
        key("description", Kind::String).since(V3_2),
        key("schema", Kind::Schema),
        key("itemSchema", Kind::Schema).since(V3_2),
        key("example", Kind::Any),
        key(
            "examples",
            Kind::Map(&names::ANY, &Kind::Referable(&EXAMPLE)),
        ),
        key("encoding", Kind::Map(&names::ANY, &Kind::Object(&ENCODING))),
        key("prefixEncoding", Kind::List(&Kind::Object(&ENCODING))).since(V3_2),
        key("itemEncoding", Kind::Object(&ENCODING)).since(V3_2),
    ],
)
.checks(&[
    Check::AtMostOne(&["example", "examples"]),
    Check::AtMostOne(&["encoding", "prefixEncoding"]),
    Check::AtMostOne(&["encoding", "itemEncoding"]),
]);

/// OpenAPI 3.1 §4.8.15, OpenAPI 3.2 §4.15.
static ENCODING: Object = Object::new(
    "an encoding",
    &[
        key("contentType", Kind::String),
        key(
            "headers",
            Kind::Map(&names::HEADER, &Kind::Referable(&HEADER)),
        ),
        key(
            "style",
            Kind::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        key("explode", Kind::Boolean),
        key("allowReserved", Kind::Boolean),
        key("encoding", Kind::Map(&names::ANY, &Kind::Object(&ENCODING))).since(V3_2),
        key("prefixEncoding", Kind::List(&Kind::Object(&ENCODING))).since(V3_2),
        key("itemEncoding", Kind::Object(&ENCODING)).since(V3_2),
    ],
)
.checks(&[
    Check::AtMostOne(&["encoding", "prefixEncoding"]),
    Check::AtMostOne(&["encoding", "itemEncoding"]),
]);

//! Paths and what an operation takes and gives (OpenAPI 3.1 §4.8.8 to §4.8.21, media types aside).

use super::super::checks::{check_header, check_parameter, check_parameters};
use super::super::names;
use super::super::object::{Check, Kind, Object, Others, key};
use super::content::CONTENT;
use super::document::{EXTERNAL_DOCS, SERVER};
use super::security::REQUIREMENT;
use crate::model::Version::{V3_0, V3_1, V3_2};

/// OpenAPI 3.1 §4.8.8.
pub(super) static PATHS: Object = Object::new("a paths object", &[])
    .others(Others::Named(&names::PATH, Kind::Object(&PATH_ITEM)));

/// OpenAPI 3.1 §4.8.9.
pub(super) static PATH_ITEM: Object = Object::new(
    "a path item",
    &[
        key("$ref", Kind::String),
        key("summary", Kind::String),
        key("description", Kind::String),
        key("get", Kind::Object(&OPERATION)),
        key("put", Kind::Object(&OPERATION)),
        key("post", Kind::Object(&OPERATION)),
        key("delete", Kind::Object(&OPERATION)),
        key("options", Kind::Object(&OPERATION)),
        key("head", Kind::Object(&OPERATION)),
        key("patch", Kind::Object(&OPERATION)),
        key("trace", Kind::Object(&OPERATION)),
        key("query", Kind::Object(&OPERATION)).since(V3_2),
        key(
            "additionalOperations",
            Kind::Map(&names::OTHER_METHOD, &Kind::Object(&OPERATION)),
        )
        .since(V3_2),
        key("servers", Kind::List(&Kind::Object(&SERVER))),
        key("parameters", Kind::List(&Kind::Referable(&PARAMETER))),
    ],
)
.checks(&[Check::Of(check_parameters)]);

/// OpenAPI 3.1 §4.8.10.
static OPERATION: Object = Object::new(
    "an operation",
    &[
        key("tags", Kind::List(&Kind::String)),
        key("summary", Kind::String),
        key("description", Kind::String),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        key("operationId", Kind::String),
        key("parameters", Kind::List(&Kind::Referable(&PARAMETER))),
        key("requestBody", Kind::Referable(&REQUEST_BODY)),
        key("responses", Kind::Object(&RESPONSES)).required_until(V3_0),
        key(
            "callbacks",
            Kind::Map(&names::ANY, &Kind::Referable(&CALLBACK)),
        ),
        key("deprecated", Kind::Boolean),
        key("security", Kind::List(&Kind::Object(&REQUIREMENT))),
        key("servers", Kind::List(&Kind::Object(&SERVER))),
    ],
)
.checks(&[Check::Of(check_parameters)]);

/// OpenAPI 3.1 §4.8.12.
pub(super) static PARAMETER: Object = Object::new(
    "a parameter",
    &[
        key("name", Kind::String).required(),
        key("in", Kind::Word(&["query", "header", "path", "cookie"]))
            .required()
            .until(V3_1),
        key(
            "in",
            Kind::Word(&["query", "querystring", "header", "path", "cookie"]),
        )
        .required()
        .since(V3_2),
        key("description", Kind::String),
        key("required", Kind::Boolean),
        key("deprecated", Kind::Boolean),
        key("allowEmptyValue", Kind::Boolean),
        key("style", Kind::String),
        key("explode", Kind::Boolean),
        key("allowReserved", Kind::Boolean),
        key("schema", Kind::Schema),
        key("example", Kind::Any),
        key(
            "examples",
            Kind::Map(&names::ANY, &Kind::Referable(&EXAMPLE)),
        ),
        key("content", Kind::Map(&names::MEDIA_TYPE, &CONTENT)),
    ],
)
.checks(&[
    Check::ExactlyOne(&["schema", "content"]),
    Check::AtMostOne(&["example", "examples"]),
    Check::AtMostOne(&["content", "style"]),
    Check::Of(check_parameter),
]);

/// OpenAPI 3.1 §4.8.21.
pub(super) static HEADER: Object = Object::new(
    "a header",
    &[
        key("description", Kind::String),
        key("required", Kind::Boolean),
        key("deprecated", Kind::Boolean),
        key("allowEmptyValue", Kind::Boolean).until(V3_0),
        key("style", Kind::Word(&["simple"])),
        key("explode", Kind::Boolean),
        key("allowReserved", Kind::Boolean).until(V3_0),
        key("schema", Kind::Schema),
        key("example", Kind::Any),
        key(
            "examples",
            Kind::Map(&names::ANY, &Kind::Referable(&EXAMPLE)),
        ),
        key("content", Kind::Map(&names::MEDIA_TYPE, &CONTENT)),
    ],
)
.checks(&[
    Check::ExactlyOne(&["schema", "content"]),
    Check::AtMostOne(&["example", "examples"]),
    Check::AtMostOne(&["content", "style"]),
    Check::Of(check_header),
]);

/// OpenAPI 3.1 §4.8.13.
pub(super) static REQUEST_BODY: Object = Object::new(
    "a request body",
    &[
        key("description", Kind::String),
        key("content", Kind::Map(&names::MEDIA_TYPE, &CONTENT)).required(),
        key("required", Kind::Boolean),
    ],
);

/// OpenAPI 3.1 §4.8.16.
static RESPONSES: Object = Object::new("a responses object", &[])
    .others(Others::Named(&names::STATUS, Kind::Referable(&RESPONSE)));

/// OpenAPI 3.1 §4.8.17.
pub(super) static RESPONSE: Object = Object::new(
    "a response",
    &[
        key("summary", Kind::String).since(V3_2),
        key("description", Kind::String).required_until(V3_1),
        key(
            "headers",
            Kind::Map(&names::HEADER, &Kind::Referable(&HEADER)),
        ),
        key("content", Kind::Map(&names::MEDIA_TYPE, &CONTENT)),
        key(
            "links",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&LINK)),
        ),
    ],
);

/// OpenAPI 3.1 §4.8.18.
pub(super) static CALLBACK: Object =
    Object::new("a callback", &[]).others(Others::Named(&names::ANY, Kind::Object(&PATH_ITEM)));

/// OpenAPI 3.1 §4.8.19, OpenAPI 3.2 §4.19.
pub(super) static EXAMPLE: Object = Object::new(
    "an example",
    &[
        key("summary", Kind::String),
        key("description", Kind::String),
        key("value", Kind::Any),
        key("externalValue", Kind::String),
        key("dataValue", Kind::Any).since(V3_2),
        key("serializedValue", Kind::String).since(V3_2),
    ],
)
.checks(&[
    Check::AtMostOne(&["value", "externalValue"]),
    Check::AtMostOne(&["value", "dataValue"]),
    Check::AtMostOne(&["value", "serializedValue"]),
    Check::AtMostOne(&["serializedValue", "externalValue"]),
]);

/// OpenAPI 3.1 §4.8.20.
pub(super) static LINK: Object = Object::new(
    "a link",
    &[
        key("operationRef", Kind::String),
        key("operationId", Kind::String),
        key("parameters", Kind::Map(&names::ANY, &Kind::Any)),
        key("requestBody", Kind::Any),
        key("description", Kind::String),
        key("server", Kind::Object(&SERVER)),
    ],
)
.checks(&[Check::ExactlyOne(&["operationRef", "operationId"])]);

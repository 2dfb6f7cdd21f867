//! The objects that only Swagger 2.0 has, or has another way (Swagger 2.0 "Schema").

use super::super::checks::{
    check_items, check_parameters, check_swagger_parameter, check_swagger_scheme,
};
use super::super::names;
use super::super::object::{Check, Key, Kind, Object, Others, key};
use super::document::{EXTERNAL_DOCS, INFO, TAG};
use super::security::REQUIREMENT;

const STRINGS: Kind = Kind::List(&Kind::String);
const SCHEMES: Kind = Kind::List(&Kind::Word(&["http", "https", "ws", "wss"]));

/// "Swagger Object".
pub(super) static ROOT: Object = Object::new(
    "a document",
    &[
        key("swagger", Kind::String).required(),
        key("info", Kind::Object(&INFO)).required(),
        key("host", Kind::String),
        key("basePath", Kind::String),
        key("schemes", SCHEMES),
        key("consumes", STRINGS),
        key("produces", STRINGS),
        key("paths", Kind::Object(&PATHS)).required(),
        key("definitions", Kind::Map(&names::ANY, &Kind::Schema)),
        key(
            "parameters",
            Kind::Map(&names::ANY, &Kind::Object(&PARAMETER)),
        ),
        key(
            "responses",
            Kind::Map(&names::ANY, &Kind::Referable(&RESPONSE)),
        ),
        key(
            "securityDefinitions",
            Kind::Map(&names::ANY, &Kind::Object(&SECURITY_SCHEME)),
        ),
        key("security", Kind::List(&Kind::Object(&REQUIREMENT))),
        key("tags", Kind::List(&Kind::Object(&TAG))),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

/// "Paths Object".
static PATHS: Object = Object::new("a paths object", &[])
    .others(Others::Named(&names::PATH, Kind::Object(&PATH_ITEM)));

/// "Path Item Object".
static PATH_ITEM: Object = Object::new(
    "a path item",
    &[
        key("$ref", Kind::String),
        key("get", Kind::Object(&OPERATION)),
        key("put", Kind::Object(&OPERATION)),
        key("post", Kind::Object(&OPERATION)),
        key("delete", Kind::Object(&OPERATION)),
        key("options", Kind::Object(&OPERATION)),
        key("head", Kind::Object(&OPERATION)),
        key("patch", Kind::Object(&OPERATION)),
        key("parameters", Kind::List(&Kind::Referable(&PARAMETER))),
    ],
)
.checks(&[Check::Of(check_parameters)]);

/// "Operation Object".
static OPERATION: Object = Object::new(
    "an operation",
    &[
        key("tags", STRINGS),
        key("summary", Kind::String),
        key("description", Kind::String),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        key("operationId", Kind::String),
        key("consumes", STRINGS),
        key("produces", STRINGS),
        key("parameters", Kind::List(&Kind::Referable(&PARAMETER))),
        key("responses", Kind::Object(&RESPONSES)).required(),
        key("schemes", SCHEMES),
        key("deprecated", Kind::Boolean),
        key("security", Kind::List(&Kind::Object(&REQUIREMENT))),
    ],
)
.checks(&[Check::Of(check_parameters)]);

const FORMAT: Key = key("format", Kind::String);
const COLLECTION_FORMAT: Key = key(
    "collectionFormat",
    Kind::Word(&["csv", "ssv", "tsv", "pipes"]),
);
const DEFAULT: Key = key("default", Kind::Any);
const ENUM: Key = key("enum", Kind::List(&Kind::Any));
const MAXIMUM: Key = key("maximum", Kind::Number);
const MINIMUM: Key = key("minimum", Kind::Number);
const EXCLUSIVE_MAXIMUM: Key = key("exclusiveMaximum", Kind::Boolean);
const EXCLUSIVE_MINIMUM: Key = key("exclusiveMinimum", Kind::Boolean);
const MAX_LENGTH: Key = key("maxLength", Kind::Count);
const MIN_LENGTH: Key = key("minLength", Kind::Count);
const PATTERN: Key = key("pattern", Kind::String);
const MAX_ITEMS: Key = key("maxItems", Kind::Count);
const MIN_ITEMS: Key = key("minItems", Kind::Count);
const UNIQUE_ITEMS: Key = key("uniqueItems", Kind::Boolean);
const MULTIPLE_OF: Key = key("multipleOf", Kind::Number);
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array"];

/// "Parameter Object".
static PARAMETER: Object = Object::new(
    "a parameter",
    &[
        key("name", Kind::String).required(),
        key(
            "in",
            Kind::Word(&["query", "header", "path", "formData", "body"]),
        )
        .required(),
        key("description", Kind::String),
        key("required", Kind::Boolean),
        key("schema", Kind::Schema),
        key(
            "type",
            Kind::Word(&["string", "number", "integer", "boolean", "array", "file"]),
        ),
        key("allowEmptyValue", Kind::Boolean),
        key(
            "collectionFormat",
            Kind::Word(&["csv", "ssv", "tsv", "pipes", "multi"]),
        ),
        FORMAT,
        key("items", Kind::Object(&ITEMS_OBJECT)),
        DEFAULT,
        ENUM,
        MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MAXIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        MULTIPLE_OF,
    ],
)
.checks(&[Check::Of(check_swagger_parameter), Check::Of(check_items)]);

/// "Items Object".
static ITEMS_OBJECT: Object = Object::new(
    "an items object",
    &[
        key("type", Kind::Word(TYPES)).required(),
        COLLECTION_FORMAT,
        FORMAT,
        key("items", Kind::Object(&ITEMS_OBJECT)),
        DEFAULT,
        ENUM,
        MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MAXIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        MULTIPLE_OF,
    ],
)
.checks(&[Check::Of(check_items)]);

/// "Header Object".
static HEADER: Object = Object::new(
    "a header",
    &[
        key("type", Kind::Word(TYPES)).required(),
        key("description", Kind::String),
        COLLECTION_FORMAT,
        FORMAT,
        key("items", Kind::Object(&ITEMS_OBJECT)),
        DEFAULT,
        ENUM,
        MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MAXIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        MULTIPLE_OF,
    ],
)
.checks(&[Check::Of(check_items)]);

/// "Responses Object".
static RESPONSES: Object = Object::new("a responses object", &[])
    .others(Others::Named(&names::STATUS, Kind::Referable(&RESPONSE)));

/// "Response Object".
static RESPONSE: Object = Object::new(
    "a response",
    &[
        key("description", Kind::String).required(),
        key("schema", Kind::Schema),
        key("headers", Kind::Map(&names::HEADER, &Kind::Object(&HEADER))),
        key("examples", Kind::Map(&names::MEDIA_TYPE, &Kind::Any)),
    ],
);

/// "Security Scheme Object".
static SECURITY_SCHEME: Object = Object::new(
    "a security scheme",
    &[
        key("type", Kind::Word(&["basic", "apiKey", "oauth2"])).required(),
        key("description", Kind::String),
        key("name", Kind::String),
        key("in", Kind::Word(&["query", "header"])),
        key(
            "flow",
            Kind::Word(&["implicit", "password", "application", "accessCode"]),
        ),
        key("authorizationUrl", Kind::String),
        key("tokenUrl", Kind::String),
        key("scopes", Kind::Map(&names::ANY, &Kind::String)),
    ],
)
.checks(&[Check::Of(check_swagger_scheme)]);

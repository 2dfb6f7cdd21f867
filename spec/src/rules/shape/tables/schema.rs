//! Schemas (OpenAPI 3.1 §4.8.24 to §4.8.26, JSON Schema 2020-12). Since 3.1 they may have keys of their own.

use super::super::checks::check_items;
use super::super::names;
use super::super::object::{Check, Kind, Object, Others, key};
use super::document::EXTERNAL_DOCS;
use crate::model::Version::{V2_0, V3_0, V3_1, V3_2};

const SCHEMAS: Kind = Kind::Map(&names::ANY, &Kind::Schema);
const SCHEMA_LIST: Kind = Kind::Filled(&Kind::Schema);
const TYPES_2_0: &[&str] = &[
    "array", "boolean", "integer", "number", "object", "string", "file",
];
const TYPES_3_0: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];
const TYPES_3_1: &[&str] = &[
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Whether a `$schema` names the dialect that the tables describe.
pub(in super::super) fn is_own_dialect(uri: &str) -> bool {
    uri.starts_with("https://spec.openapis.org/oas/3.")
        || uri.contains("json-schema.org/draft/2020-12/")
}

/// OpenAPI 3.1 §4.8.24.
pub(in super::super) static SCHEMA: Object = Object::new(
    "a schema",
    &[
        key("$ref", Kind::String),
        key("type", Kind::Type(TYPES_2_0)).until(V2_0),
        key("type", Kind::Type(TYPES_3_0)).since(V3_0).until(V3_0),
        key(
            "type",
            Kind::Either(&[Kind::Type(TYPES_3_1), Kind::Filled(&Kind::Type(TYPES_3_1))]),
        )
        .since(V3_1),
        key("properties", SCHEMAS),
        key("description", Kind::String),
        // Swagger 2.0 has the `items` of JSON Schema draft 4, a schema or one for each item; later versions say an object.
        key("items", Kind::Either(&[SCHEMA_LIST, Kind::Schema])).until(V2_0),
        key("items", Kind::Schema).since(V3_0),
        key("required", Kind::List(&Kind::String)),
        key("title", Kind::String),
        key("enum", Kind::List(&Kind::Any)),
        key("format", Kind::String),
        key("example", Kind::Any),
        key("nullable", Kind::Boolean).since(V3_0).until(V3_0),
        key("default", Kind::Any),
        key("allOf", SCHEMA_LIST),
        key("oneOf", SCHEMA_LIST).since(V3_0),
        key("anyOf", SCHEMA_LIST).since(V3_0),
        key("not", Kind::Schema).since(V3_0),
        key(
            "additionalProperties",
            Kind::Either(&[Kind::Boolean, Kind::Schema]),
        ),
        key("minimum", Kind::Number),
        key("maximum", Kind::Number),
        key("exclusiveMinimum", Kind::Boolean).until(V3_0),
        key("exclusiveMaximum", Kind::Boolean).until(V3_0),
        key("exclusiveMinimum", Kind::Number).since(V3_1),
        key("exclusiveMaximum", Kind::Number).since(V3_1),
        key("multipleOf", Kind::Number),
        key("minLength", Kind::Count),
        key("maxLength", Kind::Count),
        key("pattern", Kind::String),
        key("minItems", Kind::Count),
        key("maxItems", Kind::Count),
        key("uniqueItems", Kind::Boolean),
        key("minProperties", Kind::Count),
        key("maxProperties", Kind::Count),
        key("readOnly", Kind::Boolean),
        key("writeOnly", Kind::Boolean).since(V3_0),
        key("deprecated", Kind::Boolean).since(V3_0),
        key("discriminator", Kind::String).until(V2_0),
        key("discriminator", Kind::Object(&DISCRIMINATOR)).since(V3_0),
        key("xml", Kind::Object(&XML)),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        key("const", Kind::Any).since(V3_1),
        key("examples", Kind::List(&Kind::Any)).since(V3_1),
        key("prefixItems", SCHEMA_LIST).since(V3_1),
        key("contains", Kind::Schema).since(V3_1),
        key("minContains", Kind::Count).since(V3_1),
        key("maxContains", Kind::Count).since(V3_1),
        key("unevaluatedItems", Kind::Schema).since(V3_1),
        key("patternProperties", SCHEMAS).since(V3_1),
        key("propertyNames", Kind::Schema).since(V3_1),
        key(
            "dependentRequired",
            Kind::Map(&names::ANY, &Kind::List(&Kind::String)),
        )
        .since(V3_1),
        key("dependentSchemas", SCHEMAS).since(V3_1),
        key("unevaluatedProperties", Kind::Schema).since(V3_1),
        key("if", Kind::Schema).since(V3_1),
        key("then", Kind::Schema).since(V3_1),
        key("else", Kind::Schema).since(V3_1),
        key("contentEncoding", Kind::String).since(V3_1),
        key("contentMediaType", Kind::String).since(V3_1),
        key("contentSchema", Kind::Schema).since(V3_1),
        key("$schema", Kind::String).since(V3_1),
        key("$id", Kind::String).since(V3_1),
        key("$anchor", Kind::String).since(V3_1),
        key("$dynamicRef", Kind::String).since(V3_1),
        key("$dynamicAnchor", Kind::String).since(V3_1),
        key("$comment", Kind::String).since(V3_1),
        key("$vocabulary", Kind::Map(&names::ANY, &Kind::Boolean)).since(V3_1),
        key("$defs", SCHEMAS).since(V3_1),
    ],
)
.others(Others::OpenSince(V3_1))
.checks(&[Check::Of(check_items)]);

/// OpenAPI 3.1 §4.8.25.
static DISCRIMINATOR: Object = Object::new(
    "a discriminator",
    &[
        key("propertyName", Kind::String).required(),
        key("mapping", Kind::Map(&names::ANY, &Kind::String)),
        key("defaultMapping", Kind::String).since(V3_2),
    ],
);

/// OpenAPI 3.1 §4.8.26.
static XML: Object = Object::new(
    "an xml object",
    &[
        key(
            "nodeType",
            Kind::Word(&["element", "attribute", "text", "cdata", "none"]),
        )
        .since(V3_2),
        key("name", Kind::String),
        key("namespace", Kind::String),
        key("prefix", Kind::String),
        key("attribute", Kind::Boolean),
        key("wrapped", Kind::Boolean),
    ],
)
.checks(&[
    Check::AtMostOne(&["nodeType", "attribute"]),
    Check::AtMostOne(&["nodeType", "wrapped"]),
]);

//! The rules that findings and coverage name: what each asks, and where it is written down.

use crate::validate::rule;

/// A rule, as `bindery-contract explain` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name: a keyword of JSON Schema, or a word of our own.
    pub name: &'static str,
    /// The section of the standard that it stands on.
    pub section: &'static str,
    /// What it asks, or what is tried under its name.
    pub meaning: &'static str,
}

/// All rules, in the order of the standards.
pub fn all() -> impl Iterator<Item = Rule> {
    let tables = [KEYWORDS, APPLICATORS, MESSAGES, CASES];
    tables
        .into_iter()
        .flatten()
        .map(|(name, section, meaning)| Rule {
            name,
            section,
            meaning,
        })
}

type Table = &'static [(&'static str, &'static str, &'static str)];

/// Assertions about one value.
const KEYWORDS: Table = &[
    (
        "type",
        "JSON Schema Validation 2020-12 §6.1.1",
        "The value has one of the types. 1.0 is an integer.",
    ),
    (
        "enum",
        "JSON Schema Validation 2020-12 §6.1.2",
        "The value is one of those listed.",
    ),
    (
        rule::ENUM_CASE,
        "JSON Schema Validation 2020-12 §6.1.2",
        "The value is one of those listed, in upper and lower case as it stands there.",
    ),
    (
        "const",
        "JSON Schema Validation 2020-12 §6.1.3",
        "The value is this one.",
    ),
    (
        "multipleOf",
        "JSON Schema Validation 2020-12 §6.2.1",
        "The number divided by this is a whole number.",
    ),
    (
        "maximum",
        "JSON Schema Validation 2020-12 §6.2.2",
        "The number is at most this.",
    ),
    (
        "exclusiveMaximum",
        "JSON Schema Validation 2020-12 §6.2.3",
        "The number is less than this.",
    ),
    (
        "minimum",
        "JSON Schema Validation 2020-12 §6.2.4",
        "The number is at least this.",
    ),
    (
        "exclusiveMinimum",
        "JSON Schema Validation 2020-12 §6.2.5",
        "The number is greater than this.",
    ),
    (
        "maxLength",
        "JSON Schema Validation 2020-12 §6.3.1",
        "The text has at most so many characters (Unicode code points).",
    ),
    (
        "minLength",
        "JSON Schema Validation 2020-12 §6.3.2",
        "The text has at least so many characters (Unicode code points).",
    ),
    (
        "pattern",
        "JSON Schema Validation 2020-12 §6.3.3",
        "The pattern (ECMA-262) matches somewhere in the text.",
    ),
    (
        rule::PATTERN_CASE,
        "JSON Schema Validation 2020-12 §6.3.3",
        "The pattern (ECMA-262) matches the text in upper and lower case as it stands there.",
    ),
    (
        "format",
        "JSON Schema Validation 2020-12 §7",
        "The text has the format. To many tools it is only a remark, so input that breaks it is a warning.",
    ),
    (
        "maxItems",
        "JSON Schema Validation 2020-12 §6.4.1",
        "The array has at most so many items.",
    ),
    (
        "minItems",
        "JSON Schema Validation 2020-12 §6.4.2",
        "The array has at least so many items.",
    ),
    (
        "uniqueItems",
        "JSON Schema Validation 2020-12 §6.4.3",
        "No two items of the array are equal.",
    ),
    (
        "maxContains",
        "JSON Schema Validation 2020-12 §6.4.4",
        "At most so many items are valid for `contains`.",
    ),
    (
        "minContains",
        "JSON Schema Validation 2020-12 §6.4.5",
        "At least so many items are valid for `contains`.",
    ),
    (
        "maxProperties",
        "JSON Schema Validation 2020-12 §6.5.1",
        "The object has at most so many properties.",
    ),
    (
        "minProperties",
        "JSON Schema Validation 2020-12 §6.5.2",
        "The object has at least so many properties.",
    ),
    (
        rule::REQUIRED,
        "JSON Schema Validation 2020-12 §6.5.3, OpenAPI 3.1 §4.8.12",
        "The property, the parameter or the body is there. Read-only properties need not be sent, nor write-only ones come back.",
    ),
    (
        "dependentRequired",
        "JSON Schema Validation 2020-12 §6.5.4",
        "Where one property is, others are too.",
    ),
];

/// Keywords that apply schemas.
const APPLICATORS: Table = &[
    (
        "anyOf",
        "JSON Schema 2020-12 §10.2.1.2",
        "The value is valid for at least one branch.",
    ),
    (
        "oneOf",
        "JSON Schema 2020-12 §10.2.1.3",
        "The value is valid for exactly one branch. Documents often have it in the place of `anyOf`, so input that fits two is a warning.",
    ),
    (
        "not",
        "JSON Schema 2020-12 §10.2.1.4",
        "The value is not valid for the schema.",
    ),
    (
        "falseSchema",
        "JSON Schema 2020-12 §4.3.2",
        "The schema `false` allows no value at all.",
    ),
    (
        "prefixItems",
        "JSON Schema 2020-12 §10.3.1.1",
        "The first items are valid for the schemas in their order.",
    ),
    (
        "items",
        "JSON Schema 2020-12 §10.3.1.2",
        "Each item after `prefixItems` is valid for the schema; `false` allows none.",
    ),
    (
        "contains",
        "JSON Schema 2020-12 §10.3.1.3",
        "At least one item is valid for the schema.",
    ),
    (
        "properties",
        "JSON Schema 2020-12 §10.3.2.1",
        "The property is valid for its schema. In coverage: every property that is declared was sent.",
    ),
    (
        "patternProperties",
        "JSON Schema 2020-12 §10.3.2.2",
        "Properties whose name matches are valid for the schema.",
    ),
    (
        "additionalProperties",
        "JSON Schema 2020-12 §10.3.2.3",
        "Properties that are not declared are valid for the schema; `false` allows none.",
    ),
    (
        "propertyNames",
        "JSON Schema 2020-12 §10.3.2.4",
        "Each name of a property is valid for the schema.",
    ),
    (
        "unevaluatedItems",
        "JSON Schema 2020-12 §11.2",
        "Items that no other keyword speaks about are valid for the schema; `false` allows none.",
    ),
    (
        "unevaluatedProperties",
        "JSON Schema 2020-12 §11.3",
        "Properties that no other keyword speaks about are valid for the schema; `false` allows none.",
    ),
    (
        rule::DISCRIMINATOR,
        "OpenAPI 3.1 §4.8.25",
        "The tag stands for one branch of the union. It is a hint, so another tag is a warning.",
    ),
    (
        rule::WRITE_ONLY,
        "JSON Schema Validation 2020-12 §9.4",
        "The value is sent and never comes back.",
    ),
];

/// What is asked of messages.
const MESSAGES: Table = &[
    (
        rule::STYLE,
        "OpenAPI 3.1 §4.8.12.2",
        "The parameter is spelled as its style says.",
    ),
    (
        rule::STYLE_JSON,
        "OpenAPI 3.1 §4.8.21",
        "A header is spelled in the style `simple`. JSON in it is a warning: `content` says that there is JSON.",
    ),
    (
        rule::MEDIA_TYPE,
        "OpenAPI 3.1 §4.8.14, RFC 9110 §8.3",
        "The media type of the body is one of those declared.",
    ),
    (
        rule::CHARSET,
        "RFC 8259 §8.1",
        "JSON is UTF-8, whatever is said beside it.",
    ),
    (rule::JSON, "RFC 8259 §2", "The body is JSON."),
    (
        rule::TRAILING,
        "RFC 8259 §2, §9",
        "Nothing follows the JSON. Readers may pass over it, so it is a warning for input.",
    ),
    (
        rule::UTF8,
        "RFC 8259 §8.1",
        "The JSON is UTF-8. Readers may replace what is none, so it is a warning for input.",
    ),
    (
        rule::DUPLICATE,
        "RFC 8259 §4",
        "No name occurs twice in an object.",
    ),
    (
        rule::JSON_LIMIT,
        "RFC 8259 §9",
        "The JSON is within what this tool reads: 128 levels, and numbers of 64 bits.",
    ),
    (rule::FORM, "OpenAPI 3.1 §4.8.15", "The form can be read."),
    (
        rule::PART_TYPE,
        "OpenAPI 3.1 §4.8.15",
        "A part of a form has one of the types that its encoding states. Readers may look at the content instead, so it is a warning for input.",
    ),
    (
        rule::SECURITY,
        "OpenAPI 3.1 §4.8.30",
        "A credential that the operation asks for is there.",
    ),
    (
        "credential",
        "RFC 9110 §15.5.2",
        "The credential is one that was given out.",
    ),
    (
        "alternative",
        "OpenAPI 3.1 §4.8.30",
        "The credential of another way in is one that was given out.",
    ),
    (
        rule::STATUS,
        "OpenAPI 3.1 §4.8.16",
        "The status is declared.",
    ),
    (
        rule::NO_BODY,
        "OpenAPI 3.1 §4.8.17, RFC 9110 §6.4.1",
        "There is no body where none is declared, or none may be.",
    ),
    (
        "server-error",
        "RFC 9110 §15.6",
        "The server does not fail.",
    ),
];

/// What is only tried: all of it is allowed, or left to the server.
const CASES: Table = &[
    ("minimal", "", "A request with only what must be there."),
    ("full", "", "A request with everything that may be there."),
    (
        "absent",
        "",
        "A request without something that may be left out.",
    ),
    (
        "example",
        "",
        "A value that the document gives as an example.",
    ),
    ("null", "", "Null, where it is allowed."),
    ("boolean", "", "True and false, where they are allowed."),
    (
        "random",
        "",
        "A request that chance made, by the seed; the document allows it.",
    ),
    (
        "quotes",
        "",
        "A text with quotes and other characters that mean something elsewhere; the document allows it.",
    ),
    (
        "unicode",
        "",
        "A text with characters outside of ASCII; the document allows it.",
    ),
    (
        "nul",
        "",
        "A text with U+0000, which databases may refuse. A refusal is an answer, and a failure is not.",
    ),
    (
        "control",
        "RFC 9110 §5.5",
        "A text with control characters, among them the end of a line. No header of the answer may have one in it.",
    ),
    (
        "depth",
        "RFC 8259 §9",
        "JSON that is nested 5,000 times. A refusal is an answer, and a failure is not.",
    ),
    (
        "empty",
        "RFC 9110 §11.6.2",
        "A credential without a value. 401 is the answer.",
    ),
    (
        "anonymous",
        "OpenAPI 3.1 §4.8.30",
        "A request without a credential, where none is asked for.",
    ),
    (
        "accept",
        "RFC 9110 §12.5.1",
        "A request for a media type that nobody offers. 406 is an answer, and so is another media type.",
    ),
    (
        "unknown-parameter",
        "",
        "A parameter of the query that nobody declared. No standard says what a server makes of it, but it must not fail.",
    ),
    (
        "duplicate-parameter",
        "",
        "A parameter twice that is a single value. No standard says what a server makes of it, but it must not fail.",
    ),
    (
        "percent-encoding",
        "RFC 3986 §2.1, §2.5",
        "`%zz`, which is no octet, and `%ff`, which is no UTF-8, in path and query. 400 is an answer, and a failure is not.",
    ),
    (
        "oversize-header",
        "RFC 9110 §5.4",
        "A header of 20,000 bytes. 431 is an answer, and a failure is not.",
    ),
];

//! The table of all codes that reading a document can give: what they mean and where the standard says so.

use super::{Diagnostic, Severity};
use crate::source::Place;

/// A kind of finding: its stable name, its weight, and what it means.
#[derive(Debug)]
pub struct Code {
    /// The stable name, such as `reference-not-found`.
    pub name: &'static str,
    /// How much a finding weighs, and for whom.
    pub class: Class,
    /// The section of the standard that it stands on; empty where it is a matter of this tool.
    pub section: &'static str,
    /// What it means, in whole sentences.
    pub meaning: &'static str,
}

/// How much a kind of finding weighs. Reading for a generator and judging by the standard weigh differently: a document
/// with an unknown key can be read, and still it is not what the standard asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Always an error: the document is not understood, or what it says cannot be held.
    Error,
    /// A departure from the standard that can be read around: a warning for a generator, an error for a lint. See
    /// [`Diagnostics::hold_to_standard`](super::Diagnostics::hold_to_standard).
    Standard,
    /// Always a warning: the standard allows it or only advises against it, and likely something else was meant.
    Warning,
}

impl Class {
    /// What a finding weighs when a document is read to be used.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Standard | Self::Warning => Severity::Warning,
        }
    }
}

impl Code {
    /// A finding of this kind at a place.
    pub fn at(&self, place: &Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            at: Some(place.clone()),
            ..self.nowhere(message)
        }
    }

    /// The same finding under this code.
    pub(crate) fn in_place_of(&self, diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic {
            code: self.name,
            severity: self.class.severity(),
            ..diagnostic
        }
    }

    /// A finding of this kind that has no place, such as a file that cannot be read.
    pub fn nowhere(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.name,
            severity: self.class.severity(),
            message: message.into(),
            at: None,
            related: Vec::new(),
            help: None,
        }
    }
}

/// The code of a name, for tools that explain codes.
///
/// ```
/// let code = bindery_spec::diagnostic::codes::find("reference-not-found").unwrap();
/// assert_eq!(code.section, "OpenAPI 3.1 §4.8.23");
/// ```
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

/// Declares every code once, as a constant and as a row of [`ALL`].
macro_rules! codes {
    ($($name:ident = $text:literal, $class:ident, $section:literal, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Code = Code {
                name: $text,
                class: Class::$class,
                section: $section,
                meaning: $meaning,
            };
        )*
        /// Every code, grouped by what it is about.
        pub const ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    // Reading text.
    FILE_UNREADABLE = "file-unreadable", Error, "",
        "A file cannot be opened or is not UTF-8 text.";
    FILE_TOO_LARGE = "file-too-large", Error, "",
        "A file is larger than the limit that protects against exhausting memory.";
    FILE_EMPTY = "file-empty", Error, "OpenAPI 3.1 §4.3",
        "A file holds nothing but white space and comments.";
    JSON_SYNTAX = "json-syntax", Error, "RFC 8259",
        "A file is not valid JSON.";
    YAML_SYNTAX = "yaml-syntax", Error, "YAML 1.2",
        "A file is not valid YAML.";
    NESTING_TOO_DEEP = "nesting-too-deep", Error, "",
        "Objects and arrays are nested deeper than the limit that protects the stack.";
    DOCUMENT_TOO_LARGE = "document-too-large", Error, "",
        "A file has more nodes than the limit, or YAML aliases multiply into more.";
    SEVERAL_DOCUMENTS = "several-documents", Standard, "YAML 1.2 §9.2",
        "A YAML file holds several documents, separated by `---`. The first one is read.";
    DUPLICATE_KEY = "duplicate-key", Standard, "YAML 1.2 §3.2.1.1",
        "An object has the same key twice. The last one counts.";
    YAML_TABS = "yaml-tabs", Standard, "YAML 1.2 §6.1",
        "A YAML file is indented with tabs. Each is read as one space.";
    YAML_TAG_IGNORED = "yaml-tag-ignored", Standard, "OpenAPI 3.1 §4.3",
        "A YAML tag that JSON has no word for is left out; the value is read as if it were not there.";
    MERGE_INVALID = "merge-invalid", Standard, "YAML merge key",
        "The value of a merge key `<<` is neither an object nor a list of objects, and is left out.";
    NUMBER_ROUNDED = "number-rounded", Warning, "RFC 8259 §6",
        "A number has more digits than 64 bits hold. The nearest floating-point number is taken, as most readers of JSON do.";

    // Overlays.
    OVERLAY_INVALID = "overlay-invalid", Error, "Overlay 1.1 §4.4",
        "A file is no overlay, or one of its actions cannot be understood or carried out.";
    OVERLAY_UNMATCHED = "overlay-unmatched", Warning, "Overlay 1.1 §4.4.3",
        "The target of an overlay's action selects nothing in the document.";

    // The document as a whole.
    VERSION_MISSING = "version-missing", Error, "OpenAPI 3.1 §4.8.1",
        "The root has neither `openapi` nor `swagger`, so this is not an OpenAPI document.";
    VERSION_UNSUPPORTED = "version-unsupported", Error, "OpenAPI 3.1 §4.1",
        "The version of the standard is none of 2.0, 3.0, 3.1 and 3.2.";

    // References.
    REFERENCE_NOT_FOUND = "reference-not-found", Standard, "OpenAPI 3.1 §4.8.23",
        "A reference leads to nothing. Where a schema, a body or a response was to be, anything is allowed; the rest is left out.";
    REFERENCE_CYCLE = "reference-cycle", Standard, "OpenAPI 3.1 §4.8.23",
        "References lead in a circle, so there is nothing that they stand for. They are taken as leading to nothing.";
    REFERENCE_RECURSIVE = "reference-recursive", Warning, "",
        "A callback or a header holds itself by reference. It is read once, and left out inside itself.";
    REFERENCE_DYNAMIC = "reference-dynamic", Warning, "JSON Schema 2020-12 §8.2.3.2",
        "More than one schema has the `$dynamicAnchor` that a `$dynamicRef` names. It is taken to lead to the one in reach of a `$ref`, and what others put in its place is not carried.";
    REFERENCE_REMOTE = "reference-remote", Warning, "OpenAPI 3.1 §4.6",
        "A reference leads to a URL that may not be fetched, so what it stands for is left open.";

    // Shapes of values.
    WRONG_TYPE = "wrong-type", Standard, "OpenAPI 3.1 §4.8",
        "A value has another JSON type than the standard says. It is read as meant where that is clear, otherwise left out.";
    KEY_UNKNOWN = "key-unknown", Standard, "OpenAPI 3.1 §4.8",
        "An object has a key that the standard does not know and that does not start with `x-`. It is left out.";
    KEYWORD_UNKNOWN = "keyword-unknown", Warning, "OpenAPI 3.1 §4.8.24",
        "A schema has a keyword of another vocabulary than those of OpenAPI and JSON Schema. It is left out.";
    KEY_OF_OTHER_VERSION = "key-of-other-version", Standard, "OpenAPI 3.1 §4.8",
        "An object has a key that only another version of the standard knows. It is read as meant.";
    KEYS_EXCLUSIVE = "keys-exclusive", Standard, "OpenAPI 3.1 §4.8",
        "An object has two keys that exclude each other.";
    SERVER_ENUM_EMPTY = "server-enum-empty", Standard, "OpenAPI 3.1 §4.8.6.1",
        "A variable of a server's URL has an empty list of allowed values. The list is left out.";
    REQUIRED_KEY_MISSING = "required-key-missing", Standard, "OpenAPI 3.1 §4.8",
        "An object lacks a key that the standard requires.";
    VALUE_UNKNOWN = "value-unknown", Standard, "OpenAPI 3.1 §4.8",
        "A keyword has a value that the standard does not list.";

    // Parameters.
    PARAMETER_DUPLICATE = "parameter-duplicate", Standard, "OpenAPI 3.1 §4.8.10.1",
        "A list of parameters has the same name at the same location twice. The last one counts.";
    PATH_PARAMETER_OPTIONAL = "path-parameter-optional", Warning, "OpenAPI 3.1 §4.8.12.2",
        "A path parameter is not declared as required. It is taken as required.";
    ALLOW_RESERVED_MISPLACED = "allow-reserved-misplaced", Standard, "OpenAPI 3.1 §4.8.12.2",
        "A parameter says that reserved characters stay as they are at a location where they cannot.";
    STYLE_MISPLACED = "style-misplaced", Standard, "OpenAPI 3.1 §4.8.12.3",
        "A parameter has a style that its location does not allow. The default of the location is taken.";
    BODY_AMBIGUOUS = "body-ambiguous", Standard, "Swagger 2.0, Parameter Object",
        "An operation of Swagger 2.0 has a body and form fields, which exclude each other. The fields are left out.";

    // Schemas.
    TYPE_UNKNOWN = "type-unknown", Standard, "JSON Schema 2020-12 §6.1.1",
        "`type` names none of the seven types of JSON. What is meant is taken where that is clear, otherwise anything is allowed.";
    MAPPING_NOT_FOUND = "mapping-not-found", Warning, "OpenAPI 3.1 §4.8.25",
        "A discriminator maps a value to a schema that is not there. The value is left out of the mapping.";

    // The shape of objects.
    LIST_EMPTY = "list-empty", Standard, "OpenAPI 3.1 §4.8",
        "A list is empty that must have an item.";
    NAME_MALFORMED = "name-malformed", Standard, "OpenAPI 3.1 §4.8.7.1, RFC 9110 §5.1",
        "The name of a component, a header or a path parameter has a character that such names cannot have.";
    MEDIA_TYPE_MALFORMED = "media-type-malformed", Warning, "RFC 9110 §8.3.1",
        "The name of a media type is none, so that nothing that is sent can have it.";
    METHOD_MISPLACED = "method-misplaced", Standard, "OpenAPI 3.2 §4.9.1",
        "`additionalOperations` has a method that has a key of its own, or that no method can be called.";
    CONTENT_NOT_SINGLE = "content-not-single", Standard, "OpenAPI 3.1 §4.8.12.4",
        "The `content` of a parameter or a header has none or several media types, where it must have one.";
    QUERYSTRING_CONFLICT = "querystring-conflict", Standard, "OpenAPI 3.2 §4.12.1",
        "A parameter for the whole query string stands beside another one, or beside single query parameters.";

    // Servers.
    SERVER_VARIABLE_UNDECLARED = "server-variable-undeclared", Warning, "OpenAPI 3.1 §4.8.5",
        "The URL of a server has a variable that is not declared, so that nobody knows what to put there.";
    SERVER_VARIABLE_UNUSED = "server-variable-unused", Warning, "OpenAPI 3.1 §4.8.5",
        "A server declares a variable that is not in its URL.";
    SERVER_DEFAULT_UNLISTED = "server-default-unlisted", Standard, "OpenAPI 3.1 §4.8.6",
        "The default of a server's variable is none of its values.";

    // Operations.
    OPERATION_ID_DUPLICATE = "operation-id-duplicate", Standard, "OpenAPI 3.1 §4.8.10",
        "Two operations have the same `operationId`. Both are kept, under names that differ.";
    OPERATION_ID_ON_HEAD = "operation-id-on-head", Standard, "OpenAPI 3.1 §4.8.10, RFC 9110 §9.3.2",
        "HEAD and GET of one path have the same `operationId`. HEAD is GET without the body, so it is clear what is meant.";
    PATH_AMBIGUOUS = "path-ambiguous", Standard, "OpenAPI 3.1 §4.8.8.2",
        "Two paths differ only in the names of their parameters, so that a URL can be either.";
    PATH_TEMPLATE_REPEATS = "path-template-repeats", Standard, "OpenAPI 3.2 §4.8.2",
        "A path has the same parameter twice.";
    PATH_PARAMETER_UNDECLARED = "path-parameter-undeclared", Warning, "OpenAPI 3.1 §4.8.8.2",
        "A path has a name between braces, and the operation has no path parameter of that name. One is made up, a string.";
    PATH_PARAMETER_UNUSED = "path-parameter-unused", Warning, "OpenAPI 3.1 §4.8.12.1",
        "An operation has a path parameter that its path does not have.";
    BODY_UNEXPECTED = "body-unexpected", Warning, "OpenAPI 3.1 §4.8.10, RFC 9110 §9.3",
        "A GET, HEAD or DELETE has a request body, which many servers and proxies drop or refuse.";
    SECURITY_SCHEME_UNKNOWN = "security-scheme-unknown", Warning, "OpenAPI 3.1 §4.8.30",
        "A security requirement names a scheme that is not declared.";
    LINK_OPERATION_UNKNOWN = "link-operation-unknown", Warning, "OpenAPI 3.1 §4.8.20",
        "A link leads to an `operationId` that no operation has.";

    // What schemas say together.
    BOUNDS_CROSSED = "bounds-crossed", Standard, "JSON Schema 2020-12 Validation §6",
        "A lower bound is above the upper bound, so that no value is allowed.";
    MULTIPLE_OF_INVALID = "multiple-of-invalid", Standard, "JSON Schema 2020-12 Validation §6.2.1",
        "`multipleOf` is not greater than 0.";
    PATTERN_INVALID = "pattern-invalid", Standard, "JSON Schema 2020-12 §6.4",
        "A pattern is no regular expression of ECMA-262, so that nothing can be held to it.";
    PATTERN_DELIMITED = "pattern-delimited", Warning, "JSON Schema 2020-12 §6.4",
        "A pattern stands between slashes, as programs write it, so that nothing matches. It is read without them; flags become modifiers.";
    ENUM_EMPTY = "enum-empty", Warning, "JSON Schema 2020-12 Validation §6.1.2",
        "An `enum` has no values, so that no value is allowed.";
    ENUM_DUPLICATE = "enum-duplicate", Warning, "JSON Schema 2020-12 Validation §6.1.2",
        "An `enum` has the same value twice.";
    ENUM_MISMATCH = "enum-mismatch", Warning, "JSON Schema 2020-12 Validation §6.1.2",
        "An `enum` has a value that the `type` beside it does not allow.";
    SCHEMAS_DISAGREE = "schemas-disagree", Warning, "JSON Schema 2020-12 §10.2.1.1",
        "Schemas that hold at once, by `allOf` or beside a `$ref`, have no type or no listed value in common, so that no value is allowed.";
    DEFAULT_MISMATCH = "default-mismatch", Warning, "JSON Schema 2020-12 Validation §9.2",
        "A default is not allowed by its own schema.";
    EXAMPLE_MISMATCH = "example-mismatch", Warning, "OpenAPI 3.1 §4.8.14",
        "An example is not allowed by its schema.";
    DISCRIMINATOR_UNDECLARED = "discriminator-undeclared", Warning, "OpenAPI 3.1 §4.8.25",
        "The variants of a union do not declare the property that tells them apart.";
    READ_ONLY_AND_WRITE_ONLY = "read-only-and-write-only", Standard, "OpenAPI 3.0 §4.7.24.2",
        "A schema is `readOnly` and `writeOnly`, so that it is never there.";

    // What a client does not carry as the document says it, and what its configuration says in vain.
    SEVERAL_UNIONS = "several-unions", Warning, "",
        "A schema keeps to several unions at once. Its values are plain JSON in a client.";
    TUPLE_UNTYPED = "tuple-untyped", Warning, "",
        "The items of an array have different types by position. They are plain JSON in a client.";
    RULE_UNCHECKED = "rule-unchecked", Warning, "",
        "A schema asks of values what a client cannot check: conditions or alternatives that are recursive, or too many.";
    RECURSIVE_ALIAS = "recursive-alias", Warning, "",
        "A schema holds itself without an object in between. It is plain JSON in a client.";
    NESTING_UNTYPED = "nesting-untyped", Warning, "",
        "Schemas lead from one to the next so often that the rest of them is plain JSON in a client.";
    NOT_CARRIED = "not-carried", Warning, "",
        "The document says something that a client has no place for, and that is left out. The message says what.";
    MULTIPART_UNTYPED = "multipart-untyped", Warning, "",
        "A multipart body has no declared properties. A client sends it as bytes.";
    CONTENT_UNTYPED = "content-untyped", Warning, "",
        "A body or a parameter has a schema of objects or arrays, and a media type that a client cannot write. A client has it as text or bytes.";
    ENCODING_NOT_APPLIED = "encoding-not-applied", Warning, "",
        "A property of a form has a media type that a client cannot write, and is sent as text; or its own parts have encodings, which are left out.";
    ENCODING_CONFLICT = "encoding-conflict", Warning, "",
        "Operations spell the same part of the same body in different ways. The first of them counts in a client.";
    PART_HEADER_LEFT_OUT = "part-header-left-out", Warning, "",
        "A part of a multipart body declares a header. A client sends the part without it.";
    SPELLING_UNDEFINED = "spelling-undefined", Warning, "OpenAPI 3.1 §4.8.12.4",
        "A parameter with the style `deepObject` holds an array, for which the standard has no spelling. A client sends `name[]=1`, and `name[0][key]=1` where the items have parts.";
    QUERY_STRING_UNSUPPORTED = "query-string-unsupported", Warning, "",
        "A parameter is the whole query string, and no object that is spelled as a form. A client cannot set it.";
    SECURITY_PARTIAL = "security-partial", Warning, "OpenAPI 3.1 §4.8.27",
        "A security scheme needs more than a client does by itself: a person who authorizes it, a certificate, or answers to challenges. The message says what its user gives it instead.";
    EMITTED_INVALID = "emitted-invalid", Error, "",
        "A file of a client would be no Rust: a fault of the generator.";
    HOIST_UNUSED = "hoist-unused", Warning, "",
        "The configuration makes a header a setting of the client, and no operation has that header.";
    SELECTION_UNMATCHED = "selection-unmatched", Warning, "",
        "The configuration selects operations by something that no operation has.";
    PAGES_NOT_DONE = "pages-not-done", Warning, "",
        "The configuration says how an operation comes in pages, by something that the operation does not have.";
    REPLACE_NOT_DONE = "replace-not-done", Warning, "",
        "The configuration replaces the type of something that there is not.";
    RENAME_NOT_DONE = "rename-not-done", Warning, "",
        "The configuration gives a name to something that there is not, or a name that cannot be given.";
}

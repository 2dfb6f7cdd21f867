//! The table of all codes that reading a document can give: what they mean and where the standard says so.

use super::{Diagnostic, Severity};
use crate::source::Place;

/// A kind of finding: its stable name, its weight, and what it means.
#[derive(Debug)]
pub struct Code {
    /// The stable name, such as `reference-not-found`.
    pub name: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// The section of the standard that it stands on; empty where it is a matter of this tool.
    pub section: &'static str,
    /// What it means, in whole sentences.
    pub meaning: &'static str,
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
            severity: self.severity,
            ..diagnostic
        }
    }

    /// A finding of this kind that has no place, such as a file that cannot be read.
    pub fn nowhere(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.name,
            severity: self.severity,
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
    ($($name:ident = $text:literal, $severity:ident, $section:literal, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Code = Code {
                name: $text,
                severity: Severity::$severity,
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
    SEVERAL_DOCUMENTS = "several-documents", Error, "YAML 1.2 §9.2",
        "A YAML file holds several documents, separated by `---`.";
    DUPLICATE_KEY = "duplicate-key", Error, "YAML 1.2 §3.2.1.1",
        "An object has the same key twice. The last one counts.";
    YAML_TAG_IGNORED = "yaml-tag-ignored", Warning, "OpenAPI 3.1 §4.3",
        "A YAML tag that JSON has no word for is left out; the value is read as if it were not there.";
    MERGE_INVALID = "merge-invalid", Warning, "YAML merge key",
        "The value of a merge key `<<` is neither an object nor a list of objects, and is left out.";

    // The document as a whole.
    VERSION_MISSING = "version-missing", Error, "OpenAPI 3.1 §4.8.1",
        "The root has neither `openapi` nor `swagger`, so this is not an OpenAPI document.";
    VERSION_UNSUPPORTED = "version-unsupported", Error, "OpenAPI 3.1 §4.1",
        "The version of the standard is none of 2.0, 3.0, 3.1 and 3.2.";

    // References.
    REFERENCE_NOT_FOUND = "reference-not-found", Error, "OpenAPI 3.1 §4.8.23",
        "A reference leads to nothing.";
    REFERENCE_CYCLE = "reference-cycle", Error, "OpenAPI 3.1 §4.8.23",
        "References lead in a circle, so there is nothing that they stand for.";
    REFERENCE_RECURSIVE = "reference-recursive", Warning, "",
        "A callback or a header holds itself by reference. It is read once, and left out inside itself.";
    REFERENCE_REMOTE = "reference-remote", Warning, "OpenAPI 3.1 §4.6",
        "A reference leads to a URL. Nothing is fetched over the network, so what it stands for is left open.";

    // Shapes of values.
    WRONG_TYPE = "wrong-type", Warning, "OpenAPI 3.1 §4.8",
        "A value has another JSON type than the standard says. It is read as meant where that is clear, otherwise left out.";
    KEY_UNKNOWN = "key-unknown", Warning, "OpenAPI 3.1 §4.8",
        "An object has a key that the standard does not know and that does not start with `x-`. It is left out.";
    KEY_OF_OTHER_VERSION = "key-of-other-version", Warning, "OpenAPI 3.1 §4.8",
        "An object has a key that only another version of the standard knows. It is read as meant.";
    KEYS_EXCLUSIVE = "keys-exclusive", Warning, "OpenAPI 3.1 §4.8",
        "An object has two keys that exclude each other.";
    SERVER_ENUM_EMPTY = "server-enum-empty", Warning, "OpenAPI 3.1 §4.8.6.1",
        "A variable of a server's URL has an empty list of allowed values. The list is left out.";
    REQUIRED_KEY_MISSING = "required-key-missing", Warning, "OpenAPI 3.1 §4.8",
        "An object lacks a key that the standard requires.";
    VALUE_UNKNOWN = "value-unknown", Warning, "OpenAPI 3.1 §4.8",
        "A keyword has a value that the standard does not list.";

    // Parameters.
    PARAMETER_DUPLICATE = "parameter-duplicate", Warning, "OpenAPI 3.1 §4.8.10.1",
        "A list of parameters has the same name at the same location twice. The last one counts.";
    PATH_PARAMETER_OPTIONAL = "path-parameter-optional", Warning, "OpenAPI 3.1 §4.8.12.2",
        "A path parameter is not declared as required. It is taken as required.";
    ALLOW_RESERVED_MISPLACED = "allow-reserved-misplaced", Warning, "OpenAPI 3.1 §4.8.12.2",
        "A parameter says that reserved characters stay as they are at a location where they cannot.";
    STYLE_MISPLACED = "style-misplaced", Warning, "OpenAPI 3.1 §4.8.12.3",
        "A parameter has a style that its location does not allow. The default of the location is taken.";
    BODY_AMBIGUOUS = "body-ambiguous", Warning, "Swagger 2.0, Parameter Object",
        "An operation of Swagger 2.0 has a body and form fields, which exclude each other. The fields are left out.";

    // Schemas.
    TYPE_UNKNOWN = "type-unknown", Warning, "JSON Schema 2020-12 §6.1.1",
        "`type` names none of the seven types of JSON. What is meant is taken where that is clear, otherwise anything is allowed.";
    MAPPING_NOT_FOUND = "mapping-not-found", Warning, "OpenAPI 3.1 §4.8.25",
        "A discriminator maps a value to a schema that is not there. The value is left out of the mapping.";
}

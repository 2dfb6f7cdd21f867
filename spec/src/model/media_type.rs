//! Media types: how a body is spelled, and what it says.

use indexmap::IndexMap;

use super::{Header, SchemaId, Style};
use crate::Value;
use crate::source::Place;

/// A media type of a body, a response or a parameter (OpenAPI 3.1 §4.8.14).
#[derive(Clone, Debug)]
pub struct MediaType {
    /// The media type or range as written, such as `application/json` or `image/*`.
    pub name: String,
    /// The schema of the content.
    pub schema: Option<SchemaId>,
    /// The schema of each item of a sequence (OpenAPI 3.2 `itemSchema`).
    pub item_schema: Option<SchemaId>,
    /// Examples of the content.
    pub examples: Vec<Example>,
    /// How the properties of a form or multipart body are spelled, by property.
    pub encoding: IndexMap<String, Encoding>,
    /// How the items of a multipart body are spelled by position (OpenAPI 3.2 `prefixEncoding`).
    pub prefix_encoding: Vec<Encoding>,
    /// How the other items of a multipart body are spelled (OpenAPI 3.2 `itemEncoding`).
    pub item_encoding: Option<Encoding>,
    /// Markdown (OpenAPI 3.2).
    pub description: Option<String>,
    /// Whether it stands in for the content of something that a reference does not lead to, so that the content may be
    /// anything in any media type.
    pub unresolved: bool,
    /// Where it stands.
    pub place: Place,
}

impl MediaType {
    /// A media type that says nothing about its content.
    pub fn new(name: impl Into<String>, place: &Place) -> Self {
        Self {
            name: name.into(),
            schema: None,
            item_schema: None,
            examples: Vec::new(),
            encoding: IndexMap::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            description: None,
            unresolved: false,
            place: place.clone(),
        }
    }
}

/// How one property of a form or multipart body is spelled (OpenAPI 3.1 §4.8.15).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The media types that the part may have, as written: a list separated by commas.
    pub content_type: Option<String>,
    /// The headers of the part.
    pub headers: Vec<Header>,
    /// The style, for forms.
    pub style: Option<Style>,
    /// Whether arrays and objects are spread, for forms.
    pub explode: Option<bool>,
    /// Whether reserved characters stay as they are, for forms.
    pub allow_reserved: bool,
    /// How the parts of a part that is a form itself are spelled, by property (OpenAPI 3.2 `encoding`).
    pub encoding: IndexMap<String, Encoding>,
    /// Likewise by position (OpenAPI 3.2 `prefixEncoding`).
    pub prefix_encoding: Vec<Encoding>,
    /// Likewise after those (OpenAPI 3.2 `itemEncoding`).
    pub item_encoding: Option<Box<Encoding>>,
    /// Where it stands.
    pub place: Place,
}

impl Encoding {
    /// An encoding that says nothing.
    pub fn new(place: &Place) -> Self {
        Self {
            content_type: None,
            headers: Vec::new(),
            style: None,
            explode: None,
            allow_reserved: false,
            encoding: IndexMap::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            place: place.clone(),
        }
    }
}

/// An example (OpenAPI 3.1 §4.8.19).
#[derive(Clone, Debug)]
pub struct Example {
    /// The key under `examples`; `None` for a plain `example`.
    pub name: Option<String>,
    /// A short sentence.
    pub summary: Option<String>,
    /// The value; `None` where the document only says where it is to be found.
    pub value: Option<Value>,
    /// Where the value is to be found (`externalValue`), as written.
    pub external: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The value as it stands on the wire (OpenAPI 3.2 `serializedValue`).
    pub serialized: Option<String>,
    /// Where it stands.
    pub place: Place,
}

//! Parameters: what an operation takes beside its body.

use super::{Example, Extensions, MediaType, SchemaId};
use crate::source::Place;

/// Where a parameter travels (OpenAPI 3.1 §4.8.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// As a pair of the query.
    Query,
    /// The whole query string (OpenAPI 3.2).
    QueryString,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How a parameter's value is spelled (OpenAPI 3.1 §4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;a=1;b=2`, in paths.
    Matrix,
    /// `.1.2`, in paths.
    Label,
    /// `1,2`, in paths and headers.
    Simple,
    /// `a=1&a=2`, in queries and cookies.
    Form,
    /// `a=1%202`, in queries.
    SpaceDelimited,
    /// `a=1|2`, in queries.
    PipeDelimited,
    /// `a=1\t2`, from Swagger 2.0's `tsv`.
    TabDelimited,
    /// `a[k]=1`, in queries.
    DeepObject,
    /// `a=1; b=2` without percent-encoding, in cookies (OpenAPI 3.2).
    Cookie,
}

/// A parameter of an operation (OpenAPI 3.1 §4.8.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Whether an empty value may be sent (OpenAPI 3.1 §4.8.12.2).
    pub allow_empty_value: bool,
    /// How its value is spelled.
    pub format: ParameterFormat,
    /// Examples of its value.
    pub examples: Vec<Example>,
    /// The `x-…` keys.
    pub extensions: Extensions,
    /// Where it stands.
    pub place: Place,
}

/// How a parameter's value becomes text: by a style or by a media type.
#[derive(Clone, Debug)]
pub enum ParameterFormat {
    /// By a style; the defaults of the location are filled in.
    Style {
        /// The style.
        style: Style,
        /// Whether arrays and objects are spread over several pairs.
        explode: bool,
        /// Whether reserved characters (RFC 3986 §2.2) stay as they are.
        allow_reserved: bool,
        /// The schema of the value.
        schema: SchemaId,
    },
    /// By a media type.
    Content(Box<MediaType>),
}

impl Parameter {
    /// Whether both stand for one value: they have one name at one location. Names of headers have no case (RFC 9110 §5.1).
    pub fn is_same(&self, other: &Self) -> bool {
        let is_named = if self.location == Location::Header {
            self.name.eq_ignore_ascii_case(&other.name)
        } else {
            self.name == other.name
        };
        is_named && self.location == other.location
    }

    /// How the value is spelled; `None` where it is content of a media type.
    pub fn style(&self) -> Option<Style> {
        match self.format {
            ParameterFormat::Style { style, .. } => Some(style),
            ParameterFormat::Content(_) => None,
        }
    }

    /// The schema of the value, however it is spelled; `None` for content without a schema.
    pub fn schema(&self) -> Option<SchemaId> {
        match &self.format {
            ParameterFormat::Style { schema, .. } => Some(*schema),
            ParameterFormat::Content(content) => content.schema,
        }
    }
}

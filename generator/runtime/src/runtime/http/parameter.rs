//! What is fixed about a parameter.

use std::fmt;

use http::header::{HeaderName, HeaderValue};

use super::{core, style};
use crate::runtime::check::Rule;
use crate::runtime::json::Value;

/// A parameter (OpenAPI 3.1 §4.8.12): where it travels, how it is spelled, what its value must keep to.
#[derive(Debug)]
pub struct Parameter {
    pub(super) name: &'static str,
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) spelling: Spelling,
    pub(super) rules: &'static [Rule],
}

/// Where a parameter travels (OpenAPI 3.1 §4.8.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path template.
    Path,
    /// As a pair of the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
    /// In the body, which is JSON. Only pages are asked for in this way; the document has no such parameters.
    #[cfg(feature = "part-pages")]
    Body,
}

/// How a value is spelled (OpenAPI 3.1 §4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// `a=1%7C2`, in queries.
    PipeDelimited,
    /// `a=1%092`, in queries.
    TabDelimited,
    /// `a%5Bk%5D=1`, in queries.
    DeepObject,
    /// `a=1; b=2` without percent-encoding, in cookies.
    Cookie,
    /// As JSON text: a parameter whose `content` is JSON.
    Json,
    /// As the whole query: the properties of an object as a form has them (OpenAPI 3.2 §4.12.1).
    Query,
}

/// The style of a value, with what refines it (OpenAPI 3.1 §4.8.12.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) allow_reserved: bool,
}

impl Spelling {
    /// A style; `explode` spreads arrays and objects over several pairs.
    pub const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            allow_reserved: false,
        }
    }

    /// The same, but reserved characters stay as they are (RFC 3986 §2.2), less those that would end the value.
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }
}

impl Parameter {
    /// A path parameter. Its default style is `simple`.
    pub const fn path(name: &'static str) -> Self {
        Self {
            required: true,
            ..Self::new(name, Location::Path, Style::Simple, false)
        }
    }

    /// A query parameter. Its default style is `form`, spread over several pairs.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A header parameter. Its only style is `simple`.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie parameter. Its default style is `form`, spread over several pairs.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    /// A place in a JSON body, which a next page is asked for by: its name is a JSON Pointer (RFC 6901).
    #[cfg(feature = "part-pages")]
    pub const fn body(pointer: &'static str) -> Self {
        Self::new(pointer, Location::Body, Style::Json, false)
    }

    const fn new(name: &'static str, location: Location, style: Style, explode: bool) -> Self {
        let spelling = Spelling::new(style, explode);
        Self {
            name,
            location,
            required: false,
            spelling,
            rules: &[],
        }
    }

    /// The same, but it must be given.
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The same with another style; `explode` spreads arrays and objects over several pairs.
    pub const fn with_style(self, style: Style, explode: bool) -> Self {
        Self {
            spelling: Spelling {
                style,
                explode,
                ..self.spelling
            },
            ..self
        }
    }

    /// The same, but reserved characters stay as they are (RFC 3986 §2.2), less those that would end the value.
    pub const fn allow_reserved(self) -> Self {
        Self {
            spelling: self.spelling.allow_reserved(),
            ..self
        }
    }

    /// The same, with rules for its value.
    pub const fn with_rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// Whether both are the same parameter. Names of headers are compared without case.
    pub(super) fn is(&self, other: &Self) -> bool {
        let same_name = || match self.location {
            Location::Header => self.name.eq_ignore_ascii_case(other.name),
            _ => self.name == other.name,
        };
        self.location == other.location && same_name()
    }

    /// The header that a value is; `None` where this is no header, where there is no value, and where HTTP does not allow
    /// it.
    pub(super) fn to_header(&self, value: &Value) -> Option<(HeaderName, HeaderValue)> {
        let text = match self.location {
            Location::Header => style::header(self.spelling, value)?,
            _ => return None,
        };
        core::header(self.name, text.into_owned())
    }
}

/// How messages call it: `query limit`.
impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.location, self.name)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            #[cfg(feature = "part-pages")]
            Self::Body => "body",
        })
    }
}

//! What is wrong with a message, and where.

use std::fmt;

use bindery_spec::model::Location;

/// The part of a message that something is said about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The request as a whole.
    Request,
    /// The method.
    Method,
    /// A parameter by its location and name.
    Parameter(Location, String),
    /// A credential by the name of its security scheme.
    Credential(String),
    /// The request's content type.
    ContentType,
    /// The request's body.
    Body,
    /// The response as a whole.
    Response,
    /// The response's status.
    Status,
    /// A header of the response.
    ResponseHeader(String),
    /// The response's body.
    ResponseBody,
}

impl Part {
    /// The part of a request that is shown like this; the whole request where none is.
    pub(crate) fn named(shown: &str) -> Self {
        let whole = [Self::Method, Self::ContentType, Self::Body];
        if let Some(part) = whole.into_iter().find(|part| part.to_string() == shown) {
            return part;
        }
        if let Some(name) = shown.strip_prefix("credential ") {
            return Self::Credential(name.to_owned());
        }
        // `query string x` begins like `query x`.
        let locations = [
            Location::QueryString,
            Location::Path,
            Location::Query,
            Location::Header,
            Location::Cookie,
        ];
        let named = locations.into_iter().find_map(|location| {
            let name = shown.strip_prefix(location_name(location))?;
            Some(Self::Parameter(
                location,
                name.strip_prefix(' ')?.to_owned(),
            ))
        });
        named.unwrap_or(Self::Request)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => f.write_str("request"),
            Self::Method => f.write_str("method"),
            Self::Parameter(location, name) => write!(f, "{} {name}", location_name(*location)),
            Self::Credential(name) => write!(f, "credential {name}"),
            Self::ContentType => f.write_str("header Content-Type"),
            Self::Body => f.write_str("body"),
            Self::Response => f.write_str("response"),
            Self::Status => f.write_str("response status"),
            Self::ResponseHeader(name) => write!(f, "response header {name}"),
            Self::ResponseBody => f.write_str("response body"),
        }
    }
}

/// A place in a message: a part, and a JSON Pointer (RFC 6901) inside its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    /// The part.
    pub part: Part,
    /// The pointer; empty for the whole value.
    pub pointer: String,
}

impl Spot {
    /// A part as a whole.
    pub fn whole(part: Part) -> Self {
        Self::inside(part, "")
    }

    /// The status of an answer.
    pub fn status() -> Self {
        Self::whole(Part::Status)
    }

    /// A place inside a part.
    pub fn inside(part: Part, pointer: impl Into<String>) -> Self {
        Self {
            part,
            pointer: pointer.into(),
        }
    }

    /// The pointer whatever the item of a list: `/items/*/name`.
    pub(crate) fn general(&self) -> String {
        let steps = self.pointer.split('/').map(|step| {
            let index = step.parse::<usize>().is_ok();
            if index { "*" } else { step }
        });
        steps.collect::<Vec<_>>().join("/")
    }
}

/// Shows as `query limit` or `body /status`.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.part.fmt(f)?;
        if self.pointer.is_empty() {
            Ok(())
        } else {
            write!(f, " {}", self.pointer)
        }
    }
}

/// One rule of the document that a message breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub spot: Spot,
    /// The rule: a keyword of the schema such as `maximum`, or one of [`rule`].
    pub rule: String,
    /// What is wrong, in one sentence without a final stop.
    pub message: String,
    /// Whether nothing would be wrong if each `oneOf` were an `anyOf`.
    pub(crate) overlaps: bool,
}

impl Violation {
    /// A violation of a rule at a spot.
    pub fn new(spot: Spot, rule: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            spot,
            rule: rule.into(),
            message: message.into(),
            overlaps: false,
        }
    }
}

/// Shows as `query limit: 5000 is greater than the maximum of 1000`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.message)
    }
}

/// The rules that are not keywords of a schema.
pub mod rule {
    /// A part that must be there is missing.
    pub const REQUIRED: &str = "required";
    /// A parameter is not spelled as its style demands.
    pub const STYLE: &str = "style";
    /// A value is one that is listed, in another case.
    pub const ENUM_CASE: &str = "enum-case";
    /// A text that a pattern allows, in another case.
    pub const PATTERN_CASE: &str = "pattern-case";
    /// What the rules end with that are a rule but for the case of letters.
    pub(crate) const CASE: &str = "-case";
    /// A header is the JSON of its value, and not spelled in its style.
    pub const STYLE_JSON: &str = "style-json";
    /// The media type is not declared, missing, or malformed.
    pub const MEDIA_TYPE: &str = "media-type";
    /// The charset is not UTF-8 where the format demands it.
    pub const CHARSET: &str = "charset";
    /// The body is not JSON.
    pub const JSON: &str = "json";
    /// The JSON is followed by more bytes.
    pub const TRAILING: &str = "json-trailing";
    /// The bytes are not UTF-8.
    pub const UTF8: &str = "json-utf8";
    /// A key of a JSON object occurs twice.
    pub const DUPLICATE: &str = "json-duplicate-key";
    /// The JSON is beyond what this tool reads: too deep, or a number out of range.
    pub const JSON_LIMIT: &str = "json-limit";
    /// The form or multipart body cannot be read.
    pub const FORM: &str = "form";
    /// The type of a part of a form is not one of those that its encoding states.
    pub const PART_TYPE: &str = "part-type";
    /// No credential that the operation asks for is there.
    pub const SECURITY: &str = "security";
    /// The status is not declared.
    pub const STATUS: &str = "status";
    /// There is a body where none is allowed.
    pub const NO_BODY: &str = "no-body";
    /// The tag stands for no branch of the union.
    pub const DISCRIMINATOR: &str = "discriminator";
    /// A write-only value came back.
    pub const WRITE_ONLY: &str = "writeOnly";
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "query string",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_known_by_how_it_is_shown() {
        for part in [
            Part::Request,
            Part::Method,
            Part::ContentType,
            Part::Body,
            Part::Credential("door".to_owned()),
            Part::Parameter(Location::Query, "limit of".to_owned()),
            Part::Parameter(Location::QueryString, "q".to_owned()),
            Part::Parameter(Location::Header, "X-Id".to_owned()),
            Part::Parameter(Location::Path, "id".to_owned()),
            Part::Parameter(Location::Cookie, "c".to_owned()),
        ] {
            assert_eq!(Part::named(&part.to_string()), part);
        }
    }
}

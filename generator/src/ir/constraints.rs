//! What a value must keep to beyond its type.

use serde_json::Number;

use super::Ask;

/// What a value must keep to (JSON Schema 2020-12 Validation §6).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The lower bound of a number.
    pub minimum: Option<Bound>,
    /// The upper bound of a number.
    pub maximum: Option<Bound>,
    /// What a number must be divisible by.
    pub multiple_of: Option<Number>,
    /// The least number of characters.
    pub min_length: Option<u64>,
    /// The greatest number of characters.
    pub max_length: Option<u64>,
    /// What a string must match, ECMA-262.
    pub pattern: Option<String>,
    /// The format of a string, where its type does not check it.
    pub format: Option<Format>,
    /// The least number of items.
    pub min_items: Option<u64>,
    /// The greatest number of items.
    pub max_items: Option<u64>,
    /// Whether items must differ from each other.
    pub unique_items: bool,
    /// The least number of properties.
    pub min_properties: Option<u64>,
    /// The greatest number of properties.
    pub max_properties: Option<u64>,
    /// What is asked of the JSON of the value as a whole.
    pub asks: Vec<Ask>,
    /// What each item of a list or each value of a map must keep to.
    pub items: Option<Box<Constraints>>,
    /// Whether `items` is about the values of a map.
    pub of_map: bool,
}

/// The formats of strings that are checked and have no type of their own (JSON Schema 2020-12 Validation §7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `date-time`
    DateTime,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `uuid`
    Uuid,
    /// `byte`
    Byte,
    /// `duration`
    Duration,
    /// `email`
    Email,
    /// `idn-email`
    IdnEmail,
    /// `hostname`
    Hostname,
    /// `idn-hostname`
    IdnHostname,
    /// `ipv4`
    Ipv4,
    /// `ipv6`
    Ipv6,
    /// `uri`
    Uri,
    /// `uri-reference`
    UriReference,
    /// `iri`
    Iri,
    /// `iri-reference`
    IriReference,
    /// `uri-template`
    UriTemplate,
    /// `json-pointer`
    JsonPointer,
    /// `relative-json-pointer`
    RelativeJsonPointer,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The bound.
    pub value: Number,
    /// Whether the bound itself is outside.
    pub exclusive: bool,
}

impl Constraints {
    /// Whether everything is allowed.
    pub fn is_empty(&self) -> bool {
        Self {
            of_map: false,
            ..self.clone()
        } == Self::default()
    }
}

//! What is asked of the JSON of a value as a whole, where no type says it.

use bindery_spec::Value;
use bindery_spec::model;

use super::Constraints;

/// A keyword that is judged from the JSON of a value (JSON Schema 2020-12 Core §10, Validation §6).
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// The schema `false`.
    Never,
    /// More that it must keep to.
    Also(Constraints),
    /// `type`
    Type(Vec<model::Type>),
    /// `enum` and `const`
    Enum(Vec<Value>),
    /// `required`
    Required(Vec<String>),
    /// `properties`
    Properties(Vec<(String, Constraints)>),
    /// `propertyNames`
    Names(Constraints),
    /// `patternProperties`
    Patterns(Vec<(String, Constraints)>),
    /// `additionalProperties` beside the names and patterns that it does not count for.
    Others(Vec<String>, Vec<String>, Constraints),
    /// `prefixItems`, and `items` after them.
    Tuple(Vec<Constraints>, Constraints),
    /// `contains`, with the least and the greatest number of such items.
    Contains(Constraints, u64, u64),
    /// `not`
    Not(Constraints),
    /// `anyOf`
    Any(Vec<Constraints>),
    /// `oneOf`
    One(Vec<Constraints>),
    /// `if`, `then` and `else`.
    If(Box<[Constraints; 3]>),
}

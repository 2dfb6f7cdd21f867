//! The rules of a schema, as generated code states them.

use super::Format;

/// What the value of a property, parameter, item or entry must keep to (JSON Schema 2020-12 Validation §6).
///
/// Numbers stand as the document spells them, so that no precision is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `minimum`
    Minimum(&'static str),
    /// `maximum`
    Maximum(&'static str),
    /// `exclusiveMinimum`
    ExclusiveMinimum(&'static str),
    /// `exclusiveMaximum`
    ExclusiveMaximum(&'static str),
    /// `multipleOf`
    MultipleOf(&'static str),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`, ECMA-262.
    Pattern(&'static str),
    /// `format`
    Format(Format),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `items`: the rules of each item.
    Items(&'static [Rule]),
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `propertyNames`: the rules of each key that has no field of its own.
    Names(&'static [Rule]),
    /// `additionalProperties`: the rules of each value whose key has no field of its own.
    Values(&'static [Rule]),
}

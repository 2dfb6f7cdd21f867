//! The rules of a schema, as generated code states them.

use super::Format;
use crate::runtime::json::Kind;

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
    /// `propertyNames`: the rules of each key.
    Names(&'static [Rule]),
    /// `additionalProperties`: the rules of each value whose key has no field of its own.
    Values(&'static [Rule]),

    /// The schema `false`: nothing is allowed.
    Never,
    /// `type`, where the type of the value does not say it; numbers include integers.
    Type(&'static [Kind]),
    /// `enum` and `const`: the allowed values, each as JSON text.
    Enum(&'static [&'static str]),
    /// `required`, where no field says it.
    Required(&'static [&'static str]),
    /// `properties`: the rules of the values of these keys, where no field says them.
    Properties(&'static [(&'static str, &'static [Rule])]),
    /// `patternProperties`: the rules of the values whose keys match.
    Patterns(&'static [(&'static str, &'static [Rule])]),
    /// `additionalProperties`: the rules of the values whose keys are none of these and match none of those.
    Others(
        &'static [&'static str],
        &'static [&'static str],
        &'static [Rule],
    ),
    /// `prefixItems` and `items`: the rules of the first items, and of those after them.
    Tuple(&'static [&'static [Rule]], &'static [Rule]),
    /// `contains`: the rules that so many items keep at least, and at most.
    Contains(&'static [Rule], u64, u64),
    /// `not`: the rules of which one must be broken.
    Not(&'static [Rule]),
    /// `anyOf`: the sets of rules of which one must be kept.
    Any(&'static [&'static [Rule]]),
    /// `oneOf`: the sets of rules of which exactly one must be kept.
    One(&'static [&'static [Rule]]),
    /// `if`, `then` and `else`, and by them `dependentRequired` and `dependentSchemas`.
    If(&'static [Rule], &'static [Rule], &'static [Rule]),
}

impl Rule {
    /// Whether it can be judged only from the JSON of the value as a whole.
    pub(super) fn is_about_json(&self) -> bool {
        match self {
            Self::Names(_)
            | Self::Never
            | Self::Type(_)
            | Self::Enum(_)
            | Self::Required(_)
            | Self::Properties(_)
            | Self::Patterns(_)
            | Self::Others(..)
            | Self::Tuple(..)
            | Self::Contains(..)
            | Self::Not(_)
            | Self::Any(_)
            | Self::One(_)
            | Self::If(..) => true,
            Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::Items(_)
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Values(_) => false,
        }
    }
}

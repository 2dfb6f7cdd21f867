//! The words in which the tables describe an object of the standard: its keys, what they hold, what goes together.

use serde_json::Map;

use super::walk::Finding;
use crate::Value;
use crate::diagnostic::Code;
use crate::model::Version;

/// An object of the standard, such as the Parameter Object, in all versions.
pub(super) struct Object {
    /// What messages call it, such as `a parameter`.
    pub(super) name: &'static str,
    /// The keys that have a name.
    pub(super) keys: &'static [Key],
    /// What other keys are, `x-…` aside.
    pub(super) others: Others,
    /// What the keys must keep together.
    pub(super) checks: &'static [Check],
}

/// A key of an object with what it holds, from one version to another.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The first and the last version that have it so.
    pub(super) versions: (Version, Version),
    /// The last version that requires it; `None` where it may be left out.
    pub(super) required_until: Option<Version>,
}

/// What a value is.
pub(super) enum Kind {
    /// Anything.
    Any,
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// An integer that is not negative.
    Count,
    /// One of some strings.
    Word(&'static [&'static str]),
    /// The name of a JSON type.
    Type(&'static [&'static str]),
    /// A list.
    List(&'static Kind),
    /// A list with at least one item.
    Filled(&'static Kind),
    /// An object whose keys are names.
    Map(&'static Names, &'static Kind),
    /// An object of the standard.
    Object(&'static Object),
    /// An object of the standard, or a reference to one.
    Referable(&'static Object),
    /// A schema.
    Schema,
    /// The first of these that has the JSON type of the value.
    Either(&'static [Kind]),
}

/// What the keys of a map look like.
pub(super) struct Names {
    pub(super) accept: fn(&str) -> bool,
    /// What messages call a good name.
    pub(super) expected: &'static str,
    pub(super) code: &'static Code,
}

/// What an object does with keys that have no name in its table.
pub(super) enum Others {
    /// They are unknown.
    Refused,
    /// They are allowed, and nothing is known about them, from this version on.
    OpenSince(Version),
    /// They are names of things of one kind.
    Named(&'static Names, Kind),
}

/// What the keys of an object must keep together.
pub(super) enum Check {
    /// At most one of these keys.
    AtMostOne(&'static [&'static str]),
    /// One of these keys and no more.
    ExactlyOne(&'static [&'static str]),
    /// One of these keys or more, from a version on.
    AtLeastOne(Version, &'static [&'static str]),
    /// A function of its own.
    Of(fn(&Map<String, Value>, &mut Finding<'_, '_>)),
}

/// A key that may be left out, in every version.
pub(super) const fn key(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        kind,
        versions: (Version::V2_0, Version::V3_2),
        required_until: None,
    }
}

impl Key {
    /// The first version that has the key.
    pub(super) const fn since(mut self, version: Version) -> Self {
        self.versions.0 = version;
        self
    }

    /// The last version that has the key.
    pub(super) const fn until(mut self, version: Version) -> Self {
        self.versions.1 = version;
        self
    }

    /// The key must be there.
    pub(super) const fn required(self) -> Self {
        self.required_until(Version::V3_2)
    }

    /// The key must be there up to a version.
    pub(super) const fn required_until(mut self, version: Version) -> Self {
        self.required_until = Some(version);
        self
    }

    pub(super) fn holds_in(&self, version: Version) -> bool {
        (self.versions.0..=self.versions.1).contains(&version)
    }

    pub(super) fn is_required_in(&self, version: Version) -> bool {
        self.holds_in(version) && self.required_until.is_some_and(|last| version <= last)
    }
}

impl Object {
    /// An object with some keys and no others.
    pub(super) const fn new(name: &'static str, keys: &'static [Key]) -> Self {
        Self {
            name,
            keys,
            others: Others::Refused,
            checks: &[],
        }
    }

    /// What other keys are.
    pub(super) const fn others(mut self, others: Others) -> Self {
        self.others = others;
        self
    }

    /// What the keys must keep together.
    pub(super) const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    /// The key of a version.
    pub(super) fn key(&self, name: &str, version: Version) -> Option<&'static Key> {
        self.keys
            .iter()
            .find(|key| key.name == name && key.holds_in(version))
    }
}

impl Kind {
    /// Whether a value has the JSON type of this kind.
    pub(super) fn fits(&self, value: &Value, version: Version) -> bool {
        match self {
            Self::Any => true,
            Self::String | Self::Word(_) | Self::Type(_) => value.is_string(),
            Self::Boolean => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value
                .as_f64()
                .is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
            Self::List(_) | Self::Filled(_) => value.is_array(),
            Self::Map(..) | Self::Object(_) | Self::Referable(_) => value.is_object(),
            Self::Schema => value.is_object() || (value.is_boolean() && version >= Version::V3_1),
            Self::Either(kinds) => kinds.iter().any(|kind| kind.fits(value, version)),
        }
    }

    /// What messages call a value of this kind.
    pub(super) fn expected(&self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::String | Self::Word(_) | Self::Type(_) => "a string".to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Count => "an integer that is not negative".to_owned(),
            Self::List(_) | Self::Filled(_) => "an array".to_owned(),
            Self::Map(..) => "an object".to_owned(),
            Self::Object(object) | Self::Referable(object) => {
                format!("{}, which is an object", object.name)
            }
            Self::Schema => "a schema".to_owned(),
            Self::Either(kinds) => kinds
                .iter()
                .map(Self::expected)
                .collect::<Vec<_>>()
                .join(" or "),
        }
    }
}

//! The types of the crate: structs, enums, unions and aliases, and what refers to them.

use super::Name;
use super::constraints::{Constraints, Format};

/// An [`Item`] as an index into [`Crate::items`](super::Crate::items).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// Any JSON.
    Value,
    /// `true` or `false`.
    Bool,
    /// A number without a fraction that fits.
    Integer(Integer),
    /// A number.
    Float,
    /// An integer of any size, or a number that must keep its spelling.
    Number,
    /// Text.
    String,
    /// Text with a format that has a type of its own.
    Text(Text),
    /// Bytes, as a part of a multipart body.
    File,
    /// Bytes, as a whole body.
    Bytes,
    /// A sequence.
    List(Box<Type>),
    /// An object with any keys.
    Map(Box<Type>),
    /// Something or null.
    Nullable(Box<Type>),
    /// On the heap, where a type would otherwise contain itself.
    Boxed(Box<Type>),
    /// A type of another crate, by its path, that the configuration puts in the place of one of the document.
    Foreign(String),
    /// A type of this crate.
    Item(ItemId),
}

/// The sizes of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Integer {
    /// Signed, 32 bits.
    I32,
    /// Signed, 64 bits.
    I64,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
    /// Signed, 128 bits.
    I128,
    /// Unsigned, 128 bits.
    U128,
}

/// The string formats that have types in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Text {
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `full-time`.
    Time,
    /// RFC 4122 `uuid`.
    Uuid,
    /// A password, redacted when shown.
    Secret,
}

impl Text {
    /// The format that the type checks.
    pub fn format(self) -> Option<Format> {
        match self {
            Self::DateTime => Some(Format::DateTime),
            Self::Date => Some(Format::Date),
            Self::Time => Some(Format::Time),
            Self::Uuid => Some(Format::Uuid),
            Self::Secret => None,
        }
    }
}

/// A type of the crate.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub name: Name,
    /// The index of the file in [`Crate::groups`](super::Crate::groups).
    pub group: usize,
    /// Rustdoc.
    pub docs: String,
    /// Whether users should move away from it.
    pub deprecated: bool,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of types.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// An object.
    Struct(Box<Struct>),
    /// A set of strings.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// An array whose items each have a type of their own.
    Tuple(Tuple),
    /// Another name for a type.
    Alias(Type),
}

/// An array whose items each have a type of their own.
#[derive(Clone, Debug)]
pub struct Tuple {
    /// The first items.
    pub items: Vec<TupleItem>,
    /// The items after them, where there may be any: their type, and what each must keep to.
    pub rest: Option<(Type, Constraints)>,
    /// What the array as a whole must keep to.
    pub constraints: Constraints,
}

/// An item of a [`Tuple`].
#[derive(Clone, Debug)]
pub struct TupleItem {
    /// Rustdoc.
    pub docs: String,
    /// The type of the item where there is one.
    pub ty: Type,
    /// Whether it may be left out, which it may if all after it are left out, or null.
    pub presence: Presence,
    /// What it must keep to.
    pub constraints: Constraints,
}

/// An object.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The declared properties, in document order.
    pub fields: Vec<Field>,
    /// The field that keeps the properties that are not declared.
    pub additional: Option<Additional>,
    /// Whether properties that are not declared are violations.
    pub closed: bool,
    /// Whether it is the content of a multipart body with files, and no JSON.
    pub multipart: bool,
    /// Whether it can be taken apart into the parts of a multipart body.
    pub parts: bool,
    /// What the object as a whole must keep to.
    pub constraints: Constraints,
    /// Whether users make values of it: then it has a constructor and setters.
    pub sent: bool,
    /// The struct that the constructor takes, where there would be too many arguments.
    pub required: Option<Name>,
}

impl Struct {
    /// The fields that a constructor must be told.
    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter();
        fields.filter(|field| field.presence.is_required() && field.only_value().is_none())
    }
}

impl Field {
    /// The only value that the field can have.
    pub fn only_value(&self) -> Option<&Name> {
        let is_item = matches!(self.ty, Type::Item(_));
        self.fixed.as_ref().filter(|_| is_item)
    }
}

/// The field that keeps the properties that are not declared.
#[derive(Clone, Debug)]
pub struct Additional {
    /// Its name.
    pub name: Name,
    /// The type of each value.
    pub ty: Type,
    /// What each value must keep to.
    pub constraints: Constraints,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in Rust.
    pub name: Name,
    /// The setter of an optional property.
    pub setter: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Rustdoc, with wire name, bounds and default.
    pub docs: String,
    /// The type of the value where there is one.
    pub ty: Type,
    /// Whether it may be left out or null.
    pub presence: Presence,
    /// What the value must keep to.
    pub constraints: Constraints,
    /// Whether it is only received (OpenAPI 3.1 `readOnly`).
    pub read_only: bool,
    /// Whether it is only sent (OpenAPI 3.1 `writeOnly`).
    pub write_only: bool,
    /// Whether users should move away from it.
    pub deprecated: bool,
    /// The variant of its enum that it has from the start, where it may have no other value.
    pub fixed: Option<Name>,
    /// The media type of its part in a multipart body, where the document names one.
    pub media_type: Option<String>,
    /// Its style as a part of a multipart body, where the document states one.
    pub part_style: Option<super::Spelling>,
}

/// Whether a value may be left out or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there: `T`.
    Required,
    /// Always there, perhaps null: `Option<T>`.
    Nullable,
    /// Perhaps left out: `Option<T>`.
    Optional,
    /// Perhaps left out, perhaps null: `Field<T>`.
    OptionalNullable,
}

impl Presence {
    /// From the two questions that a schema answers.
    pub fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::Nullable,
            (false, false) => Self::Optional,
            (false, true) => Self::OptionalNullable,
        }
    }

    /// The same, but it may be left out as well.
    pub fn or_absent(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Optional,
            Self::Nullable | Self::OptionalNullable => Self::OptionalNullable,
        }
    }

    /// Whether it must be there.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }
}

/// A set of strings or integers, open to values that the document does not know yet.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Whether the values are integers.
    pub integers: bool,
    /// The values, in document order.
    pub variants: Vec<EnumVariant>,
    /// The variant for every other value.
    pub unknown: Name,
    /// Whether every other value is as good: the document lists these only as examples.
    pub open: bool,
}

/// A value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Its name.
    pub name: Name,
    /// The value on the wire; an integer as its digits.
    pub wire: String,
    /// Rustdoc.
    pub docs: String,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The types, the most specific first where they are tried in order.
    pub variants: Vec<UnionVariant>,
    /// The variant for a value that fits none.
    pub unknown: Name,
    /// The property whose value tells the variants apart.
    pub tag: Option<String>,
    /// Whether it is the data of events, whose names are the tags of the variants.
    pub events: bool,
    /// What a value must keep to whichever it is.
    pub constraints: Constraints,
}

/// A type of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub name: Name,
    /// Rustdoc.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
    /// What the value must keep to.
    pub constraints: Constraints,
    /// What a JSON value shows when it is meant.
    pub guard: Guard,
    /// Whether a value of the type becomes one of the union by `From`.
    pub converts: bool,
}

/// What can be seen of a JSON value without decoding it; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// The kinds that it may have; empty for any.
    pub kinds: Vec<Kind>,
    /// The values of the tag for which it is meant.
    pub tags: Vec<String>,
    /// Whether it is meant where no other variant lists the tag.
    pub any_tag: bool,
    /// The properties that it must have.
    pub keys: Vec<String>,
    /// The properties that have one of a few strings, other than the tag.
    pub constants: Vec<(String, Vec<String>)>,
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

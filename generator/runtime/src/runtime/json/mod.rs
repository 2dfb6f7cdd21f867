//! JSON as RFC 8259 has it: one trait, one reader, one writer, and the values that a schema can describe.
//!
//! Nothing here is generic over formats. A type lists its fields as trait objects, and one shared loop reads and
//! writes them all, so that a thousand types cost little more to compile than their field lists.

mod decimal;
mod describe;
mod error;
mod field;
mod instant;
mod lexer;
mod list;
mod listed;
mod look;
mod map;
#[cfg(not(feature = "serde"))]
mod no_serde;
mod number;
mod object;
mod reader;
mod scalar;
#[cfg(feature = "serde")]
pub mod serde;
mod text;
#[cfg(feature = "part-tuples")]
mod tuple;
#[cfg(feature = "part-unions")]
mod union;
mod value;
mod writer;

#[cfg(feature = "part-tuples")]
pub use crate::json_tuple;
pub use crate::{json_integers, json_listed, json_object, json_serde, json_strings};

pub use self::error::DecodeError;
pub use self::field::Field;
pub use self::look::Kind;
pub use self::map::{Entries, Map};
pub use self::number::Number;
pub use self::object::{Key, Object, Shape};
pub use self::reader::Reader;
pub use self::text::{Date, DateTime, Time, Uuid};
#[cfg(feature = "part-tuples")]
pub use self::tuple::{Rest, Tuple};
pub use self::value::Value;
pub use self::writer::Writer;

pub(crate) use self::decimal::Decimal;
pub(crate) use self::error::push_step;

use super::check::{Checker, Rule, Violations};

/// The deepest nesting of arrays and objects that is read.
pub const MAX_DEPTH: usize = 128;

/// A value that JSON can hold.
///
/// Users call [`from_json`](Self::from_json), [`to_json`](Self::to_json) and [`validate`](Self::validate); the other
/// methods are for generated code.
///
/// A text that is read and written again is the same JSON: numbers keep their spelling in a [`Value`], properties
/// their order, and what is absent does not become `null`.
pub trait Json {
    /// A value to read into. It need not be valid: nobody sees it before [`read`](Self::read) has replaced it.
    #[doc(hidden)]
    fn initial() -> Self
    where
        Self: Sized;

    /// Replaces this value by the next one of `reader`.
    ///
    /// # Errors
    /// When the text is not JSON, or not of this type.
    #[doc(hidden)]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Shows the object that this value is. Types that are no objects do not have this method: they write and check
    /// themselves.
    #[doc(hidden)]
    fn with_object(&self, then: &mut dyn FnMut(Object<'_>)) {
        let _ = then;
    }

    /// Writes this value.
    #[doc(hidden)]
    fn write(&self, writer: &mut Writer) {
        self.with_object(&mut |object| writer.object(object));
    }

    /// Reports to `checker` where this value breaks `rules`, and what is inside it the rules of its own type.
    #[doc(hidden)]
    fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
        self.with_object(&mut |object| checker.object(rules, object));
    }

    /// Whether an optional property with this value is left out.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads a value from JSON text (RFC 8259).
    ///
    /// # Errors
    /// When the text is not JSON, or not of this type. Ranges, lengths and the like are not looked at; see
    /// [`validate`](Self::validate).
    fn from_json(text: impl AsRef<[u8]>) -> Result<Self, DecodeError>
    where
        Self: Sized,
    {
        Reader::of(text.as_ref())?.finish()
    }

    /// Writes this value as JSON text without white space.
    fn to_json(&self) -> String {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_string()
    }

    /// This value, whatever its type is.
    fn to_value(&self) -> Value {
        // What was written is JSON.
        Value::from_json(self.to_json()).unwrap_or_default()
    }

    /// Checks this value against its schema: ranges, lengths, patterns, counts, enumerations, formats.
    ///
    /// # Errors
    /// With every violation that was found.
    fn validate(&self) -> Result<(), Violations> {
        let mut checker = Checker::new();
        self.check(&[], &mut checker);
        checker.finish()
    }
}

//! The schemas that the document names, and what each has become.

use bindery_spec::model::SchemaId;

use super::{Constraints, Type};

/// A schema with a name of its own, such as those under `components/schemas`.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its name in the document.
    pub name: String,
    /// The schema.
    pub schema: SchemaId,
    /// The type of its values, null included where that is allowed.
    pub ty: Type,
    /// What its values must keep to beyond what the type checks by itself.
    pub constraints: Constraints,
    /// Whether a client sends its values and receives none.
    pub sent_only: bool,
}

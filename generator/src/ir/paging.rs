//! Pages: how to get from one to the next.

use super::{Name, Presence, Type};

/// How to get from one page to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The path of properties to the list in the response, each with the index of its field.
    pub items: FieldStep,
    /// The type of an item.
    pub item: Type,
    /// How the next page is asked for.
    pub next: NextPage,
}

/// A field of the response.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldStep {
    /// Its name.
    pub name: Name,
    /// Whether it may be missing.
    pub presence: Presence,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum NextPage {
    /// By how many items to leave out; parameters are indices into the options.
    Offset {
        /// The parameter.
        parameter: usize,
        /// The parameter for the size of a page.
        limit: Option<usize>,
    },
    /// By what the last response said.
    Cursor {
        /// The parameter.
        parameter: usize,
        /// The field of the response that has the next cursor.
        field: FieldStep,
    },
}

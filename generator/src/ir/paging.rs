//! Pages: how to get from one to the next.

use super::{Name, Presence, Type};

/// How to get from one page to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The list in the response; `None` where the response is the list.
    pub items: Option<FieldStep>,
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
    /// By the number of the page.
    Page {
        /// The parameter.
        parameter: usize,
        /// The parameter for the size of a page.
        limit: Option<usize>,
    },
    /// By a URL in the response.
    Url {
        /// The field of the response that has it.
        field: FieldStep,
    },
    /// By the header `Link` with the relation `next` (RFC 8288).
    Link,
}

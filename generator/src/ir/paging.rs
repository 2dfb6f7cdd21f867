//! Pages: how to get from one to the next.

use super::{Constraints, ItemId, Name, Type};

/// How to get from one page to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The way from the response to its list; empty where the response is the list.
    pub items: Way,
    /// The type of an item.
    pub item: Type,
    /// How the next page is asked for.
    pub next: NextPage,
    /// The way to what says whether there is a next page.
    pub more: Option<Way>,
    /// What is sent in the body to ask for it.
    pub body: Vec<BodyPlace>,
}

impl Pagination {
    /// Every step of every way.
    pub(crate) fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        let next = match &mut self.next {
            NextPage::Number { total, .. } => total.as_mut(),
            NextPage::Cursor { next, .. } | NextPage::Url { next } => Some(next),
            NextPage::Last { key, .. } => Some(key),
            NextPage::Link => None,
        };
        let ways = [Some(&mut self.items), self.more.as_mut(), next];
        ways.into_iter().flatten().flatten()
    }
}

/// Fields, each of the struct that the one before it holds.
pub type Way = Vec<Step>;

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The struct.
    pub item: ItemId,
    /// The index of the field.
    pub field: usize,
}

/// A place in the body that a next page is asked for by.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyPlace {
    /// The constant that describes it.
    pub constant: Name,
    /// The JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What its value must keep to.
    pub constraints: Constraints,
}

/// How the next page is asked for. What is sent is named by the constant of a parameter or of a [`BodyPlace`].
#[derive(Clone, Debug, PartialEq)]
pub enum NextPage {
    /// By a number.
    Number {
        /// What is counted.
        counted: Counted,
        /// What is sent.
        sent: Name,
        /// What says how many items a page has at most.
        limit: Option<Name>,
        /// The way to how many there are in all.
        total: Option<Way>,
    },
    /// By what the last response said.
    Cursor {
        /// What is sent.
        sent: Name,
        /// The way to the next cursor.
        next: Way,
    },
    /// By a property of the last item.
    Last {
        /// What is sent.
        sent: Name,
        /// The way from an item to the property.
        key: Way,
    },
    /// By a URL in the response.
    Url {
        /// The way to it.
        next: Way,
    },
    /// By the header `Link` with the relation `next` (RFC 8288).
    Link,
}

/// What the number that asks for a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The items before the page.
    Items,
    /// The pages.
    Pages,
}

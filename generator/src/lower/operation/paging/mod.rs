//! Pagination: as the configuration says, or inferred where the document shows it.

mod configured;
mod infer;
mod look;
mod sends;

use bindery_spec::model::Operation;

use super::parameter::CallNames;
use super::response::content;
use crate::config::{Pages, PagesOf};
use crate::ir::{Body, Codec, Headers, Pagination, Parameter, Success, Type};
use crate::lower::schema::types::Types;
use sends::Sends;

/// A call whose answer may be one page of many.
pub(super) struct Listing<'a> {
    /// Whether it is answered with `201`: what it links to is what was made, and no next page.
    pub(super) creates: bool,
    /// What goes well.
    pub(super) success: &'a Success,
    /// The headers of the answer that are described.
    pub(super) headers: Option<&'a Headers>,
    /// All parameters.
    pub(super) parameters: Vec<&'a Parameter>,
    /// The body.
    pub(super) body: Option<&'a Body>,
}

impl Listing<'_> {
    /// The type of a page; only of JSON are there any.
    fn page(&self) -> Option<&Type> {
        let content = content(self.success)?;
        (content.codec == Codec::Json).then_some(&content.ty)
    }

    /// Whether the call is answered with what it sends: it keeps a list, and asks for none.
    fn keeps(&self, page: &Type) -> bool {
        self.body.is_some_and(|body| body.ty == *page)
    }

    fn is_linked(&self) -> bool {
        let mut headers = self.headers.iter().flat_map(|own| &own.fields);
        !self.creates && headers.any(|header| header.wire.eq_ignore_ascii_case("link"))
    }
}

/// How to get from one page to the next; `None` where neither the document nor the configuration shows it.
pub(super) fn lower_pages(
    types: &mut Types,
    operation: &Operation,
    listing: &Listing,
    pages: &PagesOf,
    names: &mut CallNames,
) -> Option<Pagination> {
    let sends = Sends {
        parameters: &listing.parameters,
        body: listing.body,
    };
    match pages.of(operation) {
        Some(Pages::Never) => None,
        Some(Pages::By(rules)) => {
            configured::lower(types, operation, listing, &sends, rules, names)
        }
        None => infer::infer(types, listing, &sends, names),
    }
}

//! Lists in pages: the streams of a call, and how it moves on.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::response::success_type;
use super::text::ident;
use super::ty::Types;
use crate::ir::{FieldStep, NextPage, Operation, Pagination, Presence};

/// The methods that start the streams.
pub(super) fn pages() -> TokenStream {
    quote! {
        #[doc = " The pages from this one on, as a stream."]
        pub fn pages(self) -> Pages<'c, Self> {
            Pages::new(self)
        }

        #[doc = " The items of all pages from this one on, as a stream."]
        pub fn items(self) -> Items<'c, Self> {
            Items::new(self)
        }
    }
}

/// The implementation behind the streams.
pub(super) fn paginate(operation: &Operation, paging: &Pagination, types: &Types) -> TokenStream {
    let (name, error) = (ident(&operation.builder), ident(&operation.error.alias));
    let (page, item) = (
        success_type(&operation.success, types),
        types.api(&paging.item),
    );
    let constant = |index: usize| ident(&operation.options[index].constant);
    let (received, items) = list(paging);
    let advance = match &paging.next {
        NextPage::Offset { parameter, limit } => {
            let (parameter, limit) = (constant(*parameter), sized(limit.map(constant)));
            quote!(self.call.next_offset(Self::#parameter, #limit, #received, None))
        }
        NextPage::Page { parameter, limit } => {
            let (parameter, limit) = (constant(*parameter), sized(limit.map(constant)));
            quote!(self.call.next_page(Self::#parameter, #limit, #received))
        }
        NextPage::Url { field } => {
            let next = text(field);
            quote!(self.call.next_url(#next))
        }
        NextPage::Link => quote!(self.call.next_link(headers)),
        NextPage::Cursor { parameter, field } => {
            let (parameter, next) = (constant(*parameter), text(field));
            quote!(self.call.next_cursor(Self::#parameter, #next))
        }
    };
    // What is not looked at has no name.
    let link = paging.next == NextPage::Link;
    let (seen, headers) = if link {
        (quote!(_), quote!(headers))
    } else {
        (quote!(page), quote!(_))
    };
    let call = if operation.body.is_some() {
        quote!(request())
    } else {
        quote!(call)
    };
    quote! {
        impl<'c> Paginate<'c> for #name<'c> {
            type Page = #page;
            type Item = #item;
            type Failure = #error;

            fn fetch(&self) -> Fetch<'c> {
                self.clone().#call.execute()
            }

            fn read(response: RawResponse) -> Result<Self::Page, Error<Self::Failure>> {
                Self::answer(response)
            }

            fn advance(&mut self, #seen: &Self::Page, #headers: &HeaderMap) -> bool {
                #advance
            }

            fn items(page: Self::Page) -> Vec<Self::Item> {
                #items
            }
        }
    }
}

/// How many items a page has, and the items.
fn list(paging: &Pagination) -> (TokenStream, TokenStream) {
    let Some(items) = &paging.items else {
        return (quote!(page.len()), quote!(page));
    };
    let field = ident(&items.name);
    match items.presence {
        Presence::Required => (quote!(page.#field.len()), quote!(page.#field)),
        Presence::OptionalNullable => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.into_option().unwrap_or_default()),
        ),
        Presence::Nullable | Presence::Optional => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.unwrap_or_default()),
        ),
    }
}

/// A text of a page, where there is one.
fn text(field: &FieldStep) -> TokenStream {
    let next = ident(&field.name);
    match field.presence {
        Presence::Required => quote!(Some(&page.#next)),
        Presence::OptionalNullable => quote!(page.#next.as_ref().map(String::as_str)),
        Presence::Nullable | Presence::Optional => quote!(page.#next.as_deref()),
    }
}

fn sized(limit: Option<Ident>) -> TokenStream {
    limit.map_or(quote!(None), |limit| quote!(Some(Self::#limit)))
}

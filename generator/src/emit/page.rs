//! Lists in pages: the streams of a call, and how it moves on.

use proc_macro2::TokenStream;
use quote::quote;

use super::response::success_type;
use super::text::ident;
use super::ty::Types;
use crate::ir::{NextPage, Operation, Pagination, Presence};

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
    let field = ident(&paging.items.name);
    let constant = |index: usize| ident(&operation.options[index].constant);
    let (received, items) = match paging.items.presence {
        Presence::Required => (quote!(page.#field.len()), quote!(page.#field)),
        Presence::OptionalNullable => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.into_option().unwrap_or_default()),
        ),
        Presence::Nullable | Presence::Optional => (
            quote!(page.#field.as_ref().map_or(0, Vec::len)),
            quote!(page.#field.unwrap_or_default()),
        ),
    };
    let advance = match &paging.next {
        NextPage::Offset { parameter, limit } => {
            let parameter = constant(*parameter);
            let limit = limit.map(constant);
            let limit = limit.map_or(quote!(None), |limit| quote!(Some(Self::#limit)));
            quote!(self.call.next_offset(Self::#parameter, #limit, #received, None))
        }
        NextPage::Cursor { parameter, field } => {
            let (parameter, next) = (constant(*parameter), ident(&field.name));
            let next = match field.presence {
                Presence::Required => quote!(Some(&page.#next)),
                Presence::OptionalNullable => quote!(page.#next.as_ref().map(String::as_str)),
                Presence::Nullable | Presence::Optional => quote!(page.#next.as_deref()),
            };
            quote!(self.call.next_cursor(Self::#parameter, #next))
        }
    };
    quote! {
        impl<'c> Paginate<'c> for #name<'c> {
            type Page = #page;
            type Item = #item;
            type Failure = #error;

            fn fetch(&self) -> Pending<'c, Result<Self::Page, Error<Self::Failure>>> {
                Box::pin(self.clone().send())
            }

            fn advance(&mut self, page: &Self::Page) -> bool {
                #advance
            }

            fn items(page: Self::Page) -> Vec<Self::Item> {
                #items
            }
        }
    }
}

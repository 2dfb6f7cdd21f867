//! Lists in pages: the streams of a call, and how it moves on.

use proc_macro2::TokenStream;
use quote::quote;

use super::response::success_type;
use super::rules::with_rules;
use super::text::ident;
use super::ty::Types;
use crate::ir::{
    Counted, Crate, Field, ItemKind, Name, NextPage, Operation, Pagination, Presence, Step,
};

/// The methods that start the streams.
pub(super) fn pages(operation: &Operation) -> TokenStream {
    let call = if operation.body.is_some() {
        quote!(self.request())
    } else {
        quote!(self.call)
    };
    quote! {
        #[doc = " The pages from this one on, as a stream."]
        pub fn pages(self) -> Pages<'c, Self> {
            Pages::new(#call)
        }

        #[doc = " The items of all pages from this one on, as a stream."]
        pub fn items(self) -> Items<'c, Self> {
            Items::new(#call)
        }
    }
}

/// The constants for what is sent in the body.
pub(super) fn body_places(paging: &Pagination) -> impl Iterator<Item = TokenStream> {
    paging.body.iter().map(|place| {
        let (name, pointer) = (ident(&place.constant), &place.pointer);
        let rules = with_rules(&place.constraints);
        quote!(const #name: &'static Parameter = &Parameter::body(#pointer) #rules;)
    })
}

/// The implementation behind the streams.
pub(super) fn paginate(
    krate: &Crate,
    operation: &Operation,
    paging: &Pagination,
    types: &Types,
) -> TokenStream {
    let (name, error) = (ident(&operation.builder), ident(&operation.error.alias));
    let (page, item) = (
        success_type(&operation.success, types),
        types.api(&paging.item),
    );
    let steps = Steps(krate);
    let (count, items) = (steps.count(&paging.items), steps.items(&paging.items));
    let advance = advance(&steps, paging);
    // What is not looked at has no name.
    let headers = if paging.next == NextPage::Link {
        quote!(headers)
    } else {
        quote!(_)
    };
    let looks = paging.next != NextPage::Link || paging.more.is_some();
    let seen = if looks { quote!(page) } else { quote!(_) };
    quote! {
        impl Paginate for #name<'_> {
            type Page = #page;
            type Item = #item;
            type Failure = #error;

            fn read(response: RawResponse) -> Result<Self::Page, Error<Self::Failure>> {
                Self::answer(response)
            }

            fn count(page: &Self::Page) -> usize {
                #count
            }

            fn advance(call: &mut Call<'_>, #seen: &Self::Page, #headers: &HeaderMap) -> bool {
                #advance
            }

            fn items(page: Self::Page) -> Vec<Self::Item> {
                #items
            }
        }
    }
}

/// Moves on, or not.
fn advance(steps: &Steps, paging: &Pagination) -> TokenStream {
    let more = paging
        .more
        .as_ref()
        .map(|way| match steps.walk(quote!(page), false, way) {
            (flag, false) => quote!(#flag &&),
            (flag, true) => quote!(#flag != Some(&false) &&),
        });
    let next = match &paging.next {
        NextPage::Number {
            counted,
            sent,
            limit,
            total,
        } => {
            let (step, is_last) = match counted {
                Counted::Items => (quote!(next_offset), quote!(is_offset)),
                Counted::Pages => (quote!(next_page), quote!(is_page)),
            };
            let (sent, limit) = (ident(sent), sized(limit.as_ref()));
            let total = total.as_ref().map(|way| {
                let total = steps.reference(&quote!(page), way);
                quote!(&& call.#is_last(Self::#sent, #total))
            });
            // A parameter may be called `count` as well.
            let count = quote!(<Self as Paginate>::count(page));
            quote!(call.#step(Self::#sent, #limit, #count) #total)
        }
        NextPage::Cursor { sent, next } => {
            let (sent, next) = (ident(sent), steps.reference(&quote!(page), next));
            quote!(call.next_cursor(Self::#sent, #next))
        }
        NextPage::Last { sent, key } => {
            let (sent, last) = (ident(sent), steps.last(&paging.items));
            let key = steps.reference_from(last, true, key);
            quote!(call.next_cursor(Self::#sent, #key))
        }
        NextPage::Url { next } => {
            let next = steps.reference(&quote!(page), next);
            quote!(call.next_url(#next))
        }
        NextPage::Link => quote!(call.next_link(headers)),
    };
    quote!(#more #next)
}

fn sized(limit: Option<&Name>) -> TokenStream {
    limit.map_or(quote!(None), |limit| {
        let limit = ident(limit);
        quote!(Some(Self::#limit))
    })
}

/// Expressions that go from a page to something in it.
struct Steps<'k>(&'k Crate);

impl Steps<'_> {
    fn field(&self, step: &Step) -> Option<&Field> {
        match &self.0.item(step.item).kind {
            ItemKind::Struct(body) => body.fields.get(step.field),
            _ => None,
        }
    }

    /// `Option<&T>` of what is at the end of the way.
    fn reference(&self, from: &TokenStream, way: &[Step]) -> TokenStream {
        self.reference_from(from.clone(), false, way)
    }

    fn reference_from(&self, from: TokenStream, maybe: bool, way: &[Step]) -> TokenStream {
        let (place, maybe) = self.walk(from, maybe, way);
        if maybe { place } else { quote!(Some(&#place)) }
    }

    /// A place, or an `Option` of a reference to one.
    fn walk(&self, from: TokenStream, maybe: bool, way: &[Step]) -> (TokenStream, bool) {
        let mut state = (from, maybe);
        for field in way.iter().filter_map(|step| self.field(step)) {
            let (place, name) = (state.0, ident(&field.name));
            state = match (state.1, field.presence) {
                (false, Presence::Required) => (quote!(#place.#name), false),
                (false, _) => (quote!(#place.#name.as_ref()), true),
                (true, Presence::Required) => (quote!(#place.map(|it| &it.#name)), true),
                (true, _) => (quote!(#place.and_then(|it| it.#name.as_ref())), true),
            };
        }
        state
    }

    /// How many items there are.
    fn count(&self, way: &[Step]) -> TokenStream {
        match self.walk(quote!(page), false, way) {
            (list, false) => quote!(#list.len()),
            (list, true) => quote!(#list.map_or(0, Vec::len)),
        }
    }

    /// `Option<&T>` of the last item.
    fn last(&self, way: &[Step]) -> TokenStream {
        match self.walk(quote!(page), false, way) {
            (list, false) => quote!(#list.last()),
            (list, true) => quote!(#list.and_then(|it| it.last())),
        }
    }

    /// The items, taken out.
    fn items(&self, way: &[Step]) -> TokenStream {
        let mut state = (quote!(page), false);
        for field in way.iter().filter_map(|step| self.field(step)) {
            let (place, name) = (state.0, ident(&field.name));
            let option = match field.presence {
                Presence::OptionalNullable => quote!(.into_option()),
                _ => TokenStream::new(),
            };
            state = match (state.1, field.presence) {
                (maybe @ false, Presence::Required) => (quote!(#place.#name), maybe),
                (false, _) => (quote!(#place.#name #option), true),
                (true, Presence::Required) => (quote!(#place.map(|it| it.#name)), true),
                (true, _) => (quote!(#place.and_then(|it| it.#name #option)), true),
            };
        }
        match state {
            (list, false) => list,
            (list, true) => quote!(#list.unwrap_or_default()),
        }
    }
}

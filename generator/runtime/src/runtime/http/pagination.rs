//! Pages and items as streams.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::HeaderMap;

use super::{Error, Fault, Pending, RawResponse};

/// A call whose response is one page of many.
pub trait Paginate<'c>: Sized {
    /// The response.
    type Page;
    /// What the pages list.
    type Item;
    /// The errors that the document describes.
    type Failure;

    /// Asks for the page at hand.
    fn fetch(&self) -> Fetch<'c>;

    /// Reads a page.
    ///
    /// # Errors
    /// When the response is an error, or is not what the document says.
    fn read(response: RawResponse) -> Result<Self::Page, Error<Self::Failure>>;

    /// Moves on to the page after `page`, which came with `headers`; `false` if that was the last one.
    fn advance(&mut self, page: &Self::Page, headers: &HeaderMap) -> bool;

    /// Takes the items out of a page.
    fn items(page: Self::Page) -> Vec<Self::Item>;
}

/// A page on its way.
pub type Fetch<'c> = Pending<'c, Result<RawResponse, Fault>>;

/// The pages of a list, one request each, asked for when they are wanted. Ends after the first error.
pub struct Pages<'c, C: Paginate<'c>> {
    call: Option<C>,
    pending: Option<Fetch<'c>>,
}

/// The items of a list over all its pages.
pub struct Items<'c, C: Paginate<'c>> {
    pages: Pages<'c, C>,
    items: std::vec::IntoIter<C::Item>,
}

impl<'c, C: Paginate<'c>> Pages<'c, C> {
    /// The pages from the one that `call` asks for.
    pub fn new(call: C) -> Self {
        Self {
            call: Some(call),
            pending: None,
        }
    }
}

impl<'c, C: Paginate<'c>> Items<'c, C> {
    /// The items from the page that `call` asks for.
    pub fn new(call: C) -> Self {
        Self {
            pages: Pages::new(call),
            items: Vec::new().into_iter(),
        }
    }
}

// Nothing is pinned in place: the future has a box of its own.
impl<'c, C: Paginate<'c>> Unpin for Pages<'c, C> {}
impl<'c, C: Paginate<'c>> Unpin for Items<'c, C> {}

impl<'c, C: Paginate<'c>> Stream for Pages<'c, C> {
    type Item = Result<C::Page, Error<C::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = &mut *self;
        let Some(call) = &mut pages.call else {
            return Poll::Ready(None);
        };
        let mut pending = pages.pending.take().unwrap_or_else(|| call.fetch());
        match pending.as_mut().poll(context) {
            Poll::Pending => {
                pages.pending = Some(pending);
                Poll::Pending
            }
            Poll::Ready(response) => {
                let response = response.map_err(Error::from);
                let result = response.and_then(|response| {
                    let headers = response.headers.clone();
                    Ok((C::read(response)?, headers))
                });
                let more = result.as_ref();
                let more = more.is_ok_and(|(page, headers)| call.advance(page, headers));
                let result = result.map(|(page, _)| page);
                if !more {
                    pages.call = None;
                }
                Poll::Ready(Some(result))
            }
        }
    }
}

impl<'c, C: Paginate<'c>> Stream for Items<'c, C> {
    type Item = Result<C::Item, Error<C::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Ready(Some(Ok(page))) => self.items = C::items(page).into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<'c, C: Paginate<'c>> fmt::Debug for Pages<'c, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("ended", &self.call.is_none())
            .finish_non_exhaustive()
    }
}

impl<'c, C: Paginate<'c>> fmt::Debug for Items<'c, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

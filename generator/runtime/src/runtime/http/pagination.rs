//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::HeaderMap;

use super::{Call, Error, Fault, Pending, RawResponse};

/// How many empty pages may follow each other. Where a server says that more comes, an empty page is not the end:
/// some look through a number of things a page, of which none may fit. But one that always says so has no end.
const MAX_EMPTY: u32 = 100;

/// A list in pages: what each call of it knows beyond [`Call`].
pub trait Paginate {
    /// The response.
    type Page;
    /// What the pages list.
    type Item;
    /// The errors that the document describes.
    type Failure;

    /// Reads a page.
    ///
    /// # Errors
    /// When the response is an error, or is not what the document says.
    fn read(response: RawResponse) -> Result<Self::Page, Error<Self::Failure>>;

    /// How many items a page has.
    fn count(page: &Self::Page) -> usize;

    /// Moves on to the page after `page`, which came with `headers`; `false` if that was the last one.
    fn advance(call: &mut Call<'_>, page: &Self::Page, headers: &HeaderMap) -> bool;

    /// Takes the items out of a page.
    fn items(page: Self::Page) -> Vec<Self::Item>;
}

/// A page on its way.
type Fetch<'c> = Pending<'c, Result<RawResponse, Fault>>;

/// The pages of a list, one request each, asked for when they are wanted.
///
/// It ends where the list ends: after an empty page or a short one, at a bound of the document, without a next cursor or
/// link, and with one that came before. It ends after the first error as well.
pub struct Pages<'c, P: Paginate> {
    call: Option<Call<'c>>,
    pending: Option<Fetch<'c>>,
    empty: u32,
    of: PhantomData<fn() -> P>,
}

/// The items of a list over all its pages. It ends as [`Pages`] does.
pub struct Items<'c, P: Paginate> {
    pages: Pages<'c, P>,
    items: std::vec::IntoIter<P::Item>,
}

impl<'c, P: Paginate> Pages<'c, P> {
    /// The pages from the one that `call` asks for.
    pub fn new(call: Call<'c>) -> Self {
        Self {
            call: Some(call),
            pending: None,
            empty: 0,
            of: PhantomData,
        }
    }

    /// The next page; `None` at the end. The same as `next` of `StreamExt`, for whom that is not at hand.
    pub async fn next(&mut self) -> Option<Result<P::Page, Error<P::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads a page, and says what to ask for after it.
    fn turn(&mut self, response: RawResponse) -> Result<P::Page, Error<P::Failure>> {
        let headers = response.headers.clone();
        let page = P::read(response)?;
        self.empty = if P::count(&page) == 0 {
            self.empty + 1
        } else {
            0
        };
        self.call = self.call.take().filter(|_| self.empty < MAX_EMPTY);
        let call = self.call.as_mut();
        if !call.is_some_and(|call| P::advance(call, &page, &headers)) {
            self.call = None;
        }
        Ok(page)
    }
}

impl<'c, P: Paginate> Items<'c, P> {
    /// The items from the page that `call` asks for.
    pub fn new(call: Call<'c>) -> Self {
        Self {
            pages: Pages::new(call),
            items: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` at the end. The same as `next` of `StreamExt`, for whom that is not at hand.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error<P::Failure>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    /// The first error; what came before it is lost.
    pub async fn all(mut self) -> Result<Vec<P::Item>, Error<P::Failure>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

// Nothing is pinned in place: the future has a box of its own.
impl<P: Paginate> Unpin for Pages<'_, P> {}
impl<P: Paginate> Unpin for Items<'_, P> {}

impl<P: Paginate> Stream for Pages<'_, P> {
    type Item = Result<P::Page, Error<P::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = &mut *self;
        let Some(call) = &pages.call else {
            return Poll::Ready(None);
        };
        let pending = pages.pending.get_or_insert_with(|| call.clone().execute());
        let response = ready!(pending.as_mut().poll(context)).map_err(Error::from);
        pages.pending = None;
        let page = response.and_then(|response| pages.turn(response));
        if page.is_err() {
            pages.call = None;
        }
        Poll::Ready(Some(page))
    }
}

impl<P: Paginate> Stream for Items<'_, P> {
    type Item = Result<P::Item, Error<P::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = P::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Paginate> fmt::Debug for Pages<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("ended", &self.call.is_none())
            .finish_non_exhaustive()
    }
}

impl<P: Paginate> fmt::Debug for Items<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

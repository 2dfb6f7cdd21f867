//! Calls without `async`: any future and any stream of a client can be waited for.
//!
//! The futures run on a runtime of this crate, on the thread that waits.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waits for a future: `client.pets().list_pets().send().wait()?`.
pub trait Wait: Future + Sized {
    /// The result, as soon as it is there. This thread does nothing else until then.
    ///
    /// # Panics
    /// In async code, which is to `.await` instead, and where the system has no means for a runtime.
    fn wait(self) -> Self::Output {
        block_on(self)
    }
}

impl<F: Future> Wait for F {}

/// Takes a stream item by item: `for pet in client.pets().list_pets().items().each() { … }`.
pub trait Each: Stream + Unpin + Sized {
    /// The items of the stream, each as soon as it is there.
    ///
    /// # Panics
    /// Taking an item panics as [`Wait::wait`] does.
    fn each(mut self) -> impl Iterator<Item = Self::Item> {
        std::iter::from_fn(move || {
            block_on(poll_fn(|context| Pin::new(&mut self).poll_next(context)))
        })
    }
}

impl<S: Stream + Unpin> Each for S {}

/// Connections belong to the runtime that they were made on, so that there is one for all calls.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

fn block_on<F: Future>(future: F) -> F::Output {
    // tokio would panic as well, but would not say what to do.
    assert!(
        Handle::try_current().is_err(),
        "`wait` and `each` stop the thread, and async code must not be stopped: `.await` the call there, or use \
         `spawn_blocking`"
    );
    let runtime = RUNTIME.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("the system has the means for a runtime")
    });
    runtime.block_on(future)
}

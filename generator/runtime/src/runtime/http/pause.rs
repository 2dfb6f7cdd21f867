//! A pause, whatever runs the futures.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};
use std::{future, thread};

use super::Pending;

/// Waits. A thread keeps the time, because a client does not know what runs it; where there are no threads, it does
/// not wait.
pub(super) fn pause(time: Duration) -> Pending<'static, ()> {
    let end = Instant::now() + time;
    let waiting: Arc<Mutex<Option<Waker>>> = Arc::default();
    let mut clock = None;
    Box::pin(future::poll_fn(move |context| {
        if Instant::now() >= end {
            return Poll::Ready(());
        }
        *waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        let waiting = waiting.clone();
        let started = clock.get_or_insert_with(|| {
            thread::Builder::new().spawn(move || {
                thread::sleep(end.saturating_duration_since(Instant::now()));
                let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.take().into_iter().for_each(Waker::wake);
            })
        });
        if started.is_ok() {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    }))
}

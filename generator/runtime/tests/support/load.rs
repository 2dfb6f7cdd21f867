//! How many calls are under way at once, and what is left of one that was dropped.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use golden::runtime::http::Pending;
use golden::{Attempt, Body, Client, Observer, Outcome, Transport, TransportError};
use http::{Request, Response, StatusCode};

/// Answers when it is told to, and counts.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    open: bool,
    under_way: usize,
    most: usize,
    sent: usize,
    cancelled: usize,
}

/// One request at the gate.
struct Passing(Gate);

impl Drop for Passing {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().under_way -= 1;
    }
}

impl Transport for Gate {
    fn send(
        &self,
        _: Request<Body>,
        _: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        {
            let mut state = self.0.lock().unwrap();
            state.sent += 1;
            state.under_way += 1;
            state.most = state.most.max(state.under_way);
        }
        let passing = Passing(self.clone());
        Box::pin(std::future::poll_fn(move |_| {
            if !passing.0.0.lock().unwrap().open {
                return Poll::Pending;
            }
            let mut response = Response::new(Body::from(Bytes::new()));
            *response.status_mut() = StatusCode::NO_CONTENT;
            Poll::Ready(Ok(response))
        }))
    }
}

impl Observer for Gate {
    fn ended(&self, _: &Attempt, outcome: Outcome<'_>, _: Duration) {
        if matches!(outcome, Outcome::Cancelled) {
            self.0.lock().unwrap().cancelled += 1;
        }
    }
}

fn client(gate: &Gate, calls: usize) -> Client {
    let builder = Client::builder().transport(gate.clone()).api_key("key");
    let builder = builder.bearer_token("token").observer(gate.clone());
    builder.max_concurrency(calls).build().unwrap()
}

fn poll<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn no_more_calls_are_under_way_than_are_allowed() {
    let gate = Gate::default();
    let client = client(&gate, 2);
    let call = |_| Box::pin(client.shapes().delete_pet("1").send());
    let mut calls: Vec<_> = (0..5).map(call).collect();
    for call in &mut calls {
        assert!(poll(call).is_pending());
    }
    assert_eq!(gate.0.lock().unwrap().sent, 2);
    gate.0.lock().unwrap().open = true;
    for call in &mut calls {
        assert!(matches!(poll(call), Poll::Ready(Ok(()))));
    }
    let state = gate.0.lock().unwrap();
    assert_eq!((state.sent, state.most, state.under_way), (5, 2, 0));
}

#[test]
fn a_call_that_is_dropped_makes_room_for_another() {
    let gate = Gate::default();
    let client = client(&gate, 1);
    let call = || Box::pin(client.shapes().delete_pet("1").send());
    let (mut first, mut second, mut third) = (call(), call(), call());
    assert!(poll(&mut first).is_pending());
    assert!(poll(&mut second).is_pending());
    assert!(poll(&mut third).is_pending());
    drop(first);
    assert_eq!(gate.0.lock().unwrap().cancelled, 1);
    assert_eq!(gate.0.lock().unwrap().under_way, 0);
    // The second was next in line, and goes as well.
    drop(second);
    assert!(poll(&mut third).is_pending());
    gate.0.lock().unwrap().open = true;
    assert!(matches!(poll(&mut third), Poll::Ready(Ok(()))));
    assert_eq!(gate.0.lock().unwrap().sent, 2);
}

#[test]
fn waiting_for_room_counts_as_time() {
    let gate = Gate::default();
    let client = client(&gate, 1);
    let mut first = Box::pin(client.shapes().delete_pet("1").send());
    assert!(poll(&mut first).is_pending());
    let second = client
        .shapes()
        .delete_pet("1")
        .timeout(Duration::from_millis(20));
    let error = super::server::run(second.send()).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(gate.0.lock().unwrap().sent, 1);
}

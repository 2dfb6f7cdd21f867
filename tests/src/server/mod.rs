//! A server of the document's one endpoint, written by hand: no line of it comes from `contract` or the generator.
//!
//! It conforms to `spec/mixpeek.yaml` unless it is started with a [`Deviation`], which plants exactly one defect.

mod answer;
mod check;
mod deviation;
mod listing;
pub(crate) mod raw;
mod record;
mod route;
mod session;
mod spoil;

pub use deviation::{Defect, Deviation};
pub use record::Recorded;

use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use axum::http::StatusCode;
use axum::response::Response;
use tokio::sync::oneshot;

use record::Record;

/// The path of the endpoint.
pub const PATH: &str = "/v1/agents/sessions/list";

/// The only API key that the server knows.
pub const TOKEN: &str = "sk_test_key";

/// How many sessions there are in every namespace.
pub const SESSIONS: usize = 45;

/// A running server on a free port of the loopback interface, with a thread of its own. It ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    record: Record,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that conforms to the document.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn conforming() -> Self {
        Self::start(None)
    }

    /// Starts a server with one defect.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn deviating(deviation: Deviation) -> Self {
        Self::start(Some(deviation))
    }

    /// The URL that the paths of the document are appended to.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request that was received so far, in order.
    pub fn requests(&self) -> Vec<Recorded> {
        self.record.all()
    }

    fn start(deviation: Option<Deviation>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("a bound listener");
        let record = Record::default();
        let router = route::router(deviation, record.clone());
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || serve(listener, router, deviation, stopped));
        Self {
            address,
            record,
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has failed the test that it served already.
            let _ = thread.join();
        }
    }
}

/// Serves until the other end of `stopped` is gone, then gives up all connections.
fn serve(
    listener: TcpListener,
    router: axum::Router,
    deviation: Option<Deviation>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let serving = async {
            match deviation.and_then(raw::Flaw::of) {
                Some(flaw) => {
                    let spoils = move |response: &Response| {
                        (response.status() == StatusCode::OK).then_some(flaw)
                    };
                    raw::serve(listener, router, spoils).await;
                }
                None => axum::serve(listener, router).await.expect("no I/O error"),
            }
        };
        tokio::select! {
            () = serving => {}
            _ = stopped => {}
        }
    });
}

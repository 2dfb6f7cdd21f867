//! A shop of several resources, written by hand: no line of it comes from `contract` or the generator.
//!
//! It conforms to `tests/fixtures/shop/openapi.yaml` unless it is given a [`Defect`], which plants exactly one fault.

mod access;
mod answer;
mod call;
mod cart;
mod check;
mod customers;
mod defect;
mod defects;
mod images;
mod orders;
mod page;
mod preferences;
mod product;
mod products;
mod query;
mod reviews;
mod route;
mod search;
mod seed;
mod service;
mod spoil;
mod store;

pub use defect::Defect;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use tokio::sync::oneshot;

use crate::server::raw;
use store::Store;

/// The document, from the root of the workspace.
pub const DOCUMENT: &str = "tests/fixtures/shop/openapi.yaml";

/// The bearer tokens of the two users.
pub const TOKENS: [&str; 2] = ["tok_alice", "tok_bob"];

/// The API key of the one service.
pub const API_KEY: &str = "key_service";

/// The session of the first user.
pub const SESSION: &str = "s_alice";

/// The shop as a service in this process, with a store of its own.
pub fn router(defect: Option<&'static Defect>) -> Router {
    let shop = Shop {
        defect,
        store: Arc::new(Mutex::new(seed::store())),
    };
    Router::new().fallback(serve).with_state(shop)
}

#[derive(Clone)]
struct Shop {
    defect: Option<&'static Defect>,
    store: Arc<Mutex<Store>>,
}

async fn serve(State(shop): State<Shop>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let mut store = shop.store.lock().unwrap_or_else(PoisonError::into_inner);
    route::serve(&parts, &body, shop.defect, &mut store)
}

/// The shop on a free port of the loopback interface, with a thread of its own. It ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts it.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn start(defect: Option<&'static Defect>) -> Self {
        Self::bind(defect, "127.0.0.1:0")
    }

    /// Starts it on an address of its own choice.
    ///
    /// # Panics
    /// When the address is taken.
    pub fn bind(defect: Option<&'static Defect>, address: &str) -> Self {
        let listener = TcpListener::bind(address).expect("a free port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("a bound listener");
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || listen(listener, defect, stopped));
        Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// The URL that the paths of the document are appended to.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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

fn listen(listener: TcpListener, defect: Option<&'static Defect>, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let router = router(defect);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let serving = async {
            if defect.is_some_and(Defect::is_on_the_wire) {
                raw::serve(listener, router, spoil::flaw).await;
            } else {
                axum::serve(listener, router).await.expect("no I/O error");
            }
        };
        tokio::select! {
            () = serving => {}
            _ = stopped => {}
        }
    });
}

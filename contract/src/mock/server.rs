//! The network side of the mock: connections, their limits, and their end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};

use super::trouble::Reset;
use super::{Mock, refuse};
use crate::serve;

/// The most bytes of a request's body that are read.
const MAX_BODY: usize = 16 << 20;
/// How many clients are served at once; the others wait.
const MAX_CONNECTIONS: usize = 1024;

/// A mock that is served. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// The address that it is served on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it, and returns when it no longer listens.
    pub async fn stop(mut self) {
        self.task.abort();
        // The only outcome of an aborted task is that it was aborted.
        let _ = (&mut self.task).await;
    }

    /// Serves on for as long as the program runs.
    pub async fn forever(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens on an address and serves there.
///
/// # Errors
/// When the address is none, not free, or not ours.
pub(super) async fn bind(mock: Mock, address: impl ToSocketAddrs) -> std::io::Result<Running> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(accept(listener, Arc::new(mock)));
    Ok(Running { address, task })
}

async fn accept(listener: TcpListener, mock: Arc<Mock>) {
    // The connections end with this set, and so with the task.
    let mut connections = JoinSet::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let place = Arc::clone(&places).acquire_owned().await;
        match listener.accept().await {
            Ok((stream, _)) => {
                let mock = Arc::clone(&mock);
                connections.spawn(async move {
                    attend(stream, mock).await;
                    drop(place);
                });
            }
            // Out of file handles, most likely: another attempt at once would fail the same way.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn attend(stream: TcpStream, mock: Arc<Mock>) {
    let service = service_fn(move |request| {
        let mock = Arc::clone(&mock);
        async move { handle(&mock, request).await }
    });
    let Some(stream) = serve::begun(stream).await else {
        return;
    };
    // A client that breaks off, or speaks something else than HTTP, is no concern of a mock.
    let _ = serve::versions().serve_connection(stream, service).await;
}

/// Answers a request; fails where the connection shall break.
async fn handle(mock: &Mock, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Reset> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY).collect();
    let response = match tokio::time::timeout(serve::PATIENCE, body).await {
        Ok(Ok(body)) => {
            let answer = || mock.answer(&Request::from_parts(parts, body.to_bytes()));
            match mock.trouble.meet().await? {
                Some(status) => refuse::problem(status, "the mock was told to fail", &[]),
                None => answer(),
            }
        }
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            refuse::problem(413, "the body is longer than this mock reads", &[])
        }
        Ok(Err(_)) => refuse::problem(400, "the body cannot be read to its end", &[]),
        Err(_) => refuse::problem(408, "the body did not come in time", &[]),
    };
    Ok(response.map(Full::new))
}

//! Connections of clients to a server of ours: HTTP/1.1, or HTTP/2 without TLS by prior knowledge (RFC 9113 §3.3).

use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;

/// How long a client may take to begin, and for the head of a request.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of a request's head that are read.
const MAX_HEAD: usize = 64 << 10;

/// What serves a connection in whichever version it begins.
pub(crate) fn versions() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MAX_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(65_536);
    builder
}

/// A connection that has begun; `None` when nothing came in time.
pub(crate) async fn begun(stream: TcpStream) -> Option<TokioIo<TcpStream>> {
    // Answers are one write each; waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let begun = tokio::time::timeout(PATIENCE, stream.readable()).await;
    begun
        .ok()
        .and_then(Result::ok)
        .map(|()| TokioIo::new(stream))
}

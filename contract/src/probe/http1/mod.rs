//! HTTP/1.1 over plain sockets, read byte by byte (RFC 9112): an HTTP library would hide what was on the wire.

mod body;
mod connection;
mod head;

use std::sync::{Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use http::header::CONNECTION;
use http::{HeaderMap, Method, Request, Response};
use reqwest::Url;

use super::Failure;
use connection::Connection;

/// What an exchange came to.
type Answer = Result<Response<Bytes>, (Failure, String)>;

/// What was odd about an answer on the wire; it travels with the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Oddities(pub(crate) Vec<Oddity>);

/// One thing that is against RFC 9112, although an answer could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// A line of the head is not as it should be.
    Head(String),
    /// The headers that say how long the body is contradict each other, or the status.
    Length(String),
    /// So many bytes follow the end of the answer.
    Surplus(usize),
    /// So many bytes follow the head of an answer that has no content by its status or method.
    Content(usize),
}

/// Connections to one server.
#[derive(Debug)]
pub(super) struct Http1 {
    host: String,
    port: u16,
    authority: String,
    idle: Mutex<Vec<Connection>>,
    max_body: usize,
}

impl Http1 {
    /// Connections to the server of a URL; `None` for what only a library can speak: TLS, and credentials in the URL.
    pub(super) fn new(base: &Url, max_body: usize) -> Option<Self> {
        if base.scheme() != "http" || !base.username().is_empty() {
            return None;
        }
        let host = base.host_str()?;
        let port = base.port().map(|port| format!(":{port}"));
        Some(Self {
            authority: format!("{host}{}", port.unwrap_or_default()),
            host: host.trim_matches(['[', ']']).to_owned(),
            port: base.port_or_known_default()?,
            idle: Mutex::default(),
            max_body,
        })
    }

    /// Sends a request to a target of the server. A connection that was kept may have been closed while it was idle:
    /// that says nothing about the request, so that it goes out again over a new one.
    pub(super) async fn send(&self, request: &Request<Bytes>, target: &str) -> Answer {
        let bytes = self.spell(request, target);
        if let Some(kept) = self.kept() {
            match self.exchange(kept, request, &bytes).await {
                Err((Failure::Closed, _)) => {}
                answer => return answer,
            }
        }
        let fresh = Connection::open(&self.host, self.port).await?;
        self.exchange(fresh, request, &bytes).await
    }

    async fn exchange(
        &self,
        mut connection: Connection,
        request: &Request<Bytes>,
        bytes: &[u8],
    ) -> Answer {
        let method = request.method();
        // A server may refuse before it has read everything; then its answer is there all the same.
        let written = connection.write(bytes).await;
        let head = loop {
            let head = connection.head().await?;
            let is_interim = head.status.is_informational() && head.status != 101;
            if !is_interim {
                break head;
            }
        };
        let length = head.length(method)?;
        let body = connection.body(length, self.max_body).await?;
        let mut oddities = head.oddities;
        let is_last =
            method == Method::HEAD || request.headers().contains_key(CONNECTION) || head.is_last;
        let surplus = connection.surplus(length, is_last).await;
        if surplus > 0 {
            oddities.push(if length == body::Length::None {
                Oddity::Content(surplus)
            } else {
                Oddity::Surplus(surplus)
            });
        } else if written && !is_last && length != body::Length::UntilClosed {
            self.keep(connection);
        }
        let mut response = Response::new(body);
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        response.extensions_mut().insert(Oddities(oddities));
        Ok(response)
    }

    /// The request as it goes over the wire.
    fn spell(&self, request: &Request<Bytes>, target: &str) -> BytesMut {
        let (method, headers, body) = (request.method(), request.headers(), request.body());
        let mut bytes = BytesMut::with_capacity(512 + body.len());
        bytes.extend_from_slice(format!("{method} {target} HTTP/1.1\r\n").as_bytes());
        let mut line = |name: &str, value: &[u8]| {
            for part in [name.as_bytes(), b": ", value, b"\r\n"] {
                bytes.extend_from_slice(part);
            }
        };
        if !headers.contains_key("host") {
            line("host", self.authority.as_bytes());
        }
        for (name, value) in headers.iter().filter(|(name, _)| *name != "content-length") {
            line(name.as_str(), value.as_bytes());
        }
        if !body.is_empty() || expects_content(method, headers) {
            line("content-length", body.len().to_string().as_bytes());
        }
        if method == Method::HEAD && !headers.contains_key(CONNECTION) {
            // With the end of the connection it is certain whether content follows.
            line("connection", b"close");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        bytes
    }

    /// A connection that was kept and is still open.
    fn kept(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| idle.pop()).find(Connection::is_quiet)
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(connection);
    }
}

/// Whether the length is told even where there is none (RFC 9110 §8.6).
fn expects_content(method: &Method, headers: &HeaderMap) -> bool {
    headers.contains_key("content-type")
        || [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

#[cfg(test)]
mod tests;

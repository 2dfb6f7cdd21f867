//! Breaks HTTP itself, which no HTTP library would do for us: reads requests and writes answers byte by byte.

use std::future::pending;
use std::io;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use super::Deviation;

/// How long the endless body is.
const GIGABYTE: usize = 1 << 30;

/// A defect on the level of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flaw {
    Truncated,
    ShortLength,
    BrokenChunk,
    NotHttp,
    Reset,
    Closed,
    Hang,
    Stall,
    Endless,
}

impl Flaw {
    pub(super) fn of(deviation: Deviation) -> Option<Self> {
        Some(match deviation {
            Deviation::TruncatedBody => Self::Truncated,
            Deviation::ShortContentLength => Self::ShortLength,
            Deviation::BrokenChunk => Self::BrokenChunk,
            Deviation::NotHttp => Self::NotHttp,
            Deviation::Reset => Self::Reset,
            Deviation::Closed => Self::Closed,
            Deviation::Hang => Self::Hang,
            Deviation::Stall => Self::Stall,
            Deviation::EndlessBody => Self::Endless,
            _ => return None,
        })
    }
}

/// Serves one request on each connection: with a flaw where `spoils` names one, and otherwise as the router answers it.
pub(crate) async fn serve<F>(listener: TcpListener, router: Router, spoils: F)
where
    F: Fn(&Response) -> Option<Flaw> + Copy + Send + 'static,
{
    while let Ok((stream, _)) = listener.accept().await {
        let router = router.clone();
        // A caller that goes away in the middle is nothing to report.
        tokio::spawn(async move { answer(stream, router, spoils).await.ok() });
    }
}

async fn answer(
    mut stream: TcpStream,
    router: Router,
    spoils: impl Fn(&Response) -> Option<Flaw>,
) -> io::Result<()> {
    let Some(request) = read_request(&mut stream).await? else {
        return Ok(());
    };
    let is_head = request.method() == Method::HEAD;
    let Ok(response) = router.oneshot(request).await;
    // A 204 has no content and no length (RFC 9110 §8.6).
    if is_head || response.status() == StatusCode::NO_CONTENT {
        let bare = bare(&response);
        return stream.write_all(bare.as_bytes()).await;
    }
    let flaw = spoils(&response);
    let (head, body) = spell(response).await;
    let Some(flaw) = flaw else {
        return write(&mut stream, &head, body.len(), &body).await;
    };
    let half = &body[..body.len() / 2];
    match flaw {
        Flaw::Truncated => write(&mut stream, &head, body.len(), half).await,
        Flaw::ShortLength => write(&mut stream, &head, half.len(), &body).await,
        Flaw::BrokenChunk => {
            let chunked = format!(
                "{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n",
                body.len()
            );
            stream.write_all(chunked.as_bytes()).await?;
            stream.write_all(half).await
        }
        Flaw::NotHttp => stream.write_all(b"+OK ready\r\n\r\n").await,
        Flaw::Reset => stream.set_zero_linger(),
        Flaw::Closed => Ok(()),
        Flaw::Hang => pending().await,
        Flaw::Stall => {
            write(&mut stream, &head, body.len(), half).await?;
            pending().await
        }
        Flaw::Endless => write_endlessly(&mut stream, &head).await,
    }
}

/// Reads a request with a body of a declared length; `None` when the caller closes first.
async fn read_request(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let mut body = bytes.split_off(head);
    let mut request = parse(&String::from_utf8_lossy(&bytes));
    let length = request.headers().get("content-length");
    let length: usize = length
        .and_then(|length| length.to_str().ok()?.parse().ok())
        .unwrap_or(0);
    while body.len() < length && stream.read_buf(&mut body).await? > 0 {}
    *request.body_mut() = Body::from(body);
    Ok(Some(request))
}

/// Callers are HTTP libraries, so that what they send has the shape of a request.
fn parse(head: &str) -> Request {
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let mut request = Request::builder()
        .method(first.next().unwrap_or_default())
        .uri(first.next().unwrap_or_default());
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        request = request.header(name, value.trim());
    }
    request.body(Body::empty()).unwrap_or_default()
}

/// The head of a response without its length, and its body.
async fn spell(response: Response) -> (String, Vec<u8>) {
    let head = head(&response);
    let body = to_bytes(response.into_body(), usize::MAX).await;
    (head, body.unwrap_or_default().to_vec())
}

/// The head of a response without its length.
fn head(response: &Response) -> String {
    let mut head = format!("HTTP/1.1 {}\r\nConnection: close\r\n", response.status());
    for (name, value) in response.headers() {
        if name == CONTENT_LENGTH {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        head.extend([name.as_str(), ": ", &*value, "\r\n"]);
    }
    head
}

/// The answer to `HEAD`, whose length is that of what is left out.
fn bare(response: &Response) -> String {
    let mut head = head(response);
    let length = response.headers().get(CONTENT_LENGTH);
    if let Some(length) = length.filter(|_| response.status() != StatusCode::NO_CONTENT) {
        let length = String::from_utf8_lossy(length.as_bytes());
        head.extend(["Content-Length: ", &*length, "\r\n"]);
    }
    head + "\r\n"
}

async fn write(stream: &mut TcpStream, head: &str, length: usize, body: &[u8]) -> io::Result<()> {
    let head = format!("{head}Content-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await
}

/// Writes a gigabyte of white space at the start of an object, which a caller cannot refuse before it has it all.
async fn write_endlessly(stream: &mut TcpStream, head: &str) -> io::Result<()> {
    let blank = vec![b' '; 1 << 16];
    write(stream, head, GIGABYTE, b"{").await?;
    for _ in 0..GIGABYTE / blank.len() {
        stream.write_all(&blank).await?;
    }
    Ok(())
}

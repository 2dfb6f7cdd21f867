//! The body of an answer, by what says how long it is (RFC 9112 §6.3, §7.1).

use bytes::{Bytes, BytesMut};

use super::connection::Connection;
use crate::probe::Failure;

/// What says where a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// There is none.
    None,
    /// So many bytes.
    Exact(usize),
    /// The last chunk.
    Chunked,
    /// The end of the connection.
    UntilClosed,
}

type Read<T> = Result<T, (Failure, String)>;

/// A body of so many bytes.
pub(super) async fn exact(connection: &mut Connection, length: usize, limit: usize) -> Read<Bytes> {
    if length > limit {
        return Err(too_large(limit));
    }
    while connection.buffer.len() < length {
        if !matches!(connection.read().await, Ok(1..)) {
            let message = format!(
                "{length} bytes were announced, and {} came",
                connection.buffer.len()
            );
            return Err((Failure::Truncated, message));
        }
    }
    Ok(connection.buffer.split_to(length).freeze())
}

/// A body that ends with the connection.
pub(super) async fn until_closed(connection: &mut Connection, limit: usize) -> Read<Bytes> {
    loop {
        match connection.read().await {
            Ok(0) => return Ok(connection.buffer.split().freeze()),
            Ok(_) if connection.buffer.len() > limit => return Err(too_large(limit)),
            Ok(_) => {}
            Err(error) => return Err((Failure::Truncated, error.to_string())),
        }
    }
}

/// A body in chunks; their extensions and the trailers say nothing about it.
pub(super) async fn chunked(connection: &mut Connection, limit: usize) -> Read<Bytes> {
    let mut body = BytesMut::new();
    loop {
        let line = line(connection).await?;
        let size = size(&line).ok_or_else(|| {
            let text = String::from_utf8_lossy(&line);
            (
                Failure::NotHttp,
                format!("`{}` is no size of a chunk", text.trim_end()),
            )
        })?;
        if size > limit - body.len() {
            return Err(too_large(limit));
        }
        if size == 0 {
            while !self::line(connection).await?.trim_ascii().is_empty() {}
            return Ok(body.freeze());
        }
        while connection.buffer.len() < size + 2 {
            if !matches!(connection.read().await, Ok(1..)) {
                return Err(cut_off());
            }
        }
        body.extend_from_slice(&connection.buffer.split_to(size));
        if connection.buffer.split_to(2) != b"\r\n"[..] {
            let message = "a chunk is longer or shorter than its size says";
            return Err((Failure::NotHttp, message.to_owned()));
        }
    }
}

/// The most bytes of a line between chunks.
const MAX_LINE: usize = 64 << 10;

async fn line(connection: &mut Connection) -> Read<Bytes> {
    loop {
        if let Some(end) = connection.buffer.iter().position(|byte| *byte == b'\n') {
            return Ok(connection.buffer.split_to(end + 1).freeze());
        }
        if connection.buffer.len() > MAX_LINE || !matches!(connection.read().await, Ok(1..)) {
            return Err(cut_off());
        }
    }
}

fn size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    usize::from_str_radix(digits, 16).ok()
}

fn cut_off() -> (Failure, String) {
    let message = "the connection was closed before the last chunk";
    (Failure::Truncated, message.to_owned())
}

fn too_large(limit: usize) -> (Failure, String) {
    let message = format!("the body is longer than {limit} bytes");
    (Failure::TooLarge, message)
}

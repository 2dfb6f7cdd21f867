//! One connection: what is written to it, and what comes back piece by piece.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::body::{self, Length};
use super::head::Head;
use crate::probe::Failure;

/// The most bytes that a head may have.
const MAX_HEAD: usize = 256 << 10;
/// How long to wait for what may follow an answer without content.
const LINGER: Duration = Duration::from_millis(3);
/// How long to wait for the end of a connection that is said to end.
const CLOSING: Duration = Duration::from_millis(100);

/// A connection, with what was read of it and not yet used.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    pub(super) buffer: BytesMut,
}

impl Connection {
    pub(super) async fn open(host: &str, port: u16) -> Result<Self, (Failure, String)> {
        let stream = TcpStream::connect((host, port)).await;
        let stream = stream.map_err(|error| (Failure::Connect, error.to_string()))?;
        // Requests are one write each; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        Ok(Self {
            stream,
            buffer: BytesMut::with_capacity(8 << 10),
        })
    }

    /// Whether nothing has come, not even the end.
    pub(super) fn is_quiet(&self) -> bool {
        let mut byte = [0];
        let read = self.stream.try_read(&mut byte);
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Writes a request; says whether all of it was taken.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// Reads on; nothing at the end.
    pub(super) async fn read(&mut self) -> std::io::Result<usize> {
        self.stream.read_buf(&mut self.buffer).await
    }

    /// Reads a head.
    pub(super) async fn head(&mut self) -> Result<Head, (Failure, String)> {
        let mut from = 0;
        loop {
            if let Some(end) = end_of_head(&self.buffer, from) {
                let head = self.buffer.split_to(end);
                return Head::parse(&head).map_err(|message| (Failure::NotHttp, message));
            }
            let start = &self.buffer[..self.buffer.len().min(5)];
            if !b"HTTP/".starts_with(start) || self.buffer.len() > MAX_HEAD {
                let message = "what came does not begin with a status line, or its head has no end";
                return Err((Failure::NotHttp, message.to_owned()));
            }
            from = self.buffer.len().saturating_sub(3);
            match self.read().await {
                Ok(1..) => {}
                _ if self.buffer.is_empty() => {
                    let message = "the connection was closed before an answer came";
                    return Err((Failure::Closed, message.to_owned()));
                }
                _ => {
                    let message = "the connection was closed within the head of the answer";
                    return Err((Failure::Truncated, message.to_owned()));
                }
            }
        }
    }

    /// Reads a body of some length, and no more than a limit.
    pub(super) async fn body(
        &mut self,
        length: Length,
        limit: usize,
    ) -> Result<Bytes, (Failure, String)> {
        match length {
            Length::None => Ok(Bytes::new()),
            Length::Exact(length) => body::exact(self, length, limit).await,
            Length::Chunked => body::chunked(self, limit).await,
            Length::UntilClosed => body::until_closed(self, limit).await,
        }
    }

    /// How many bytes follow an answer. They mostly come with it; it is waited for them where the connection is about
    /// to end, and where the answer has no content that they could have come with.
    pub(super) async fn surplus(&mut self, length: Length, is_last: bool) -> usize {
        let patience = match length {
            Length::UntilClosed => return 0,
            _ if is_last => CLOSING,
            Length::None => LINGER,
            _ => return self.buffer.len(),
        };
        let more =
            async { while matches!(self.read().await, Ok(1..)) && self.buffer.len() < MAX_HEAD {} };
        // When the time is up, what has come is all that counts.
        let _ = tokio::time::timeout(patience, more).await;
        self.buffer.len()
    }
}

/// Where a head ends, behind its empty line, which may lack its CR.
fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    let lines = bytes[from..]
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n');
    let mut ends = lines.map(|(at, _)| from + at + 1);
    ends.find_map(|end| match &bytes[end..] {
        [b'\n', ..] => Some(end + 1),
        [b'\r', b'\n', ..] => Some(end + 2),
        _ => None,
    })
}

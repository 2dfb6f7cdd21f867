//! Bodies that are longer than what a client holds: a file of tests of its own, because it looks at the memory of the
//! whole process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, channel};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use bindery_runtime::runtime::http::{
    Call, Core, CoreBuilder, Error, ErrorKind, File, Multipart, Operation,
};
use bindery_runtime::runtime::{Attempt, Body, Outcome, Retries, TransportError, Upload};
use bytes::Bytes;
use futures_core::Stream;

const PIECE: usize = 64 << 10;
const LENGTH: usize = 1 << 30;
/// What both bodies may take together: a small part of one.
const MEMORY: usize = 32 << 20;

/// Zeros.
struct Zeros(usize);

impl Stream for Zeros {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = PIECE.min(self.0);
        self.0 -= length;
        let piece = (length > 0).then(|| Ok(Bytes::from(vec![0; length])));
        Poll::Ready(piece)
    }
}

/// A server that counts the bytes of each request, and sends as many zeros.
fn server() -> (String, Receiver<(Vec<String>, usize)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, received) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let counted = serve(&stream.expect("a connection"));
            // The test may be over.
            let _ = sender.send(counted);
        }
    });
    (url, received)
}

fn serve(stream: &TcpStream) -> (Vec<String>, usize) {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines().map(|line| line.expect("a line"));
    let head: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    let length = head
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let count = match length {
        Some(length) => drain(&mut reader, length.parse().expect("a length")),
        None => chunks(&mut reader),
    };
    let mut stream = stream;
    let head_of_answer =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {count}\r\nconnection: close\r\n\r\n");
    // The client may have gone.
    let _ = stream.write_all(head_of_answer.as_bytes());
    let zeros = vec![0; PIECE];
    for _ in 0..count / PIECE {
        let _ = stream.write_all(&zeros);
    }
    let _ = stream.write_all(&zeros[..count % PIECE]);
    (head, count)
}

fn drain(reader: &mut impl Read, length: usize) -> usize {
    let read = std::io::copy(&mut reader.take(length as u64), &mut std::io::sink());
    usize::try_from(read.expect("a body")).expect("a length")
}

/// The bytes of a body in chunks (RFC 9112 §7.1).
fn chunks(reader: &mut impl BufRead) -> usize {
    let mut count = 0;
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).expect("a size");
        let size = usize::from_str_radix(size.trim(), 16).expect("a number");
        count += drain(reader, size);
        reader
            .read_line(&mut String::new())
            .expect("the end of a chunk");
        if size == 0 {
            return count;
        }
    }
}

fn core(url: &str) -> Core {
    CoreBuilder::new(url).build().expect("a client")
}

fn call(core: &Core, body: impl Into<Upload>) -> Call<'_> {
    static PUT: Operation = Operation {
        name: "put",
        method: "PUT",
        path: "/",
        auth: &[],
        settings: &[],
        accept: "",
        redirects: true,
    };
    let mut call = Call::new(core, &PUT);
    call.bytes("application/octet-stream", body);
    call
}

/// The most memory that the process has had, in bytes.
#[cfg(target_os = "linux")]
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of the process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.expect("a peak").trim().trim_end_matches(" kB");
    kilobytes.parse::<usize>().expect("a number") << 10
}

/// Elsewhere, that the bytes arrive is all that is looked at.
#[cfg(not(target_os = "linux"))]
fn peak() -> usize {
    0
}

/// Sends a call, and counts the bytes that come back.
async fn downloaded(call: Call<'_>) -> usize {
    let mut download = call.open().await.expect("a response").download();
    let mut count = 0;
    while let Some(piece) = download.next().await {
        count += piece.expect("a piece").len();
    }
    count
}

#[tokio::test]
async fn long_bodies_are_never_held_as_a_whole() {
    let (url, received) = server();
    let core = core(&url);
    let before = peak();
    for declared in [false, true] {
        let zeros = Body::pieces(Zeros(LENGTH));
        let body = if declared {
            Upload::sized(zeros, LENGTH as u64)
        } else {
            Upload::from(zeros)
        };
        assert_eq!(downloaded(call(&core, body)).await, LENGTH);
        let (head, sent) = received.recv().expect("a request");
        assert_eq!(sent, LENGTH);
        let length = format!("content-length: {LENGTH}");
        assert_eq!(head.contains(&length), declared, "{head:?}");
    }
    let grown = peak() - before;
    assert!(grown < MEMORY, "{grown} bytes more than before");
}

#[tokio::test]
async fn long_files_are_never_held_as_a_whole() {
    let (url, received) = server();
    let core = core(&url);
    let before = peak();
    for declared in [false, true] {
        let zeros = Body::pieces(Zeros(LENGTH));
        let file = if declared {
            File::new(Upload::sized(zeros, LENGTH as u64))
        } else {
            File::new(zeros)
        };
        let mut parts = Multipart::new();
        parts.file("f", &file, "application/octet-stream");
        let mut call = call(&core, "");
        call.multipart(parts);
        let count = downloaded(call).await;
        let (head, sent) = received.recv().expect("a request");
        assert_eq!(count, sent);
        assert!((LENGTH..LENGTH + 500).contains(&sent), "{sent}");
        let length = format!("content-length: {sent}");
        assert_eq!(head.contains(&length), declared, "{head:?}");
    }
    let grown = peak() - before;
    assert!(grown < MEMORY, "{grown} bytes more than before");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (url, received) = server();
    let core = core(&url);
    let call = call(&core, Body::pieces(Zeros(PIECE)));
    let again = call.clone();
    call.execute().await.expect("a response");
    assert_eq!(received.recv().expect("a request").1, PIECE);
    let error: Error<()> = again.execute().await.expect_err("no body").into();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.to_string(),
        "put: invalid request: body: is a stream that was sent before"
    );
    let file = File::new(Body::pieces(Zeros(PIECE)));
    for sent in [true, false] {
        let mut parts = Multipart::new();
        parts.file("f", &file, "application/octet-stream");
        let mut call = self::call(&core, "");
        call.multipart(parts);
        let result = call.execute().await;
        assert_eq!(result.is_ok(), sent, "{result:?}");
    }
}

#[tokio::test]
async fn a_stream_that_fails_is_not_sent_again() {
    // Nobody listens, and connecting is tried again for a body that is there as a whole.
    let attempts = Arc::new(AtomicUsize::new(0));
    for (body, expected) in [
        (Upload::from(Body::pieces(Zeros(PIECE))), 1),
        (Upload::from("bytes"), 3),
    ] {
        attempts.store(0, Relaxed);
        let mut builder = CoreBuilder::new("http://127.0.0.1:1");
        let counted = attempts.clone();
        let retries = Retries::on();
        builder.retries(retries.first_wait(Duration::from_millis(1)));
        builder.observer(move |_: &Attempt, _: Outcome<'_>, _: Duration| {
            counted.fetch_add(1, Relaxed);
        });
        let core = builder.build().expect("a client");
        let error: Error<()> = call(&core, body)
            .execute()
            .await
            .expect_err("nobody")
            .into();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(attempts.load(Relaxed), expected);
    }
}

//! Answers of a server that writes what it likes.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

/// Asks a server that answers everything with these bytes and then closes.
async fn ask(method: Method, bytes: &'static [u8]) -> Answer {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut request = [0; 4096];
        let _ = stream.read(&mut request);
        let _ = stream.write_all(bytes);
    });
    let http = Http1::new(&url.parse().expect("a URL"), 1000).expect("plain HTTP");
    let request = Request::builder().method(method).body(Bytes::new());
    http.send(&request.expect("a request"), "/").await
}

async fn oddities(method: Method, bytes: &'static [u8]) -> Vec<Oddity> {
    let answer = ask(method, bytes).await.expect("an answer");
    let odd = answer.extensions().get::<Oddities>();
    odd.map(|odd| odd.0.clone()).unwrap_or_default()
}

async fn failure(bytes: &'static [u8]) -> Failure {
    ask(Method::GET, bytes).await.expect_err("no answer").0
}

#[tokio::test]
async fn bodies_end_where_the_head_says() {
    for (bytes, body) in [
        (&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"[..], "ab"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n", "abc"),
        (b"HTTP/1.1 200\r\n\r\nabcd", "abcd"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na", "a"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", ""),
    ] {
        let answer = ask(Method::GET, bytes).await.expect("an answer");
        assert_eq!(answer.body(), body);
        assert_eq!(oddities(Method::GET, bytes).await, []);
    }
}

#[tokio::test]
async fn what_is_odd_is_told_and_the_answer_read_all_the_same() {
    let head = |text: &str| Oddity::Head(text.to_owned());
    let length = |text: &str| Oddity::Length(text.to_owned());
    let cases: [(&[u8], Oddity); 9] = [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc",
            Oddity::Surplus(1),
        ),
        (b"HTTP/1.1 204 No Content\r\n\r\nabc", Oddity::Content(3)),
        (b"HTTP/1.1 304 Not Modified\r\n\r\na", Oddity::Content(1)),
        (
            b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
            length("a 204 has the header `Content-Length`"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            length("there are both `Transfer-Encoding` and `Content-Length`"),
        ),
        (
            b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
            head("a line ends without a carriage return"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 0\r\n\r\n",
            head("`X Y: 1` is no header"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n",
            head("a line has no colon: `nonsense`"),
        ),
        (
            b"HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 0\r\n\r\n",
            head("a header goes on in a second line, which is obsolete (RFC 9112 §5.2)"),
        ),
    ];
    for (bytes, oddity) in cases {
        assert_eq!(oddities(Method::GET, bytes).await, [oddity]);
    }
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    assert_eq!(oddities(Method::HEAD, head).await, []);
    let body = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
    assert_eq!(oddities(Method::HEAD, body).await, [Oddity::Content(2)]);
}

#[tokio::test]
async fn what_is_no_answer_has_its_reason() {
    assert_eq!(failure(b"").await, Failure::Closed);
    assert_eq!(failure(b"+OK\r\n\r\n").await, Failure::NotHttp);
    assert_eq!(failure(b"HTTP/1.1 abc\r\n\r\n").await, Failure::NotHttp);
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nContent-L").await,
        Failure::Truncated
    );
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n").await,
        Failure::NotHttp
    );
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na").await,
        Failure::NotHttp
    );
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na").await,
        Failure::Truncated
    );
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\na").await,
        Failure::TooLarge
    );
    let chunked = |chunk: &'static str| -> &'static [u8] {
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}")
            .leak()
            .as_bytes()
    };
    assert_eq!(failure(chunked("5\r\nab")).await, Failure::Truncated);
    assert_eq!(failure(chunked("1\r\nabcd\r\n")).await, Failure::NotHttp);
    assert_eq!(failure(chunked("zz\r\n")).await, Failure::NotHttp);
    assert_eq!(failure(chunked("ffff\r\n")).await, Failure::TooLarge);
    assert_eq!(failure(chunked("1\r\na\r\n")).await, Failure::Truncated);
}

/// The first connection is closed after its answer, without a word; the next request must not notice.
#[tokio::test]
async fn a_kept_connection_that_was_closed_is_replaced() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            // Closed only when the next request has come, or the client is gone.
            let _ = stream.read(&mut request);
        }
    });
    let http = Http1::new(&url.parse().expect("a URL"), 1000).expect("plain HTTP");
    for _ in 0..3 {
        let answer = http.send(&Request::new(Bytes::new()), "/").await;
        assert!(answer.is_ok(), "{answer:?}");
    }
}

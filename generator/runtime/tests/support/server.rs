//! A server that answers each request with the next of its answers, and tells what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use golden::{Client, ClientBuilder};

/// A request as it stood on the wire.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Method and target.
    pub(crate) line: String,
    /// Header lines, names in lower case.
    pub(crate) headers: Vec<String>,
    /// The body.
    pub(crate) body: String,
}

/// A server on a port of its own.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) url: String,
    asked: Receiver<Asked>,
}

impl Asked {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.iter().filter_map(|line| line.split_once(": "));
        pairs
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

impl Server {
    /// Starts a server with these answers; each is a status, header lines and a body.
    pub(crate) fn start(answers: Vec<(u16, &'static str, String)>) -> Self {
        let answers = answers.into_iter().map(|(status, headers, body)| {
            let length = body.len();
            format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
        });
        Self::raw(answers.collect())
    }

    /// Starts a server that answers with these bytes, and then closes the connection.
    pub(crate) fn raw(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, asked) = channel();
        thread::spawn(move || {
            for answer in answers {
                let (stream, _) = listener.accept().expect("a connection");
                let mut reader = BufReader::new(stream);
                // The test may be over.
                let _ = sender.send(read(&mut reader));
                // The client may have gone: some tests cut the answer off.
                let _ = reader.get_mut().write_all(answer.as_bytes());
            }
        });
        Self { url, asked }
    }

    /// A server with one JSON answer.
    pub(crate) fn json(status: u16, body: impl Into<String>) -> Self {
        Self::start(vec![(status, JSON, body.into())])
    }

    /// A builder of clients for it.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.url).bearer_token("token")
    }

    /// A client for it.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// The next request that it got.
    pub(crate) fn asked(&self) -> Asked {
        self.asked
            .recv_timeout(std::time::Duration::from_secs(5))
            .expect("a request")
    }

    /// Whether nothing was asked.
    pub(crate) fn was_left_alone(&self) -> bool {
        self.asked.try_recv().is_err()
    }
}

/// The header of a JSON answer.
pub(crate) const JSON: &str = "content-type: application/json\r\nx-request-id: req-1\r\n";

fn read(reader: &mut impl BufRead) -> Asked {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let line = lines.remove(0).trim_end_matches(" HTTP/1.1").to_owned();
    let length = lines
        .iter()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    Asked {
        line,
        headers: lines,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

/// Runs a future to its end.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

/// Collects a stream.
pub(crate) fn collect<S: futures_core::Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    run(async {
        let mut items = Vec::new();
        while let Some(item) =
            std::future::poll_fn(|context| std::pin::Pin::new(&mut stream).poll_next(context)).await
        {
            items.push(item);
        }
        items
    })
}

//! Bodies that are taken piece by piece: events, lines of JSON, bytes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::runtime::http::{
    Body, Call, Core, CoreBuilder, Incoming, Operation, Pending, Transport, TransportError,
};
use bindery_runtime::runtime::json::Value;
use bindery_runtime::runtime::{ErrorKind, Event};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, Request, Response};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Gives its answers one after the other, and keeps the headers `Last-Event-ID` that it is asked with.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<VecDeque<Answer>>>, Arc<Mutex<Vec<String>>>);

/// A status, a media type, and the pieces of a body, at the end of which the connection may break.
type Answer = (u16, &'static str, Vec<Result<Vec<u8>, ()>>);

struct Pieces(VecDeque<Result<Vec<u8>, ()>>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.0.pop_front();
        Poll::Ready(piece.map(|piece| {
            piece
                .map(Bytes::from)
                .map_err(|()| TransportError::new("reset"))
        }))
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request<Body>,
        timeout: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        assert_eq!(timeout, None, "a stream is as long as it is");
        let id = request.headers().get("last-event-id");
        let id = id.map_or("", |id| id.to_str().expect("text"));
        self.1.lock().expect("a lock").push(id.to_owned());
        let answer = self.0.lock().expect("a lock").pop_front();
        Box::pin(async {
            let (status, media_type, pieces) =
                answer.ok_or_else(|| TransportError::new("refused"))?;
            let mut response = Response::new(Body::pieces(Pieces(pieces.into())));
            *response.status_mut() = status.try_into().expect("a status");
            response
                .headers_mut()
                .insert("content-type", HeaderValue::from_static(media_type));
            Ok(response)
        })
    }
}

static OPERATION: Operation = Operation {
    name: "watch",
    method: "GET",
    path: "/",
    auth: &[],
    settings: &[],
    accept: "text/event-stream",
    redirects: false,
};

fn script(answers: Vec<Answer>) -> (Script, Core) {
    let script = Script(Arc::new(Mutex::new(answers.into())), Arc::default());
    let mut builder = CoreBuilder::new("http://a");
    builder.transport(script.clone());
    builder.max_response(64);
    (script, builder.build().expect("a client"))
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

fn open(core: &Core) -> Incoming<'_> {
    run(Call::new(core, &OPERATION).open()).expect("an answer")
}

fn whole(text: &str) -> Vec<Result<Vec<u8>, ()>> {
    vec![Ok(text.as_bytes().to_vec())]
}

fn bytewise(text: &str) -> Vec<Result<Vec<u8>, ()>> {
    text.bytes().map(|byte| Ok(vec![byte])).collect()
}

/// The events of a body, each as its type, its id and its data.
fn events(pieces: Vec<Result<Vec<u8>, ()>>) -> Vec<(String, String, String)> {
    let (_, core) = script(vec![(200, "text/event-stream", pieces)]);
    let mut events = open(&core).text_events();
    run(async {
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            let Event {
                event, id, data, ..
            } = event.expect("an event");
            all.push((event, id, data));
        }
        all
    })
}

/// The examples of HTML §9.2.6, and its corners.
#[test]
fn events_are_read_as_the_standard_says() {
    for (text, expected) in [
        (
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            vec![("message", "", "YHOO\n+2\n10")],
        ),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec![
                ("message", "1", "first event"),
                ("message", "", "second event"),
                ("message", "", " third event"),
            ],
        ),
        (
            "data\n\ndata\ndata\n\ndata:\n",
            vec![("message", "", ""), ("message", "", "\n")],
        ),
        (
            "data:test\n\ndata: test\n\n",
            vec![("message", "", "test"), ("message", "", "test")],
        ),
        (
            "event: add\r\ndata: ü€🦀\r\n\r\nevent: x\r\n\r\ndata: a\r\rdata: b\n\n",
            vec![
                ("add", "", "ü€🦀"),
                ("message", "", "a"),
                ("message", "", "b"),
            ],
        ),
        ("\u{feff}data: a\n\n", vec![("message", "", "a")]),
        (
            "id: 1\n\nid: a\0b\ndata: x\n\n",
            vec![("message", "1", "x")],
        ),
        ("data: cut off", vec![]),
        ("data: cut off\n", vec![]),
        ("other: x\nDATA: y\n\n", vec![]),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(event, id, data)| (event.to_owned(), id.to_owned(), data.to_owned()))
            .collect();
        assert_eq!(events(whole(text)), expected, "{text:?}");
        assert_eq!(events(bytewise(text)), expected, "{text:?} byte by byte");
    }
}

#[test]
fn what_is_no_utf8_does_not_end_the_events() {
    let pieces = vec![Ok(b"data: a\xff\n\ndata: b\n\n".to_vec())];
    let data: Vec<_> = events(pieces).into_iter().map(|event| event.2).collect();
    assert_eq!(data, ["a\u{fffd}", "b"]);
}

#[test]
fn data_that_is_json_ends_at_the_word_for_it() {
    let text = "data: {\"a\":1}\n\ndata: {oops\n\ndata: [DONE]\n\ndata: {}\n\n";
    let (_, core) = script(vec![(200, "text/event-stream", whole(text))]);
    let mut events = open(&core).events::<Value>();
    let first = run(events.next()).expect("an event").expect("JSON");
    assert_eq!(
        first
            .data
            .pointer("/a")
            .and_then(Value::as_number)
            .and_then(bindery_runtime::runtime::Number::as_i64),
        Some(1)
    );
    let error = run(events.next()).expect("an event").expect_err("no JSON");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body().expect("what came")[..], b"{oops"[..]);
    assert!(run(events.next()).is_none());
    assert!(run(events.next()).is_none());
}

#[test]
fn an_event_has_a_limit() {
    let text = format!("data: {}", "x".repeat(40));
    let pieces = [whole(&text), whole(&text)].concat();
    let (_, core) = script(vec![(200, "text/event-stream", pieces)]);
    let mut events = open(&core).text_events();
    let error = run(events.next()).expect("an error").expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::TooLong);
    assert!(run(events.next()).is_none());
}

#[test]
fn many_events_have_none() {
    let text = "data: 1234567890\n\n";
    assert_eq!(
        events(
            [
                whole(text),
                whole(text),
                whole(text),
                whole(text),
                whole(text)
            ]
            .concat()
        )
        .len(),
        5
    );
}

#[test]
fn a_connection_is_made_anew_with_the_last_id() {
    let stream = "text/event-stream";
    let broken = [
        whole("retry: 10\nid: 7\ndata: a\n\nid: 8\ndata: lost"),
        vec![Err(())],
    ]
    .concat();
    let (script, core) = script(vec![
        (200, stream, broken),
        (200, stream, whole("data: b\n\n")),
        (204, stream, Vec::new()),
    ]);
    let mut events = open(&core).text_events().reconnecting(2);
    let data = run(async {
        let mut data = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.expect("an event");
            data.push((event.id, event.data));
        }
        data
    });
    let expected = [("7", "a"), ("7", "b")].map(|(id, data)| (id.to_owned(), data.to_owned()));
    assert_eq!(data, expected);
    assert_eq!(*script.1.lock().expect("a lock"), ["", "7", "7"]);
}

#[test]
fn connections_that_bring_nothing_are_given_up() {
    let stream = "text/event-stream";
    let retry = || whole("retry: 1\n\n");
    let (script, core) = script(vec![(200, stream, retry()), (200, stream, retry())]);
    let mut events = open(&core).text_events().reconnecting(3);
    let error = run(events.next()).expect("an error").expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(script.1.lock().expect("a lock").len(), 4);
    assert!(run(events.next()).is_none());
}

#[test]
fn an_answer_of_another_kind_ends_the_events() {
    let stream = "text/event-stream";
    for (status, media_type) in [(200, "text/html"), (404, stream)] {
        let (_, core) = script(vec![
            (200, stream, whole("retry: 1\n\n")),
            (status, media_type, whole("data: a\n\n")),
        ]);
        let mut events = open(&core).text_events().reconnecting(9);
        let error = run(events.next()).expect("an error").expect_err("another");
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[test]
fn without_being_asked_no_connection_is_made_anew() {
    let broken = [whole("data: a\n\n"), vec![Err(())]].concat();
    let (script, core) = script(vec![(200, "text/event-stream", broken)]);
    let mut events = open(&core).text_events();
    assert_eq!(
        run(events.next()).expect("an event").expect("text").data,
        "a"
    );
    let error = run(events.next()).expect("an error").expect_err("reset");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(run(events.next()).is_none());
    assert_eq!(script.1.lock().expect("a lock").len(), 1);
}

/// The values of a body, each as JSON, or as the bytes that are none.
fn values(separator: char, pieces: Vec<Result<Vec<u8>, ()>>) -> Vec<Result<String, String>> {
    let (_, core) = script(vec![(200, "application/jsonl", pieces)]);
    let response = open(&core);
    let mut values = if separator == '\n' {
        response.lines::<Value>()
    } else {
        response.records()
    };
    run(async {
        use bindery_runtime::runtime::json::Json;
        let mut all = Vec::new();
        while let Some(value) = values.next().await {
            let text = value.map(|value| value.to_json()).map_err(|error| {
                let body = error.body().cloned().unwrap_or_default();
                String::from_utf8_lossy(&body).into_owned()
            });
            all.push(text.map(|text| String::from_utf8_lossy(text.as_ref()).into_owned()));
        }
        all
    })
}

#[test]
fn values_come_one_a_line_or_after_a_separator() {
    for (separator, text, expected) in [
        (
            '\n',
            "{\"a\":1}\n{\"b\":\"ü\"}\n",
            vec![Ok("{\"a\":1}"), Ok("{\"b\":\"ü\"}")],
        ),
        ('\n', "1\r\n\r\n \n2", vec![Ok("1"), Ok("2")]),
        (
            '\n',
            "\u{feff}[1]\nno\n3\n",
            vec![Ok("[1]"), Err("no"), Ok("3")],
        ),
        ('\n', "", vec![]),
        (
            '\u{1e}',
            "\u{1e}{\"a\":\n1}\n\u{1e}2\n",
            vec![Ok("{\"a\":1}"), Ok("2")],
        ),
        (
            '\u{1e}',
            "\u{1e}{\"cut\n\u{1e}\u{1e}2\n",
            vec![Err("{\"cut"), Ok("2")],
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|value| value.map(str::to_owned).map_err(str::to_owned))
            .collect();
        assert_eq!(values(separator, whole(text)), expected, "{text:?}");
        assert_eq!(values(separator, bytewise(text)), expected, "{text:?}");
    }
    let long = whole(&"x".repeat(70));
    assert_eq!(values('\n', long), [Err(String::new())]);
    let broken = [whole("1\n2"), vec![Err(())]].concat();
    assert_eq!(
        values('\n', broken),
        [Ok("1".to_owned()), Err(String::new())]
    );
}

#[test]
fn bytes_come_as_they_come() {
    let long = vec![Ok(vec![0; 60]), Ok(vec![1; 60]), Err(())];
    let (_, core) = script(vec![(200, "image/png", long)]);
    let mut download = open(&core).download();
    assert_eq!(
        run(download.next()).expect("a piece").expect("bytes").len(),
        60
    );
    assert_eq!(
        run(download.next()).expect("a piece").expect("bytes").len(),
        60
    );
    assert!(run(download.next()).expect("the end").is_err());
}

//! How calls move on from page to page, and where they end.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::runtime::check::Rule;
use bindery_runtime::runtime::http::{
    Body, Call, Core, CoreBuilder, Operation, Parameter, Pending, Scheme, SchemeKind, Transport,
    TransportError,
};
use bindery_runtime::runtime::{Error, ErrorKind, Secret};
use http::{HeaderMap, Request, Response};

/// Keeps the URLs that it is asked for.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<VecDeque<String>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Body>,
        _: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        let url = request.uri().to_string();
        if url.contains("/posted") {
            assert_eq!(request.method(), "GET");
            assert!(!request.headers().contains_key("content-type"));
        }
        self.0.lock().expect("a lock").push_back(url);
        // What was sent comes back.
        let (_, body) = request.into_parts();
        Box::pin(async { Ok(Response::new(body)) })
    }
}

static LIST: &Operation = &OPERATION;
static KEY: Scheme = Scheme {
    name: "key",
    kind: SchemeKind::Query("key"),
};
const OPERATION: Operation = Operation {
    name: "list",
    method: "GET",
    path: "/pets",
    auth: &[&[&KEY]],
    settings: &[],
    accept: "",
    redirects: false,
};
static PAGE: Parameter = Parameter::query("page").with_rules(&[Rule::Maximum("3")]);
static FROM_ZERO: Parameter = Parameter::query("index").with_rules(&[Rule::Minimum("0")]);
static LIMIT: Parameter = Parameter::query("limit").with_rules(&[Rule::Maximum("100")]);

fn client() -> (Recorder, Core) {
    let recorder = Recorder::default();
    let mut builder = CoreBuilder::new("http://a/v1");
    builder.transport(recorder.clone());
    builder.credential(&KEY, Secret::from("s"));
    (recorder, builder.build().expect("a client"))
}

/// Sends the call, and gives back the URL, or why it was not sent.
fn asked(call: &Call<'_>, recorder: &Recorder) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let sent = runtime.expect("a runtime").block_on(call.clone().execute());
    match sent {
        Ok(_) => Ok(recorder
            .0
            .lock()
            .expect("a lock")
            .pop_front()
            .expect("a URL")),
        Err(fault) => {
            let error = Error::<std::convert::Infallible>::from(fault);
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            Err(error.to_string())
        }
    }
}

/// What is sent as the body.
fn body_of(call: &Call<'_>) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let sent = runtime.expect("a runtime").block_on(call.clone().execute());
    sent.expect("an answer").text().expect("text")
}

#[test]
fn numbers_of_pages() {
    let (recorder, core) = client();
    let mut call = Call::new(&core, LIST);
    call.parameter(&LIMIT, &2);
    assert!(call.next_page(&PAGE, Some(&LIMIT), 2));
    assert_eq!(
        asked(&call, &recorder).expect("a URL"),
        "http://a/v1/pets?limit=2&page=2&key=s"
    );
    assert!(
        !call.clone().next_page(&PAGE, Some(&LIMIT), 1),
        "a short page"
    );
    assert!(
        !call.clone().next_page(&PAGE, Some(&LIMIT), 0),
        "an empty page"
    );
    assert!(call.next_page(&PAGE, Some(&LIMIT), 2));
    assert!(
        !call.next_page(&PAGE, Some(&LIMIT), 2),
        "the declared maximum"
    );
    let mut call = Call::new(&core, LIST);
    assert!(call.next_page(&FROM_ZERO, None, 5));
    assert_eq!(
        asked(&call, &recorder).expect("a URL"),
        "http://a/v1/pets?index=1&key=s"
    );
}

#[test]
fn urls_of_the_next_page() {
    let (recorder, core) = client();
    for (next, expected) in [
        (
            "http://a/v1/pets?after=x%2Fy&limit=9",
            "http://a/v1/pets?after=x%2Fy&limit=9&key=s",
        ),
        ("HTTP://A:80/other", "http://a/other?key=s"),
        ("/v2/pets?key=t", "http://a/v2/pets?key=t"),
        ("/v2/pets#part", "http://a/v2/pets?key=s"),
    ] {
        let mut call = Call::new(&core, LIST);
        call.parameter(&LIMIT, &2);
        assert!(call.next_url(Some(&next.to_owned())));
        assert_eq!(asked(&call, &recorder).expect("a URL"), expected, "{next}");
        assert!(!call.next_url(Some(&next.to_owned())), "{next} repeats");
        assert!(!call.next_url(Some(&String::new())));
        assert!(!call.next_url(None::<&String>));
    }
}

#[test]
fn a_url_is_asked_for_without_the_body_of_the_first_page() {
    static SEARCH: Operation = Operation {
        method: "POST",
        ..OPERATION
    };
    let (recorder, core) = client();
    let mut call = Call::new(&core, &SEARCH);
    call.json("application/json", &"query".to_owned());
    assert!(call.next_url(Some(&"http://a/posted".to_owned())));
    assert_eq!(body_of(&call), "");
    assert_eq!(recorder.0.lock().expect("a lock").len(), 1);
}

#[test]
fn pages_of_another_server_are_not_asked_for() {
    let (recorder, core) = client();
    for next in [
        "http://b/v1/pets",
        "https://a/v1/pets",
        "http://a:81/v1/pets",
        "//b/pets",
        "http://a@b/pets",
        "http://user@a/pets",
        "ftp://a/pets",
        "no url at all",
    ] {
        let mut call = Call::new(&core, LIST);
        call.unchecked();
        assert!(call.next_url(Some(&next.to_owned())));
        let why = asked(&call, &recorder).expect_err(next);
        assert!(why.contains("another server"), "{why}");
        assert!(recorder.0.lock().expect("a lock").is_empty());
    }
}

#[test]
fn links_to_the_next_page() {
    let (recorder, core) = client();
    for (lines, expected) in [
        (
            vec![r#"<http://a/p?page=2>; rel="next", <http://a/p?page=9>; rel="last""#],
            Some("page=2"),
        ),
        (
            vec![
                r#"<http://a/p?page=1>; rel=prev; title="a, <b>; rel=next", <http://a/p?x=1,2>; REL=Next"#,
            ],
            Some("x=1,2"),
        ),
        (
            vec![
                "<http://a/p?page=1>; rel=first",
                r#"<http://a/p?page=3>; rel="last next""#,
            ],
            Some("page=3"),
        ),
        (vec![r#"<http://a/p?page=1>; rel="nextish""#], None),
        (vec!["<http://a/p"], None),
        (vec![], None),
    ] {
        let mut headers = HeaderMap::new();
        for line in &lines {
            headers.append("link", line.parse().expect("a header"));
        }
        let mut call = Call::new(&core, LIST);
        assert_eq!(call.next_link(&headers), expected.is_some(), "{lines:?}");
        if let Some(expected) = expected {
            let url = asked(&call, &recorder).expect("a URL");
            assert_eq!(url, format!("http://a/p?{expected}&key=s"), "{lines:?}");
        }
    }
}

#[test]
fn cursors_end_when_they_come_again() {
    static CURSOR: Parameter = Parameter::query("cursor");
    let (_, core) = client();
    let mut call = Call::new(&core, LIST);
    for (next, expected) in [("a", true), ("b", true), ("a", false), ("", false)] {
        let moved = call.next_cursor(&CURSOR, Some(&next.to_owned()));
        assert_eq!(moved, expected, "{next}");
    }
    assert!(!call.next_cursor(&CURSOR, None::<&i64>));
    assert!(call.next_cursor(&CURSOR, Some(&0)));
    assert!(!call.next_cursor(&CURSOR, Some(&0)));
}

#[test]
fn offsets_end_at_the_declared_maximum() {
    static OFFSET: Parameter = Parameter::query("offset").with_rules(&[Rule::Maximum("10")]);
    let (_, core) = client();
    let mut call = Call::new(&core, LIST);
    assert!(call.next_offset(&OFFSET, None, 8));
    assert!(!call.next_offset(&OFFSET, None, 8));
    assert!(!call.next_offset(&OFFSET, None, 0));
    assert!(call.is_offset(&OFFSET, Some(&9)) && call.is_offset(&OFFSET, None::<&i64>));
    assert!(!call.is_offset(&OFFSET, Some(&8)));
    assert!(call.is_page(&OFFSET, Some(&8)) && !call.is_page(&OFFSET, Some(&7)));
}

#[test]
fn pages_are_asked_for_in_the_body() {
    static CURSOR: Parameter = Parameter::body("/page/a~1b");
    let (_, core) = client();
    for (body, expected) in [
        (None, r#"{"page":{"a/b":"n"}}"#),
        (
            Some(r#"{"q":1,"page":null}"#),
            r#"{"q":1,"page":{"a/b":"n"}}"#,
        ),
        (
            Some(r#"{"page":{"size":2,"a/b":"m"}}"#),
            r#"{"page":{"size":2,"a/b":"n"}}"#,
        ),
    ] {
        let mut call = Call::new(&core, LIST);
        if let Some(body) = body {
            call.bytes("application/json", body);
        }
        assert!(call.next_cursor(&CURSOR, Some(&"n".to_owned())));
        assert_eq!(body_of(&call), expected);
    }
}

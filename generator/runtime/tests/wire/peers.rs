//! What stands on the wire means the same to decoders that nobody here wrote: `form_urlencoded` (the URL standard's
//! parser), `serde_qs` (nested queries) and `multer` (multipart bodies).

use std::convert::Infallible;

use bindery_runtime::runtime::http::{Body, File, Multipart, Parameter, Style};
use bindery_runtime::runtime::json::{Json, Key, Value};

use bytes::Bytes;

use super::{run, sent, spelled};

/// Texts in which every kind of character has its turn.
const TEXTS: &[&str] = &[
    "",
    "blue",
    "a b",
    "a+b",
    "100%",
    "%41",
    "a&b=c;d",
    "/?#[]@!$'()*+,;=:",
    "\"<>\\^`{|}",
    "ü€🦀",
    "e\u{301}",
    "line\r\nline",
    "\u{1}\u{7f}",
    "null",
];

fn json(text: &str) -> String {
    Value::from(text).to_json()
}

/// The pairs of a query or a form, as the URL standard reads them.
fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

#[test]
fn texts_in_queries_come_back() {
    for text in TEXTS {
        let query = spelled(Parameter::query("x y"), &json(text));
        assert_eq!(pairs(&query), [("x y".to_owned(), (*text).to_owned())]);
        let list = format!("[{},{}]", json(text), json("z"));
        let both = [*text, "z"].map(|text| ("x".to_owned(), text.to_owned()));
        assert_eq!(pairs(&spelled(Parameter::query("x"), &list)), both);
    }
}

#[test]
fn texts_in_forms_come_back() {
    for text in TEXTS {
        let body = format!(
            "{{{}:{},\"n\":1,\"b\":true,\"l\":[1,2]}}",
            json("a b&"),
            json(text)
        );
        let body = Value::from_json(body).expect("JSON");
        let form = sent(|call| call.form(&body, &[])).expect("a body");
        let expected = [
            ("a b&", *text),
            ("n", "1"),
            ("b", "true"),
            ("l", "1"),
            ("l", "2"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs(&form), expected, "{form}");
    }
}

#[test]
fn deep_objects_come_back() {
    let deep = || Parameter::query("x").with_style(Style::DeepObject, true);
    for text in TEXTS {
        let object = format!(
            "{{\"a\":{0},\"b\":{{\"c d\":{0},\"e\":{{\"f\":\"1\"}}}},\"l\":[{0},\"z\"],\"o\":[{{\"k\":{0},\"m\":\"2\"}},{{\"k\":\"3\"}}]}}",
            json(text)
        );
        let query = spelled(deep(), &object);
        let read: serde_json::Value = serde_qs::Config::new()
            .use_form_encoding(true)
            .deserialize_str(&query)
            .expect("a query");
        let expected: serde_json::Value = serde_json::from_str(&object).expect("JSON");
        assert_eq!(read["x"], expected, "{query}");
    }
}

#[test]
fn parts_come_back() {
    for text in TEXTS {
        let mut parts = Multipart::new();
        parts.property(Key::required("a \"b\""), &(*text).to_owned());
        parts.property(Key::required("n"), &7_i64);
        parts.property_as(
            Key::required("o"),
            &Value::from_json("{\"k\":[1]}").expect("JSON"),
            "application/json",
        );
        let file = File::new((*text).as_bytes().to_vec())
            .named("ü \"1\".txt")
            .of_type("text/plain");
        parts.file("f", &file, "application/octet-stream");
        let stream = Body::pieces(Once(Some(Ok(Bytes::from(*text)))));
        parts.file("s", &File::new(stream), "image/png");
        let body = sent(|call| call.multipart(parts)).expect("a body");
        let read = run(read(&body));
        let names: Vec<_> = read.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["a \"b\"", "n", "o", "f", "s"], "{body}");
        assert_eq!(read[0].content, text.as_bytes());
        assert_eq!(read[1].content, b"7");
        assert_eq!(read[2].content, b"{\"k\":[1]}");
        assert_eq!(read[2].media_type.as_deref(), Some("application/json"));
        assert_eq!(read[3].content, text.as_bytes());
        assert_eq!(read[3].media_type.as_deref(), Some("text/plain"));
        assert_eq!(read[3].file.as_deref(), Some("ü \"1\".txt"));
        assert_eq!(read[4].content, text.as_bytes());
        assert_eq!(read[4].media_type.as_deref(), Some("image/png"));
    }
}

struct Part {
    name: String,
    file: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
}

async fn read(body: &str) -> Vec<Part> {
    let boundary = body.lines().next().expect("a line");
    let boundary = boundary.trim_start_matches("--").to_owned();
    let stream = Once(Some(Ok::<_, Infallible>(body.to_owned())));
    let mut multipart = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.expect("a part") {
        parts.push(Part {
            name: unescaped(field.name().unwrap_or_default()),
            file: field.file_name().map(unescaped),
            media_type: field.content_type().map(ToString::to_string),
            content: field.bytes().await.expect("its content").to_vec(),
        });
    }
    parts
}

/// Browsers write a quote in a name as `%22` (HTML §4.10.21.8), which the parser leaves as it is.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"")
}

/// A stream of one piece.
struct Once<T>(Option<T>);

impl<T: Unpin> futures_core::Stream for Once<T> {
    type Item = T;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take())
    }
}

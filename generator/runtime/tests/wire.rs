//! Every parameter style, as the tables of the standard have it (OpenAPI 3.1 §4.8.12.4, RFC 6570 §3.2).

#[path = "wire/peers.rs"]
mod peers;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::runtime::check::Rule;
use bindery_runtime::runtime::http::{
    Body, Call, Core, CoreBuilder, Encoding, ErrorKind, Multipart, Operation, Parameter, Pending,
    Spelling, Style, Transport, TransportError,
};
use bindery_runtime::runtime::json::{Json, Key, Value};
use bytes::Bytes;
use http::{Request, Response};

/// Keeps what it is asked, and answers nothing.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Body>,
        _: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        let header = |name: &str| {
            let value = request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let uri = request.uri().to_string();
        let path = uri.trim_start_matches("http://a/").to_owned();
        let line = [path, header("x"), header("cookie"), header("authorization")].concat();
        self.0.lock().expect("a sound lock").push(line);
        Box::pin(async { Ok(Response::new(Body::from(Bytes::new()))) })
    }
}

/// Sends a parameter, and gives back what of it stands on the wire.
fn spelled(parameter: Parameter, value: &str) -> String {
    static QUERY: Operation = operation("/");
    static PATH: Operation = operation("/{x}");
    let recorder = Recorder::default();
    let mut builder = CoreBuilder::new("http://a");
    builder.transport(recorder.clone());
    let core: Core = builder.build().expect("a client");
    let in_path = format!("{parameter:?}").contains("location: Path");
    let mut call = Call::new(&core, if in_path { &PATH } else { &QUERY });
    call.parameter(
        Box::leak(Box::new(parameter)),
        &Value::from_json(value).expect("JSON"),
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(call.execute()).expect("an answer");
    let lines = recorder.0.lock().expect("a sound lock");
    lines.concat().trim_start_matches('?').to_owned()
}

const fn operation(path: &'static str) -> Operation {
    Operation {
        name: "test",
        method: "GET",
        path,
        auth: &[],
        settings: &[],
        accept: "",
        redirects: false,
    }
}

const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","bl,ack"]"#;
const OBJECT: &str = r#"{"R":100,"G":"a&b"}"#;

#[test]
fn styles_of_queries() {
    use Style::{DeepObject, Form, Json, PipeDelimited, Query, SpaceDelimited, TabDelimited};
    for (style, explode, value, expected) in [
        (Form, true, r#""""#, "x="),
        (Form, true, STRING, "x=blue"),
        (Form, true, ARRAY, "x=blue&x=bl%2Cack"),
        (Form, false, ARRAY, "x=blue,bl%2Cack"),
        (Form, true, OBJECT, "R=100&G=a%26b"),
        (Form, false, OBJECT, "x=R,100,G,a%26b"),
        (Form, true, "[]", ""),
        (Form, true, "null", ""),
        (Form, true, "1.50", "x=1.50"),
        (Form, true, "true", "x=true"),
        (Form, true, r#""ü +%""#, "x=%C3%BC%20%2B%25"),
        (SpaceDelimited, false, ARRAY, "x=blue%20bl%2Cack"),
        (SpaceDelimited, false, OBJECT, "x=R%20100%20G%20a%26b"),
        (SpaceDelimited, true, ARRAY, "x=blue&x=bl%2Cack"),
        (PipeDelimited, false, ARRAY, "x=blue%7Cbl%2Cack"),
        (PipeDelimited, false, OBJECT, "x=R%7C100%7CG%7Ca%26b"),
        (TabDelimited, false, ARRAY, "x=blue%09bl%2Cack"),
        (DeepObject, true, OBJECT, "x%5BR%5D=100&x%5BG%5D=a%26b"),
        (
            DeepObject,
            true,
            r#"{"a":[1,2]}"#,
            "x%5Ba%5D%5B%5D=1&x%5Ba%5D%5B%5D=2",
        ),
        (DeepObject, true, ARRAY, "x%5B%5D=blue&x%5B%5D=bl%2Cack"),
        (
            DeepObject,
            true,
            r#"{"a":[{"b":1,"c":2},[3]]}"#,
            "x%5Ba%5D%5B0%5D%5Bb%5D=1&x%5Ba%5D%5B0%5D%5Bc%5D=2&x%5Ba%5D%5B1%5D%5B%5D=3",
        ),
        (Json, false, r#"{"a":[1]}"#, "x=%7B%22a%22%3A%5B1%5D%7D"),
        (
            Query,
            true,
            r#"{"a":[1,2],"b":{"c":"d"},"e f":"&"}"#,
            "a=1&a=2&b=%7B%22c%22%3A%22d%22%7D&e%20f=%26",
        ),
        (Query, true, "{}", ""),
    ] {
        let parameter = Parameter::query("x").with_style(style, explode);
        assert_eq!(
            spelled(parameter, value),
            expected,
            "{style:?} {explode} {value}"
        );
    }
    let reserved = Parameter::query("x").allow_reserved();
    assert_eq!(
        spelled(reserved, r#""/a?b=c:%2Fd&e#f%""#),
        "x=/a?b=c:%2Fd%26e%23f%25"
    );
}

#[test]
fn operations_on_servers_of_their_own() {
    static PETS: Operation = operation("/pets");
    let recorder = Recorder::default();
    let mut builder = CoreBuilder::new("http://a:80/v1");
    builder.transport(recorder.clone());
    let stays = builder.clone().build().expect("a client");
    builder.base_url("http://test/prefix");
    let moved = builder.build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let (files, path) = ("https://b.example/files", "/v2");
    for (core, server, expected) in [
        (&stays, files, "https://b.example/files/pets"),
        (&stays, path, "http://a:80/v2/pets"),
        (&stays, "/", "http://a:80/pets"),
        // Whoever says where the API is means all of it.
        (&moved, files, "http://test/prefix/pets"),
        (&moved, path, "http://test/v2/pets"),
    ] {
        let call = Call::new(core, &PETS).at(server);
        runtime.block_on(call.execute()).expect("an answer");
        let lines = std::mem::take(&mut *recorder.0.lock().expect("a sound lock"));
        assert_eq!(lines, [expected], "{server}");
    }
}

#[test]
fn styles_of_paths() {
    use Style::{Label, Matrix, Simple};
    for (style, explode, value, expected) in [
        (Simple, false, r#""a/b""#, "a%2Fb"),
        (Simple, false, ARRAY, "blue,bl%2Cack"),
        (Simple, true, ARRAY, "blue,bl%2Cack"),
        (Simple, false, OBJECT, "R,100,G,a%26b"),
        (Simple, true, OBJECT, "R=100,G=a%26b"),
        (Label, false, STRING, ".blue"),
        (Label, false, ARRAY, ".blue,bl%2Cack"),
        (Label, true, ARRAY, ".blue.bl%2Cack"),
        (Label, false, OBJECT, ".R,100,G,a%26b"),
        (Label, true, OBJECT, ".R=100.G=a%26b"),
        (Matrix, false, r#""""#, ";x"),
        (Matrix, false, STRING, ";x=blue"),
        (Matrix, false, ARRAY, ";x=blue,bl%2Cack"),
        (Matrix, true, ARRAY, ";x=blue;x=bl%2Cack"),
        (Matrix, false, OBJECT, ";x=R,100,G,a%26b"),
        (Matrix, true, OBJECT, ";R=100;G=a%26b"),
    ] {
        let parameter = Parameter::path("x").with_style(style, explode);
        assert_eq!(
            spelled(parameter, value),
            expected,
            "{style:?} {explode} {value}"
        );
    }
}

#[test]
fn styles_of_headers_and_cookies() {
    assert_eq!(spelled(Parameter::header("X"), ARRAY), "blue,bl,ack");
    assert_eq!(spelled(Parameter::header("X"), OBJECT), "R,100,G,a&b");
    let exploded = Parameter::header("X").with_style(Style::Simple, true);
    assert_eq!(spelled(exploded, OBJECT), "R=100,G=a&b");
    assert_eq!(spelled(Parameter::cookie("x"), r#""a;b""#), "x=a%3Bb");
    let form = Parameter::cookie("x").with_style(Style::Form, false);
    assert_eq!(spelled(form, ARRAY), "x=blue,bl%2Cack");
    let plain = Parameter::cookie("x").with_style(Style::Cookie, true);
    assert_eq!(spelled(plain, r#""a b""#), "x=a b");
}

#[test]
fn the_first_alternative_with_all_its_credentials_is_taken() {
    use bindery_runtime::runtime::http::{Scheme, SchemeKind, Secret};
    static BASIC: Scheme = Scheme {
        name: "basic",
        kind: SchemeKind::Http("Basic"),
    };
    static QUERY: Scheme = Scheme {
        name: "query",
        kind: SchemeKind::Query("key"),
    };
    static COOKIE: Scheme = Scheme {
        name: "cookie",
        kind: SchemeKind::Cookie("sid"),
    };
    static BOTH: Operation = Operation {
        auth: &[&[&QUERY, &COOKIE], &[&BASIC]],
        ..operation("/")
    };
    static EITHER: Operation = Operation {
        auth: &[&[&BASIC], &[&QUERY]],
        ..operation("/")
    };
    static NONE: Operation = operation("/");
    let recorder = Recorder::default();
    let mut builder = CoreBuilder::new("http://a");
    builder.transport(recorder.clone());
    builder.credential(&QUERY, Secret::from("a&b"));
    builder.credential(&COOKIE, Secret::from("c;d"));
    let keys = builder.clone().build().expect("a client");
    builder.basic(&BASIC, "Aladdin", &Secret::from("open sesame"));
    let all = builder.build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    for (core, operation) in [
        (&keys, &BOTH),
        (&keys, &EITHER),
        (&all, &EITHER),
        (&all, &NONE),
    ] {
        runtime
            .block_on(Call::new(core, operation).execute())
            .expect("an answer");
    }
    assert_eq!(
        *recorder.0.lock().expect("a sound lock"),
        [
            "?key=a%26bsid=c%3Bd",
            "?key=a%26b",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            ""
        ]
    );
}

/// Runs a future to its end.
fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// Keeps the body of a request.
#[derive(Clone, Default)]
struct Bodies(Arc<Mutex<Vec<u8>>>);

impl Transport for Bodies {
    fn send(
        &self,
        request: Request<Body>,
        _: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut body = request.into_body();
            while let Some(piece) = body.next().await? {
                self.0.lock().expect("a sound lock").extend(piece);
            }
            Ok(Response::new(Body::from(Bytes::new())))
        })
    }
}

/// Sends a call with a body, and gives back the body as it stands on the wire, or why nothing was sent.
fn sent(set: impl FnOnce(&mut Call)) -> Result<String, ErrorKind> {
    static OPERATION: Operation = operation("/");
    let bodies = Bodies::default();
    let mut builder = CoreBuilder::new("http://a");
    builder.transport(bodies.clone());
    let core = builder.build().expect("a client");
    let mut call = Call::new(&core, &OPERATION);
    set(&mut call);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    if let Err(fault) = runtime.block_on(call.execute()) {
        let error: bindery_runtime::runtime::http::Error<()> = fault.into();
        return Err(error.kind());
    }
    let bytes = bodies.0.lock().expect("a sound lock").clone();
    Ok(String::from_utf8(bytes).expect("text"))
}

#[test]
fn properties_of_forms_are_spelled_by_their_encodings() {
    const ENCODINGS: &[Encoding] = &[
        Encoding {
            property: "words",
            spelling: Spelling::new(Style::SpaceDelimited, false),
        },
        Encoding {
            property: "path",
            spelling: Spelling::new(Style::Form, true).allow_reserved(),
        },
    ];
    let body = Value::from_json(r#"{"words":["a","b"],"path":"/c","more":["d","e"]}"#);
    let body = body.expect("JSON");
    let text = sent(|call| call.form(&body, ENCODINGS));
    assert_eq!(text.expect("a body"), "words=a%20b&path=/c&more=d&more=e");
}

#[test]
fn styles_of_parts_are_not_percent_encoded() {
    let array = Value::from_json(ARRAY).expect("JSON");
    for (style, explode, expected) in [
        (Style::Form, false, vec!["blue,bl,ack"]),
        (Style::PipeDelimited, false, vec!["blue|bl,ack"]),
        (Style::SpaceDelimited, false, vec!["blue bl,ack"]),
        (Style::TabDelimited, false, vec!["blue\tbl,ack"]),
        (Style::Form, true, vec!["blue", "bl,ack"]),
    ] {
        let mut parts = Multipart::new();
        parts.property_in(Key::required("x"), &array, Spelling::new(style, explode));
        let text = sent(|call| call.multipart(parts)).expect("a body");
        let values: Vec<_> = text
            .split("\r\n\r\n")
            .skip(1)
            .filter_map(|part| part.split("\r\n").next())
            .collect();
        assert_eq!(values, expected, "{style:?}");
        assert!(text.contains("name=\"x\""), "{text}");
    }
}

#[test]
fn a_list_as_a_body_keeps_to_its_rules() {
    let body = Value::from_json("[1,2,3]").expect("JSON");
    let send = |rules: &'static [Rule]| {
        sent(|call| {
            call.body_rules(rules);
            call.json("application/json", &body);
        })
    };
    assert_eq!(send(&[Rule::MaxItems(3)]).expect("a body"), "[1,2,3]");
    assert_eq!(send(&[Rule::MaxItems(2)]), Err(ErrorKind::InvalidRequest));
}

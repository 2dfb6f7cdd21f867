//! A request as a command line that sends it again.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request};

use super::redact::Redactor;

/// The `curl` command, for any POSIX shell. Secrets stand in it as variables.
pub(crate) fn curl(request: &Request<Bytes>, url: &str, redactor: &Redactor) -> String {
    let mut words = vec!["curl --globoff --include".to_owned()];
    if url.contains("/.") {
        // Steps of dots would be taken out of the path.
        words.push("--path-as-is".to_owned());
    }
    if request.method() == Method::HEAD {
        // With `--request HEAD` it would wait for a body.
        words.push("--head".to_owned());
    } else if request.method() != Method::GET || !request.body().is_empty() {
        words.push(format!("--request {}", request.method()));
    }
    words.push(redactor.quoted(url));
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        // Without a value the header would be left out.
        let line = match value.as_ref() {
            "" => format!("{name};"),
            value => format!("{name}: {value}"),
        };
        words.push(format!("--header {}", redactor.quoted(&line)));
    }
    if request.body().is_empty() {
        return words.join(" ");
    }
    if !request.headers().contains_key(CONTENT_TYPE) {
        // Otherwise `curl` takes it for a form.
        words.push("--header 'content-type:'".to_owned());
    }
    match std::str::from_utf8(request.body()) {
        // A leading `@` would name a file, and no argument has a NUL in it.
        Ok(body) if !body.starts_with('@') && !body.contains('\0') => {
            words.push(format!("--data-binary {}", redactor.quoted(body)));
            words.join(" ")
        }
        _ => {
            words.push("--data-binary @-".to_owned());
            format!(
                "printf '%b' '{}' | {}",
                escaped(request.body()),
                words.join(" ")
            )
        }
    }
}

/// Bytes for the `%b` of `printf`, in single quotes (POSIX Shell, `printf`).
fn escaped(bytes: &[u8]) -> String {
    let shown = |byte: &u8| match byte {
        b'\\' | b'\'' => format!("\\0{byte:03o}"),
        0x20..0x7f => char::from(*byte).to_string(),
        _ => format!("\\0{byte:03o}"),
    };
    bytes.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::sync::{Arc, Mutex};

    use bindery_spec::read_text;

    use super::*;
    use crate::probe::{Options, Planner};
    use crate::validate::Contract;

    const THINGS: &str = r"
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things/{id}:
    put:
      operationId: put_thing
      security: [{ key: [] }, { door: [] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, examples: [it's, 'a$b`c`'] } }
        - { name: q, in: query, schema: { type: array, items: { type: string, enum: ['a&b', '{x}[1-2]', '%41'] } } }
        - { name: X-Note, in: header, schema: { type: string, enum: ['', 'say \$HOME', 'a\b'] } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [t], properties: { t: { type: string, enum: [it's, '$HOME `id` \n \\ !', a\0b, é] } } }
          text/plain: { schema: { type: string, enum: ['@file', 'plain'] } }
      responses: { '204': { description: Fine. } }
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: key }
    door: { type: http, scheme: bearer }
";

    type Sent = (String, String, Vec<(String, String)>, Vec<u8>);

    fn parts(request: &Request<Bytes>) -> Sent {
        let known = ["host", "user-agent", "content-length", "expect"];
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, _)| !known.contains(&name.as_str()));
        let mut headers: Vec<_> = headers
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        headers.sort();
        (
            request.method().to_string(),
            request
                .uri()
                .path_and_query()
                .map(ToString::to_string)
                .unwrap_or_default(),
            headers,
            request.body().to_vec(),
        )
    }

    /// A server that keeps what it gets, and where it is.
    fn server() -> (String, Arc<Mutex<Vec<Sent>>>) {
        let got: Arc<Mutex<Vec<Sent>>> = Arc::default();
        let keep = Arc::clone(&got);
        let router = axum::Router::new().fallback(move |request: axum::extract::Request| {
            let keep = Arc::clone(&keep);
            async move {
                let (head, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
                let sent = parts(&Request::from_parts(head, body));
                keep.lock().expect("no panic").push(sent);
            }
        });
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = listener.local_addr().expect("an address");
        listener.set_nonblocking(true).expect("a socket");
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
                axum::serve(listener, router).await
            })
        });
        (format!("http://{address}"), got)
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test that is skipped says why")]
    fn curl_sends_what_was_sent() {
        if Command::new("curl").arg("--version").output().is_err() {
            return eprintln!("skipped: there is no `curl` here");
        }
        let (base, got) = server();
        let options = Options::new(&base)
            .credential("key", "s'3 $cr3t")
            .bearer("to\"k`en")
            .expect("a token");
        let api = read_text("things.yaml", THINGS).api.expect("a document");
        let contract = Contract::new(Arc::new(api));
        let planner = Planner::new(&contract, 0, &options);
        let redactor = Redactor::new(&options);
        let start = planner.base().expect("a request");
        let mut sent = 0;
        for case in planner.cases(&start.draft).take(120) {
            let request = planner.spell(&case.draft).expect("a request");
            let url = format!("{base}{}", request.uri());
            let line = curl(&request, &url, &redactor);
            assert!(!line.contains("cr3t") && !line.contains("k`en"), "{line}");
            let run = Command::new("sh")
                .args(["-c", &line])
                .env("KEY", "s%273%20%24cr3t")
                .env("TOKEN", "to\"k`en")
                .output()
                .expect("a shell");
            assert!(
                run.status.success(),
                "{line}: {}",
                String::from_utf8_lossy(&run.stderr)
            );
            let came = got.lock().expect("no panic").pop();
            assert_eq!(came, Some(parts(&request)), "{line}");
            sent += 1;
        }
        assert!(sent > 30, "{sent}");
    }
}

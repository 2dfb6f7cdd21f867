//! A request as a command line that sends it again.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request};

use super::redact::Redactor;

/// The `curl` command. Secrets stand in it as variables of the shell, which is why those headers have double quotes.
pub(crate) fn curl(request: &Request<Bytes>, url: &str, redactor: &Redactor) -> String {
    let mut words = vec!["curl --globoff --include".to_owned()];
    if request.method() == Method::HEAD {
        // With `--request HEAD` it would wait for a body.
        words.push("--head".to_owned());
    } else if request.method() != Method::GET || !request.body().is_empty() {
        words.push(format!("--request {}", request.method()));
    }
    words.push(quote(&redactor.text(url)));
    for (name, value) in request.headers() {
        let shown = redactor.header(name, value);
        let line = format!("{name}: {shown}");
        let secret = shown.as_bytes() != value.as_bytes();
        words.push(format!(
            "--header {}",
            if secret {
                format!("\"{line}\"")
            } else {
                quote(&line)
            }
        ));
    }
    if !request.body().is_empty() {
        if !request.headers().contains_key(CONTENT_TYPE) {
            // Otherwise `curl` takes it for a form.
            words.push("--header 'content-type:'".to_owned());
        }
        let body = String::from_utf8_lossy(request.body());
        words.push(format!("--data-binary {}", quote(&redactor.text(&body))));
    }
    words.join(" ")
}

/// A word in single quotes (POSIX Shell §2.2.2).
fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

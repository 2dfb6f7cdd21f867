//! Reads documents as command lines name them, and fetches those that others refer to by URL, within limits.
//!
//! A crate of its own, so that reading a document links no HTTP client.

mod document;

use std::time::{Duration, Instant};

use bindery_spec::Fetch;

pub use document::read;

/// The largest document that is fetched, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// How many redirects are followed for one document.
const MAX_REDIRECTS: u32 = 5;

/// How long one document may take, and all of them together.
const TIME: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(120));

/// Fetches over HTTP and HTTPS without credentials: no cookies, no `.netrc`, no user in a URL. The usual variables of the
/// environment name a proxy.
///
/// The time for all documents counts from [`Web::new`], so make one for each run.
///
/// ```
/// use bindery_fetch::Web;
/// use bindery_spec::Fetch;
///
/// let refused = Web::new().fetch("https://me:secret@example.org/pets.yaml");
/// assert_eq!(refused.unwrap_err(), "a URL with a user or a password is not fetched");
/// ```
#[derive(Debug)]
pub struct Web {
    agent: ureq::Agent,
    end: Instant,
}

impl Web {
    /// A new one, whose time starts now.
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(MAX_REDIRECTS)
            .max_redirects_will_error(true)
            .user_agent("bindery")
            .build();
        Self {
            agent: config.into(),
            end: Instant::now() + TIME.1,
        }
    }

    fn get(&self, url: &str) -> Result<Vec<u8>, ureq::Error> {
        let left = self.end.saturating_duration_since(Instant::now());
        let request = self.agent.get(url).config();
        let request = request.timeout_global(Some(left.min(TIME.0))).build();
        let mut answer = request.call()?;
        answer
            .body_mut()
            .with_config()
            .limit(MAX_BYTES)
            .read_to_vec()
    }
}

impl Default for Web {
    fn default() -> Self {
        Self::new()
    }
}

impl Fetch for Web {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        if !is_web(url) {
            return Err("only http and https are fetched".to_owned());
        }
        if has_user(url) {
            return Err("a URL with a user or a password is not fetched".to_owned());
        }
        if Instant::now() >= self.end {
            return Err(format!(
                "the documents took {} seconds together",
                TIME.1.as_secs()
            ));
        }
        self.get(url).map_err(|error| error.to_string())
    }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
    })
}

/// Whether the authority of a URL has a part before an `@` (RFC 3986 §3.2.1).
fn has_user(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.contains('@')
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers each connection with what a function makes of the path; gives the base of the URLs.
    fn serve(answer: fn(&str) -> String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 4096];
                let count = stream.read(&mut bytes).unwrap_or_default();
                let head = String::from_utf8_lossy(&bytes[..count]).into_owned();
                assert!(!head.to_lowercase().contains("authorization"), "{head}");
                let path = head.split(' ').nth(1).unwrap_or_default();
                // The client hangs up where a limit is reached.
                let _ = stream.write_all(answer(path).as_bytes());
            }
        });
        base
    }

    fn answer(path: &str) -> String {
        match path {
            "/a.yaml" => found("a: 1"),
            "/b.yaml" => found("type: string"),
            "/api.yaml" => found(
                "openapi: 3.1.0\ninfo: { title: A, version: '1' }\ncomponents: { schemas: { A: { $ref: 'b.yaml' } } }\n",
            ),
            "/moved" => redirect("/a.yaml"),
            "/circle" => redirect("/circle"),
            "/file" => redirect("file:///etc/hostname"),
            "/large" => found(&" ".repeat(usize::try_from(MAX_BYTES).unwrap() + 1)),
            _ => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                .to_owned(),
        }
    }

    fn found(text: &str) -> String {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
            text.len()
        )
    }

    fn redirect(to: &str) -> String {
        format!(
            "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
    }

    #[test]
    fn a_document_is_fetched_within_limits() {
        let base = serve(answer);
        let web = Web::new();
        let fetch = |path: &str| web.fetch(&format!("{base}{path}"));
        assert_eq!(fetch("/a.yaml").unwrap(), b"a: 1");
        assert_eq!(fetch("/moved").unwrap(), b"a: 1");
        for path in ["/circle", "/file", "/large", "/none"] {
            assert!(fetch(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_document_is_read_by_its_url_and_what_it_refers_to_only_where_allowed() {
        let url = format!("{}/api.yaml", serve(answer));
        for (allow_remote, expected) in [(false, vec!["reference-remote"]), (true, vec![])] {
            let reading = read(&url, &[], allow_remote);
            let codes: Vec<_> = reading.diagnostics.iter().map(|found| found.code).collect();
            assert_eq!(codes, expected);
            assert!(reading.api.is_some());
        }
        let reading = read(url.replace("api", "none"), &[], false);
        assert!(reading.api.is_none());
        let shown = reading.render(&reading.diagnostics);
        assert!(shown.contains("404"), "{shown}");
    }

    #[test]
    fn only_the_web_is_fetched_and_without_credentials() {
        for url in [
            "file:///etc/hostname",
            "ftp://a.example/a",
            "/etc/hostname",
            "http://u:p@127.0.0.1:1/a",
        ] {
            assert!(
                Web::new().fetch(url).unwrap_err().contains("fetched"),
                "{url}"
            );
        }
    }
}

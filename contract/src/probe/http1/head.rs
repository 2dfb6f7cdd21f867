//! The head of an answer (RFC 9112 §4, §5): read as far as it goes, with what is wrong about it.

use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::Oddity;
use super::body::Length;
use crate::probe::Failure;

/// The head of an answer.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Whether the connection ends with this answer.
    pub(super) is_last: bool,
    pub(super) oddities: Vec<Oddity>,
}

impl Head {
    /// Reads a head with its empty line.
    ///
    /// # Errors
    /// When the status line is none.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let first = lines.next().unwrap_or_default();
        let (version, status) = status_line(first).ok_or("the status line cannot be read")?;
        let mut head = Self {
            status,
            headers: HeaderMap::new(),
            is_last: version == b"HTTP/1.0",
            oddities: Vec::new(),
        };
        if bytes.split(|byte| *byte == b'\n').any(lacks_cr) {
            head.odd("a line ends without a carriage return");
        }
        for line in lines
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
        {
            head.field(line);
        }
        head.is_last =
            head.says(CONNECTION, "close") || head.is_last && !head.says(CONNECTION, "keep-alive");
        head.check_length();
        Ok(head)
    }

    /// How long the body is (RFC 9112 §6.3).
    ///
    /// # Errors
    /// When nobody can tell.
    pub(super) fn length(&self, method: &Method) -> Result<Length, (Failure, String)> {
        if method == Method::HEAD || has_no_content(self.status) {
            return Ok(Length::None);
        }
        if self.headers.contains_key(TRANSFER_ENCODING) {
            let chunked = self.says(TRANSFER_ENCODING, "chunked");
            return Ok(if chunked {
                Length::Chunked
            } else {
                Length::UntilClosed
            });
        }
        let mut lengths: Vec<&str> = self.values(CONTENT_LENGTH).collect();
        lengths.dedup();
        match lengths.as_slice() {
            [] => Ok(Length::UntilClosed),
            [length] if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                // What is longer than a machine can count is too long in any case.
                Ok(Length::Exact(length.parse().unwrap_or(usize::MAX)))
            }
            _ => {
                let message = format!("`Content-Length: {}` is no length", lengths.join(", "));
                Err((Failure::NotHttp, message))
            }
        }
    }

    /// Takes in a field line.
    fn field(&mut self, line: &[u8]) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            return self
                .odd("a header goes on in a second line, which is obsolete (RFC 9112 §5.2)");
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return self.odd(format!("a line has no colon: `{}`", shown(line)));
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        let parsed = HeaderName::from_bytes(name).ok();
        match parsed.zip(HeaderValue::from_bytes(value).ok()) {
            Some((name, value)) => {
                self.headers.append(name, value);
            }
            None => self.odd(format!("`{}` is no header", shown(line))),
        }
    }

    /// What says how long the body is must say one thing (RFC 9112 §6.1, §6.2, RFC 9110 §8.6).
    fn check_length(&mut self) {
        let coded = self.headers.contains_key(TRANSFER_ENCODING);
        // A length of zero misleads nobody, and HTTP libraries add it to the answer of HEAD.
        let counted = self.values(CONTENT_LENGTH).any(|length| length != "0");
        let odd = if coded && counted {
            "there are both `Transfer-Encoding` and `Content-Length`".to_owned()
        } else if (coded || counted) && self.status == StatusCode::NO_CONTENT {
            let name = if coded {
                "Transfer-Encoding"
            } else {
                "Content-Length"
            };
            format!("a 204 has the header `{name}`")
        } else {
            return;
        };
        self.oddities.push(Oddity::Length(odd));
    }

    fn odd(&mut self, message: impl Into<String>) {
        self.oddities.push(Oddity::Head(message.into()));
    }

    /// The members of a list (RFC 9110 §5.6.1).
    fn values(&self, name: HeaderName) -> impl Iterator<Item = &str> {
        let lines = self.headers.get_all(name).into_iter();
        let texts = lines.filter_map(|line| line.to_str().ok());
        texts.flat_map(|text| text.split(',')).map(str::trim)
    }

    fn says(&self, name: HeaderName, word: &str) -> bool {
        self.values(name)
            .any(|value| value.eq_ignore_ascii_case(word))
    }
}

/// Statuses whose answers end with their head (RFC 9110 §15.2, §15.3.5, §15.4.5).
fn has_no_content(status: StatusCode) -> bool {
    status.is_informational() || matches!(status.as_u16(), 204 | 304)
}

/// Version and status of a status line.
fn status_line(line: &[u8]) -> Option<(&[u8], StatusCode)> {
    let mut words = line.trim_ascii_end().splitn(3, |byte| *byte == b' ');
    let version = words.next()?;
    let is_version = matches!(version, [b'H', b'T', b'T', b'P', b'/', b'1', b'.', digit] if digit.is_ascii_digit());
    let status = StatusCode::from_bytes(words.next()?).ok()?;
    is_version.then_some((version, status))
}

/// Whether what stands before a line feed does not end in a carriage return; after the last one nothing stands.
fn lacks_cr(line: &[u8]) -> bool {
    !line.is_empty() && !line.ends_with(b"\r")
}

fn shown(line: &[u8]) -> String {
    String::from_utf8_lossy(line).chars().take(60).collect()
}

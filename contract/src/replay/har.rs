//! Entries of HTTP Archives (HAR 1.2), as browsers and proxies write them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bindery_spec::Value;
use bytes::Bytes;

use super::{Bodies, Recorded, request, response};

/// One entry.
///
/// # Errors
/// Why it cannot be used, in one sentence.
pub(super) fn entry(entry: &Value) -> Result<Recorded, String> {
    let sent = &entry["request"];
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let method = text(&sent["method"]).ok_or("it has no method")?;
    let url = text(&sent["url"]).ok_or("it has no URL")?;
    let posted = posted(sent);
    let known = posted.is_some();
    let mut recorded = Recorded {
        request: request(&method, &url, headers(sent), posted.unwrap_or_default())?,
        response: None,
        bodies: Bodies {
            request: known,
            response: false,
        },
    };
    let answer = &entry["response"];
    let status = answer["status"]
        .as_u64()
        .and_then(|code| u16::try_from(code).ok());
    // Browsers write 0 for what was blocked or broken off, and 304 for what came from their own cache.
    if let Some(status) = status.filter(|status| *status >= 200 && *status != 304) {
        let body = content(answer, status);
        recorded.bodies.response = body.is_some();
        recorded.response = Some(response(status, headers(answer), body.unwrap_or_default())?);
    }
    Ok(recorded)
}

/// Base64 (RFC 4648 §4, §5), as archives have it: in either alphabet, with or without padding and line breaks.
fn decode(text: &str) -> Option<Bytes> {
    let plain = |character: char| match character {
        '-' => '+',
        '_' => '/',
        other => other,
    };
    let text: String = text
        .split_ascii_whitespace()
        .flat_map(str::chars)
        .map(plain)
        .collect();
    STANDARD_NO_PAD
        .decode(text.trim_end_matches('='))
        .ok()
        .map(Into::into)
}

fn headers(message: &Value) -> impl Iterator<Item = (&str, &str)> {
    let list = message["headers"].as_array().into_iter().flatten();
    list.filter_map(|header| Some((header["name"].as_str()?, header["value"].as_str()?)))
}

/// The body of a request; `None` when there was one that was not kept.
fn posted(request: &Value) -> Option<Bytes> {
    let data = &request["postData"];
    let encoded = data["encoding"].as_str() == Some("base64");
    match data["text"].as_str() {
        Some(text) if encoded => return decode(text),
        Some(text) if !text.is_empty() => return Some(Bytes::copy_from_slice(text.as_bytes())),
        _ => {}
    }
    let form = data["mimeType"].as_str().unwrap_or_default();
    let params = data["params"]
        .as_array()
        .filter(|params| !params.is_empty());
    match params {
        Some(params) if form.starts_with("application/x-www-form-urlencoded") => {
            Some(pairs(params))
        }
        Some(_) => None,
        None => {
            let announced = headers(request)
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, length)| length.parse::<u64>().ok());
            let size = request["bodySize"].as_i64().unwrap_or(0);
            (size <= 0 && announced.unwrap_or(0) == 0).then(Bytes::new)
        }
    }
}

/// A form from its decoded pairs.
fn pairs(params: &[Value]) -> Bytes {
    let escape = |value: &Value| {
        let keep = crate::wire::percent::Keep::Unreserved;
        crate::wire::percent::encode(value.as_str().unwrap_or_default(), keep)
    };
    let pairs = params
        .iter()
        .map(|param| format!("{}={}", escape(&param["name"]), escape(&param["value"])));
    pairs.collect::<Vec<_>>().join("&").into()
}

/// The body of a response; `None` when it was not kept.
fn content(response: &Value, status: u16) -> Option<Bytes> {
    let content = &response["content"];
    match content["text"].as_str() {
        Some(text) if content["encoding"].as_str() == Some("base64") => decode(text),
        Some(text) => Some(Bytes::copy_from_slice(text.as_bytes())),
        None => {
            let none = status == 204 || content["size"].as_i64() == Some(0);
            none.then(Bytes::new)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn base64_is_read_in_every_spelling() {
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
        assert_eq!(decode("YQ==").as_deref(), Some(&b"a"[..]));
        assert_eq!(decode("YWI").as_deref(), Some(&b"ab"[..]));
        assert_eq!(decode("YWJj\nZA==").as_deref(), Some(&b"abcd"[..]));
        assert_eq!(decode("-_+/").as_deref(), Some(&[0xfb, 0xff, 0xbf][..]));
        assert_eq!(decode("a!"), None);
    }
}

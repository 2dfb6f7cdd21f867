//! The findings of a JSON report as exchanges.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bindery_spec::Value;
use bytes::Bytes;
use http::Request;
use serde::Deserialize;

use super::{Bodies, Recorded, request, response};
use crate::probe::Message;

#[derive(Deserialize)]
struct Saved {
    request: Message,
    response: Option<Message>,
}

/// One finding.
///
/// # Errors
/// Why it cannot be used, in one sentence.
pub(super) fn finding(finding: &Value) -> Result<Recorded, String> {
    let saved =
        Saved::deserialize(finding).map_err(|error| format!("it is no finding: {error}"))?;
    let sent = &saved.request;
    let answer = saved.response.as_ref().map(|answer| {
        let status = answer
            .start
            .parse()
            .map_err(|_| "its status is no number".to_owned())?;
        response(status, headers(answer), body(answer))
    });
    Ok(Recorded {
        request: sent_again(sent)?,
        response: answer.transpose()?,
        bodies: Bodies {
            request: !sent.truncated,
            response: saved
                .response
                .as_ref()
                .is_some_and(|answer| !answer.truncated),
        },
    })
}

/// The request of a report.
///
/// # Errors
/// Why it cannot be sent, in one sentence.
pub(super) fn sent_again(sent: &Message) -> Result<Request<Bytes>, String> {
    let (method, url) = sent.start.split_once(' ').ok_or("it has no URL")?;
    request(method, url, headers(sent), body(sent))
}

fn headers(message: &Message) -> impl Iterator<Item = (&str, &str)> {
    message
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

fn body(message: &Message) -> Bytes {
    let bytes = message
        .bytes
        .as_ref()
        .and_then(|text| STANDARD.decode(text).ok());
    bytes
        .unwrap_or_else(|| message.body.clone().into_bytes())
        .into()
}

//! The findings of a JSON report as exchanges.

use bindery_spec::Value;
use bytes::Bytes;
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
    let (method, url) = sent.start.split_once(' ').ok_or("it has no URL")?;
    let answer = saved.response.as_ref().map(|answer| {
        let status = answer
            .start
            .parse()
            .map_err(|_| "its status is no number".to_owned())?;
        response(status, headers(answer), body(answer))
    });
    Ok(Recorded {
        request: request(method, url, headers(sent), body(sent))?,
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

fn headers(message: &Message) -> impl Iterator<Item = (&str, &str)> {
    message
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

fn body(message: &Message) -> Bytes {
    Bytes::copy_from_slice(message.body.as_bytes())
}

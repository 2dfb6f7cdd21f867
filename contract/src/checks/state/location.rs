//! `Location` leads to what was created.

use http::{Method, Request};

use crate::checks::{Check, Flaw, Level};
use crate::state::{Stage, key_text};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&ELSEWHERE];

pub(crate) static ELSEWHERE: Check = Check {
    code: "location-leads-elsewhere",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §10.2.2, §15.3.2",
    title: "The `Location` of a 201 or 202 does not lead to what was created.",
    explanation: "The resource itself can be read under its key, but what `Location` names is not there, or is another \
                  one. A 201 without `Location` is allowed. Where that of a 202 leads to nothing it is a warning: what \
                  is promised may come late.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage
        .create()
        .await
        .filter(|made| matches!(made.made.status(), 201 | 202))?;
    let target = stage.caller.location(&made.made)?;
    let create = stage.resource().create.as_ref()?;
    let key = create.key.as_ref()?;
    let read = stage.found(&made.keys).await?;
    let mut request = Request::new(bytes::Bytes::new());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = target.parse().ok()?;
    *request.headers_mut() = read.request.headers().clone();
    let there = stage.send_request(read.operation, request).await?;
    let own = key_text(&made.keys, stage.resource());
    let spot = Spot::whole(Part::ResponseHeader("Location".to_owned()));
    let operation = made.made.operation;
    if there.is_gone() {
        let message = format!(
            "`Location` is `{target}`, which is answered with {}",
            there.status()
        );
        let flaw = Flaw::new(&ELSEWHERE, spot, "location", message);
        // What was promised may come late.
        let late = made.made.status() == 202;
        stage.note(operation, if late { flaw.warning() } else { flaw });
    } else if let Some(other) = there
        .json()
        .and_then(|body| crate::wire::scalar_text(body.pointer(key)?))
    {
        // Where both answers have the key at the same place, it must be the same.
        if read.json()?.pointer(key).is_some() && other != own {
            let message =
                format!("`Location` leads to the one with the key `{other}`, and not to `{own}`");
            stage.flaw(operation, &ELSEWHERE, spot, "location", message);
        }
    }
    Some(())
}

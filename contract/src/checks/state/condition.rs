//! Entity tags, and requests that depend on them.

use bindery_spec::Value;
use bindery_spec::model::Location;
use http::HeaderValue;
use http::header::{ETAG, IF_NONE_MATCH};

use super::update::change;
use crate::checks::{Check, Level};
use crate::probe::{Content, Quirk, is_if_match};
use crate::state::{Exchange, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SAME, &NOT_MODIFIED, &IGNORED];

static SAME: Check = Check {
    code: "etag-not-changed",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §8.8.3, §8.8.1",
    title: "A resource was changed, and its strong entity tag is the same.",
    explanation: "Caches and clients that send the tag back take the old representation for the new one, and updates that \
                  depend on it get lost.",
};
static NOT_MODIFIED: Check = Check {
    code: "not-modified-wrong",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §13.1.2",
    title: "A conditional GET was answered with 304 although the resource was changed.",
    explanation: "`If-None-Match` had the tag from before the change, which is another than the one after it.",
};
static IGNORED: Check = Check {
    code: "precondition-ignored",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §13.1.1",
    title: "A change was carried out although its precondition (`If-Match`) was false.",
    explanation: "The operation declares `If-Match`, and was sent a tag from before an earlier change. 412 is the answer \
                  for it; without it, one client overwrites what another wrote.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    let update = resource.replace.or(resource.modify)?;
    let made = stage.create().await?;
    let before = stage.found(&made.keys).await?;
    let old = tag(&before)?;
    let body = change(stage, update, &made)?;
    let answer = stage.write(update, &made.keys, body, true).await?;
    let after = stage.found(&made.keys).await?;
    if !answer.is_success() || before.json() == after.json() {
        return None;
    }
    let read = after.operation;
    let new = tag(&after)?;
    if old == new {
        let message = format!("`ETag` is {old:?} before and after the change");
        let spot = Spot::whole(Part::ResponseHeader("ETag".to_owned()));
        stage.flaw(read, &SAME, spot, "etag", message);
        return None;
    }
    let mut draft = stage.caller.draft(read, &made.keys)?;
    draft.quirk = Some(Quirk::Header(IF_NONE_MATCH, old.clone()));
    let conditional = stage.send(read, draft, true).await?;
    if conditional.status() == 304 {
        let message = format!(
            "with `If-None-Match: {old:?}` it was answered with 304, but the tag is {new:?}"
        );
        let spot = Spot::status();
        stage.flaw(read, &NOT_MODIFIED, spot, "if-none-match", message);
    }
    for operation in [resource.replace, resource.modify, resource.delete]
        .into_iter()
        .flatten()
    {
        let draft = with_tag(stage, operation, &made.keys, &old);
        let Some(mut draft) = draft else { continue };
        if Some(operation) != resource.delete {
            let (media, body) = change(stage, operation, &made)?;
            draft.body = Content::Value(media, body);
        }
        let answer = stage.send(operation, draft, true).await?;
        if answer.is_success() {
            let message = format!(
                "with the tag {old:?} from before a change it was answered with {}",
                answer.status()
            );
            let name = Part::Parameter(Location::Header, "If-Match".to_owned());
            stage.flaw(operation, &IGNORED, Spot::whole(name), "if-match", message);
        }
    }
    Some(())
}

/// The strong tag of an answer.
fn tag(exchange: &Exchange) -> Option<HeaderValue> {
    let tag = exchange.answer()?.headers().get(ETAG)?;
    tag.as_bytes().starts_with(b"\"").then(|| tag.clone())
}

/// The request of an operation with a tag, where it declares that it takes one.
fn with_tag(
    stage: &Stage<'_>,
    operation: usize,
    keys: &crate::state::Keys,
    tag: &HeaderValue,
) -> Option<crate::probe::Draft> {
    let parameters = &stage.caller.operation(operation).parameters;
    let index = parameters.iter().position(is_if_match)?;
    let mut draft = stage.caller.draft(operation, keys)?;
    draft.parameters[index] = Some(Value::from(tag.to_str().ok()?));
    Some(draft)
}

//! Entity tags, and requests that depend on them.

use bindery_spec::Value;
use bindery_spec::model::{Location, Status};
use http::HeaderValue;
use http::header::{ETAG, IF_NONE_MATCH};

use super::update::change;
use crate::checks::{Check, Level};
use crate::probe::{Quirk, is_if_match};
use crate::state::{Exchange, Instance, Keys, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SAME, &NOT_MODIFIED, &MODIFIED, &IGNORED, &REFUSED, &OTHER];

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
static MODIFIED: Check = Check {
    code: "not-modified-missing",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §13.1.2, §13.2.1",
    title: "A conditional GET was answered in full although nothing was changed.",
    explanation: "`If-None-Match` had the tag that the answer has, and the operation declares 304, which is the answer \
                  for it. Clients that ask whether anything is new get everything each time.",
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
static REFUSED: Check = Check {
    code: "precondition-refused",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §13.1.1",
    title: "A change was refused with 412 although its precondition (`If-Match`) was true.",
    explanation: "The operation declares `If-Match`, and was sent the strong tag that the resource was just read with. Who \
                  keeps to the document cannot change the resource.",
};
static OTHER: Check = Check {
    code: "etag-of-write-differs",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §8.8.3, §9.3.4, §15.3.2",
    title: "The entity tag in the answer to a write is not that of the resource.",
    explanation: "The answer to a creation or a change has a strong tag, and what is read after it has another one, which is \
                  the same for two reads. Who sends the first in `If-Match` is refused.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    let made = stage.create().await?;
    let before = stage.found(&made.keys).await?;
    let old = tag(&before)?;
    let again = stage.found(&made.keys).await?;
    let stable = tag(&again).as_ref() == Some(&old);
    if stable {
        of_write(stage, &made.made, &old);
    }
    let _ = unchanged(stage, &before, &made.keys, &old).await;
    let update = resource.replace.or(resource.modify)?;
    current(stage, update, &made).await?;
    let body = change(stage, update, &made)?;
    let answer = stage.write(update, &made.keys, body, true).await?;
    let after = stage.found(&made.keys).await?;
    if !answer.is_success() || before.thing() == after.thing() {
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
    if stable {
        of_write(stage, &answer, &new);
    }
    let conditional = ask(stage, read, &made.keys, &old).await?;
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
        let answer = tagged(stage, operation, &made, &old).await;
        if let Some(answer) = answer.filter(Exchange::is_success) {
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

/// A change with the tag that a thing was just read with is carried out, or refused for another reason.
async fn current(stage: &mut Stage<'_>, update: usize, made: &Instance) -> Option<()> {
    let read = stage.found(&made.keys).await?;
    let tag = tag(&read)?;
    let answer = tagged(stage, update, made, &tag).await;
    if answer.is_some_and(|answer| answer.status() == 412) {
        let message = format!("with the tag {tag:?} that was just read it was answered with 412");
        let name = Part::Parameter(Location::Header, "If-Match".to_owned());
        stage.flaw(update, &REFUSED, Spot::whole(name), "if-match", message);
        return None;
    }
    Some(())
}

/// The answer to a change or a deletion with a tag; `None` where the operation takes none.
async fn tagged(
    stage: &mut Stage<'_>,
    operation: usize,
    made: &Instance,
    tag: &HeaderValue,
) -> Option<Exchange> {
    let mut draft = with_tag(stage, operation, &made.keys, tag)?;
    if Some(operation) != stage.resource().delete {
        let (_, body) = change(stage, operation, made)?;
        draft.body = stage.caller.maker(operation)?.content(body);
    }
    stage.send(operation, draft, true).await
}

/// The tag that a write answers with is the one that is read.
fn of_write(stage: &mut Stage<'_>, answer: &Exchange, read: &HeaderValue) {
    if let Some(own) = tag(answer).filter(|own| own != read) {
        let message = format!("the answer has the tag {own:?}, and what is read then has {read:?}");
        let spot = Spot::whole(Part::ResponseHeader("ETag".to_owned()));
        stage.flaw(answer.operation, &OTHER, spot, "etag", message);
    }
}

/// What was not changed is not sent again, where the document says so.
async fn unchanged(
    stage: &mut Stage<'_>,
    before: &Exchange,
    keys: &Keys,
    tag: &HeaderValue,
) -> Option<()> {
    let read = before.operation;
    let mut declared = stage.caller.operation(read).responses.iter();
    declared.find(|own| own.status == Status::Code(304))?;
    let answer = ask(stage, read, keys, tag).await?;
    if answer.status() == 200 && self::tag(&answer).as_ref() == Some(tag) {
        let message =
            format!("with `If-None-Match: {tag:?}` and that very tag it was answered with 200");
        let spot = Spot::status();
        stage.flaw(read, &MODIFIED, spot, "if-none-match", message);
    }
    Some(())
}

/// Asks for a thing, unless it has a tag.
async fn ask(
    stage: &mut Stage<'_>,
    read: usize,
    keys: &Keys,
    tag: &HeaderValue,
) -> Option<Exchange> {
    let mut draft = stage.caller.draft(read, keys)?;
    draft.quirk = Some(Quirk::Header(IF_NONE_MATCH, tag.clone()));
    stage.send(read, draft, true).await
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
    keys: &Keys,
    tag: &HeaderValue,
) -> Option<crate::probe::Draft> {
    let parameters = &stage.caller.operation(operation).parameters;
    let index = parameters.iter().position(is_if_match)?;
    let mut draft = stage.caller.draft(operation, keys)?;
    draft.parameters[index] = Some(Value::from(tag.to_str().ok()?));
    Some(draft)
}

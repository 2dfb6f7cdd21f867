//! What was put below a thing as it is, such as a photo, is given out as it is.

use bindery_spec::model::{MediaType, Schemas, Type};
use bytes::Bytes;

use crate::checks::{Check, Level};
use crate::probe::Content;
use crate::state::{Exchange, Keys, Stage, types};
use crate::validate::media::{Format, choose, format_of, is_named};
use crate::validate::{Part, Spot, content_type, declared};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&OTHER];

static OTHER: Check = Check {
    code: "content-not-kept",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.4",
    title: "What was put is not what is given out.",
    explanation: "A path has a PUT and a GET with a media type that is neither JSON nor a form. What a PUT took is \
                  expected of a GET after it, in that type and byte for byte. It is a warning, because a server may \
                  transform what it is given.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    for (put, get) in &stage.resource().contents {
        let keys = stage.create().await?.keys;
        let contract = stage.caller.contract;
        let body = contract.api.operations[*put].body.as_ref()?;
        let content = body.content.iter();
        for media in content.filter(|own| is_raw(&contract.api.schemas, own)) {
            // Another type may be taken where this one is not.
            let _ = kept(stage, (*put, *get), &keys, &media.name).await;
        }
    }
    Some(())
}

async fn kept(
    stage: &mut Stage<'_>,
    (put, get): (usize, usize),
    keys: &Keys,
    media: &str,
) -> Option<()> {
    let sent = written(stage, put, keys, media).await?;
    let sent = sent.request.body();
    let read = stage.call(get, keys).await?;
    let body = Spot::whole(Part::Body);
    if read.is_gone() {
        let message = format!("it was put, and a GET is answered with {}", read.status());
        stage.flaw(put, &OTHER, body, "kept", message);
        return None;
    }
    let answer = read.answer().filter(|_| read.status() == 200)?;
    // That a type is not declared at all is told where the answer is judged.
    let response = declared(stage.caller.operation(get), read.status())?;
    let own = content_type(answer.headers())?;
    choose(&response.content, &own)?;
    if own.essence != media {
        let message = format!("`{media}` was put, and `{}` is given out", own.essence);
        let spot = Spot::whole(Part::ResponseBody);
        stage.flaw(get, &OTHER, spot, "media-type", message);
    } else if answer.body() != sent {
        let (sent, came) = (sent.len(), answer.body().len());
        let message = format!("{sent} bytes were put, and {came} others are given out");
        stage.flaw(put, &OTHER, body, "kept", message);
    }
    None
}

/// Puts bytes of every kind, or what the document describes where these are refused.
async fn written(stage: &mut Stage<'_>, put: usize, keys: &Keys, media: &str) -> Option<Exchange> {
    let mut draft = stage.caller.draft(put, keys)?;
    draft.body = Content::Raw(media.to_owned(), every_kind(media));
    let first = stage.send(put, draft, true).await?;
    if first.is_success() {
        return Some(first);
    }
    let second = stage.call(put, keys).await.filter(Exchange::is_success)?;
    let used = content_type(second.request.headers())?;
    (used.essence == media).then_some(second)
}

/// Bytes that are easily lost: those of no character, ends of lines, and what is not ASCII.
fn every_kind(media: &str) -> Bytes {
    if media.starts_with("text/") {
        return Bytes::from_static("a\r\nb\n\n é 日 \t".as_bytes());
    }
    (0..=u8::MAX).collect()
}

/// Whether a media type of a body says nothing of what is inside.
fn is_raw(schemas: &Schemas, media: &MediaType) -> bool {
    let is_text = |own| {
        types(schemas, &[own])
            .iter()
            .all(|kind| *kind == Type::String)
    };
    let opaque = matches!(format_of(&media.name), Format::Opaque | Format::Text);
    opaque && is_named(media) && media.schema.is_none_or(is_text)
}

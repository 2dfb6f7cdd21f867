//! What was put below a thing as it is, such as a photo, or uploaded in a form, is given out as it is.

use bindery_spec::model::{MediaType, Schemas, Type};
use bytes::Bytes;

use crate::checks::{Check, Level};
use crate::probe::Content;
use crate::state::{Exchange, Keys, Stage, types};
use crate::validate::media::{Format, choose, format_of, is_named};
use crate::validate::{Part, Spot, content_type, declared, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&OTHER];

static OTHER: Check = Check {
    code: "content-not-kept",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.4",
    title: "What was put or uploaded is not what is given out.",
    explanation: "A path has a PUT and a GET with a media type that is neither JSON nor a form. What a PUT took is \
                  expected of a GET after it, in that type and byte for byte. So is the only file of a form that made a \
                  thing of a GET on the thing itself, or on `content`, `download`, `file`, `raw`, `data`, `bytes` or \
                  `original` below it, where that has no JSON. It is a warning, because a server may transform what it \
                  is given.",
};

/// What is called so below a thing is what it was made of.
const WORDS: &[&str] = &[
    "content", "contents", "download", "file", "raw", "data", "bytes", "original",
];

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    for text in [Some(LINES), None] {
        // Not every text may be a file, and then the usual one is.
        if uploaded(stage, text).await.is_some() {
            break;
        }
    }
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

/// What was uploaded as the only file of a form; `None` where nothing can be said.
async fn uploaded(stage: &mut Stage<'_>, text: Option<&str>) -> Option<()> {
    let create = stage.resource().create.as_ref()?.operation;
    let downloads = downloads(stage);
    let maker = stage.caller.maker(create).filter(|own| !own.is_json())?;
    let file = maker.file().filter(|_| !downloads.is_empty())?;
    let (media, mut body) = stage.known_body()?;
    if let Some(text) = text {
        maker.set(&mut body, &file, text.into());
    }
    let sent = body.get(&file)?.as_str()?.to_owned();
    let made = stage.create_from((media, body)).await?;
    for get in downloads {
        let read = stage.call(get, &made.keys).await?;
        let answer = read.answer().filter(|_| read.status() == 200)?;
        if answer.body() != sent.as_bytes() {
            let (sent, came) = (sent.len(), answer.body().len());
            let message = format!("{sent} bytes were uploaded, and {came} others are given out");
            let spot = Spot::inside(Part::Body, pointer_to(&file));
            stage.flaw(create, &OTHER, spot, "kept", message);
        }
    }
    Some(())
}

/// What gives out the bytes that a thing was made of.
fn downloads(stage: &Stage<'_>) -> Vec<usize> {
    let resource = stage.resource();
    let contract = stage.caller.contract;
    let is_original = |view: &usize| {
        let path = contract.api.operations[*view].path.trim_end_matches('/');
        WORDS.contains(&path.rsplit('/').next().unwrap_or_default())
    };
    let views = resource.views.iter().copied().filter(is_original);
    let all = resource.read.into_iter().chain(views);
    let raw = all.filter(|get| {
        let answer = declared(&contract.api.operations[*get], 200);
        answer.is_some_and(|own| {
            let mut content = own.content.iter();
            !own.content.is_empty() && content.all(|own| is_raw(&contract.api.schemas, own))
        })
    });
    raw.collect()
}

/// Text that is easily lost: ends of lines, and what is not ASCII.
const LINES: &str = "a\r\nb\n\n é 日 \t";

/// Bytes that are easily lost: those of no character, ends of lines, and what is not ASCII.
fn every_kind(media: &str) -> Bytes {
    if media.starts_with("text/") {
        return Bytes::from_static(LINES.as_bytes());
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

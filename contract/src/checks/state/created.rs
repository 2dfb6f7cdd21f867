//! What was created is there.

use crate::checks::{Check, Level};
use crate::state::{Instance, Stage, key_text};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MISSING, &TWICE, &OTHER];

static MISSING: Check = Check {
    code: "created-not-found",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.3.2",
    title: "A resource that was created (201) is not there.",
    explanation: "The creation was answered with 201, and reading under the key of the answer with 404 or 410. A \
                  creation that takes its time is answered with 202.",
};

static TWICE: Check = Check {
    code: "created-key-twice",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.3.2",
    title: "Two creations (201) of different resources gave the same key.",
    explanation: "Nothing was deleted between the two, their bodies differ, and the key was not part of them. The second \
                  took the place of the first, or one of them is not there.",
};

static OTHER: Check = Check {
    code: "other-thing-served",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.1",
    title: "Reading a resource gives one with another key.",
    explanation: "Both the answer to the creation and the answer to the reading have the key at the same place.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    stage.resource().read?;
    let made = stage
        .create()
        .await
        .filter(|made| made.made.status() == 201)?;
    let read = stage.read(&made.keys).await?;
    if read.is_gone() {
        let message = format!(
            "it was created with 201, but reading it is answered with {}",
            read.status()
        );
        stage.flaw(
            made.made.operation,
            &MISSING,
            Spot::status(),
            "created",
            message,
        );
        return None;
    }
    let key = stage.resource().key()?.to_owned();
    if let Some(other) = stage
        .other_key(&made.keys, &read)
        .filter(|_| read.is_success())
    {
        let own = key_text(&made.keys, stage.resource());
        let message = format!("asked for `{own}`, the answer has the key `{other}`");
        let spot = Spot::inside(Part::ResponseBody, pointer_to(&key));
        stage.flaw(read.operation, &OTHER, spot, "key", message);
        return None;
    }
    twice(stage, &made).await
}

/// Another one must have another key, unless the key is what was sent.
async fn twice(stage: &mut Stage<'_>, first: &Instance) -> Option<()> {
    let key = stage.resource().key()?;
    let second = stage.create().await?;
    let same = second.keys == first.keys && second.made.status() == 201;
    if same && second.sent != first.sent && second.sent.get(key).is_none() {
        let key = key_text(&first.keys, stage.resource());
        let message = format!("two creations with different bodies both gave the key `{key}`");
        let spot = Spot::whole(Part::ResponseBody);
        stage.flaw(second.made.operation, &TWICE, spot, "key", message);
    }
    Some(())
}

//! What a replacement leaves out is gone, and so is what a patch sets to null.

use bindery_spec::Value;

use super::update::change;
use crate::checks::{Check, Flaw, Level};
use crate::shape::conjunction;
use crate::state::{Instance, Maker, Stage, differences, is_bare};
use crate::validate::{Direction, Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MERGED, &KEPT];

static MERGED: Check = Check {
    code: "replace-merges",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.4",
    title: "A replacement (PUT) left a field as it was that its body does not have.",
    explanation: "PUT puts what is sent in the place of what was there. A field that may be left out and was is gone \
                  then, or has its default. What changes a part of a resource is PATCH.",
};
static KEPT: Check = Check {
    code: "patch-null-kept",
    level: Level::Error,
    evident: false,
    section: "RFC 7396 §2",
    title: "A patch set a field to null, and it has its old value still.",
    explanation: "In a merge patch, null takes the field away. For another media type it is a warning: the document \
                  allows null there, but does not say what it does.",
};

/// How many fields are set to null.
const TRIES: usize = 4;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    if let Some(put) = resource.replace {
        let _ = replace(stage, put).await;
    }
    patch(stage, resource.modify?).await
}

async fn replace(stage: &mut Stage<'_>, put: usize) -> Option<()> {
    let made = stage.create().await?;
    let (media, full) = change(stage, put, &made)?;
    let answer = stage
        .write(put, &made.keys, (media, full.clone()), true)
        .await?;
    let before = stage.found(&made.keys).await?;
    let response = stage.answer_schema(before.operation, before.status())?;
    let before = before.thing().filter(|_| done(answer.status()))?;
    let request = stage.body_schema(put)?;
    let contract = stage.caller.contract;
    let lost = differences(contract, (request, &full), (response, &before));
    // A replacement that is lost as a whole is told as that.
    if !lost.is_empty() {
        return None;
    }
    let salt = stage.next_salt();
    let least = stage.caller.maker(put)?.reduced(&full, &salt)?;
    let answer = stage
        .write(put, &made.keys, (media, least.clone()), true)
        .await?;
    let after = stage
        .found(&made.keys)
        .await?
        .thing()
        .filter(|_| done(answer.status()))?;
    let schemas = &contract.api.schemas;
    let asked = conjunction(schemas, &[response]);
    let needed: Vec<&String> = asked.iter().flat_map(|id| &schemas[*id].required).collect();
    // Only what can be seen to have been stored can be seen to stay, and what answers must have cannot be gone.
    let stays = |(name, value): &(&String, &Value)| {
        let default = stage.body_default(put, name);
        let stored = before.get(*name).is_some();
        let may_go = default.is_some() || !needed.contains(name);
        least.get(*name).is_none()
            && stored
            && may_go
            && !is_bare(value)
            && default.as_ref() != before.get(*name)
            && after.get(*name) == before.get(*name)
    };
    let (name, _) = full.as_object()?.iter().find(stays)?;
    let message = format!("`{name}` was left out of the replacement, and is what it was before");
    let spot = Spot::inside(Part::Body, pointer_to(name));
    stage.flaw(put, &MERGED, spot, "replace", message);
    None
}

async fn patch(stage: &mut Stage<'_>, patch: usize) -> Option<()> {
    let made = stage.create().await?;
    let maker = stage.caller.maker(patch).filter(Maker::is_json)?;
    let before = stage.found(&made.keys).await?.thing()?;
    let contract = stage.caller.contract;
    let nothing = |name: &String| -> Value { [(name.clone(), Value::Null)].into_iter().collect() };
    let takes_null = |(name, value): &(&String, &Value)| {
        !is_bare(value)
            && before.get(*name) == Some(value)
            && contract.is_valid(maker.schema, Direction::Request, &nothing(name))
    };
    for field in made.sent.as_object()?.iter().filter(takes_null).take(TRIES) {
        // One that cannot be changed says nothing of the others, and one that stays says it of all.
        if clear(stage, patch, &made, field).await == Some(false) {
            break;
        }
    }
    Some(())
}

/// Sets a field to another value, and then to null; says whether it is gone then.
async fn clear(
    stage: &mut Stage<'_>,
    patch: usize,
    made: &Instance,
    (name, value): (&String, &Value),
) -> Option<bool> {
    // A patch that does nothing at all is told as that.
    let salt = stage.next_salt();
    let maker = stage.caller.maker(patch)?;
    let alone: Value = [(name.clone(), value.clone())].into_iter().collect();
    let written = (maker.media, maker.changed_in(&alone, name, &salt)?);
    stage.write(patch, &made.keys, written, true).await?;
    let between = stage.found(&made.keys).await?.thing()?;
    let value = between.get(name).filter(|now| *now != value)?;
    let nothing: Value = [(name.clone(), Value::Null)].into_iter().collect();
    let body = (maker.media, nothing);
    let answer = stage.write(patch, &made.keys, body, true).await?;
    let after = stage
        .found(&made.keys)
        .await?
        .thing()
        .filter(|_| done(answer.status()))?;
    let stays = after.get(name) == Some(value);
    if stays {
        let message = format!("`{name}` was set to null, and is still {value}");
        let spot = Spot::inside(Part::Body, pointer_to(name));
        let flaw = Flaw::new(&KEPT, spot, "null", message);
        let body = stage.caller.operation(patch).body.as_ref()?;
        let is_merge = body.content[maker.media].name.contains("merge-patch");
        stage.note(patch, if is_merge { flaw } else { flaw.warning() });
    }
    Some(!stays)
}

/// Whether a write was carried out at once.
pub(super) fn done(status: u16) -> bool {
    (200..300).contains(&status) && status != 202
}

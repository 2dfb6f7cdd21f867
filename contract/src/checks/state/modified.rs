//! The time of the last change moves with a change.

use std::time::Duration;

use bindery_spec::Value;

use super::update::carried_out;
use crate::checks::{Check, Level};
use crate::shape::conjunction;
use crate::state::{Stage, plain, properties};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&STAYS];

static STAYS: Check = Check {
    code: "modified-time-stays",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §8.8.2",
    title: "A resource was changed, and the time of its last change is the same.",
    explanation: "The property has a name such as `updated_at` and the format `date-time`, and no client sends it. Others were \
                  read back changed. Who asks for what is newer than the last time they looked does not get this change.",
};

/// What the time of the last change is called.
const NAMES: &[&str] = &[
    "updatedat",
    "modifiedat",
    "changedat",
    "lastmodified",
    "lastmodifiedat",
    "lastupdated",
    "lastupdatedat",
    "updatedon",
    "modifiedon",
    "dateupdated",
    "datemodified",
];
/// After so long a time in whole seconds is another one.
const SECOND: Duration = Duration::from_millis(1100);

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    for operation in [resource.replace, resource.modify].into_iter().flatten() {
        let _ = change(stage, operation).await;
    }
    Some(())
}

async fn change(stage: &mut Stage<'_>, operation: usize) -> Option<()> {
    let read = stage.resource().read?;
    let name = time_of_change(stage, read, operation)?;
    let made = stage.create().await?;
    let before = stage.found(&made.keys).await?.thing()?;
    let time = before.get(&name)?.as_str()?.to_owned();
    if !time.contains('.') {
        tokio::time::sleep(SECOND).await;
    }
    let (body, answer) = carried_out(stage, operation, &made).await?;
    let after = stage.found(&made.keys).await?.thing()?;
    let taken = |(name, sent): (&String, &Value)| {
        after.get(name) == Some(sent) && before.get(name).is_some_and(|old| old != sent)
    };
    let changed = body.as_object()?.iter().any(taken);
    if changed && answer.status() != 202 && after.get(&name) == before.get(&name) {
        let message = format!("`{name}` is {time} before and after a change");
        let spot = Spot::inside(Part::ResponseBody, pointer_to(&name));
        stage.flaw(operation, &STAYS, spot, "modified", message);
    }
    Some(())
}

/// The property of the answer that has the time of the last change, where the change does not send it.
fn time_of_change(stage: &Stage<'_>, read: usize, change: usize) -> Option<String> {
    let schemas = &stage.caller.contract.api.schemas;
    let shown = properties(schemas, &[stage.answer_schema(read, 200)?]);
    let sent = properties(schemas, &[stage.body_schema(change)?]);
    let is_time = |ids: &[_]| {
        let mut nodes = conjunction(schemas, ids).into_iter();
        nodes.any(|id| schemas[id].format.as_deref() == Some("date-time"))
    };
    let mut named = shown.into_iter().filter(|(name, ids)| {
        NAMES.contains(&plain(name).as_str()) && !sent.contains_key(name) && is_time(ids)
    });
    named.next().map(|(name, _)| name)
}

//! A write that is refused or fails leaves no trace.

use bindery_spec::Value;

use super::update::change;
use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&TRACE];

static TRACE: Check = Check {
    code: "rejected-write-kept",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.5, RFC 5789 §2",
    title: "A write that was answered with an error changed something.",
    explanation: "A client that is told that its request failed takes it that nothing was changed. Check everything \
                  before the first change, or undo it. The body broke one rule; its other fields were valid and new.",
};

/// How many broken bodies are tried.
const TRIES: usize = 3;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    for operation in [resource.replace, resource.modify].into_iter().flatten() {
        let _ = update(stage, operation).await;
    }
    create(stage).await
}

/// A refused update leaves the resource as it was, but for what changes by itself.
async fn update(stage: &mut Stage<'_>, operation: usize) -> Option<()> {
    let made = stage.create().await?;
    let (media, body) = change(stage, operation, &made)?;
    let bodies = broken(stage, operation, &body)?;
    let first = stage.found(&made.keys).await?.thing()?;
    let before = stage.found(&made.keys).await?.thing()?;
    for wrong in bodies {
        let answer = stage
            .write(operation, &made.keys, (media, wrong), false)
            .await?;
        if answer.status() < 400 {
            // That it was accepted is the business of another check, and what it did is not known.
            return None;
        }
        let after = stage.found(&made.keys).await?.thing()?;
        if let Some(name) = changed(&first, &before, &after) {
            let message = format!(
                "it was answered with {}, but `{name}` is another than before",
                answer.status()
            );
            let spot = Spot::inside(Part::Body, pointer_to(&name));
            stage.flaw(operation, &TRACE, spot, "trace", message);
            return None;
        }
    }
    Some(())
}

/// The first field that stayed the same over two reads, but not over the refused write.
fn changed(first: &Value, before: &Value, after: &Value) -> Option<String> {
    let mut steady = before
        .as_object()?
        .iter()
        .filter(|(name, value)| first.get(*name) == Some(value));
    let (name, _) = steady.find(|(name, value)| after.get(*name) != Some(value))?;
    Some(name.clone())
}

fn broken(stage: &mut Stage<'_>, operation: usize, body: &Value) -> Option<Vec<Value>> {
    let salt = stage.next_salt();
    let maker = stage.caller.maker(operation)?;
    let mut bodies = maker.broken(body, &salt);
    // What stands last shows best whether the fields before it were written already.
    bodies.reverse();
    bodies.truncate(TRIES);
    Some(bodies)
}

/// A refused creation creates nothing.
async fn create(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let operation = stage.resource().create.as_ref()?.operation;
    if !stage.makes() {
        return None;
    }
    let (media, body) = stage.known_body()?;
    let bodies = broken(stage, operation, &body)?;
    let keys = stage.caller.stock.keys(&stage.resource().home);
    let (before, whole) = stage.everything(&list).await?;
    for wrong in bodies {
        let answer = stage.write(operation, &keys, (media, wrong), false).await?;
        if answer.status() < 400 {
            return None;
        }
        let (after, _) = stage.everything(&list).await.filter(|_| whole)?;
        if let Some(new) = after.iter().find(|key| !before.contains(key)) {
            let message = format!(
                "it was answered with {}, but `{new}` is listed since then",
                answer.status()
            );
            stage.flaw(operation, &TRACE, Spot::whole(Part::Body), "trace", message);
            return None;
        }
    }
    Some(())
}

//! What an action says that it did is done.

use super::replaced::done;
use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&UNDONE];

static UNDONE: Check = Check {
    code: "action-not-kept",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.3, §15.3.1",
    title: "An action showed a resource with a new value, and the resource still has the old one.",
    explanation: "The action is a POST on a word below the path of the resource, and answered at once with the resource \
                  under the same key. One that only shows what would become of it should not answer with the resource \
                  itself; one that takes its time is answered with 202.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    for action in &stage.resource().actions {
        // One that cannot be carried out says nothing of the others.
        let _ = act(stage, *action).await;
    }
    Some(())
}

async fn act(stage: &mut Stage<'_>, action: usize) -> Option<()> {
    let made = stage.create().await?;
    let before = stage.found(&made.keys).await?.thing()?;
    let answer = stage.call(action, &made.keys).await?;
    let shown = answer.thing().filter(|_| done(answer.status()))?;
    let key = stage.resource().key()?;
    shown.get(key).filter(|own| before.get(key) == Some(own))?;
    let after = stage.found(&made.keys).await?.thing()?;
    let (name, value) = shown.as_object()?.iter().find(|(name, value)| {
        let old = before.get(*name);
        old.is_some_and(|old| old != *value) && after.get(*name) == old
    })?;
    let message =
        format!("the answer has {value} for `{name}`, and it is still what it was before");
    let spot = Spot::inside(Part::ResponseBody, pointer_to(name));
    stage.flaw(action, &UNDONE, spot, "kept", message);
    None
}

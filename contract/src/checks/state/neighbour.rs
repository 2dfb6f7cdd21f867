//! What is done to one thing leaves the others alone.

use super::update::change;
use crate::checks::{Check, Level};
use crate::state::{Instance, Stage, key_text};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&DELETED, &UPDATED];

static DELETED: Check = Check {
    code: "delete-touched-others",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.5",
    title: "Deleting a resource took another one along.",
    explanation: "Two others were made beside it and could be read before it was deleted; afterwards one of them cannot be \
                  read, or something else is missing in the list.",
};
static UPDATED: Check = Check {
    code: "update-touched-others",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.4, RFC 5789 §2",
    title: "Changing a resource changed another one.",
    explanation: "Two others were made beside it. A field of one of them that is sent by clients has another value after \
                  the change than before.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    let (before, own, after) = (
        stage.create().await?,
        stage.create().await?,
        stage.create().await?,
    );
    if before.keys == own.keys || after.keys == own.keys {
        return None;
    }
    for operation in [resource.replace, resource.modify].into_iter().flatten() {
        let _ = updated(stage, operation, &own, [&before, &after]).await;
    }
    deleted(stage, &own, [&before, &after]).await
}

async fn updated(
    stage: &mut Stage<'_>,
    operation: usize,
    own: &Instance,
    others: [&Instance; 2],
) -> Option<()> {
    let mut known = Vec::new();
    for other in others {
        known.push(stage.found(&other.keys).await?.thing()?);
    }
    let body = change(stage, operation, own)?;
    let answer = stage.write(operation, &own.keys, body, true).await?;
    if !answer.is_success() {
        return None;
    }
    for (other, before) in others.into_iter().zip(known) {
        let now = stage.found(&other.keys).await?.thing()?;
        // What only the server writes may change by itself.
        let mut names = other.sent.as_object()?.keys();
        let touched = names.find(|name| before.get(*name) != now.get(*name));
        if let Some(name) = touched {
            let message = format!("changing one changed `{name}` of another");
            let spot = Spot::inside(Part::Body, pointer_to(name));
            stage.flaw(operation, &UPDATED, spot, "others", message);
            return None;
        }
    }
    Some(())
}

async fn deleted(stage: &mut Stage<'_>, own: &Instance, others: [&Instance; 2]) -> Option<()> {
    let list = stage.resource().list.clone();
    let mut listed = None;
    if let Some(list) = &list {
        listed = stage.everything(list).await.filter(|(_, whole)| *whole);
    }
    for other in others {
        if stage.resource().read.is_some() {
            stage.found(&other.keys).await?;
        }
    }
    let (delete, _) = stage.delete(&own.keys).await?;
    let mut missing = None;
    for other in others {
        let gone = stage
            .read(&other.keys)
            .await
            .is_some_and(|read| read.is_gone());
        missing = missing.or_else(|| gone.then(|| key_text(&other.keys, stage.resource())));
    }
    if let (None, Some(list), Some((before, _))) = (&missing, &list, listed) {
        let (after, whole) = stage.everything(list).await?;
        let key = key_text(&own.keys, stage.resource());
        let mut rest = before.into_iter().filter(|other| *other != key && whole);
        missing = rest.find(|other| !after.contains(other));
    }
    let missing = missing?;
    let message = format!("`{missing}` was not deleted, but is not there since another one was");
    let spot = Spot::status();
    stage.flaw(delete, &DELETED, spot, "others", message);
    None
}

//! A delete deletes.

use super::update::change;
use crate::checks::{Check, Level};
use crate::state::{Instance, List, Stage, key_text};
use crate::validate::Spot;

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&THERE, &CHANGED];

static THERE: Check = Check {
    code: "deleted-still-there",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.5",
    title: "A resource that was deleted (200 or 204) is still there.",
    explanation: "It can still be read (rule `read`) or is still listed (rule `listed`). 404 or 410 is the answer for \
                  what is gone. A deletion that takes its time is answered with 202; one that says in the resource \
                  that it is deleted is not reported.",
};
static CHANGED: Check = Check {
    code: "deleted-still-changes",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.5, RFC 5789 §2",
    title: "A resource that was deleted and is gone can still be changed (2xx).",
    explanation: "Reading it is answered with 404 or 410, so there is nothing to change. A PUT that makes it anew is allowed, if it is there then.",
};

/// Whether a list has a key; `None` when it could not be read to its end.
async fn has(stage: &mut Stage<'_>, list: &List, key: &String) -> Option<bool> {
    let (keys, whole) = stage.everything(list).await?;
    let found = keys.contains(key);
    (found || whole).then_some(found)
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage.create().await?;
    let (delete, gone) = delete(stage, &made).await?;
    // Once more: what it does then is told by its status, and only a failure of the server is wrong.
    stage.call(delete, &made.keys).await?;
    if !gone {
        return None;
    }
    replace(stage, &made).await?;
    modify(stage, &made).await
}

/// Deletes a thing, and looks whether it is still there: gives the operation, and whether reading it says that it is gone.
async fn delete(stage: &mut Stage<'_>, made: &Instance) -> Option<(usize, bool)> {
    let before = match stage.resource().read {
        Some(_) => stage.found(&made.keys).await?.thing(),
        None => None,
    };
    let key = key_text(&made.keys, stage.resource());
    let list = stage.resource().list.clone();
    let listed = match &list {
        Some(list) => has(stage, list, &key).await,
        None => None,
    };
    let (delete, _) = stage.delete(&made.keys).await?;
    let still = match (&list, listed) {
        (Some(list), Some(true)) => has(stage, list, &key).await,
        _ => None,
    };
    let after = stage.read(&made.keys).await;
    if let Some(after) = after.as_ref().filter(|after| after.is_success()) {
        let marked = before.zip(after.thing());
        if !marked.is_some_and(|(before, after)| before != after) {
            let status = after.status();
            let message = format!("it was deleted, but reading it is answered with {status}");
            // Where the list knows that it is gone, it is the reading that does not.
            let read = stage.resource().read.filter(|_| still == Some(false));
            let at_fault = read.unwrap_or(delete);
            stage.flaw(at_fault, &THERE, Spot::status(), "read", message);
        }
        return None;
    }
    if still == Some(true) {
        let message = format!("it was deleted, but `{key}` is still listed");
        stage.flaw(delete, &THERE, Spot::status(), "listed", message);
    }
    Some((delete, after.is_some_and(|after| after.is_gone())))
}

/// Replaces what is gone, which may create it (RFC 9110 §9.3.4). Gives nothing when it is there again.
async fn replace(stage: &mut Stage<'_>, made: &Instance) -> Option<()> {
    let Some(replace) = stage.resource().replace else {
        return Some(());
    };
    let body = change(stage, replace, made)?;
    let answer = stage.write(replace, &made.keys, body, true).await?;
    let there = stage.read(&made.keys).await?;
    if !there.is_gone() {
        return None;
    }
    if answer.is_success() && answer.status() != 202 {
        let status = answer.status();
        let message =
            format!("it is gone, replacing it was answered with {status}, and it is still gone");
        stage.flaw(replace, &CHANGED, Spot::status(), "deleted", message);
    }
    Some(())
}

/// Changes what is gone.
async fn modify(stage: &mut Stage<'_>, made: &Instance) -> Option<()> {
    let modify = stage.resource().modify?;
    let body = change(stage, modify, made)?;
    let answer = stage.write(modify, &made.keys, body, true).await?;
    if answer.is_success() {
        let status = answer.status();
        let message = format!("it is gone, but changing it was answered with {status}");
        stage.flaw(modify, &CHANGED, Spot::status(), "deleted", message);
    }
    Some(())
}

//! A delete deletes.

use bindery_spec::Value;

use super::update::change;
use crate::checks::{Check, Level};
use crate::state::{List, Stage, key_text};
use crate::validate::{Part, Spot};

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
    let before = match stage.resource().read {
        Some(_) => stage.found(&made.keys).await?.json(),
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
    let mut gone = false;
    if let Some(after) = stage.read(&made.keys).await {
        gone = after.is_gone();
        let marked = before
            .zip(after.json())
            .is_some_and(|(before, after)| before != after);
        if after.is_success() && !marked {
            let message = format!(
                "it was deleted, but reading it is answered with {}",
                after.status()
            );
            // Where the list knows that it is gone, it is the reading that does not.
            let read = stage.resource().read.filter(|_| still == Some(false));
            let at_fault = read.unwrap_or(delete);
            stage.flaw(at_fault, &THERE, Spot::whole(Part::Status), "read", message);
            return None;
        }
        if after.is_success() {
            return None;
        }
    }
    if still == Some(true) {
        let message = format!("it was deleted, but `{key}` is still listed");
        stage.flaw(delete, &THERE, Spot::whole(Part::Status), "listed", message);
    }
    // Once more: what it does then is told by its status, and only a failure of the server is wrong.
    stage.call(delete, &made.keys).await?;
    if !gone {
        return None;
    }
    if let Some(replace) = stage.resource().replace {
        let body = change(stage, replace, &made)?;
        let answer = stage.write(replace, &made.keys, body, true).await?;
        let there = stage.read(&made.keys).await?;
        // A replacement may create what is not there (RFC 9110 §9.3.4); then it is there.
        if answer.is_success() && answer.status() != 202 && there.is_gone() {
            let message = format!(
                "it is gone, replacing it was answered with {}, and it is still gone",
                answer.status()
            );
            let spot = Spot::whole(Part::Status);
            stage.flaw(replace, &CHANGED, spot, "deleted", message);
        }
        if !there.is_gone() {
            return None;
        }
    }
    let patch = stage.resource().modify?;
    let (media, body): (usize, Value) = change(stage, patch, &made)?;
    let answer = stage.write(patch, &made.keys, (media, body), true).await?;
    if answer.is_success() {
        let message = format!(
            "it is gone, but changing it was answered with {}",
            answer.status()
        );
        stage.flaw(
            patch,
            &CHANGED,
            Spot::whole(Part::Status),
            "deleted",
            message,
        );
    }
    Some(())
}

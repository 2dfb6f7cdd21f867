//! What belongs to one identity is not for another.

use bytes::Bytes;

use super::update::change;
use crate::checks::{Check, Flaw, Level};
use crate::probe::credential_headers;
use crate::state::{Create, Exchange, Instance, Stage, key_text};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&FOREIGN];

static FOREIGN: Check = Check {
    code: "foreign-object-served",
    level: Level::Error,
    evident: false,
    section: "OWASP API Security 2023, API1",
    title: "A resource that one identity created was read, changed or deleted by another.",
    explanation: "The identities are those of `--identity`, which says that they have nothing in common. The operation \
                  asks for a credential. 403 or 404 is the answer for what belongs to somebody else. It is an error \
                  where something shows that the resource has an owner: the list of the other does not have it, or \
                  another operation on it is refused to the other. Otherwise it is a warning; and what the list shows \
                  to both belongs to both, and is not reported, unless the other gets 404 for it, or for what it is below.",
};

/// What the other one did with a thing.
struct Deed {
    operation: usize,
    done: &'static str,
    served: bool,
    /// How many exchanges there were then.
    steps: usize,
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let identities = stage.caller.options.identities.len();
    if identities < 2 {
        return None;
    }
    for other in 1..identities {
        let _ = intrude(stage, other).await;
    }
    stage.act_as(0);
    Some(())
}

async fn intrude(stage: &mut Stage<'_>, other: usize) -> Option<()> {
    stage.act_as(0);
    let made = stage.create().await?;
    let own = shows(stage, &made).await;
    let views = views(stage, &made).await;
    stage.act_as(other);
    let theirs = shows(stage, &made).await;
    // Where both see it in the list, it belongs to both, as far as anybody knows.
    if theirs == Some(true) {
        below(stage, &made).await?;
        return shown(stage, &made).await;
    }
    let deeds = deeds(stage, &made, &views, other).await;
    let hidden = own == Some(true) && theirs == Some(false);
    let refused = deeds.iter().any(|deed| !deed.served);
    let names = &stage.caller.options.identities;
    let (first, second) = (names[0].name.clone(), names[other].name.clone());
    for deed in deeds.iter().filter(|deed| deed.served) {
        // What only its owner may change may still be for all to read.
        let owned = hidden || (refused && deed.done != "read");
        let message = format!("what `{first}` created was {} by `{second}`", deed.done);
        let flaw = Flaw::new(&FOREIGN, Spot::status(), "owner", message);
        let flaw = if owned { flaw } else { flaw.warning() };
        stage.note_at(deed.operation, flaw, deed.steps);
    }
    added(stage, &made).await
}

/// What belongs to something that who acts may not read is not for them to add to.
async fn added(stage: &mut Stage<'_>, made: &Instance) -> Option<()> {
    let create = stage.resource().create.as_ref()?.operation;
    let resources = &stage.caller.stock.played;
    let along = resources.along(stage.resource().birthplace(&stage.caller.contract.api));
    let read = resources.all[*along.last()?].read?;
    let refused = stage.call(read, &made.keys).await?;
    if !refused.is_gone() || !asks(stage, read) || !asks(stage, create) {
        return None;
    }
    stage.create().await?;
    let message =
        "something was created below a thing of another, and reading that is answered with 404";
    let flaw = Flaw::new(&FOREIGN, Spot::status(), "owner", message);
    stage.note(create, flaw);
    None
}

/// Whether the list shows a thing to who acts; `None` when there is no list, or its end was not seen.
async fn shows(stage: &mut Stage<'_>, made: &Instance) -> Option<bool> {
    let list = stage.resource().list.clone()?;
    let (keys, whole) = stage.everything(&list).await?;
    let found = keys.contains(&key_text(&made.keys, stage.resource()));
    (found || whole).then_some(found)
}

/// What belongs to something that who acts may not read is not for them either; `None` where it is.
async fn below(stage: &mut Stage<'_>, made: &Instance) -> Option<()> {
    let (steps, list) = (stage.trail.len(), stage.resource().list.clone()?);
    let resources = &stage.caller.stock.played;
    let along = resources.along(stage.resource().collection());
    let Some(read) = along.last().and_then(|parent| resources.all[*parent].read) else {
        return Some(());
    };
    let refused = stage.call(read, &made.keys).await?;
    if !refused.is_gone() || !asks(stage, read) || !asks(stage, list.operation) {
        return Some(());
    }
    let message =
        "the list shows what is below a thing of another, and reading that is answered with 404";
    let spot = Spot::inside(Part::ResponseBody, list.items);
    let flaw = Flaw::new(&FOREIGN, spot, "owner", message);
    stage.note_at(list.operation, flaw, steps);
    None
}

/// A list that shows what who acts may not read shows too much.
async fn shown(stage: &mut Stage<'_>, made: &Instance) -> Option<()> {
    let (steps, list) = (stage.trail.len(), stage.resource().list.clone()?);
    let read = stage.resource().read.filter(|read| asks(stage, *read))?;
    let refused = stage.call(read, &made.keys).await?.is_gone();
    if refused && asks(stage, list.operation) {
        let message = "the list shows what another created, and reading it is answered with 404";
        let spot = Spot::inside(Part::ResponseBody, list.items);
        let flaw = Flaw::new(&FOREIGN, spot, "owner", message);
        stage.note_at(list.operation, flaw, steps);
    }
    Some(())
}

/// What the owner reads below a thing, such as its bytes, where there is anything.
async fn views(stage: &mut Stage<'_>, made: &Instance) -> Vec<(usize, Bytes)> {
    let mut views = Vec::new();
    for view in &stage.resource().views {
        let shown = stage.call(*view, &made.keys).await;
        let body = shown.filter(Exchange::is_success);
        let body = body.and_then(|shown| Some(shown.answer()?.body().clone()));
        views.extend(
            body.filter(|body| !body.is_empty())
                .map(|body| (*view, body)),
        );
    }
    views
}

/// Tries everything with a thing of another, what deletes it last.
async fn deeds(
    stage: &mut Stage<'_>,
    made: &Instance,
    views: &[(usize, Bytes)],
    other: usize,
) -> Vec<Deed> {
    let resource = stage.resource();
    // Under a key that the client chooses, the other makes one of their own, as in `/me/likes/{track_id}`.
    let chosen = resource.create.as_ref().is_some_and(Create::is_chosen);
    let replace = resource.replace.filter(|_| !chosen);
    let actions = resource.actions.iter().map(|action| (*action, "acted on"));
    let calls = [
        resource.read.map(|read| (read, "read")),
        replace.map(|replace| (replace, "changed")),
        resource.modify.map(|modify| (modify, "changed")),
    ];
    let delete = resource.delete.map(|delete| (delete, "deleted"));
    let calls: Vec<(usize, &str)> = calls
        .into_iter()
        .flatten()
        .chain(views.iter().map(|(view, _)| (*view, "read")))
        .chain(actions)
        .chain(delete)
        .collect();
    let mut deeds = Vec::new();
    for (operation, done) in calls {
        if !asks(stage, operation) {
            continue;
        }
        let answer = if done == "changed" {
            match change(stage, operation, made) {
                Some(body) => stage.write(operation, &made.keys, body, true).await,
                None => None,
            }
        } else {
            stage.call(operation, &made.keys).await
        };
        let Some(answer) = answer else { continue };
        // What is below a thing of another may be something of their own, or nothing.
        let mut own = views.iter().filter(|(view, _)| *view == operation);
        let another = own.any(|(_, own)| answer.answer().is_some_and(|shown| shown.body() != own));
        if another && answer.is_success() {
            continue;
        }
        let refused = matches!(answer.status(), 401 | 403 | 404 | 410);
        if refused || answer.is_success() {
            let steps = stage.trail.len();
            let undone = done == "deleted" && !refused && is_there(stage, made, other).await;
            let served = !refused && !undone;
            deeds.push(Deed {
                operation,
                done,
                served,
                steps,
            });
        }
    }
    deeds
}

/// Whether the owner still has a thing that another one deleted: what is not there may be deleted with success.
async fn is_there(stage: &mut Stage<'_>, made: &Instance, other: usize) -> bool {
    stage.act_as(0);
    let there = stage.found(&made.keys).await.is_some();
    stage.act_as(other);
    there
}

/// Whether an operation asks for a credential.
fn asks(stage: &Stage<'_>, operation: usize) -> bool {
    let operation = stage.caller.operation(operation);
    let optional = operation
        .security
        .iter()
        .any(bindery_spec::model::SecurityRequirement::is_empty);
    !optional && !credential_headers(&stage.caller.contract.api, operation).is_empty()
}

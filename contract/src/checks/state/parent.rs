//! What belongs to one resource is not found under another.

use bindery_spec::Value;

use super::update::change;
use crate::checks::{Check, Flaw, Level};
use crate::state::{Exchange, Instance, Keys, List, Page, Stage, key_text, moved};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&ELSEWHERE];

static ELSEWHERE: Check = Check {
    code: "other-parent-served",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §3.1",
    title: "What was created under one resource is served, changed or deleted under another one as well.",
    explanation: "Of `/shops/1/items/7`, item 7 was created in shop 1; shop 2 was made before that, and has it too. Mostly the \
                  server looks only at the last key, so that who may see shop 2 sees the items of all.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let other = stage.other_parent().await?;
    let made = stage.create().await?;
    let own = stage.found(&made.keys).await?.thing()?;
    let keys = moved(stage.resource(), &made.keys, &other)?;
    if let Some(read) = stage.read(&keys).await.filter(Exchange::is_success)
        && read.thing().as_ref() == Some(&own)
    {
        tell(stage, read.operation, Spot::status(), "read");
    }
    let _ = listed(stage, &made, &own, &other).await;
    let _ = changed(stage, &made, &keys).await;
    deleted(stage, &made, &keys).await
}

/// A list under another parent does not show it.
async fn listed(stage: &mut Stage<'_>, made: &Instance, own: &Value, other: &Keys) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let page = stage.page_of(&list, other).await?;
    let same = |item: &&Value| is_same(item, &list, own, made);
    let listed = page.items.iter().any(|item| same(&item)) || older(stage, &page).await.is_some();
    if listed {
        let spot = Spot::inside(Part::ResponseBody, list.items.clone());
        tell(stage, list.operation, spot, "listed");
    }
    Some(())
}

/// What is changed under another parent stays as it is under its own. What may be put there anew is another thing.
async fn changed(stage: &mut Stage<'_>, made: &Instance, keys: &Keys) -> Option<()> {
    let resource = stage.resource();
    for operation in [resource.modify, resource.replace].into_iter().flatten() {
        let before = stage.found(&made.keys).await?.thing()?;
        let (media, body) = change(stage, operation, made)?;
        let answer = stage
            .write(operation, keys, (media, body.clone()), true)
            .await?;
        let after = stage.found(&made.keys).await?.thing()?;
        let mut fields = body.as_object()?.iter();
        let taken = fields.any(|(name, sent)| {
            let (old, new) = (before.get(name), after.get(name));
            old != new && new == Some(sent)
        });
        if answer.is_success() && taken {
            tell(stage, operation, Spot::status(), "changed");
        }
    }
    Some(())
}

/// What is deleted under another parent is there under its own.
async fn deleted(stage: &mut Stage<'_>, made: &Instance, keys: &Keys) -> Option<()> {
    stage.found(&made.keys).await?;
    let (delete, _) = stage.delete(keys).await?;
    if stage.read(&made.keys).await?.is_gone() {
        tell(stage, delete, Spot::status(), "deleted");
    }
    Some(())
}

/// Whether an item is what was made: key and everything that was sent, as far as the item shows it.
fn is_same(item: &Value, list: &List, own: &Value, made: &Instance) -> bool {
    let key = item
        .get(&list.key)
        .is_some_and(|key| own.get(&list.key) == Some(key));
    let sent = made.sent.as_object().into_iter().flatten();
    let mut shown = sent
        .filter_map(|(name, _)| item.get(name).zip(own.get(name)))
        .peekable();
    key && shown.peek().is_some() && shown.all(|(one, other)| one == other)
}

/// Whether a page under another parent has something that was made under the own one before: what was made last may stand
/// on a later page.
async fn older(stage: &mut Stage<'_>, page: &Page) -> Option<()> {
    let made = stage.made().into_iter();
    let mut shown = made.filter_map(|keys| {
        let key = key_text(&keys, stage.resource());
        let position = page.keys.iter().position(|own| *own == key)?;
        Some((keys, page.items.get(position)?))
    });
    let (keys, item) = shown.next()?;
    let own = stage.found(&keys).await?.thing()?;
    let item = item.as_object()?.iter();
    let both: Vec<bool> = item
        .filter_map(|(name, value)| Some(own.get(name)? == value))
        .collect();
    // Children that every parent starts with are alike, but were not made by this run.
    (both.len() > 2 && both.into_iter().all(|same| same)).then_some(())
}

fn tell(stage: &mut Stage<'_>, operation: usize, spot: Spot, done: &str) {
    let message = format!("what was created under one resource is {done} under another");
    stage.note(operation, Flaw::new(&ELSEWHERE, spot, "parent", message));
}

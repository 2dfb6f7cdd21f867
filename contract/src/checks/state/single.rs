//! One creation makes one thing.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Exchange, List, Page, Stage, key_text};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&TWO];

static TWO: Check = Check {
    code: "created-twice",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.3, §15.3.2",
    title: "One creation made two things.",
    explanation: "After one request the list has another thing beside the one of the answer, which was not there before \
                  and has each text that this request alone was sent with.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let (before, whole) = stage.everything(&list).await.filter(|(_, whole)| *whole)?;
    let other = stage.known_body()?;
    let made = stage.create().await.filter(|_| whole)?;
    let (after, _) = stage.everything(&list).await?;
    let own = key_text(&made.keys, stage.resource());
    let fresh = |key: &String| *key != own && !before.contains(key);
    let fresh: Vec<&String> = after.iter().filter(|key| fresh(key)).collect();
    // What was read last shows them, where the list is short.
    let page = stage
        .trail
        .iter()
        .rev()
        .find_map(|own| shown(&list, own, &fresh))?;
    let mine = page.item(&own)?;
    let sent = made.sent.as_object()?.iter();
    let own_texts = sent.filter(|(name, value)| {
        let differs = other.1.get(*name).is_some_and(|other| other != *value);
        value.is_string() && differs && mine.get(*name) == Some(value)
    });
    let own_texts: Vec<_> = own_texts.collect();
    let twin = fresh.into_iter().find(|key| {
        let item = page.item(key);
        let same = |item: &Value| {
            let mut texts = own_texts.iter();
            texts.all(|(name, value)| item.get(*name) == Some(value))
        };
        !own_texts.is_empty() && item.is_some_and(same)
    })?;
    let message =
        format!("`{own}` was created, and the list has `{twin}` since, with the same texts");
    let spot = Spot::whole(Part::ResponseBody);
    stage.flaw(made.made.operation, &TWO, spot, "created", message);
    None
}

/// A page that has one of these keys.
fn shown(list: &List, exchange: &Exchange, keys: &[&String]) -> Option<Page> {
    let of_list = exchange.operation == list.operation;
    let page = Page::of(list, exchange).filter(|_| of_list)?;
    let has = keys.iter().any(|key| page.keys.contains(key));
    has.then_some(page)
}

//! What a page says of whether more follows is so.

use crate::checks::{Check, Level};
use crate::state::{List, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&WRONG];

static WRONG: Check = Check {
    code: "more-wrong",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.14",
    title: "A page says wrongly whether more follows.",
    explanation: "A flag such as `has_more` is true on the last page (rule `end`), or false on a page that is \
                  smaller than the list (rule `page`). A client that goes by it asks for ever, or misses the rest.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let at = list.more.as_ref()?;
    let least = stage.least(&list, 1)?;
    stage.fill(&list, 2 * least).await;
    let (keys, whole, end) = stage.read_to_end(&list).await?;
    if whole && end.body.pointer(at)?.as_bool()? {
        let message = format!("all {} items were shown, and it is true", keys.len());
        note(stage, &list, at, "end", message);
        return None;
    }
    let page = stage
        .page(&list, &vec![(list.limit?, least.into())])
        .await?;
    // A page that is not full may be followed by another, where items are left out after they were counted.
    let follows = page.items.len() == least && keys.len() > least;
    if follows && !page.body.pointer(at)?.as_bool()? {
        let message = format!("{least} of {} items are shown, and it is false", keys.len());
        note(stage, &list, at, "page", message);
    }
    Some(())
}

fn note(stage: &mut Stage<'_>, list: &List, at: &str, rule: &str, message: String) {
    let spot = Spot::inside(Part::ResponseBody, at);
    stage.flaw(list.operation, &WRONG, spot, rule, message);
}

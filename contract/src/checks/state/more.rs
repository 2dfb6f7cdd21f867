//! What a page says of whether more follows is so.

use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&WRONG];

static WRONG: Check = Check {
    code: "more-wrong",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.14",
    title: "A page says wrongly whether more follows.",
    explanation: "A flag such as `has_more` is true on a page that has all there is (rule `end`), or false on a page that is \
                  smaller than the list (rule `page`). A client that goes by it asks for ever, or misses the rest.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let at = list.more.clone()?;
    let least = stage.least(&list, 1)?;
    stage.fill(&list, 2 * least).await;
    let (keys, whole) = stage.everything(&list).await?;
    let query = stage.largest(&list);
    let small = vec![(list.limit?, least.into())];
    for (query, rule) in [(query, "end"), (small, "page")] {
        let page = stage.page(&list, &query).await?;
        let says = page.body.pointer(&at)?.as_bool()?;
        // A page that is not full may be followed by another, where items are left out after they were counted.
        let follows = match rule {
            "end" if whole && page.keys == keys => false,
            "page" if page.items.len() == least && keys.len() > least => true,
            _ => continue,
        };
        if says != follows {
            let count = page.items.len();
            let message = format!(
                "{count} of {} items are shown, and it is {says}",
                keys.len()
            );
            let spot = Spot::inside(Part::ResponseBody, at.clone());
            stage.flaw(list.operation, &WRONG, spot, rule, message);
        }
    }
    Some(())
}

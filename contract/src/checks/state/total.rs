//! A total agrees with what is listed.

use crate::checks::{Check, Level};
use crate::state::{Stage, Total};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&WRONG];

static WRONG: Check = Check {
    code: "total-wrong",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.14",
    title: "A list says another total than the number of its items.",
    explanation: "The list was read to its end without a filter (rule `total`), or with a page smaller than the list, \
                  which does not change the total (rule `page`).",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let at = list.total.clone()?;
    let spot = || match &at {
        Total::Body(at) => Spot::inside(Part::ResponseBody, at.clone()),
        Total::Header(name) => Spot::whole(Part::ResponseHeader(name.clone())),
    };
    stage.fill(&list, 2).await;
    let (keys, whole) = stage.everything(&list).await?;
    let page = stage.page(&list, &stage.largest(&list)).await?;
    let total = page.total(&list)?;
    let count = keys.len() as u64;
    if whole && total != count {
        let message = format!("the total is {total}, but {count} items are listed");
        stage.flaw(list.operation, &WRONG, spot(), "total", message);
        return None;
    }
    let limit = list.limit?;
    let least = stage.least(&list, 1)?;
    let small = stage.page(&list, &vec![(limit, least.into())]).await?;
    let other = small.total(&list)?;
    if whole && other != total && small.items.len() <= least {
        let message = format!("the total is {total}, but {other} when a page has {least}");
        stage.flaw(list.operation, &WRONG, spot(), "page", message);
    }
    Some(())
}

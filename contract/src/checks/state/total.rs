//! A total agrees with what is listed.

use crate::checks::{Check, Flaw, Level};
use crate::state::{List, Page, Stage, Total};
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
                  which does not change the total (rule `page`). That a filter does not change it is a warning (rule `filter`): it \
                  may be meant to count what there is without one.",
};

fn spot(at: &Total) -> Spot {
    match at {
        Total::Body(at) => Spot::inside(Part::ResponseBody, at.clone()),
        Total::Header(name) => Spot::whole(Part::ResponseHeader(name.clone())),
    }
}

/// Whether the total of a list counts what its filter leaves: the page has all of that.
pub(super) fn filtered(stage: &mut Stage<'_>, list: &List, page: &Page) -> Option<()> {
    let (total, count) = (page.total(list)?, page.items.len() as u64);
    if total != count {
        let message = format!("the total is {total}, but {count} items fit the filter");
        let flaw = Flaw::new(&WRONG, spot(list.total.as_ref()?), "filter", message);
        stage.note(list.operation, flaw.warning());
    }
    Some(())
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let at = list.total.clone()?;
    stage.fill(&list, 2).await;
    let (keys, whole) = stage.everything(&list).await?;
    let page = stage.page(&list, &stage.largest(&list)).await?;
    let total = page.total(&list)?;
    let count = keys.len() as u64;
    if whole && total != count {
        let message = format!("the total is {total}, but {count} items are listed");
        stage.flaw(list.operation, &WRONG, spot(&at), "total", message);
        return None;
    }
    let limit = list.limit?;
    let least = stage.least(&list, 1)?;
    let small = stage.page(&list, &vec![(limit, least.into())]).await?;
    let other = small.total(&list)?;
    if whole && other != total && small.items.len() <= least {
        let message = format!("the total is {total}, but {other} when a page has {least}");
        stage.flaw(list.operation, &WRONG, spot(&at), "page", message);
    }
    Some(())
}

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
pub(super) fn filtered(stage: &mut Stage<'_>, list: &List, page: &Page) {
    let count = page.items.len() as u64;
    for at in &list.totals {
        let Some(total) = page.total(at).filter(|total| *total != count) else {
            continue;
        };
        let message = format!("the total is {total}, but {count} items fit the filter");
        let flaw = Flaw::new(&WRONG, spot(at), "filter", message);
        stage.note(list.operation, flaw.warning());
    }
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    list.totals.first()?;
    stage.fill(&list, 2).await;
    let (keys, whole) = stage.everything(&list).await?;
    let page = stage.page(&list, &stage.largest(&list)).await?;
    let count = keys.len() as u64;
    let mut wrong = list.totals.iter().filter(|_| whole);
    let wrong = wrong.find_map(|at| Some((at, page.total(at).filter(|own| *own != count)?)));
    if let Some((at, total)) = wrong {
        let message = format!("the total is {total}, but {count} items are listed");
        stage.flaw(list.operation, &WRONG, spot(at), "total", message);
        return None;
    }
    let (limit, least) = (list.limit?, stage.least(&list, 1)?);
    let small = stage.page(&list, &vec![(limit, least.into())]).await?;
    if !whole || small.items.len() > least {
        return None;
    }
    for at in &list.totals {
        let (total, other) = (page.total(at), small.total(at));
        if let (Some(total), Some(other)) = (total, other.filter(|_| total != other)) {
            let message = format!("the total is {total}, but {other} when a page has {least}");
            stage.flaw(list.operation, &WRONG, spot(at), "page", message);
        }
    }
    Some(())
}

//! A list respects its limit.

use crate::checks::{Check, Level};
use crate::state::{List, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&IGNORED];

static IGNORED: Check = Check {
    code: "limit-ignored",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list has more items than its limit allows.",
    explanation: "The parameter is an integer with a name such as `limit` or `page_size`. Left out, its default in the \
                  document holds (rule `default`).",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let limit = list.limit?;
    let name = stage.caller.operation(list.operation).parameters[limit].clone();
    let _ = default(stage, &list, limit).await;
    let least = stage.least(&list, 1)?;
    stage.fill(&list, least + 1).await;
    let page = stage.page(&list, &vec![(limit, least.into())]).await?;
    if page.items.len() > least {
        let message = format!("the limit was {least}, but {} items came", page.items.len());
        let spot = Spot::whole(Part::Parameter(name.location, name.name));
        stage.flaw(list.operation, &IGNORED, spot, "limit", message);
    }
    Some(())
}

/// Without a limit the default of the document holds.
async fn default(stage: &mut Stage<'_>, list: &List, limit: usize) -> Option<()> {
    let default = stage.default_of(list.operation, limit)?.as_u64()?;
    let default = usize::try_from(default).ok()?;
    stage.fill(list, default + 1).await;
    let page = stage.page(list, &Vec::new()).await?;
    if page.items.len() > default {
        let name = stage.caller.operation(list.operation).parameters[limit].clone();
        let count = page.items.len();
        let message = format!("without a limit, which is {default} by default, {count} items came");
        let spot = Spot::whole(Part::Parameter(name.location, name.name));
        stage.flaw(list.operation, &IGNORED, spot, "default", message);
    }
    Some(())
}

//! The order of a list is stable.

use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&UNSTABLE];

static UNSTABLE: Check = Check {
    code: "order-unstable",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list that is read in pages has its items in another order each time.",
    explanation: "Pages of a list that is shuffled lose items and repeat others. Order by something that differs between \
                  any two, such as the key. For a list without pages it is a warning.",
};

/// How often the list is read at most: two items are in the same order by chance every other time.
const READS: usize = 6;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    stage.fill(&list, 3).await;
    let query = stage.largest(&list);
    let first = stage.page(&list, &query).await?;
    for _ in 1..READS {
        let again = stage.page(&list, &query).await?;
        let mut sorted = [first.keys.clone(), again.keys.clone()];
        for keys in &mut sorted {
            keys.sort();
        }
        if sorted[0] == sorted[1] && first.keys != again.keys {
            let message = "the same items came in another order when the list was read again";
            let spot = Spot::inside(Part::ResponseBody, list.items.clone());
            let flaw = crate::checks::Flaw::new(&UNSTABLE, spot, "order", message);
            let flaw = if list.paging.is_some() {
                flaw
            } else {
                flaw.warning()
            };
            stage.note(list.operation, flaw);
            return None;
        }
    }
    Some(())
}

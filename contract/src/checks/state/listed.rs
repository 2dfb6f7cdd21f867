//! A list has what was created.

use crate::checks::{Check, Flaw, Level};
use crate::state::{Stage, key_text};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MISSING];

static MISSING: Check = Check {
    code: "created-not-listed",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.3.2",
    title: "A resource that was created and can be read is not in the list of its collection.",
    explanation: "The list was read to its end, without a filter. It is a warning where no operation reads a single one. \
                  A list that shows only some by default should declare that as the default of a parameter.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    if list
        .filters
        .iter()
        .any(|own| stage.has_default(list.operation, own.parameter))
    {
        return None;
    }
    let made = stage.create().await?;
    let is_read = stage.resource().read.is_some();
    if is_read {
        stage.found(&made.keys).await?;
    }
    let (keys, whole) = stage.everything(&list).await?;
    let key = key_text(&made.keys, stage.resource());
    if whole && !keys.contains(&key) {
        let read = if is_read { " and can be read" } else { "" };
        let message = format!("`{key}` was created{read}, but is not listed");
        let spot = Spot::inside(Part::ResponseBody, list.items.clone());
        let flaw = Flaw::new(&MISSING, spot, "listed", message);
        stage.note(list.operation, if is_read { flaw } else { flaw.warning() });
    }
    Some(())
}

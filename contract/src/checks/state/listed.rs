//! A list has what was created.

use bindery_spec::model::Type;

use super::kept::others;
use crate::checks::{Check, Flaw, Level};
use crate::state::{Instance, List, Stage, key_text, types};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MISSING];

static MISSING: Check = Check {
    code: "created-not-listed",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.3.2",
    title: "A resource that was created and can be read is not in the list of its collection.",
    explanation: "The list was read to its end, without a filter. It is a warning where no operation reads a single \
                  one, and where things with other values of a field are listed. A list that shows only some by \
                  default should declare that as the default of a parameter.",
};

/// How many things with other values are made.
const TRIES: usize = 4;

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
        let flaw = missing(&list, message);
        stage.note(list.operation, if is_read { flaw } else { flaw.warning() });
        return None;
    }
    with_other_values(stage, &list, &made).await
}

/// What is listed with one value of a field, and not with another.
async fn with_other_values(stage: &mut Stage<'_>, list: &List, listed: &Instance) -> Option<()> {
    // What must be filtered has no more than the first.
    if has_switch(stage, list) || stage.needed(list).next().is_some() {
        return None;
    }
    let mut made = Vec::new();
    for body in others(stage, &listed.sent, TRIES)? {
        made.extend(stage.create_from(body).await);
    }
    let (keys, whole) = stage.everything(list).await?;
    let own = |made: &Instance, stage: &Stage<'_>| key_text(&made.keys, stage.resource());
    let lacking = made.iter().find(|made| !keys.contains(&own(made, stage)));
    let lacking = lacking.filter(|_| whole)?;
    stage.found(&lacking.keys).await?;
    let (key, sent) = (own(lacking, stage), &lacking.sent);
    let message = format!("`{key}` was created from {sent} and can be read, but is not listed");
    stage.note(list.operation, missing(list, message).warning());
    None
}

/// Whether something may say that the list is to have what it leaves out otherwise.
fn has_switch(stage: &Stage<'_>, list: &List) -> bool {
    let schemas = &stage.caller.contract.api.schemas;
    let parameters = stage.caller.operation(list.operation).parameters.iter();
    parameters.enumerate().any(|(index, own)| {
        let types = own.schema().map(|own| types(schemas, &[own]));
        let is_filter = list.filters.iter().any(|own| own.parameter == index);
        !is_filter && types.is_some_and(|types| types.contains(&Type::Boolean))
    })
}

fn missing(list: &List, message: String) -> Flaw {
    let spot = Spot::inside(Part::ResponseBody, list.items.clone());
    Flaw::new(&MISSING, spot, "listed", message)
}

//! The answer to a creation says what was created.

use crate::checks::{Check, Level};
use crate::state::{Stage, differences};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&OTHER];

static OTHER: Check = Check {
    code: "created-answer-differs",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.3.2",
    title: "The answer to a creation shows another value than the one that was sent and stored.",
    explanation: "Clients use the answer instead of reading the resource again. What was not stored either is reported \
                  as `written-not-kept`.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage.create().await?;
    let operation = made.made.operation;
    let body = made.made.thing()?;
    let request = stage.body_schema(operation)?;
    let response = stage.answer_schema(operation, made.made.status())?;
    let contract = stage.caller.contract;
    let mut found = differences(contract, (request, &made.sent), (response, &body));
    if let Some(read) = stage.found(&made.keys).await {
        let schema = stage.answer_schema(read.operation, read.status())?;
        let lost = differences(contract, (request, &made.sent), (schema, &read.thing()?));
        found.retain(|one| !lost.iter().any(|other| other.property == one.property));
    }
    found.retain(|one| stage.resource().key() != Some(one.property.as_str()));
    for difference in found {
        let spot = Spot::inside(Part::ResponseBody, difference.pointer());
        stage.flaw(operation, &OTHER, spot, "echo", difference.told());
    }
    Some(())
}

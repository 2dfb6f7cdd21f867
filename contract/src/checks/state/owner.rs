//! What belongs to one identity is not for another.

use super::update::change;
use crate::checks::{Check, Level};
use crate::probe::credential_headers;
use crate::state::Stage;
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&FOREIGN];

static FOREIGN: Check = Check {
    code: "foreign-object-served",
    level: Level::Error,
    section: "OWASP API Security 2023, API1",
    title: "A resource that one identity created was read, changed or deleted by another.",
    explanation: "The identities are those of `--identity`, which says that they have nothing in common. The operation \
                  asks for a credential. 403 or 404 is the answer for what belongs to somebody else.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let identities = stage.caller.options.identities.len();
    if identities < 2 {
        return None;
    }
    for other in 1..identities {
        let _ = intrude(stage, other).await;
    }
    stage.act_as(0);
    Some(())
}

async fn intrude(stage: &mut Stage<'_>, other: usize) -> Option<()> {
    stage.act_as(0);
    let made = stage.create().await?;
    let resource = stage.resource();
    let name = stage.caller.options.identities[other].name.clone();
    stage.act_as(other);
    let calls = [
        (resource.read, "read"),
        (resource.replace, "changed"),
        (resource.modify, "changed"),
        (resource.delete, "deleted"),
    ];
    for (operation, done) in calls {
        let Some(operation) = operation.filter(|operation| asks(stage, *operation)) else {
            continue;
        };
        let answer = if done == "changed" {
            let body = change(stage, operation, &made)?;
            stage.write(operation, &made.keys, body, true).await?
        } else {
            stage.call(operation, &made.keys).await?
        };
        if answer.is_success() {
            let message = format!(
                "what `{}` created was {done} by `{name}`",
                stage.caller.options.identities[0].name
            );
            stage.flaw(
                operation,
                &FOREIGN,
                Spot::whole(Part::Status),
                "owner",
                message,
            );
        }
    }
    Some(())
}

/// Whether an operation asks for a credential.
fn asks(stage: &Stage<'_>, operation: usize) -> bool {
    let operation = stage.caller.operation(operation);
    let optional = operation
        .security
        .iter()
        .any(bindery_spec::model::SecurityRequirement::is_empty);
    !optional && !credential_headers(&stage.caller.contract.api, operation).is_empty()
}

//! An update is kept, and a partial one leaves the rest alone.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Instance, Stage, differences};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&LOST, &TOUCHED];

static LOST: Check = Check {
    code: "update-not-kept",
    level: Level::Error,
    section: "RFC 9110 §9.3.4, RFC 5789 §2",
    title: "A field that an accepted update (2xx) sent is not what is read back.",
    explanation: "The field is declared with the same type in the body of the update and in the answer that reads. An \
                  update that takes its time is answered with 202. A field that cannot be changed should not be part \
                  of the body.",
};
static TOUCHED: Check = Check {
    code: "patch-touched-others",
    level: Level::Error,
    section: "RFC 5789 §2, RFC 7396 §1",
    title: "A partial update (PATCH) changed a field that it did not name.",
    explanation: "What a patch does not name stays as it is. The field was read back as it was sent before the patch, \
                  and with another value, or not at all, after it.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let resource = stage.resource();
    for operation in [resource.replace, resource.modify].into_iter().flatten() {
        // One of the two may be missing or refuse what the other takes.
        let _ = update(stage, operation).await;
    }
    if let Some(patch) = resource.modify {
        let _ = touch(stage, patch).await;
    }
    Some(())
}

/// A change of everything that can be changed.
async fn update(stage: &mut Stage<'_>, operation: usize) -> Option<()> {
    let made = stage.create().await?;
    let (media, body) = change(stage, operation, &made)?;
    let answer = stage
        .write(operation, &made.keys, (media, body.clone()), true)
        .await?;
    if !answer.is_success() || answer.status() == 202 {
        return None;
    }
    let read = stage.found(&made.keys).await?;
    let request = stage.body_schema(operation)?;
    let response = stage.answer_schema(read.operation, read.status())?;
    for difference in differences(
        stage.caller.contract,
        (request, &body),
        (response, &read.json()?),
    ) {
        let spot = Spot::inside(Part::Body, difference.pointer());
        stage.flaw(operation, &LOST, spot, "kept", difference.told());
    }
    Some(())
}

/// The body of an update that differs from what was sent before; the key stays as it is.
pub(super) fn change(
    stage: &mut Stage<'_>,
    operation: usize,
    made: &Instance,
) -> Option<(usize, Value)> {
    let salt = stage.next_salt();
    let maker = stage.caller.maker(operation)?;
    let resource = stage.resource();
    let mut kept: Vec<&str> = resource
        .references
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    kept.extend(resource.key());
    let mut body = maker.body(crate::state::Recipe::Full, &salt)?;
    if let (Some(fields), Some(sent)) = (body.as_object().cloned(), made.sent.as_object()) {
        for (name, value) in &fields {
            // What both bodies have starts from what the server took before.
            if let Some(own) = sent.get(name).filter(|own| {
                kept.contains(&name.as_str())
                    || std::mem::discriminant(*own) == std::mem::discriminant(value)
            }) {
                maker.set(&mut body, name, own.clone());
            }
        }
    }
    let changed = maker.changed(&body, &kept, &salt);
    Some((maker.media, changed))
}

/// A change of one field, of which the others know nothing.
async fn touch(stage: &mut Stage<'_>, operation: usize) -> Option<()> {
    let made = stage.create().await?;
    let (media, body) = change(stage, operation, &made)?;
    let before = stage.found(&made.keys).await?;
    let create = stage.body_schema(made.made.operation)?;
    let response = stage.answer_schema(before.operation, before.status())?;
    let contract = stage.caller.contract;
    let kept_before = differences(contract, (create, &made.sent), (response, &before.json()?));
    let (name, value) = body.as_object()?.iter().find(|(name, value)| {
        value.is_string() && made.sent.get(*name).is_some_and(|sent| sent != *value)
    })?;
    let patch: Value = [(name.clone(), value.clone())]
        .into_iter()
        .collect::<serde_json::Map<_, _>>()
        .into();
    let schema = stage.body_schema(operation)?;
    if !contract.is_valid(schema, crate::validate::Direction::Request, &patch) {
        return None;
    }
    let answer = stage
        .write(operation, &made.keys, (media, patch), true)
        .await?;
    if !answer.is_success() || answer.status() == 202 {
        return None;
    }
    let after = stage.found(&made.keys).await?;
    for difference in differences(contract, (create, &made.sent), (response, &after.json()?)) {
        let was = kept_before
            .iter()
            .any(|other| other.property == difference.property);
        if difference.property != *name && !was {
            let spot = Spot::inside(Part::Body, difference.pointer());
            let message = format!(
                "a patch of `{name}` alone changed another field: {}",
                difference.told()
            );
            stage.flaw(operation, &TOUCHED, spot, "untouched", message);
        }
    }
    Some(())
}

//! An update is kept, and a partial one leaves the rest alone.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use crate::checks::{Check, Flaw, Level};
use crate::shape::conjunction;
use crate::state::{
    Exchange, Instance, Scope, Stage, differences, key_text, plain, properties as look_properties,
};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&LOST, &TOUCHED, &ANSWER, &STALE, &MOVED];

static LOST: Check = Check {
    code: "update-not-kept",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.4, RFC 5789 §2",
    title: "A field that an accepted update (2xx) sent is not what is read back.",
    explanation: "The field is declared with the same type in the body of the update and in the answer that reads. An \
                  update that takes its time is answered with 202. A field that cannot be changed should not be part \
                  of the body.",
};
static TOUCHED: Check = Check {
    code: "patch-touched-others",
    level: Level::Error,
    evident: false,
    section: "RFC 5789 §2, RFC 7396 §1",
    title: "A partial update (PATCH) changed a field that it did not name.",
    explanation: "What a patch does not name stays as it is. The field was read back as it was sent before the patch, \
                  and with another value, or not at all, after it.",
};

static ANSWER: Check = Check {
    code: "updated-answer-differs",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.4, §15.3.1",
    title: "The answer to an update shows another value than the one that was sent and stored.",
    explanation: "Clients use the answer instead of reading the resource again; it shows what was there before, most often.",
};
static STALE: Check = Check {
    code: "list-stale",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list shows the value that a field had before an update.",
    explanation: "Reading the resource itself shows the new value, and the list, read after that, the old one.",
};
static MOVED: Check = Check {
    code: "read-only-changed",
    level: Level::Error,
    evident: false,
    section: "JSON Schema 2020-12 Validation §9.4",
    title: "An update changed the key of a resource, or when it was created.",
    explanation: "The field is read-only and was the same over two reads before the update. When it was created is a \
                  warning where the document does not say that it is read-only, but the update does not take it.",
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
    let first = stage.found(&made.keys).await?;
    let second = stage.found(&made.keys).await?;
    let (body, answer) = carried_out(stage, operation, &made).await?;
    if answer.status() == 202 {
        return None;
    }
    let read = stage.found(&made.keys).await?;
    let now = read.thing()?;
    let request = stage.body_schema(operation)?;
    let contract = stage.caller.contract;
    let lost = lost(stage, operation, &body, &read)?;
    moved(stage, operation, &first.thing()?, &second.thing()?, &now);
    let kept = |name: &str| !lost.iter().any(|own| own == name);
    if let Some(shown) = answer.thing()
        && let Some(schema) = stage.answer_schema(operation, answer.status())
    {
        let mut other = differences(contract, (request, &body), (schema, &shown));
        other.retain(|difference| kept(&difference.property));
        for difference in other {
            let spot = Spot::inside(Part::ResponseBody, difference.pointer());
            stage.flaw(operation, &ANSWER, spot, "echo", difference.told());
        }
    }
    let _ = listed(stage, &made, &second.thing()?, &now).await;
    back(stage, operation, Instance { sent: body, ..made }).await
}

/// A second change, of what the first one left: what was true is false, and the other way round.
async fn back(stage: &mut Stage<'_>, operation: usize, made: Instance) -> Option<()> {
    let (body, answer) = carried_out(stage, operation, &made).await?;
    if answer.status() != 202 {
        let read = stage.found(&made.keys).await?;
        lost(stage, operation, &body, &read)?;
    }
    Some(())
}

/// What of an update is not read back, by the names of the properties.
fn lost(
    stage: &mut Stage<'_>,
    operation: usize,
    body: &Value,
    read: &Exchange,
) -> Option<Vec<String>> {
    let request = stage.body_schema(operation)?;
    let response = stage.answer_schema(read.operation, read.status())?;
    let contract = stage.caller.contract;
    let lost = differences(contract, (request, body), (response, &read.thing()?));
    for difference in &lost {
        let spot = Spot::inside(Part::Body, difference.pointer());
        stage.flaw(operation, &LOST, spot, "kept", difference.told());
    }
    Some(lost.into_iter().map(|own| own.property).collect())
}

/// An update of as much as the server lets be changed, with its body.
pub(super) async fn carried_out(
    stage: &mut Stage<'_>,
    operation: usize,
    made: &Instance,
) -> Option<(Value, Exchange)> {
    for scope in Scope::ALL {
        stage.caller.stock.set_scope(operation, scope);
        let (media, body) = change(stage, operation, made)?;
        let written = (media, body.clone());
        let answer = stage.write(operation, &made.keys, written, true).await?;
        if answer.is_success() {
            return Some((body, answer));
        }
    }
    stage.caller.stock.set_scope(operation, Scope::default());
    None
}

/// What says how a resource came about does not change with it.
fn moved(stage: &mut Stage<'_>, operation: usize, first: &Value, second: &Value, now: &Value) {
    for (name, is_read_only) in origins(stage, operation) {
        let before = first
            .get(&name)
            .filter(|own| second.get(&name) == Some(own));
        if let Some(before) = before.filter(|before| now.get(&name) != Some(before)) {
            let message =
                format!("`{name}` was {before} before the update, and is another after it");
            let spot = Spot::inside(Part::ResponseBody, pointer_to(&name));
            let flaw = Flaw::new(&MOVED, spot, "readOnly", message);
            let flaw = if is_read_only { flaw } else { flaw.warning() };
            stage.note(operation, flaw);
        }
    }
}

/// The properties that say how a resource came about and that an update does not take, and whether the document calls them
/// read-only.
fn origins(stage: &Stage<'_>, operation: usize) -> Vec<(String, bool)> {
    let schemas = &stage.caller.contract.api.schemas;
    let properties = |schema: Option<SchemaId>| {
        let known = schema.map(|schema| look_properties(schemas, &[schema]));
        known.unwrap_or_default()
    };
    let read = stage.resource().read;
    let shown = properties(read.and_then(|read| stage.answer_schema(read, 200)));
    let taken = properties(stage.body_schema(operation));
    let key = stage.resource().key();
    let found = shown.into_iter().filter_map(|(name, ids)| {
        let nodes = conjunction(schemas, &ids);
        let is_read_only = nodes.iter().any(|id| schemas[*id].read_only);
        let says = is_creation(&name) && (is_read_only || !taken.contains_key(&name));
        let is_key = is_read_only && key == Some(name.as_str());
        (says || is_key).then_some((name, is_read_only))
    });
    found.collect()
}

/// Whether a property says when or by whom something was created.
fn is_creation(name: &str) -> bool {
    let name = plain(name);
    let others = ["datecreated", "timecreated", "creationdate", "creationtime"];
    name.starts_with("created") || others.contains(&name.as_str())
}

/// The list shows what reading shows, as far as it shows it at all.
async fn listed(stage: &mut Stage<'_>, made: &Instance, before: &Value, now: &Value) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let query = stage.largest(&list);
    let page = stage.page(&list, &query).await?;
    let own = key_text(&made.keys, stage.resource());
    let position = page.keys.iter().position(|key| *key == own)?;
    let item = page.items.get(position)?.as_object()?;
    let (name, _) = item.iter().find(|(name, shown)| {
        let (old, new) = (before.get(*name), now.get(*name));
        old == Some(shown) && new.is_some_and(|new| new != *shown) && made.sent.get(*name).is_some()
    })?;
    let message = format!("`{name}` was changed, but the list shows what it was before");
    let spot = Spot::inside(Part::ResponseBody, list.place(name));
    stage.flaw(list.operation, &STALE, spot, "listed", message);
    None
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
    let scope = stage.caller.stock.scope(operation);
    let changed = maker.changed(&body, &kept, scope, &salt);
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
    let kept_before = differences(contract, (create, &made.sent), (response, &before.thing()?));
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
    for difference in differences(contract, (create, &made.sent), (response, &after.thing()?)) {
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

#[cfg(test)]
mod tests {
    use super::is_creation;

    #[test]
    fn a_creation_is_called_in_several_ways() {
        for name in ["created_at", "createdBy", "date_created", "creationTime"] {
            assert!(is_creation(name), "{name}");
        }
        for name in ["recreated", "creator_note", "updated_at"] {
            assert!(!is_creation(name), "{name}");
        }
    }
}

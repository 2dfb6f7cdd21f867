//! A filter filters, and loses nothing that fits.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Filter, Instance, List, Page, Stage};
use crate::validate::{Part, Spot, escape};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&IGNORED, &LOSES];

pub(super) static IGNORED: Check = Check {
    code: "filter-ignored",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list that was filtered has an item that does not fit.",
    explanation: "The query parameter has the name and the type of a property of an item, or names a bound or a member of \
                  it (`max_price`, `tag`). A text fits as well when it \
                  only contains what was asked for, in any case.",
};
static LOSES: Check = Check {
    code: "filter-loses",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list that was filtered lacks an item that fits.",
    explanation: "The item is in the list without the filter, with the very value that was asked for.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    for filter in &list.filters {
        let _ = one(stage, &list, filter).await;
    }
    Some(())
}

async fn one(stage: &mut Stage<'_>, list: &List, filter: &Filter) -> Option<()> {
    let operation = stage.caller.operation(list.operation);
    let parameter = operation.parameters[filter.parameter].clone();
    let property = filter.property.as_str();
    let made = differ(stage, property).await;
    let query = stage.largest(list);
    let mut all = stage.page(list, &query).await?;
    let mut wanted = telling(&all, property);
    // Of a long list the first page may not have what was made.
    let sent = made
        .as_ref()
        .and_then(|made| value_of(&made.sent, property));
    let sent = sent.filter(|own| is_told(&all, property, own));
    // What nobody sends may still change when something is done to one of them.
    if let Some(made) = made.filter(|_| wanted.is_none()) {
        for action in stage.resource().actions.clone() {
            stage.call(action, &made.keys).await?;
        }
        all = stage.page(list, &query).await?;
        wanted = telling(&all, property);
    }
    let wanted = wanted.or(sent)?;
    let of = |item: &Value| value_of(item, property);
    let filtered = stage
        .page(
            list,
            &[query.clone(), vec![filter.asking(wanted.clone())]].concat(),
        )
        .await?;
    let part = Part::Parameter(parameter.location, parameter.name.clone());
    let inside = filter
        .inside
        .as_ref()
        .map(|name| format!("/{}", escape(name)));
    let spot = Spot::inside(part, inside.unwrap_or_default());
    let fits = |item: &Value| of(item).is_some_and(|own| fits(&wanted, &own));
    if let Some(stranger) = filtered.items.iter().find(|item| !fits(item)) {
        let own = of(stranger).unwrap_or_default();
        let message = format!("asked for {wanted}, the list has an item with {own}");
        stage.flaw(list.operation, &IGNORED, spot, "filter", message);
        return None;
    }
    let whole = filtered.items.len() < all.items.len() && !stage.goes_on(list, &filtered);
    if whole {
        // What cannot be counted says nothing.
        let _ = super::total::filtered(stage, list, &filtered);
    }
    let fitting = all
        .items
        .iter()
        .zip(&all.keys)
        .filter(|(item, _)| of(item).as_ref() == Some(&wanted));
    let lacking = fitting
        .map(|(_, key)| key)
        .find(|key| !filtered.keys.contains(key));
    if let Some(key) = lacking.filter(|_| whole && all.keys.len() == all.items.len()) {
        let message = format!("asked for {wanted}, the list lacks `{key}`, which has that value");
        stage.flaw(list.operation, &LOSES, spot, "filter", message);
        return None;
    }
    let later = stage
        .first_pages(list, &vec![filter.asking(wanted.clone())])
        .await?;
    if let Some(stranger) = later.iter().find(|item| !fits(item)) {
        let own = of(stranger).unwrap_or_default();
        let message = format!("asked for {wanted}, a later page has an item with {own}");
        stage.flaw(list.operation, &IGNORED, spot, "filter", message);
    }
    Some(())
}

/// A value that some have and others have not: only such a one tells whether a filter does anything.
fn telling(page: &Page, property: &str) -> Option<Value> {
    let mut values = page
        .items
        .iter()
        .rev()
        .filter_map(|item| value_of(item, property));
    values.find(|value| is_told(page, property, value))
}

/// Whether a page has items with another value.
fn is_told(page: &Page, property: &str, value: &Value) -> bool {
    let mut others = page.items.iter();
    others.any(|item| value_of(item, property).as_ref() != Some(value))
}

fn value_of(item: &Value, property: &str) -> Option<Value> {
    let value = item.get(property);
    value.filter(|value| !crate::state::is_bare(value)).cloned()
}

/// Makes two things that differ in a property, if it is one that is sent, and gives the second.
async fn differ(stage: &mut Stage<'_>, property: &str) -> Option<Instance> {
    let (media, body) = stage.known_body()?;
    let create = stage.resource().create.as_ref()?.operation;
    let maker = stage.caller.maker(create)?;
    let salt = stage.next_salt();
    let (_, second) = stage.known_body()?;
    let second = maker.changed_in(&second, property, &salt).unwrap_or(second);
    stage.create_from((media, body)).await?;
    stage.create_from((media, second)).await
}

fn fits(wanted: &Value, own: &Value) -> bool {
    match (wanted, own) {
        (Value::String(wanted), Value::String(own)) => {
            own.to_lowercase().contains(&wanted.to_lowercase())
        }
        (Value::Number(wanted), Value::Number(own)) => wanted.as_f64() == own.as_f64(),
        (wanted, own) => wanted == own,
    }
}

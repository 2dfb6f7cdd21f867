//! A list is in the order that is asked for.

use std::cmp::Ordering;

use bindery_spec::Value;
use bindery_spec::model::{Location, Parameter, SchemaId};

use crate::checks::{Check, Level};
use crate::shape::alternatives;
use crate::state::{List, Stage, items};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&IGNORED];

static IGNORED: Check = Check {
    code: "sort-ignored",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list is not in the order that was asked for.",
    explanation: "The parameter has a name such as `sort` or `order_by`, and the value is the name of a property of an item \
                  that is a number or a time, with `-` before it for the other direction. Where only one direction can be \
                  asked for, either will do.",
};

/// Names of parameters that say what a list is ordered by.
const NAMES: &[&str] = &["sort", "order", "orderby", "sortby", "ordering"];

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let parameters = stage.caller.operation(list.operation).parameters.clone();
    stage.fill(&list, 3).await;
    for (index, parameter) in parameters.iter().enumerate() {
        let name = crate::state::plain(&parameter.name);
        if parameter.location != Location::Query || !NAMES.contains(&name.as_str()) {
            continue;
        }
        let wanted = values(stage, parameter);
        for value in &wanted {
            let _ = one(stage, &list, (index, parameter), value, &wanted).await;
        }
    }
    Some(())
}

/// The texts that a parameter may be.
fn values(stage: &Stage<'_>, parameter: &Parameter) -> Vec<String> {
    let schemas = &stage.caller.contract.api.schemas;
    let own: Vec<SchemaId> = parameter.schema().into_iter().collect();
    let item = items(schemas, &own);
    let ids = if item.is_empty() { own } else { item };
    let shapes = alternatives(schemas, &ids).into_iter();
    let values = shapes.flat_map(|shape| shape.values.unwrap_or_default());
    values
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

async fn one(
    stage: &mut Stage<'_>,
    list: &List,
    (index, parameter): (usize, &Parameter),
    value: &str,
    all: &[String],
) -> Option<()> {
    let property = value.trim_start_matches(['-', '+']);
    let falling = value.starts_with('-');
    let both = all.iter().any(|other| *other == format!("-{property}"))
        && all
            .iter()
            .any(|other| other.trim_start_matches('+') == property);
    let is_good = |items: &[Value]| {
        let orders = orders(items, property)?;
        let rises = !orders.contains(&Ordering::Greater);
        let falls = !orders.contains(&Ordering::Less);
        Some(match (both, falling) {
            (true, true) => falls,
            (true, false) => rises,
            (false, _) => rises || falls,
        })
    };
    let schemas = &stage.caller.contract.api.schemas;
    let is_list = parameter
        .schema()
        .is_some_and(|own| !items(schemas, &[own]).is_empty());
    let asked = if is_list {
        Value::from_iter([value])
    } else {
        value.into()
    };
    let wanted = vec![(index, asked)];
    let query = [stage.largest(list), wanted.clone()].concat();
    let page = stage.page(list, &query).await?;
    let mut over = "";
    let mut good = is_good(&page.items)?;
    if good {
        over = " from page to page";
        let items = stage.first_pages(list, &wanted).await?;
        good = is_good(&items)?;
    }
    if !good {
        let message = format!(
            "asked for the order `{value}`, the list is not in the order of `{property}`{over}"
        );
        let spot = Spot::whole(Part::Parameter(parameter.location, parameter.name.clone()));
        stage.flaw(list.operation, &IGNORED, spot, "order", message);
    }
    Some(())
}

/// How each item stands to the next by a property; `None` where that cannot be said of all.
fn orders(items: &[Value], property: &str) -> Option<Vec<Ordering>> {
    let shown: Option<Vec<&Value>> = items.iter().map(|item| item.get(property)).collect();
    let shown = shown?;
    let pairs = shown.windows(2);
    pairs.map(|pair| order(pair[0], pair[1])).collect()
}

/// How two values stand to each other, where nobody could think otherwise: numbers, and times of one spelling.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => {
            let is_time = |text: &str| {
                text.len() >= 10
                    && text.ends_with('Z')
                    && text[..4].bytes().all(|byte| byte.is_ascii_digit())
            };
            let alike = one.is_ascii() && other.is_ascii() && one.len() == other.len();
            (alike && is_time(one) && is_time(other)).then(|| one.cmp(other))
        }
        _ => None,
    }
}

//! A list is in the order that is asked for.

use std::cmp::Ordering;

use bindery_spec::Value;
use bindery_spec::model::{Location, Parameter, SchemaId};

use crate::checks::{Check, Level};
use crate::shape::alternatives;
use crate::state::{List, Query, Stage, is_order, items};
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
                  asked for, either will do. That both directions give the same list is told of any property (rule \
                  `direction`), also where a parameter of its own says which (`order=desc`).",
};

/// Values of a parameter of its own that say in which direction the order goes.
const DIRECTIONS: [&str; 2] = ["asc", "desc"];

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    let parameters = stage.caller.operation(list.operation).parameters.clone();
    stage.fill(&list, 3).await;
    for (index, parameter) in parameters.iter().enumerate() {
        if parameter.location != Location::Query || !is_order(&parameter.name) {
            continue;
        }
        let wanted = values(stage, parameter);
        for value in &wanted {
            let _ = one(stage, &list, (index, parameter), value, &wanted).await;
        }
        for value in &wanted {
            let other = format!("-{value}");
            if wanted.contains(&other) {
                let both =
                    [value, other.as_str()].map(|own| vec![(index, asked(stage, parameter, own))]);
                let _ = turned(stage, &list, parameter, (value, &other), both).await;
            }
            for (direction, own) in parameters.iter().enumerate() {
                let _ = directed(stage, &list, ((index, parameter), value), (direction, own)).await;
            }
        }
    }
    Some(())
}

/// Where one parameter says by what a list is ordered, another may say in which direction.
async fn directed(
    stage: &mut Stage<'_>,
    list: &List,
    ((index, parameter), value): ((usize, &Parameter), &str),
    (other, direction): (usize, &Parameter),
) -> Option<()> {
    let known = values(stage, direction);
    let named = |wanted: &str| known.iter().find(|own| own.eq_ignore_ascii_case(wanted));
    let both = [named(DIRECTIONS[0])?, named(DIRECTIONS[1])?];
    let queries = both.map(|own| {
        vec![
            (index, asked(stage, parameter, value)),
            (other, asked(stage, direction, own)),
        ]
    });
    if other == index || direction.location != Location::Query {
        return None;
    }
    let falling = format!("{value}` and `{}", both[1]);
    turned(stage, list, direction, (value, &falling), queries).await
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

/// Whatever order texts are in, the other direction is another order.
async fn turned(
    stage: &mut Stage<'_>,
    list: &List,
    parameter: &Parameter,
    (rising, falling): (&str, &str),
    queries: [Query; 2],
) -> Option<()> {
    let mut pages = Vec::new();
    for wanted in queries {
        let query = [stage.largest(list), wanted].concat();
        pages.push(stage.page(list, &query).await?);
    }
    let own = |item: &Value| item.get(rising.trim_start_matches('+')).cloned();
    let values: Option<Vec<Value>> = pages[0].items.iter().map(own).collect();
    let values = values?;
    // Letters in another case may count as the same, and what has no value may stand at the end in both directions.
    let plain = |value: &Value| value.to_string().to_lowercase();
    let mut stated = values.iter().filter(|value| !value.is_null()).map(plain);
    let first = stated.next()?;
    let told = stated.any(|value| value != first);
    if told && pages[0].keys == pages[1].keys && pages[0].keys.len() == values.len() {
        let message = format!("the list is the same for `{rising}` and for `{falling}`");
        let spot = Spot::whole(Part::Parameter(parameter.location, parameter.name.clone()));
        stage.flaw(list.operation, &IGNORED, spot, "direction", message);
    }
    Some(())
}

/// A value as a parameter takes it, be it a list of them.
fn asked(stage: &Stage<'_>, parameter: &Parameter, value: &str) -> Value {
    let schemas = &stage.caller.contract.api.schemas;
    let is_list = parameter
        .schema()
        .is_some_and(|own| !items(schemas, &[own]).is_empty());
    if is_list {
        Value::from_iter([value])
    } else {
        value.into()
    }
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
    let wanted = vec![(index, asked(stage, parameter, value))];
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

/// How each item that has a property stands to the next; `None` where that cannot be said of all. Where those without a
/// value stand, nobody says.
fn orders(items: &[Value], property: &str) -> Option<Vec<Ordering>> {
    let shown: Option<Vec<&Value>> = items.iter().map(|item| item.get(property)).collect();
    let mut shown = shown?;
    shown.retain(|own| !own.is_null());
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

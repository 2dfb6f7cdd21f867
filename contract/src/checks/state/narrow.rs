//! Filters by a bound and by a member: `max_price` beside `price`, `created_after` beside `created_at`, and `tag` or `tags`
//! beside `tags`.

use bindery_spec::Value;
use bindery_spec::model::{Location, Parameter};

use super::filter::IGNORED;
use crate::shape::conjunction;
use crate::state::{List, Stage, plain};
use crate::validate::{Part, Spot};

/// What a parameter asks of a property of an item.
enum Wanted {
    AtMost,
    AtLeast,
    Member,
    OneOf,
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    stage.fill(&list, 2).await;
    let query = stage.largest(&list);
    let all = stage.page(&list, &query).await?;
    for index in 0..stage.caller.operation(list.operation).parameters.len() {
        let _ = one(stage, &list, index, &all.items).await;
    }
    Some(())
}

async fn one(stage: &mut Stage<'_>, list: &List, index: usize, all: &[Value]) -> Option<()> {
    let parameter = stage.caller.operation(list.operation).parameters[index].clone();
    let names = all
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|item| item.keys());
    let mut known =
        names.filter_map(|property| Some((property, wanted(&parameter.name, property)?)));
    let (property, wanted) = known
        .next()
        .filter(|_| parameter.location == Location::Query)?;
    let of = |item: &Value| item.get(property).cloned();
    let schema = parameter.schema()?;
    let schemas = &stage.caller.contract.api.schemas;
    let is_list = crate::state::types(schemas, &[schema]) == [bindery_spec::model::Type::Array];
    let is_text = |item: &Value| of(item).is_none_or(|own| own.is_string());
    let wanted = match wanted {
        Wanted::Member if is_list && all.iter().all(is_text) => Wanted::OneOf,
        wanted => wanted,
    };
    let telling = |bound: &Value| {
        all.iter()
            .any(|item| !fits(&wanted, bound, of(item).as_ref()))
    };
    let candidate = |item: &Value| match wanted {
        Wanted::Member => of(item)?.as_array()?.first().cloned(),
        Wanted::OneOf => of(item),
        Wanted::AtMost | Wanted::AtLeast => of(item).filter(Value::is_number),
    };
    let others = stage.values_of(list.operation, index).into_iter();
    let others = others.filter(|_| matches!(wanted, Wanted::OneOf));
    let mut known = all.iter().rev().filter_map(candidate).chain(others);
    let bound = match far(stage, &parameter, &wanted) {
        Some(bound) => Some(bound).filter(telling)?,
        None => known.find(telling)?,
    };
    let asked = if is_list {
        vec![bound.clone()].into()
    } else {
        bound.clone()
    };
    let query = [stage.largest(list), vec![(index, asked)]].concat();
    let filtered = stage.page(list, &query).await?;
    let stranger = filtered
        .items
        .iter()
        .find(|item| !fits(&wanted, &bound, of(item).as_ref()))?;
    let own = of(stranger).unwrap_or_default();
    let name = &parameter.name;
    let message =
        format!("asked for `{name}` {bound}, the list has an item whose `{property}` is {own}");
    let spot = Spot::whole(Part::Parameter(parameter.location, parameter.name));
    stage.flaw(list.operation, &IGNORED, spot, "filter", message);
    None
}

/// A time that is later or earlier than all that there are, where a parameter takes times.
fn far(stage: &Stage<'_>, parameter: &Parameter, wanted: &Wanted) -> Option<Value> {
    let schemas = &stage.caller.contract.api.schemas;
    let nodes = conjunction(schemas, &[parameter.schema()?]);
    let format = nodes.iter().find_map(|id| schemas[*id].format.as_deref())?;
    let year = match wanted {
        Wanted::AtLeast => 2990,
        Wanted::AtMost => 1990,
        Wanted::Member | Wanted::OneOf => return None,
    };
    match format {
        "date" => Some(format!("{year}-01-01").into()),
        "date-time" => Some(format!("{year}-01-01T00:00:00Z").into()),
        _ => None,
    }
}

/// What a parameter asks of a property, by their names.
fn wanted(parameter: &str, property: &str) -> Option<Wanted> {
    let (parameter, property) = (plain(parameter), plain(property));
    let is = |starts: &[&str], ends: &[&str]| {
        let start = starts
            .iter()
            .any(|start| parameter == format!("{start}{property}"));
        start
            || ends
                .iter()
                .any(|end| parameter == format!("{property}{end}"))
    };
    let times = ["at", "on", "date", "time"];
    let stems = times.iter().filter_map(|end| property.strip_suffix(end));
    let stems: Vec<&str> = stems.chain([property.as_str()]).collect();
    let is_time = |ends: &[&str]| {
        let mut ends = ends.iter();
        ends.any(|end| {
            parameter
                .strip_suffix(end)
                .is_some_and(|stem| stems.contains(&stem))
        })
    };
    if is(&["max", "maximum"], &["max", "lte", "atmost"]) || is_time(&["before", "until"]) {
        Some(Wanted::AtMost)
    } else if is(&["min", "minimum"], &["min", "gte", "atleast"]) || is_time(&["after", "since"]) {
        Some(Wanted::AtLeast)
    } else if parameter == property || format!("{parameter}s") == property {
        Some(Wanted::Member)
    } else {
        None
    }
}

/// Whether a property is as it was asked for; what cannot be compared is.
fn fits(wanted: &Wanted, bound: &Value, own: Option<&Value>) -> bool {
    let numbers = number(bound).zip(own.and_then(number));
    match wanted {
        Wanted::AtMost => numbers.is_none_or(|(bound, own)| own <= bound),
        Wanted::AtLeast => numbers.is_none_or(|(bound, own)| own >= bound),
        Wanted::Member => own
            .and_then(Value::as_array)
            .is_none_or(|own| own.contains(bound)),
        Wanted::OneOf => own.is_none_or(|own| own == bound),
    }
}

/// A number, or the year of a time.
fn number(value: &Value) -> Option<f64> {
    let year = || {
        let (year, _) = value
            .as_str()?
            .split_once('-')
            .filter(|(year, _)| year.len() == 4)?;
        year.parse().ok()
    };
    value.as_f64().or_else(year)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_say_what_is_asked_for() {
        assert!(matches!(wanted("max_price", "price"), Some(Wanted::AtMost)));
        assert!(matches!(wanted("priceGte", "price"), Some(Wanted::AtLeast)));
        assert!(matches!(wanted("tag", "tags"), Some(Wanted::Member)));
        assert!(wanted("maxage", "price").is_none());
        let after = wanted("created_after", "createdAt");
        assert!(matches!(after, Some(Wanted::AtLeast)));
        assert!(matches!(wanted("until", "until"), Some(Wanted::Member)));
        assert!(wanted("after", "created_at").is_none());
    }

    #[test]
    fn what_cannot_be_compared_fits() {
        assert!(fits(&Wanted::AtMost, &json!(2), Some(&json!(2))));
        assert!(!fits(&Wanted::AtMost, &json!(2), Some(&json!(2.5))));
        assert!(fits(&Wanted::AtLeast, &json!(2), None));
        let far = json!("2990-01-01T00:00:00Z");
        assert!(!fits(
            &Wanted::AtLeast,
            &far,
            Some(&json!("2024-05-17T09:30:00Z"))
        ));
        assert!(fits(
            &Wanted::AtMost,
            &far,
            Some(&json!("2024-05-17T09:30:00Z"))
        ));
        assert!(fits(&Wanted::AtLeast, &far, Some(&json!("soon"))));
        assert!(fits(&Wanted::Member, &json!("a"), Some(&json!("a"))));
        assert!(!fits(&Wanted::Member, &json!("a"), Some(&json!([]))));
    }
}

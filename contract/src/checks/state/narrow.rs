//! Filters by a bound and by a member: `max_price` beside `price`, and `tag` or `tags` beside `tags`.

use bindery_spec::Value;
use bindery_spec::model::Location;

use super::filter::IGNORED;
use crate::state::{List, Stage, plain};
use crate::validate::{Part, Spot};

/// What a parameter asks of a property of an item.
enum Wanted {
    AtMost,
    AtLeast,
    Member,
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
    let telling = |bound: &Value| {
        all.iter()
            .any(|item| !fits(&wanted, bound, of(item).as_ref()))
    };
    let candidate = |item: &Value| match wanted {
        Wanted::Member => of(item)?.as_array()?.first().cloned(),
        Wanted::AtMost | Wanted::AtLeast => of(item).filter(Value::is_number),
    };
    let bound = all.iter().rev().filter_map(candidate).find(telling)?;
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
    if is(&["max", "maximum"], &["max", "lte", "atmost"]) {
        Some(Wanted::AtMost)
    } else if is(&["min", "minimum"], &["min", "gte", "atleast"]) {
        Some(Wanted::AtLeast)
    } else if parameter == property || format!("{parameter}s") == property {
        Some(Wanted::Member)
    } else {
        None
    }
}

/// Whether a property is as it was asked for; what cannot be compared is.
fn fits(wanted: &Wanted, bound: &Value, own: Option<&Value>) -> bool {
    let numbers = bound.as_f64().zip(own.and_then(Value::as_f64));
    match wanted {
        Wanted::AtMost => numbers.is_none_or(|(bound, own)| own <= bound),
        Wanted::AtLeast => numbers.is_none_or(|(bound, own)| own >= bound),
        Wanted::Member => own
            .and_then(Value::as_array)
            .is_none_or(|own| own.contains(bound)),
    }
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
    }

    #[test]
    fn what_cannot_be_compared_fits() {
        assert!(fits(&Wanted::AtMost, &json!(2), Some(&json!(2))));
        assert!(!fits(&Wanted::AtMost, &json!(2), Some(&json!(2.5))));
        assert!(fits(&Wanted::AtLeast, &json!(2), None));
        assert!(fits(&Wanted::Member, &json!("a"), Some(&json!("a"))));
        assert!(!fits(&Wanted::Member, &json!("a"), Some(&json!([]))));
    }
}

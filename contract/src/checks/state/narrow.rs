//! Filters by a bound and by a member: `max_price` beside `price`, `created_after` beside `created_at`, and `tag` or `tags`
//! beside `tags`.

use bindery_spec::Value;
use bindery_spec::model::{Location, Parameter};

use super::filter::IGNORED;
use crate::shape::conjunction;
use crate::state::{List, Stage, Wanted, fits, wanted};
use crate::validate::{Part, Spot};

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
            .any(|item| !fits(wanted, bound, of(item).as_ref()))
    };
    let candidate = |item: &Value| match wanted {
        Wanted::Member => of(item)?.as_array()?.first().cloned(),
        Wanted::OneOf => of(item),
        Wanted::AtMost | Wanted::AtLeast => of(item).filter(Value::is_number),
    };
    let others = stage.values_of(list.operation, index).into_iter();
    let others = others.filter(|_| matches!(wanted, Wanted::OneOf));
    let mut known = all.iter().rev().filter_map(candidate).chain(others);
    let bound = match far(stage, &parameter, wanted) {
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
        .find(|item| !fits(wanted, &bound, of(item).as_ref()))?;
    let own = of(stranger).unwrap_or_default();
    let name = &parameter.name;
    let message =
        format!("asked for `{name}` {bound}, the list has an item whose `{property}` is {own}");
    let spot = Spot::whole(Part::Parameter(parameter.location, parameter.name));
    stage.flaw(list.operation, &IGNORED, spot, "filter", message);
    None
}

/// A time that is later or earlier than all that there are, where a parameter takes times.
fn far(stage: &Stage<'_>, parameter: &Parameter, wanted: Wanted) -> Option<Value> {
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

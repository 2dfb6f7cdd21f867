//! A filter filters, and loses nothing that fits.

use bindery_spec::Value;

use crate::checks::{Check, Flaw, Level};
use crate::state::{Filter, Instance, List, Page, Query, Stage};
use crate::validate::{Part, Spot, pointer_to};

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
                  only contains what was asked for, in any case. That of two filters at once only one counts is a warning \
                  (rule `together`).",
};
pub(super) static LOSES: Check = Check {
    code: "filter-loses",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12",
    title: "A list that was filtered lacks an item that fits.",
    explanation: "The item is in the list without the filter, with the very value that was asked for, or with one of several \
                  (rule `several`). That the least or the most that was asked for (`min_price`, `price_lte`) is left out \
                  is a warning (rule `bound`).",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    for filter in &list.filters {
        let _ = Asked::of(stage, &list, filter).await;
    }
    together(stage, &list).await
}

/// Two filters at once leave what fits both: the first two that can tell.
async fn together(stage: &mut Stage<'_>, list: &List) -> Option<()> {
    let query = stage.largest(list);
    let all = stage.page(list, &query).await?;
    let pairs = list.filters.iter().enumerate().flat_map(|(index, first)| {
        let others = list.filters[index + 1..].iter();
        others.map(move |second| (first, second))
    });
    let mut telling = pairs.filter_map(|pair| Some((pair, telling_both(&all, pair)?)));
    let ((first, second), (one, other)) = telling.next()?;
    let both = both_asked(first.asking(one.clone()), second.asking(other.clone()));
    let filtered = stage.page(list, &[query, both].concat()).await?;
    let stranger = |filter: &Filter, wanted: &Value| {
        let own = |item: &Value| value_of(item, &filter.property);
        let mut items = filtered.items.iter();
        items.any(|item| own(item).is_none_or(|own| !fits(wanted, &own)))
    };
    let broken = [(first, &one), (second, &other)];
    let (filter, wanted) = broken
        .into_iter()
        .find(|(filter, own)| stranger(filter, own))?;
    let name = &filter.property;
    let message = format!(
        "asked for two things at once, the list has an item whose `{name}` is not {wanted}"
    );
    let parameter = &stage.caller.operation(list.operation).parameters[filter.parameter];
    let spot = Spot::whole(Part::Parameter(parameter.location, parameter.name.clone()));
    let flaw = Flaw::new(&IGNORED, spot, "together", message);
    stage.note(list.operation, flaw.warning());
    None
}

/// The values of an item for two filters, of which each leaves something that the other does not.
fn telling_both(all: &Page, (first, second): (&Filter, &Filter)) -> Option<(Value, Value)> {
    let of = |item: &Value, filter: &Filter| value_of(item, &filter.property);
    let mut known = all
        .items
        .iter()
        .filter_map(|item| Some((of(item, first)?, of(item, second)?)));
    known.find(|(one, other)| {
        let has = |item: &Value| {
            let fits_one = of(item, first).is_some_and(|own| fits(one, &own));
            (
                fits_one,
                of(item, second).is_some_and(|own| fits(other, &own)),
            )
        };
        let parts: Vec<(bool, bool)> = all.items.iter().map(has).collect();
        parts.contains(&(true, false)) && parts.contains(&(false, true))
    })
}

/// What two filters ask for, be it in one parameter.
fn both_asked((first, one): (usize, Value), (second, other): (usize, Value)) -> Query {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) if first == second => {
            one.extend(other);
            vec![(first, Value::Object(one))]
        }
        (one, other) => vec![(first, one), (second, other)],
    }
}

/// How many links are followed.
const LINKS: usize = 3;

/// A list that is asked with a filter.
struct Asked<'a> {
    list: &'a List,
    filter: &'a Filter,
    /// What it is asked for.
    wanted: Value,
    /// Where the filter stands.
    spot: Spot,
}

impl<'a> Asked<'a> {
    /// Asks a list with a filter, and judges what comes.
    async fn of(stage: &mut Stage<'_>, list: &'a List, filter: &'a Filter) -> Option<()> {
        let query = stage.largest(list);
        let (all, wanted) = known(stage, list, filter, &query).await?;
        let parameter = &stage.caller.operation(list.operation).parameters[filter.parameter];
        let part = Part::Parameter(parameter.location, parameter.name.clone());
        let inside = filter.inside.as_ref();
        let inside = inside.map(|name| pointer_to(name));
        let spot = Spot::inside(part, inside.unwrap_or_default());
        // A server may take `false` for nothing that is asked for.
        let opposite = wanted.as_bool().map(|own| Value::Bool(!own));
        for wanted in [Some(wanted), opposite].into_iter().flatten() {
            let spot = spot.clone();
            let asked = Self {
                list,
                filter,
                wanted,
                spot,
            };
            asked.judge(stage, &all, &query).await?;
        }
        Some(())
    }

    /// Asks, and judges what comes.
    async fn judge(&self, stage: &mut Stage<'_>, all: &Page, query: &Query) -> Option<()> {
        let list = self.list;
        let query = [query.clone(), self.query()].concat();
        let filtered = stage.page(list, &query).await?;
        self.fit(stage, &filtered.items, "the list")?;
        if filtered.items.len() < all.items.len() && !stage.goes_on(list, &filtered) {
            super::total::filtered(stage, list, &filtered);
            self.lacks_none(stage, all, &filtered)?;
        }
        let later = stage.first_pages(list, &self.query()).await?;
        self.fit(stage, &later, "a later page")?;
        self.linked(stage, filtered.items.len()).await
    }

    /// What the half of a filtered list leads to is filtered as well.
    async fn linked(&self, stage: &mut Stage<'_>, count: usize) -> Option<()> {
        let least = stage.least(self.list, 1)?;
        let limit = (self.list.limit?, (count / 2).max(least).into());
        let query = [self.query(), vec![limit]].concat();
        let mut page = stage.page(self.list, &query).await?;
        for _ in 0..LINKS {
            let next = stage.follow(self.list, &page.link?).await?;
            page = Page::of(self.list, &next)?;
            self.fit(stage, &page.items, "a page that it leads to")?;
        }
        Some(())
    }

    fn query(&self) -> Query {
        vec![self.filter.asking(self.wanted.clone())]
    }

    /// Whether all items have what was asked for; `None` if one has not.
    fn fit(&self, stage: &mut Stage<'_>, items: &[Value], place: &str) -> Option<()> {
        let own = |item: &Value| value_of(item, &self.filter.property);
        // What is not there may count as false.
        let absent = self.wanted == false;
        let fits = |item: &&Value| own(item).map_or(absent, |own| fits(&self.wanted, &own));
        let Some(stranger) = items.iter().find(|item| !fits(item)) else {
            return Some(());
        };
        let (wanted, own) = (&self.wanted, own(stranger).unwrap_or_default());
        let message = format!("asked for {wanted}, {place} has an item with {own}");
        self.flaw(stage, &IGNORED, message)
    }

    /// Whether the filtered list has every item that fits; `None` if it lacks one.
    fn lacks_none(&self, stage: &mut Stage<'_>, all: &Page, filtered: &Page) -> Option<()> {
        if all.keys.len() < all.items.len() {
            return Some(());
        }
        let own = |item: &Value| value_of(item, &self.filter.property);
        let mut known = all.items.iter().zip(&all.keys);
        let lacking = known.find(|(item, key)| {
            own(item).as_ref() == Some(&self.wanted) && !filtered.keys.contains(key)
        });
        let Some((_, key)) = lacking else {
            return Some(());
        };
        let wanted = &self.wanted;
        let message = format!("asked for {wanted}, the list lacks `{key}`, which has that value");
        self.flaw(stage, &LOSES, message)
    }

    fn flaw(&self, stage: &mut Stage<'_>, check: &'static Check, message: String) -> Option<()> {
        let spot = self.spot.clone();
        stage.flaw(self.list.operation, check, spot, "filter", message);
        None
    }
}

/// The list without the filter, with a value to ask for that some of it have and others have not.
async fn known(
    stage: &mut Stage<'_>,
    list: &List,
    filter: &Filter,
    query: &Query,
) -> Option<(Page, Value)> {
    let property = filter.property.as_str();
    let made = differ(stage, property).await;
    let mut all = stage.page(list, query).await?;
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
        all = stage.page(list, query).await?;
        wanted = telling(&all, property);
    }
    // Where all are alike, none has another of the values that may be asked for.
    let others = stage.values_of(list.operation, filter.parameter);
    let mut others = others.into_iter().filter(|_| filter.inside.is_none());
    let other = others.find(|own| !all.items.is_empty() && is_strange(&all, property, own));
    Some((all, wanted.or(sent).or(other)?))
}

/// Whether no item of a page has a value.
fn is_strange(page: &Page, property: &str, value: &Value) -> bool {
    let mut items = page.items.iter();
    items.all(|item| value_of(item, property).is_some_and(|own| own != *value))
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
pub(super) async fn differ(stage: &mut Stage<'_>, property: &str) -> Option<Instance> {
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

//! Filters by a bound, by a member and by several values: `max_price` beside `price`, `created_after` beside `created_at`,
//! `tag` or `tags` beside `tags`, and `kind` with a list beside `kind`.

use bindery_spec::Value;
use bindery_spec::model::{Location, SchemaId, Style, Type};

use super::filter::{IGNORED, LOSES, differ};
use crate::checks::Flaw;
use crate::shape::conjunction;
use crate::state::{Filter, List, Page, Stage, Wanted, filtered, is_bare, properties, types};
use crate::validate::{Part, Spot, pointer_to};

/// How many values a list is asked for, one at a time.
const MAX_ASKED: usize = 3;

/// A parameter, or a property of one in `deepObject`, that asks something of a property of the items.
struct Asker {
    filter: Filter,
    schemas: Vec<SchemaId>,
    /// Whether it takes several values.
    several: bool,
    wanted: Wanted,
    spot: Spot,
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    stage.fill(&list, 2).await;
    let query = stage.largest(&list);
    let all = stage.page(&list, &query).await?;
    for asker in askers(stage, &list, &all.items) {
        let _ = asker.each(stage, &list, &all).await;
        if asker.several {
            let _ = asker.two(stage, &list).await;
        }
    }
    Some(())
}

/// A parameter by its index, or a property of one, with its name, schemas and place.
type Named = (usize, Option<String>, String, Vec<SchemaId>, Spot);

/// What of a list's parameters asks something of the items.
fn askers(stage: &Stage<'_>, list: &List, items: &[Value]) -> Vec<Asker> {
    let all = named(stage, list).into_iter();
    all.filter_map(|own| Asker::of(stage, own, items)).collect()
}

/// The query parameters of a list, and the properties of those in `deepObject`.
fn named(stage: &Stage<'_>, list: &List) -> Vec<Named> {
    let schemas = &stage.caller.contract.api.schemas;
    let parameters = &stage.caller.operation(list.operation).parameters;
    let queries = parameters.iter().enumerate();
    let queries = queries.filter(|(_, own)| own.location == Location::Query);
    let found = queries.flat_map(|(index, own)| {
        let ids: Vec<SchemaId> = own.schema().into_iter().collect();
        let part = Part::Parameter(own.location, own.name.clone());
        if own.style() != Some(Style::DeepObject) {
            let name = filtered(&own.name).to_owned();
            return vec![(index, None, name, ids, Spot::whole(part))];
        }
        let inner = properties(schemas, &ids).into_iter();
        let inner = inner.map(|(name, ids)| {
            let spot = Spot::inside(part.clone(), pointer_to(&name));
            (index, Some(name.clone()), name, ids, spot)
        });
        inner.collect()
    });
    found.collect()
}

impl Asker {
    /// What a parameter asks of the first property that its name fits; `None` where it asks nothing that is known.
    fn of(
        stage: &Stage<'_>,
        (parameter, inside, name, schemas, spot): Named,
        items: &[Value],
    ) -> Option<Self> {
        let objects = items.iter().filter_map(Value::as_object);
        let mut known = objects.flat_map(|item| item.keys());
        let (property, wanted) =
            known.find_map(|own| Some((own.clone(), Wanted::of(&name, own)?)))?;
        let all = &stage.caller.contract.api.schemas;
        let several = types(all, &schemas) == [Type::Array];
        let scalar = |item: &Value| item.get(&property).is_none_or(|own| !own.is_array());
        let wanted = match wanted {
            Wanted::Member if several && items.iter().all(scalar) => Wanted::OneOf,
            // One value beside a name for several is no list of values.
            Wanted::OneOf if !several => return None,
            wanted => wanted,
        };
        Some(Self {
            filter: Filter {
                parameter,
                inside,
                property,
            },
            schemas,
            several,
            wanted,
            spot,
        })
    }

    fn own(&self, item: &Value) -> Option<Value> {
        item.get(&self.filter.property).cloned()
    }

    fn fits(&self, asked: &Value, item: &Value) -> bool {
        self.wanted.fits(asked, item.get(&self.filter.property))
    }

    /// Asks for one value at a time that some items have and others have not.
    async fn each(&self, stage: &mut Stage<'_>, list: &List, all: &Page) -> Option<()> {
        for asked in self.telling(stage, list, all) {
            self.one(stage, list, all, asked).await?;
        }
        Some(())
    }

    /// Asks for a value; `None` where what comes is wrong.
    async fn one(
        &self,
        stage: &mut Stage<'_>,
        list: &List,
        all: &Page,
        asked: Value,
    ) -> Option<()> {
        let filtered = self.ask(stage, list, std::slice::from_ref(&asked)).await?;
        let mut items = filtered.items.iter();
        if let Some(stranger) = items.find(|item| !self.fits(&asked, item)) {
            let (property, own) = (
                &self.filter.property,
                self.own(stranger).unwrap_or_default(),
            );
            let message =
                format!("asked for {asked}, the list has an item whose `{property}` is {own}");
            stage.flaw(
                list.operation,
                &IGNORED,
                self.spot.clone(),
                "filter",
                message,
            );
            return None;
        }
        self.loses(stage, list, (all, &filtered), &asked)
    }

    /// Nothing that fits is left out. The least and the most that is asked for is part of it; `before` and `after` say so
    /// of no time.
    fn loses(
        &self,
        stage: &mut Stage<'_>,
        list: &List,
        (all, filtered): (&Page, &Page),
        asked: &Value,
    ) -> Option<()> {
        if filtered.items.len() >= all.items.len() || stage.goes_on(list, filtered) {
            return Some(());
        }
        let number = |item: &Value| self.own(item).and_then(|own| own.as_f64());
        let at = |item: &Value| asked.is_number() && number(item) == asked.as_f64();
        let is_there = |item: &Value| match self.wanted {
            Wanted::AtMost | Wanted::AtLeast => asked.is_number() && number(item).is_some(),
            Wanted::Member => self.own(item).is_some_and(|own| own.is_array()),
            Wanted::OneOf => self.own(item).is_some(),
        };
        let fits = |item: &Value| is_there(item) && self.fits(asked, item);
        let inside = |item: &Value| fits(item) && !(self.wanted.is_bound() && at(item));
        let flaw = |rule, message| Flaw::new(&LOSES, self.spot.clone(), rule, message);
        let told = if let Some(key) = lacking(all, filtered, &inside) {
            let message = format!("asked for {asked}, the list lacks `{key}`, which fits");
            flaw("filter", message)
        } else if let Some(key) = lacking(all, filtered, &fits) {
            let message =
                format!("asked for {asked}, the list lacks `{key}`, which is at that bound");
            flaw("bound", message).warning()
        } else {
            return Some(());
        };
        stage.note(list.operation, told);
        None
    }

    /// Asks for two values at once, of which some items have the one and others the other.
    async fn two(&self, stage: &mut Stage<'_>, list: &List) -> Option<()> {
        let _ = differ(stage, &self.filter.property).await;
        let query = stage.largest(list);
        let all = stage.page(list, &query).await?;
        let pair = self.pair(&all);
        let (first, second) = pair.or_else(|| self.absent(stage, list, &all))?;
        let filtered = self
            .ask(stage, list, &[first.clone(), second.clone()])
            .await?;
        if filtered.items.len() > all.items.len() || stage.goes_on(list, &filtered) {
            return None;
        }
        let only = |item: &Value, one: &Value, other: &Value| {
            self.own(item).is_some() && self.fits(one, item) && !self.fits(other, item)
        };
        // Of members, all may be asked for and not any; then neither alone is enough.
        for (kept, missed) in [(&first, &second), (&second, &first)] {
            let has_kept = filtered.items.iter().any(|own| only(own, kept, missed));
            let of_missed = |item: &Value| only(item, missed, kept);
            let key = lacking(&all, &filtered, &of_missed);
            let key = key.filter(|_| has_kept || self.wanted == Wanted::OneOf);
            let Some(key) = key else { continue };
            let message = format!(
                "asked for {first} and {second} at once, the list lacks `{key}`, which has {missed}"
            );
            let spot = self.spot.clone();
            stage.flaw(list.operation, &LOSES, spot, "several", message);
            return None;
        }
        Some(())
    }

    /// Two values that are not found together.
    fn pair(&self, all: &Page) -> Option<(Value, Value)> {
        let mut values: Vec<Value> = Vec::new();
        for own in all.items.iter().filter_map(|item| self.own(item)) {
            let parts = own.as_array().cloned().unwrap_or_else(|| vec![own]);
            values.extend(parts.into_iter().filter(|one| !is_bare(one)));
        }
        let has = |one: &Value, other: &Value| {
            let mut items = all.items.iter().filter(|item| self.own(item).is_some());
            items.any(|item| self.fits(one, item) && !self.fits(other, item))
        };
        values.iter().enumerate().find_map(|(index, first)| {
            let mut others = values[index + 1..].iter();
            let second = others.find(|second| has(first, second) && has(second, first))?;
            Some((first.clone(), second.clone()))
        })
    }

    /// One of the values that may be asked for which no item has, and one that some have.
    fn absent(&self, stage: &Stage<'_>, list: &List, all: &Page) -> Option<(Value, Value)> {
        let present = all.items.iter().find_map(|item| self.own(item))?;
        let is_absent = |value: &Value| all.items.iter().all(|item| !self.fits(value, item));
        Some((self.stated(stage, list).find(is_absent)?, present))
    }

    /// Asks a list for values.
    async fn ask(&self, stage: &mut Stage<'_>, list: &List, values: &[Value]) -> Option<Page> {
        let asked = if self.several {
            values.iter().cloned().collect()
        } else {
            values.first()?.clone()
        };
        let query = [stage.largest(list), vec![self.filter.asking(asked)]].concat();
        stage.page(list, &query).await
    }

    /// A few values that not all items fit: only such a one tells whether anything is filtered.
    fn telling(&self, stage: &Stage<'_>, list: &List, all: &Page) -> Vec<Value> {
        let telling = |asked: &Value| all.items.iter().any(|item| !self.fits(asked, item));
        if let Some(bound) = self.far(stage) {
            return Some(bound).into_iter().filter(telling).collect();
        }
        let candidate = |item: &Value| match self.wanted {
            Wanted::Member => self.own(item)?.as_array()?.last().cloned(),
            Wanted::OneOf => self.own(item),
            Wanted::AtMost | Wanted::AtLeast => self.own(item).filter(Value::is_number),
        };
        let known = all.items.iter().rev().filter_map(candidate);
        let known = known.chain(self.stated(stage, list)).filter(telling);
        let mut found: Vec<Value> = Vec::new();
        for value in known {
            if found.len() < MAX_ASKED && !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }

    /// The values that the document states for the parameter, where it takes those of the property.
    fn stated(&self, stage: &Stage<'_>, list: &List) -> impl Iterator<Item = Value> {
        let known = stage.values_of(list.operation, self.filter.parameter);
        let is_whole = self.wanted == Wanted::OneOf && self.filter.inside.is_none();
        known.into_iter().filter(move |_| is_whole)
    }

    /// A time that is later or earlier than all that there are, where a parameter takes times.
    fn far(&self, stage: &Stage<'_>) -> Option<Value> {
        let schemas = &stage.caller.contract.api.schemas;
        let nodes = conjunction(schemas, &self.schemas);
        let format = nodes.iter().find_map(|id| schemas[*id].format.as_deref())?;
        let year = match self.wanted {
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
}

/// The key of an item that a filtered list lacks.
fn lacking(all: &Page, filtered: &Page, fits: &dyn Fn(&Value) -> bool) -> Option<String> {
    if all.keys.len() < all.items.len() {
        return None;
    }
    let mut known = all.items.iter().zip(&all.keys);
    let found = known.find(|(item, key)| fits(item) && !filtered.keys.contains(key));
    found.map(|(_, key)| key.clone())
}

//! What schemas ask of the JSON of a value beyond what its type says: alternatives, conditions, and negations.

use bindery_spec::model::{Schema, SchemaId};

use super::branches::Branches;
use super::constrain::bounds;
use super::statement::states;
use super::types::Types;
use super::view::{Part, View};
use crate::ir::{Ask, Constraints};

/// How many schemas are looked at for one value; more would make the rules longer than the type.
const MOST: usize = 200;

/// Goes through schemas and says what they ask.
struct Asking<'t> {
    types: &'t Types<'t, 't>,
    open: Vec<SchemaId>,
    left: usize,
}

/// What is asked beyond the type that was made of the view. What cannot be asked is noted.
pub(super) fn beyond(types: &Types, view: &View) -> Vec<Ask> {
    let mut asks = Vec::new();
    for (part, schema) in &view.nodes {
        let mut asking = Asking::new(types);
        match asking.beyond(schema) {
            Some(more) => asks.extend(more),
            None => types.note_unasked(part.id),
        }
    }
    let last = view.nodes.last().map(|(part, _)| part.id);
    last.filter(|_| leaves_unevaluated(view))
        .into_iter()
        .for_each(|id| types.note_unasked(id));
    let telling = super::plan::telling(view);
    // One alone is a type, and several are where they are not too many.
    let is_several =
        |own: &Branches| telling.len() > 1 && telling.iter().any(|other| other.ids == own.ids);
    for branches in view.branches() {
        if super::plan::tells_types(view, &branches) && !is_several(&branches) {
            continue;
        }
        match Asking::new(types).union(branches.ids, branches.is_one_of) {
            Some(ask) => asks.push(ask),
            None => types.note_unasked(branches.owner),
        }
    }
    asks
}

/// The same, with the unions that tell types: where one type has come of all branches, nothing else holds a value to them.
pub(super) fn beyond_one_type(types: &Types, view: &View) -> Vec<Ask> {
    let mut asks = beyond(types, view);
    let telling = super::plan::telling(view);
    for branches in telling.iter().filter(|_| telling.len() == 1) {
        match Asking::new(types).union(branches.ids, branches.is_one_of) {
            Some(ask) => asks.push(ask),
            None => types.note_unasked(branches.owner),
        }
    }
    asks
}

/// Whether it forbids what is left over by conditions, which only a full evaluation can tell.
fn leaves_unevaluated(view: &View) -> bool {
    let properties = |schema: &Schema| schema.unevaluated_properties.is_some();
    view.is_conditional() && view.schemas().any(properties) || view.leaves_items()
}

/// Everything that schemas ask of a value that may be any JSON; `None` where it is too much to be asked.
pub(super) fn whole(types: &Types, view: &View) -> Option<Constraints> {
    Asking::new(types).view(view)
}

impl<'t> Asking<'t> {
    fn new(types: &'t Types<'_, '_>) -> Self {
        Self {
            types,
            open: Vec::new(),
            left: MOST,
        }
    }

    fn schema(&mut self, id: SchemaId) -> Option<Constraints> {
        let view = self.types.view(&[Part::from(id)]);
        self.view(&view)
    }

    fn schemas<'i>(
        &mut self,
        ids: impl IntoIterator<Item = &'i SchemaId>,
    ) -> Option<Vec<Constraints>> {
        ids.into_iter().map(|id| self.schema(*id)).collect()
    }

    fn view(&mut self, view: &View) -> Option<Constraints> {
        let before = self.open.len();
        let mut all = bounds(view);
        for (part, schema) in &view.nodes {
            self.left = self.left.checked_sub(1)?;
            if self.open[..before].contains(&part.id) {
                return None;
            }
            self.open.push(part.id);
            all.asks.extend(self.typed(schema)?);
            all.asks.extend(self.beyond(schema)?);
        }
        for branches in view.branches() {
            all.asks.push(self.union(branches.ids, branches.is_one_of)?);
        }
        self.open.truncate(before);
        Some(all)
    }

    /// What a type says otherwise.
    fn typed(&mut self, schema: &Schema) -> Option<Vec<Ask>> {
        let mut asks = Vec::new();
        if schema.boolean == Some(false) {
            asks.push(Ask::Never);
        }
        if !schema.types.is_empty() {
            asks.push(Ask::Type(schema.types.clone()));
        }
        let constant = schema.constant.clone().map(|constant| vec![constant]);
        asks.extend(
            [constant, schema.values.clone()]
                .into_iter()
                .flatten()
                .map(Ask::Enum),
        );
        // What travels in one direction only need not be there in the other.
        let is_always_there = |name: &&String| {
            let id = schema.properties.get(*name);
            id.is_none_or(|id| {
                let view = self.types.view(&[Part::from(*id)]);
                !view
                    .schemas()
                    .any(|schema| schema.read_only || schema.write_only)
            })
        };
        let required: Vec<_> = schema
            .required
            .iter()
            .filter(is_always_there)
            .cloned()
            .collect();
        asks.extend((!required.is_empty()).then_some(Ask::Required(required)));
        let properties = self.named(&schema.properties)?;
        asks.extend((!properties.is_empty()).then_some(Ask::Properties(properties)));
        if schema.unevaluated_properties.is_some() || schema.unevaluated_items.is_some() {
            return None;
        }
        if schema.pattern_properties.is_empty() {
            asks.extend(self.others(schema)?);
        }
        if !schema.prefix_items.is_empty() || schema.items.is_some() {
            let first = self.schemas(&schema.prefix_items)?;
            let rest = self.schemas(&schema.items)?.pop().unwrap_or_default();
            asks.push(Ask::Tuple(first, rest));
        }
        Some(asks)
    }

    /// What no type says.
    fn beyond(&mut self, schema: &Schema) -> Option<Vec<Ask>> {
        let mut asks = Vec::new();
        if let Some(id) = schema.not {
            asks.push(Ask::Not(self.schema(id)?));
        }
        if let Some(id) = schema.condition {
            let [then, otherwise] = [schema.then, schema.otherwise];
            let then = self.schemas(&then)?.pop().unwrap_or_default();
            let otherwise = self.schemas(&otherwise)?.pop().unwrap_or_default();
            asks.push(Ask::If(Box::new([self.schema(id)?, then, otherwise])));
        }
        for (name, names) in &schema.dependent_required {
            asks.push(dependent(name, of(Ask::Required(names.clone()))));
        }
        for (name, id) in &schema.dependent_schemas {
            asks.push(dependent(name, self.schema(*id)?));
        }
        if let Some(id) = schema.contains {
            let (least, most) = (schema.min_contains, schema.max_contains);
            asks.push(Ask::Contains(
                self.schema(id)?,
                least.unwrap_or(1),
                most.unwrap_or(u64::MAX),
            ));
        }
        if let Some(id) = schema.property_names {
            asks.push(Ask::Names(self.schema(id)?));
        }
        if !schema.pattern_properties.is_empty() {
            asks.push(Ask::Patterns(self.named(&schema.pattern_properties)?));
            asks.extend(self.others(schema)?);
        }
        Some(asks)
    }

    /// `additionalProperties`, where it says anything.
    fn others(&mut self, schema: &Schema) -> Option<Vec<Ask>> {
        let says = |id: &SchemaId| states(&self.types.schemas[*id]);
        let Some(id) = schema.additional_properties.filter(says) else {
            return Some(Vec::new());
        };
        let names = schema.properties.keys().cloned().collect();
        let patterns = schema.pattern_properties.keys().cloned().collect();
        Some(vec![Ask::Others(names, patterns, self.schema(id)?)])
    }

    fn union(&mut self, ids: &[SchemaId], is_one_of: bool) -> Option<Ask> {
        let sets = self.schemas(ids)?;
        Some(if is_one_of {
            Ask::One(sets)
        } else {
            Ask::Any(sets)
        })
    }

    /// Schemas by name, less those that allow everything.
    fn named<'i>(
        &mut self,
        schemas: impl IntoIterator<Item = (&'i String, &'i SchemaId)>,
    ) -> Option<Vec<(String, Constraints)>> {
        let mut named = Vec::new();
        for (name, id) in schemas {
            let asked = self.schema(*id)?;
            if !asked.is_empty() {
                named.push((name.clone(), asked));
            }
        }
        Some(named)
    }
}

/// What holds where a property is there.
fn dependent(name: &str, then: Constraints) -> Ask {
    let condition = of(Ask::Required(vec![name.to_owned()]));
    // What is no object has no properties, and so nothing depends on them.
    let object = of(Ask::Type(vec![bindery_spec::model::Type::Object]));
    let condition = Constraints {
        asks: [object.asks, condition.asks].concat(),
        ..Constraints::default()
    };
    Ask::If(Box::new([condition, then, Constraints::default()]))
}

fn of(ask: Ask) -> Constraints {
    Constraints {
        asks: vec![ask],
        ..Constraints::default()
    }
}

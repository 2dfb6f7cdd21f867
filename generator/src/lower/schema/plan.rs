//! What kind of Rust type a schema becomes: decided from the schema alone, before anything in it is lowered.

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Type};

use super::branches::Branches;
use super::event::EventKind;
use super::statement::{composes, implies, intersect, says, states};
use super::tuple::Positions;
use super::view::{Part, Undeclared, View};

/// What a schema becomes.
#[derive(Debug)]
pub(in crate::lower) enum Plan<'a> {
    /// Any JSON, because the schema allows any.
    Any,
    /// Any JSON, because of a construct that has no type: its code and what to tell.
    Untyped(&'static str, &'static str),
    /// The same as other schemas.
    Same(Vec<Part>),
    /// A scalar.
    Scalar(Type),
    /// A sequence.
    List(Vec<SchemaId>),
    /// A sequence whose items have types of their own.
    Tuple(Positions),
    /// An object with any keys.
    Map(Undeclared),
    /// An object with properties.
    Struct,
    /// A set of strings or of integers.
    Enum(Listed<'a>),
    /// One of several branches.
    Union(Branches<'a>),
    /// One of several types of the same schema.
    Types(Vec<Type>),
    /// The data of one of several events.
    Data(Vec<EventKind>),
}

/// The values of an enum.
#[derive(Debug)]
pub(in crate::lower) struct Listed<'a> {
    /// The values, each with the schema that explains it where there is one.
    pub(super) values: Vec<(&'a Value, Option<SchemaId>)>,
    /// Whether they are integers.
    pub(super) integers: bool,
    /// Whether other values are allowed as well.
    pub(super) open: bool,
}

impl Plan<'_> {
    /// Whether it needs an item of its own even when the schema has no name.
    pub(super) fn is_item(&self) -> bool {
        matches!(
            self,
            Self::Struct | Self::Enum(_) | Self::Union(_) | Self::Tuple(_) | Self::Types(_)
        )
    }
}

/// Plans the schemas of a view, of which `only` is the type that counts where it is given.
pub(in crate::lower) fn plan<'a>(view: &View<'a>, parts: &[Part], only: Option<Type>) -> Plan<'a> {
    if let Some(same) = same(view, parts) {
        return Plan::Same(same);
    }
    if let Some(plan) = plan_values(view) {
        return plan;
    }
    let branches: Vec<_> = view
        .branches()
        .into_iter()
        .filter(|b| tells_types(view, b))
        .collect();
    match branches.as_slice() {
        [] => plan_types(view, only),
        [branches] => plan_branches(view, branches),
        branches => plan_several(view, branches, only),
    }
}

/// Unions that all hold: those that only list types narrow down the types, which leaves one union at most for most
/// schemas.
fn plan_several<'a>(view: &View<'a>, branches: &[Branches<'a>], only: Option<Type>) -> Plan<'a> {
    let mut types = view.stated_types();
    let mut telling = Vec::new();
    for branches in branches {
        match (listed_types(view, branches), &types) {
            (None, _) => telling.push(branches),
            (Some(listed), None) => types = Some(listed),
            (Some(listed), Some(known)) => types = Some(intersect(known, &listed)),
        }
    }
    let types = types.unwrap_or_default();
    match telling.as_slice() {
        [] if !types.is_empty() => plan_these(view, &only.map_or(types, |ty| vec![ty])),
        [branches] => plan_branches(view, branches),
        // Each branch of the first is a type in which the other unions hold.
        [branches, ..] if combinations(&telling) <= MAX_COMBINATIONS => {
            match view.real_branches(branches).as_slice() {
                [] => Plan::Any,
                [branch] => Plan::Same(view.with_branch(branches, *branch)),
                _ => Plan::Union((*branches).clone()),
            }
        }
        [..] if !view.properties().is_empty() => plan_types(view, Some(Type::Object)),
        [..] => Plan::Untyped(
            "several-unions",
            "a schema with several unions that all hold is kept as plain JSON",
        ),
    }
}

/// How many types several unions may come to.
const MAX_COMBINATIONS: usize = 32;

fn combinations(unions: &[&Branches]) -> usize {
    let counts = unions.iter().map(|branches| branches.ids.len());
    counts.fold(1, usize::saturating_mul)
}

/// The unions that tell more than a list of types, so that each of their branches may become a type.
pub(super) fn telling<'a>(view: &View<'a>) -> Vec<Branches<'a>> {
    let tells = |own: &Branches| tells_types(view, own) && listed_types(view, own).is_none();
    view.branches().into_iter().filter(tells).collect()
}

/// The types of branches that say nothing but a type.
fn listed_types(view: &View, branches: &Branches) -> Option<Vec<Type>> {
    let mut types = Vec::new();
    for id in branches.ids {
        let branch = view.at(*id);
        let [(_, schema)] = branch.nodes.as_slice() else {
            return None;
        };
        let mut schema = (*schema).clone();
        // Items that may be anything are no more than the type says.
        schema.items = schema.items.filter(|items| states(view.schema(*items)));
        if composes(&schema) || implies(&schema) || schema.types.is_empty() {
            return None;
        }
        types.extend(branch.types());
    }
    Some(types)
}

/// A schema that only refers to another one is that other one.
fn same(view: &View, parts: &[Part]) -> Option<Vec<Part>> {
    let [part] = parts else { return None };
    let schema = view.schema(part.id);
    let mut targets: Vec<_> = schema.all_of.clone();
    let references = [&schema.reference, &schema.dynamic_reference];
    targets.extend(references.into_iter().flatten().map(|own| own.target));
    (targets.len() == 1 && !says_more(schema) && !part.is_bare())
        .then(|| vec![Part::from(targets[0])])
}

/// Whether a schema says more than its references: `type: object` and null beside them do not count.
fn says_more(schema: &Schema) -> bool {
    let real = |ty: &Type| !matches!(ty, Type::Null | Type::Object);
    says(schema) && (schema.types.is_empty() || schema.types.iter().any(real) || implies(schema))
}

/// Strings or integers that are listed make an enum; other listed values are a constraint on their type.
fn plan_values<'a>(view: &View<'a>) -> Option<Plan<'a>> {
    let values = view.values()?;
    let integers = values.iter().all(|value| value.is_i64());
    let uniform = integers || values.iter().all(|value| value.is_string());
    let values: Vec<_> = values.into_iter().map(|value| (value, None)).collect();
    (uniform && !values.is_empty()).then_some(Plan::Enum(Listed {
        values,
        integers,
        open: false,
    }))
}

fn plan_types<'a>(view: &View<'a>, only: Option<Type>) -> Plan<'a> {
    plan_these(view, &only.map_or_else(|| view.types(), |ty| vec![ty]))
}

fn plan_these<'a>(view: &View<'a>, types: &[Type]) -> Plan<'a> {
    match types {
        [] => Plan::Any,
        [Type::Object] => plan_object(view),
        [Type::Array] => plan_array(view),
        [ty] => Plan::Scalar(*ty),
        _ if accepts_anything(types) => Plan::Any,
        _ => Plan::Types(types.to_vec()),
    }
}

/// Every type of JSON in a list says no more than no list.
fn accepts_anything(types: &[Type]) -> bool {
    let all = [
        Type::Boolean,
        Type::Number,
        Type::String,
        Type::Array,
        Type::Object,
    ];
    all.iter().all(|ty| types.contains(ty))
}

fn plan_object<'a>(view: &View<'a>) -> Plan<'a> {
    if view.properties().is_empty() {
        match view.undeclared() {
            Undeclared::Forbidden => Plan::Struct,
            undeclared => Plan::Map(undeclared),
        }
    } else {
        Plan::Struct
    }
}

fn plan_array<'a>(view: &View<'a>) -> Plan<'a> {
    if view.schemas().all(|schema| schema.prefix_items.is_empty()) {
        return Plan::List(view.items());
    }
    let positions = Positions::of(view);
    if positions.are_too_many() {
        return Plan::Untyped(
            "tuple-untyped",
            "a tuple of so many items is kept as plain JSON",
        );
    }
    Plan::Tuple(positions)
}

fn plan_branches<'a>(view: &View<'a>, branches: &Branches<'a>) -> Plan<'a> {
    let real = view.real_branches(branches);
    match real.as_slice() {
        [] => Plan::Any,
        [branch] => Plan::Same(view.with_branch(branches, *branch)),
        _ => match strings(view, &real) {
            Some(listed) => Plan::Enum(listed),
            None => Plan::Union(branches.clone()),
        },
    }
}

/// Branches that are all strings, some of which are listed, make one enum.
fn strings<'a>(view: &View<'a>, branches: &[SchemaId]) -> Option<Listed<'a>> {
    let mut values: Vec<(&Value, Option<SchemaId>)> = Vec::new();
    let mut open = false;
    for id in branches {
        let branch = view.at(*id);
        if branch.types() != [Type::String] || !branch.branches().is_empty() {
            return None;
        }
        match branch.values() {
            None => open = true,
            Some(listed) => {
                let alone = listed.len() == 1;
                for value in listed {
                    if !values.iter().any(|(known, _)| *known == value) {
                        values.push((value, alone.then_some(*id)));
                    }
                }
            }
        }
    }
    (!values.is_empty()).then_some(Listed {
        values,
        integers: false,
        open,
    })
}

/// Branches that only ask for the presence of properties tell no types.
pub(super) fn tells_types(view: &View, branches: &Branches) -> bool {
    branches.ids.iter().any(|id| {
        let branch = view.at(*id);
        let only_required = branch.schemas().all(|schema| {
            schema.properties.is_empty()
                && schema.types.iter().all(|ty| *ty == Type::Object)
                && schema.values.is_none()
                && schema.constant.is_none()
                && schema.items.is_none()
                && schema.additional_properties.is_none()
                && schema.pattern.is_none()
                && schema.format.is_none()
        });
        let unconditional = branch.branches().is_empty();
        let says_required = branch
            .schemas()
            .any(|schema| !schema.required.is_empty() || schema.not.is_some());
        !(only_required && unconditional && says_required)
    })
}

//! What a call sends that a next page can be asked for by: parameters, and properties of a JSON body.

use super::super::parameter::CallNames;
use super::look::{self, Scalar};
use crate::ir::{Body, BodyPlace, Codec, Constraints, Name, Parameter, Step, Type};
use crate::lower::schema::types::Types;

/// The parameters and the body of a call.
pub(super) struct Sends<'a> {
    pub(super) parameters: &'a [&'a Parameter],
    pub(super) body: Option<&'a Body>,
}

/// Something that can be sent.
#[derive(Clone, Debug)]
pub(super) enum Sent {
    /// A parameter, by its constant, and what it must keep to.
    Parameter(Name, Constraints),
    /// A place in the body.
    Body(String, Constraints),
}

impl Sends<'_> {
    /// What has one of the names, in the order of the names, and is of the kind; parameters first.
    pub(super) fn named(&self, types: &Types, names: &[&str], kind: Scalar) -> Option<Sent> {
        self.parameter(
            types,
            |own| names.iter().position(|name| own == *name),
            kind,
        )
        .or_else(|| self.property(types, names, kind))
    }

    /// What the configuration names: a parameter by its name, a property of the body by a JSON Pointer.
    pub(super) fn at(&self, types: &Types, place: &str) -> Option<(Sent, Scalar)> {
        if place.starts_with('/') {
            let way = look::way(types, self.json()?, place)?;
            return place_of(types, &way);
        }
        let named = |own: &&&Parameter| own.wire == place && own.hoisted.is_none();
        let parameter = self.parameters.iter().find(named)?;
        let kind = look::scalar(types, &parameter.ty)?;
        Some((Sent::of(parameter), kind))
    }

    fn parameter(
        &self,
        types: &Types,
        rank: impl Fn(&str) -> Option<usize>,
        kind: Scalar,
    ) -> Option<Sent> {
        let fits = self.parameters.iter().filter_map(|own| {
            let is = own.hoisted.is_none() && look::scalar(types, &own.ty) == Some(kind);
            Some((rank(&look::plain(&own.wire)).filter(|_| is)?, own))
        });
        let (_, first) = fits.min_by_key(|(rank, _)| *rank)?;
        Some(Sent::of(first))
    }

    fn property(&self, types: &Types, names: &[&str], kind: Scalar) -> Option<Sent> {
        let ways = look::ways(types, self.json()?);
        let fits = |own: &crate::ir::Field| look::scalar(types, &own.ty) == Some(kind);
        let way = look::named(types, &ways, names, fits)?;
        Some(place_of(types, &way)?.0)
    }

    /// The type of the body, if it is JSON that there may be a page asked for in. A body that may be left out is made
    /// for the second page, as `application/json`.
    fn json(&self) -> Option<&Type> {
        let body = self.body?;
        let usual = body.required || body.media_type == "application/json";
        (body.codec == Codec::Json && usual).then_some(&body.ty)
    }
}

/// The place in the body that a way leads to.
fn place_of(types: &Types, way: &[Step]) -> Option<(Sent, Scalar)> {
    let mut pointer = String::new();
    for end in 1..=way.len() {
        let wire = &look::field(types, &way[..end])?.wire;
        pointer.push('/');
        pointer += &wire.replace('~', "~0").replace('/', "~1");
    }
    let field = look::field(types, way)?;
    let kind = look::scalar(types, &field.ty)?;
    Some((Sent::Body(pointer, field.constraints.clone()), kind))
}

impl Sent {
    fn of(parameter: &Parameter) -> Self {
        let constant = parameter.constant.clone();
        Self::Parameter(constant, parameter.constraints.clone())
    }

    /// Whether the document says what the greatest number is. Servers that have a maximum of their own give fewer items
    /// than were asked for, so that a page which is short is not the last one.
    pub(super) fn is_bounded(&self) -> bool {
        let (Self::Parameter(_, constraints) | Self::Body(_, constraints)) = self;
        constraints.maximum.is_some()
    }

    /// The constant that describes it, a new one for a place in the body.
    pub(super) fn constant(self, names: &mut CallNames, places: &mut Vec<BodyPlace>) -> Name {
        match self {
            Self::Parameter(constant, _) => constant,
            Self::Body(pointer, constraints) => {
                let constant = names.constant(&format!("body {pointer}"));
                places.push(BodyPlace {
                    constant: constant.clone(),
                    pointer,
                    constraints,
                });
                constant
            }
        }
    }
}

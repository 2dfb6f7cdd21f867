//! Requests that chance made: a pure function of the seed, the operation, and their number.

use std::sync::Arc;

use bindery_spec::model::{Location, SchemaId};
use fastrand::Rng;

use super::super::{Case, Content, Draft, Expect};
use super::{Planner, is_if_match};
use crate::synthesize::Variation;
use crate::validate::{Part, Spot};

impl Planner<'_> {
    /// So many random requests: every other one is allowed, and the rest break one named rule in an otherwise random
    /// request.
    pub(super) fn random_cases(&self, base: Draft) -> impl Iterator<Item = Case> + Send {
        (0..self.options.fuzz as u64).filter_map(move |number| self.random_case(&base, number))
    }

    fn random_case(&self, base: &Draft, number: u64) -> Option<Case> {
        // Neighbouring seeds would make neighbouring choices.
        let mut random =
            Rng::with_seed(self.seed ^ (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let draft = self.random_draft(base, &mut random);
        if number.is_multiple_of(2) {
            return Some(Case::valid(
                draft,
                Spot::whole(Part::Request),
                "random",
                true,
            ));
        }
        self.broken(draft, &mut random)
    }

    fn random_draft(&self, base: &Draft, random: &mut Rng) -> Draft {
        let mut draft = base.clone();
        for (index, parameter) in self.operation.parameters.iter().enumerate() {
            let in_path = parameter.location == Location::Path;
            // Another key may be of a thing that is not ours to delete.
            let deletes = in_path && self.operation.method == "DELETE";
            // And no tag that was made up lets a request through.
            if deletes || is_if_match(parameter) {
                continue;
            }
            let needed = parameter.required || in_path;
            let Some(schema) = self.schema(parameter) else {
                continue;
            };
            if !needed && random.bool() {
                draft.parameters[index] = None;
            } else if let Some(value) = self.synthesizer.random_value(schema, random.u64(..)) {
                draft.parameters[index] = Some(value);
            }
        }
        let media = self
            .operation
            .body
            .iter()
            .flat_map(|body| body.content.iter().enumerate());
        if let Some((index, media)) = random.choice(media.collect::<Vec<_>>()) {
            let made = media
                .schema
                .and_then(|schema| self.synthesizer.random_value(schema, random.u64(..)));
            if let Some(value) = made {
                draft.body = Content::Value(index, value);
            }
        }
        draft
    }

    /// The request with one part that breaks a rule.
    fn broken(&self, mut draft: Draft, random: &mut Rng) -> Option<Case> {
        let parameters = self.operation.parameters.iter().enumerate();
        let mut targets: Vec<(Option<usize>, Part, SchemaId)> = parameters
            .filter_map(|(index, own)| Some((Some(index), Self::spot(own).part, self.schema(own)?)))
            .collect();
        if let (Some(body), Content::Value(index, _)) = (&self.operation.body, &draft.body) {
            let schema = body.content.get(*index).and_then(|media| media.schema);
            targets.extend(schema.map(|schema| (None, Part::Body, schema)));
        }
        let (target, part, schema) = random.choice(targets)?;
        let invalid = self.invalid(schema);
        let Variation {
            rule,
            pointer,
            value,
            ..
        } = random.choice(invalid.iter())?.clone();
        match (target, &mut draft.body) {
            (Some(index), _) => draft.parameters[index] = Some(value),
            (None, Content::Value(_, body)) => *body = value,
            (None, _) => return None,
        }
        Some(Case::new(
            draft,
            Spot::inside(part, pointer),
            &rule,
            Expect::Invalid,
        ))
    }

    /// The values that break a schema by one rule, made once.
    pub(super) fn invalid(&self, schema: SchemaId) -> Arc<[Variation]> {
        self.invalid
            .get(&schema, || self.synthesizer.invalid(schema).into())
    }
}

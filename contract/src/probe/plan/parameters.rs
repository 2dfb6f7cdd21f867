//! Each parameter absent, present, at each boundary, and broken by each rule.

use bindery_spec::model::Location;

use super::super::credentials::credential_headers;
use super::super::{Case, Draft, Expect};
use super::{Planner, examples};
use crate::validate::{Spot, rule};

impl Planner<'_> {
    /// The cases of all parameters.
    pub(super) fn parameter_cases(&self, base: &Draft) -> Vec<Case> {
        (0..self.operation.parameters.len())
            .flat_map(|index| self.cases_of(base, index))
            .collect()
    }

    fn cases_of(&self, base: &Draft, index: usize) -> Vec<Case> {
        let parameter = &self.operation.parameters[index];
        let spot = Self::spot(parameter);
        let with = |value| {
            let mut draft = base.clone();
            draft.parameters[index] = value;
            draft
        };
        let mut cases = Vec::new();
        let credential = credential_headers(&self.contract.api, self.operation)
            .contains(&parameter.name.to_ascii_lowercase());
        if !credential {
            let mut absent = with(None);
            absent
                .credentials
                .drop_header(&parameter.name, parameter.location);
            let (rule, expect) = if parameter.required {
                (rule::REQUIRED, Expect::Missing)
            } else {
                ("absent", Expect::Valid { invented: false })
            };
            cases.push(Case::new(absent, spot.clone(), rule, expect));
        }
        let Some(schema) = self.schema(parameter) else {
            return cases;
        };
        let documented = examples(
            parameter
                .examples
                .iter()
                .filter_map(|example| example.value.as_ref()),
        );
        // Of what is sent to another thing, something may be there already in this one, such as its name.
        let elsewhere = parameter.location == Location::Path && self.operation.body.is_some();
        for variation in documented.into_iter().chain(self.synthesizer.valid(schema)) {
            let at = Spot::inside(spot.part.clone(), &variation.pointer);
            let invented = variation.invented;
            let expect = if elsewhere {
                Expect::Unusual
            } else {
                Expect::Valid { invented }
            };
            let draft = with(Some(variation.value));
            cases.push(Case::new(draft, at, &variation.rule, expect));
        }
        for variation in self.invalid(schema).iter().cloned() {
            let at = Spot::inside(spot.part.clone(), &variation.pointer);
            cases.push(Case::new(
                with(Some(variation.value)),
                at,
                &variation.rule,
                Expect::Invalid,
            ));
        }
        cases
    }
}

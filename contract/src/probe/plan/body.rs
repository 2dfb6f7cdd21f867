//! The body absent, present in each media type, at each boundary, and broken by each rule.

use bindery_spec::model::MediaType;

use super::super::{Case, Content, Draft, Expect};
use super::{Planner, examples};
use crate::synthesize::Variation;
use crate::validate::{Part, Spot, rule};

impl Planner<'_> {
    /// The cases of the body.
    pub(super) fn body_cases(&self, base: &Draft) -> Vec<Case> {
        let Some(body) = &self.operation.body else {
            return Vec::new();
        };
        let mut cases = Vec::new();
        if body.required {
            let draft = Draft {
                body: Content::Empty,
                ..base.clone()
            };
            cases.push(Case::new(
                draft,
                Spot::whole(Part::Body),
                rule::REQUIRED,
                Expect::Missing,
            ));
        } else if !matches!(base.body, Content::Empty) {
            let draft = Draft {
                body: Content::Empty,
                ..base.clone()
            };
            cases.push(Case::valid(draft, Spot::whole(Part::Body), "absent", false));
        }
        for (index, media) in body.content.iter().enumerate() {
            cases.extend(self.media_cases(base, index, media));
        }
        cases
    }

    fn media_cases(&self, base: &Draft, index: usize, media: &MediaType) -> Vec<Case> {
        let case = |variation: Variation, expect| {
            let draft = Draft {
                body: Content::Value(index, variation.value),
                ..base.clone()
            };
            Case::new(
                draft,
                Spot::inside(Part::Body, variation.pointer),
                &variation.rule,
                expect,
            )
        };
        let valid = |variation: Variation| {
            let invented = variation.invented;
            case(variation, Expect::Valid { invented })
        };
        let documented = examples(
            media
                .examples
                .iter()
                .filter_map(|example| example.value.as_ref()),
        );
        let mut cases: Vec<Case> = documented.into_iter().map(valid).collect();
        if let Some(schema) = media.schema {
            cases.extend(self.synthesizer.valid(schema).into_iter().map(valid));
            let invalid = self.invalid(schema);
            let invalid = invalid.iter().cloned();
            cases.extend(invalid.map(|variation| case(variation, Expect::Invalid)));
        }
        cases
    }
}

//! The state phase of a run: every sequence on every resource, played again before anything of it is reported.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::call::{Caller, Exchange};
use super::resource::{Create, Resource};
use super::stage::{Seen, Stage};
use crate::checks::state::Sequence;
use crate::probe::{Evidence, Finding, Key, Redactor, Step, key, name, piece};

/// A sequence that was played on a resource, in a form that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Played {
    /// The path of one thing of the resource.
    pub(crate) resource: String,
    pub(crate) sequence: Sequence,
}

impl Played {
    /// Whether it is this sequence on this resource.
    pub(crate) fn is(&self, resource: &Resource, sequence: Sequence) -> bool {
        self.resource == resource.item && self.sequence == sequence
    }
}

impl Caller<'_> {
    /// Plays the sequences that are wanted, each on the resources that it suits.
    pub(crate) async fn play(
        &self,
        wanted: &(dyn Fn(&Resource, Sequence) -> bool + Sync),
        redactor: &Redactor,
    ) -> Vec<Finding> {
        let mut played = Vec::new();
        let mut known = BTreeSet::new();
        for (index, resource) in self.stock.played.all.iter().enumerate() {
            let promised = resource.create.as_ref().is_some_and(Create::is_promised);
            let suiting = Sequence::ALL.iter().filter(|sequence| {
                (!resource.single || sequence.suits_single())
                    && (!promised || sequence.suits_promised())
                    && wanted(resource, **sequence)
            });
            for sequence in suiting {
                if self.sender.is_over() {
                    return played;
                }
                self.sequence(index, *sequence, redactor, &mut known, &mut played)
                    .await;
            }
        }
        played
    }

    async fn sequence(
        &self,
        index: usize,
        sequence: Sequence,
        redactor: &Redactor,
        known: &mut BTreeSet<(usize, Key)>,
        played: &mut Vec<Finding>,
    ) {
        let mut stage = Stage::new(self, index, format!("{sequence:?}"));
        sequence.play(&mut stage).await;
        let fresh: Vec<Seen> = std::mem::take(&mut stage.seen);
        let fresh: Vec<Seen> = fresh
            .into_iter()
            .filter(|seen| self.options.counts(seen.flaw.check.code))
            .filter(|seen| known.insert((seen.operation, key(&seen.flaw, None))))
            .collect();
        if fresh.is_empty() {
            return;
        }
        // What does not show again is told apart from what does. A server that lags behind itself does nothing wrong.
        let mut again = Stage::new(self, index, format!("{sequence:?} again")).patient();
        sequence.play(&mut again).await;
        for seen in fresh {
            let same = |other: &Seen| {
                other.operation == seen.operation && key(&other.flaw, None) == key(&seen.flaw, None)
            };
            let reproduced = again.seen.iter().any(same);
            let trail = &stage.trail[..seen.steps];
            let Some(finding) = self.finding(&seen, trail, reproduced, redactor) else {
                continue;
            };
            self.sender.found(&finding);
            played.push(Finding {
                played: Some(Played {
                    resource: stage.resource().item.clone(),
                    sequence,
                }),
                ..finding
            });
        }
    }

    fn finding(
        &self,
        seen: &Seen,
        trail: &[Exchange],
        reproduced: bool,
        redactor: &Redactor,
    ) -> Option<Finding> {
        let operation = self.operation(seen.operation);
        let url = |exchange: &Exchange| {
            let url = self.sender.url(&exchange.request);
            url.map(|url| url.to_string()).unwrap_or_default()
        };
        let (last, before) = trail.split_last()?;
        let own = url(last);
        let evidence = Evidence {
            flaw: &seen.flaw,
            operation: name(operation),
            path: &operation.path,
            request: &last.request,
            url: &own,
            response: last.answer(),
            reproduced,
        };
        let mut finding = evidence.finding(redactor);
        finding.method.clone_from(&operation.method);
        finding.document = piece(self.contract, operation, &seen.flaw, Some(last.status()));
        finding.before = before
            .iter()
            .map(|exchange| {
                Step::new(
                    &exchange.request,
                    &url(exchange),
                    exchange.answer(),
                    redactor,
                )
            })
            .collect();
        let earlier = before
            .iter()
            .map(|exchange| crate::probe::curl(&exchange.request, &url(exchange), redactor));
        let commands: Vec<String> = earlier.chain([finding.curl.clone()]).collect();
        finding.curl = commands.join("\n");
        Some(finding)
    }
}

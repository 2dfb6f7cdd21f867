//! Texts that may be there only once, such as the name of what is made: each request gets its own.

use super::Session;
use crate::probe::{Content, Draft};
use crate::state::Maker;

impl Session<'_> {
    /// Finds out whether what was accepted once is refused the next time, for what it has in common with the first; says
    /// whether a request like it is accepted still.
    pub(super) async fn learn_unique(&mut self, base: &Draft) -> bool {
        let has_value = matches!(base.body, Content::Value(..));
        if !has_value || self.planner.operation.method != "POST" || !self.is_refused(base).await {
            return true;
        }
        self.unique = Some(base.clone());
        let learned = !self.is_refused(base).await;
        self.unique.take_if(|_| !learned);
        learned
    }

    async fn is_refused(&mut self, base: &Draft) -> bool {
        let reply = self.send(base).await;
        matches!(
            reply.and_then(|reply| reply.status()),
            Some(400 | 409 | 422)
        )
    }

    /// The request with other texts where it has those of the one that was accepted.
    pub(super) fn with_own_texts(&self, draft: &mut Draft) -> Option<()> {
        let (base, Content::Value(media, body)) = (self.unique.as_ref()?, &draft.body) else {
            return None;
        };
        let Content::Value(_, accepted) = &base.body else {
            return None;
        };
        let (contract, operation) = (self.probe.contract, self.planner.operation);
        let maker = Maker::of(contract, operation, *media, self.probe.options.seed)?;
        let salt = format!("unique {} {}", self.index, self.probed.requests);
        draft.body = Content::Value(*media, maker.renewed(body, accepted, &[], &salt));
        Some(())
    }
}

//! The request that all cases of an operation are made from.

use super::{Session, put_keys};
use crate::checks::Base;
use crate::probe::{Case, Draft, Reply, is_safe};

impl Session<'_> {
    /// The same request for a thing that exists: one of its own where the operation may change it.
    pub(super) async fn for_a_thing(&mut self, mut case: Case) -> Case {
        let operation = self.planner.operation;
        let fresh = if is_safe(&operation.method) {
            None
        } else {
            self.fresh().await
        };
        self.renewed = fresh.clone().map(|keys| (keys.clone(), keys));
        let keys = fresh.unwrap_or_else(|| self.probe.caller.stock.keys(&operation.path));
        let made_up = case.draft.clone();
        put_keys(operation, &keys, &mut case.draft);
        // A key that the document does not allow is no reason to send an invalid request.
        let valid = self.planner.violations(&case.draft);
        if !valid.is_some_and(|violations| violations.is_empty()) {
            case.draft = made_up;
        }
        case
    }

    /// Finds a request that the server accepts: the least valid one, or one with something more.
    pub(super) async fn start(&mut self, base: Case) -> Option<(Draft, Base)> {
        let reply = self.send(&base.draft).await?;
        if !reply.status().is_some_and(is_refusal) {
            let ground = self.ground(&base.draft, reply.status()).await;
            self.judge(&base, &reply, Base::Open).await;
            return reply.status().map(|_| (base.draft, ground));
        }
        for alternative in self.planner.alternatives(&base.draft) {
            let reply = self.send(&alternative.draft).await;
            let status = reply.as_ref().and_then(Reply::status);
            if status.is_some_and(|status| status < 300) {
                // What the accepted request has more is what the refused one lacks.
                let lacking = Case {
                    draft: base.draft,
                    ..alternative.clone()
                };
                let ground = self.ground(&alternative.draft, status).await;
                self.play(&lacking, ground).await;
                return Some((alternative.draft, ground));
            }
        }
        self.judge(&base, &reply, Base::Open).await;
        Some((base.draft, Base::Refused))
    }

    /// What the server made of a request, if it would do so again: what is refused for what is there already says nothing of
    /// what is varied.
    async fn ground(&mut self, base: &Draft, status: Option<u16>) -> Base {
        if self.learn_unique(base, status).await {
            Base::Accepted
        } else {
            Base::Open
        }
    }
}

/// Whether a status says that the request itself is wrong.
fn is_refusal(status: u16) -> bool {
    matches!(status, 400 | 405 | 406 | 415 | 422)
}

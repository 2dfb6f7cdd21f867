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
            self.judge(&base, &reply, Base::Open).await;
            let ground = |status| {
                if status < 300 {
                    Base::Accepted
                } else {
                    Base::Open
                }
            };
            return reply.status().map(|status| (base.draft, ground(status)));
        }
        for alternative in self.planner.alternatives(&base.draft) {
            let reply = self.send(&alternative.draft).await;
            if reply
                .as_ref()
                .and_then(Reply::status)
                .is_some_and(|status| status < 300)
            {
                // What the accepted request has more is what the refused one lacks.
                let lacking = Case {
                    draft: base.draft,
                    ..alternative.clone()
                };
                self.play(&lacking, Base::Accepted).await;
                return Some((alternative.draft, Base::Accepted));
            }
        }
        self.judge(&base, &reply, Base::Open).await;
        Some((base.draft, Base::Refused))
    }
}

/// Whether a status says that the request itself is wrong.
fn is_refusal(status: u16) -> bool {
    matches!(status, 400 | 405 | 406 | 415 | 422)
}

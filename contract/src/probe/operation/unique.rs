//! Texts that may be there only once, such as the name of what is made: each request gets its own.

use super::Session;
use crate::probe::{Content, Draft};
use crate::state::Maker;

/// The request that was accepted once, and not a second time, or in another way.
pub(super) struct Unique {
    base: Draft,
    /// Whether the texts inside of parts are taken as well.
    deep: bool,
}

impl Session<'_> {
    /// Finds out whether what was accepted once, or is there from an earlier run, is refused for what it has in common with
    /// that, or is found instead of made; says whether a request like it is accepted.
    pub(super) async fn learn_unique(&mut self, base: &Draft, status: Option<u16>) -> bool {
        let accepted = status.is_some_and(is_success);
        let has_value = matches!(base.body, Content::Value(..));
        if !has_value || !matches!(self.planner.operation.method.as_str(), "POST" | "PUT") {
            return accepted;
        }
        let again = if accepted {
            self.status_of(base).await
        } else {
            None
        };
        let taken = if accepted {
            again != status && again.is_some_and(|own| is_success(own) || is_taken(own))
        } else {
            status == Some(409)
        };
        if !taken {
            return accepted;
        }
        let wanted = |own: u16| is_success(own) && (!accepted || status == Some(own));
        for deep in [false, true] {
            self.unique = Some(Unique {
                base: base.clone(),
                deep,
            });
            if self.status_of(base).await.is_some_and(wanted) {
                return true;
            }
        }
        self.unique = None;
        again.is_some_and(is_success)
    }

    async fn status_of(&mut self, draft: &Draft) -> Option<u16> {
        self.send(draft).await?.status()
    }

    /// The request with other texts where it has those of the one that was accepted.
    pub(super) fn with_own_texts(&self, draft: &mut Draft) -> Option<()> {
        let unique = self.unique.as_ref()?;
        let (Content::Value(_, accepted), Content::Value(media, body)) =
            (&unique.base.body, &draft.body)
        else {
            return None;
        };
        let (contract, operation) = (self.probe.contract, self.planner.operation);
        let maker = Maker::of(contract, operation, *media, self.probe.options.seed)?;
        let salt = format!("unique {} {}", self.index, self.probed.requests);
        let mut whole = body.clone();
        let (own, accepted) = (
            whole.pointer_mut(maker.at())?,
            accepted.pointer(maker.at())?,
        );
        *own = if unique.deep {
            maker.renewed_within(own, accepted, &salt)
        } else {
            maker.renewed(own, accepted, &[], &salt)
        };
        draft.body = Content::Value(*media, whole);
        Some(())
    }
}

fn is_success(status: u16) -> bool {
    status < 300
}

/// Whether a status may say that there is such a thing already.
fn is_taken(status: u16) -> bool {
    matches!(status, 400 | 409 | 422)
}

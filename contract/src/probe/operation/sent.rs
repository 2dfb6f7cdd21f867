//! Requests of one operation on their way: what is put into them, and what is noted of their answers.

use bytes::Bytes;
use http::{Method, Request};

use super::Session;
use crate::probe::{Draft, Reply};
use crate::state::replace_keys;

impl Session<'_> {
    /// Sends a request, and notes what it made and what came.
    pub(super) async fn send(&mut self, draft: &Draft) -> Option<Reply> {
        if std::mem::take(&mut self.deleted) {
            self.renew().await;
        }
        let request = self.request(draft)?;
        let reply = self.probe.sender.send(&request).await;
        self.deleted =
            request.method() == Method::DELETE && reply.status().is_some_and(|status| status < 300);
        self.probe.caller.remember(self.index, &request, &reply);
        self.probed.requests += 1;
        // What comes to another method is no answer of the operation.
        if request.method().as_str() != self.planner.operation.method {
            return Some(reply);
        }
        self.probed.covered.saw(reply.status());
        if let Some(answer) = reply.answer() {
            self.awaited
                .saw(self.planner.operation, self.probe.contract, answer);
        }
        Some(reply)
    }

    /// The request as it is sent: for things that are there, and with texts of its own where they must be.
    pub(super) fn request(&self, draft: &Draft) -> Option<Request<Bytes>> {
        let mut draft = draft.clone();
        if let Some((old, new)) = &self.renewed {
            replace_keys(self.planner.operation, old, new, &mut draft);
        }
        for reference in &self.references {
            reference.put(self.probe.contract, &mut draft);
        }
        // Where nothing must be unique there is nothing to do.
        let _ = self.with_own_texts(&mut draft);
        self.planner.spell(&draft)
    }

    /// Makes another thing in the place of the one that was deleted.
    async fn renew(&mut self) {
        if self.renewed.is_none() {
            return;
        }
        if let Some(fresh) = self.fresh().await {
            self.renewed = self.renewed.take().map(|(old, _)| (old, fresh));
        }
    }
}

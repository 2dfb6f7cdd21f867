//! What HTTP offers beside an operation: the head of what GET gives, and the methods of the path.

use bindery_spec::model::Operation;
use bytes::Bytes;
use http::Method;
use http::header::CONTENT_TYPE;

use super::{Probe, Session, key};
use crate::checks::{Base, Flaw};
use crate::probe::head::{REQUESTS, beside_get};
use crate::probe::{Case, Content, Draft, Expect, Quirk, Reply, Tried};
use crate::validate::{Part, Spot};

impl Session<'_> {
    /// Sends HEAD where there is GET, and OPTIONS once for each path, around a request that was accepted.
    pub(super) async fn companions(&mut self, base: &Draft) {
        let head = companion(base, Method::HEAD);
        match self.planner.operation.method.as_str() {
            "GET" if !self.has("HEAD") => {
                self.play(&head, Base::Accepted).await;
                self.head(&head).await;
            }
            "HEAD" if self.has("GET") => {
                self.head(&head).await;
            }
            _ => {}
        }
        if self.is_first_of_path() && !self.has("OPTIONS") {
            let case = companion(base, Method::OPTIONS);
            self.play(&case, Base::Accepted).await;
        }
    }

    /// Holds HEAD to its GET. What the server has may change between the two, so only what shows twice counts.
    async fn head(&mut self, case: &Case) {
        let Some((reply, first)) = self.disagreements(&case.draft).await else {
            return;
        };
        if first.is_empty() {
            return;
        }
        let second = self.disagreements(&case.draft).await;
        let second = second.map(|(_, flaws)| flaws).unwrap_or_default();
        let same = |flaw: &&Flaw| {
            second
                .iter()
                .any(|other| key(other, None) == key(flaw, None))
        };
        for flaw in first.iter().filter(same) {
            let tried = Tried::of(case, Base::Accepted);
            self.report(case, flaw, &reply, true, Some(tried));
        }
    }

    /// What the head says otherwise than the whole.
    async fn disagreements(&mut self, head: &Draft) -> Option<(Reply, Vec<Flaw>)> {
        let request = self.request(head)?;
        let Probe {
            sender, contract, ..
        } = self.probe;
        self.probed.requests += REQUESTS;
        let found = beside_get(sender, contract, self.planner.operation, &request).await;
        let (reply, mut flaws) = found?;
        flaws.retain(|flaw| self.probe.options.counts(flaw.check.code));
        Some((reply, flaws))
    }

    /// Whether a request is answered in the same way below its path, where there is nothing: by a page that stands for
    /// every path, for instance.
    pub(super) async fn is_served_anywhere(&mut self, case: &Case, reply: &Reply) -> bool {
        let seen = |reply: &Reply| {
            let answer = reply.answer()?;
            Some((answer.status(), answer.headers().get(CONTENT_TYPE).cloned()))
        };
        let other = self.below(&case.draft).await;
        seen(reply).is_some() && other.is_some_and(|other| seen(reply) == seen(&other))
    }

    /// Whether a request finds something at its path: what is said to be missing is told in other words than below it, where
    /// there is nothing.
    pub(super) async fn is_something_there(&mut self, case: &Case, reply: &Reply) -> bool {
        let said = |reply: &Reply| Some(reply.answer()?.body().clone());
        let path = &self.planner.operation.path;
        let is_about = |body: &Bytes| String::from_utf8_lossy(body).contains(path.as_str());
        let other = self.below(&case.draft).await;
        let pair = said(reply).zip(other.as_ref().and_then(said));
        pair.is_some_and(|(own, other)| own != other && !is_about(&own) && !is_about(&other))
    }

    /// What comes to a request below its path.
    async fn below(&mut self, draft: &Draft) -> Option<Reply> {
        let below = Draft {
            quirk: Some(Quirk::Below),
            ..draft.clone()
        };
        self.send(&below).await
    }

    fn has(&self, method: &str) -> bool {
        self.of_path().any(|declared| declared.method == method)
    }

    fn is_first_of_path(&self) -> bool {
        let first = self.of_path().next();
        first.is_some_and(|first| first.method == self.planner.operation.method)
    }

    /// The operations that the document declares for the path.
    fn of_path(&self) -> impl Iterator<Item = &Operation> {
        let path = &self.planner.operation.path;
        let operations = self.probe.contract.api.operations.iter();
        operations.filter(move |other| other.path == *path)
    }
}

fn companion(base: &Draft, method: Method) -> Case {
    let rule = method.as_str().to_owned();
    let body = if [Method::HEAD, Method::GET].contains(&method) {
        base.body.clone()
    } else {
        Content::Empty
    };
    let draft = Draft {
        method: Some(method),
        body,
        ..base.clone()
    };
    Case::new(draft, Spot::whole(Part::Method), &rule, Expect::Companion)
}

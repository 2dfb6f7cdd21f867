//! What HTTP offers beside an operation: the head of what GET gives, and the methods of the path.

use http::{Method, Response};

use super::{Session, answer, key};
use crate::checks::{Flaw, head};
use crate::probe::{Case, Content, Draft, Expect, Reply};
use crate::validate::{Part, Spot};

impl Session<'_> {
    /// Sends HEAD where there is GET, and OPTIONS once for each path, around a request that was accepted.
    pub(super) async fn companions(&mut self, base: &Draft) {
        if self.planner.operation.method == "GET" {
            self.head(base).await;
        }
        if self.is_first_of_path() && !self.has("OPTIONS") {
            let case = companion(base, Method::OPTIONS);
            self.play(&case, true).await;
        }
    }

    /// Holds HEAD to its GET. What the server has may change between the two, so only what shows twice counts.
    async fn head(&mut self, base: &Draft) {
        let case = companion(base, Method::HEAD);
        if !self.has("HEAD") {
            self.play(&case, true).await;
        }
        let Some((reply, first)) = self.disagreements(&case.draft, base).await else {
            return;
        };
        if first.is_empty() {
            return;
        }
        let second = self.disagreements(&case.draft, base).await;
        let second = second.map(|(_, flaws)| flaws).unwrap_or_default();
        let same = |flaw: &&Flaw| {
            second
                .iter()
                .any(|other| key(other, None) == key(flaw, None))
        };
        for flaw in first.iter().filter(same) {
            self.report(&case, flaw, &reply, true);
        }
    }

    /// Asks for the head between two times the whole.
    async fn disagreements(&mut self, head: &Draft, get: &Draft) -> Option<(Reply, Vec<Flaw>)> {
        let before = self.send(get).await?;
        let reply = self.send(head).await?;
        let after = self.send(get).await?;
        let answers: [&Response<_>; 3] = [answer(&before)?, answer(&reply)?, answer(&after)?];
        let mut flaws = head::compare(answers, self.has("HEAD"));
        flaws.retain(|flaw| self.probe.options.counts(flaw.check.code));
        Some((reply, flaws))
    }

    fn has(&self, method: &str) -> bool {
        self.of_path().any(|declared| declared == method)
    }

    fn is_first_of_path(&self) -> bool {
        self.of_path().next() == Some(&self.planner.operation.method)
    }

    /// The methods that the document declares for the path.
    fn of_path(&self) -> impl Iterator<Item = &String> {
        let path = &self.planner.operation.path;
        let operations = self.probe.contract.api.operations.iter();
        let same = operations.filter(move |other| other.path == *path);
        same.map(|other| &other.method)
    }
}

fn companion(base: &Draft, method: Method) -> Case {
    let rule = method.as_str().to_owned();
    let body = if method == Method::HEAD {
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

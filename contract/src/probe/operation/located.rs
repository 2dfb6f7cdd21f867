//! Where the `Location` of an answer leads, for what the sequences on resources do not look at.

use std::time::Duration;

use http::{Method, Request};

use super::Session;
use crate::checks::Flaw;
use crate::checks::state::ELSEWHERE;
use crate::probe::{Case, Draft, Expect, Reply};
use crate::state::Create;
use crate::validate::{Part, Route, Spot};

/// How often a place is asked for that may take its time, and how long it is waited in between.
const TRIES: usize = 3;
const PAUSE: Duration = Duration::from_millis(100);

impl Session<'_> {
    /// Follows the `Location` of what was made (201) or will be (202), twice where it leads to nothing.
    pub(super) async fn located(&mut self, base: &Draft) {
        let resources = &self.probe.caller.stock.played.all;
        let makes = |create: &Create| {
            create.operation == self.index && create.key.is_some() && !create.is_promised()
        };
        let in_sequence = resources
            .iter()
            .any(|own| own.read.is_some() && own.create.as_ref().is_some_and(makes));
        if in_sequence || !self.probe.options.counts(ELSEWHERE.code) {
            return;
        }
        let Some((reply, flaw)) = self.nowhere(base).await else {
            return;
        };
        if self.nowhere(base).await.is_some() {
            let expect = Expect::Valid { invented: true };
            let case = Case::new(base.clone(), Spot::whole(Part::Request), "location", expect);
            self.report(&case, &flaw, &reply, true, None);
        }
    }

    /// Whether the document has a `GET` for one of what is made. Otherwise `Location` may stand for what only others use.
    fn is_read(&self) -> bool {
        let reads = |path: &str| {
            let below = path.strip_prefix(&self.planner.operation.path);
            below.is_some_and(|below| below.starts_with("/{"))
        };
        let mut operations = self.probe.contract.api.operations.iter();
        operations.any(|own| own.method == "GET" && reads(&own.path))
    }

    /// The answer whose `Location` leads to nothing.
    async fn nowhere(&mut self, base: &Draft) -> Option<(Reply, Flaw)> {
        let reply = self.send(base).await?;
        let status = reply
            .status()
            .filter(|status| matches!(status, 201 | 202))?;
        reply.answer()?.headers().get(http::header::LOCATION)?;
        let caller = &self.probe.caller;
        let stock = caller.stock;
        let exchange = stock.exchanged(self.index, self.request(base)?, reply.clone());
        let target = caller.location(&exchange)?;
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let route = self.probe.contract.router.find("GET", path);
        // What is promised only (202) may be told about elsewhere.
        let reads = match route {
            Route::Found(index, _) => Some(index),
            Route::Missing if status == 201 && self.is_read() => None,
            _ => return None,
        };
        let mut request = Request::new(bytes::Bytes::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = target.parse().ok()?;
        let like = match reads {
            Some(index) => caller
                .draft(index, &caller.stock.keys(path))?
                .spell(caller.contract, caller.operation(index))?,
            None => self.request(base)?,
        };
        *request.headers_mut() = like.headers().clone();
        request.headers_mut().remove(http::header::CONTENT_TYPE);
        let mut found = caller
            .exchange(reads.unwrap_or(self.index), request.clone())
            .await?;
        for _ in 1..TRIES {
            if status == 202 && found.is_gone() {
                tokio::time::sleep(PAUSE).await;
                found = caller
                    .exchange(reads.unwrap_or(self.index), request.clone())
                    .await?;
            }
        }
        let message = format!(
            "`Location` is `{target}`, which is answered with {}",
            found.status()
        );
        let spot = Spot::whole(Part::ResponseHeader("Location".to_owned()));
        let flaw = Flaw::new(&ELSEWHERE, spot, "location", message);
        let flaw = if status == 202 { flaw.warning() } else { flaw };
        found.is_gone().then_some((reply, flaw))
    }
}

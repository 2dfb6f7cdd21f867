//! One operation from its first request to its last.

mod companion;
mod fold;
mod located;
mod sent;
mod shrink;
mod start;
mod unique;

use std::collections::BTreeMap;

use bindery_spec::model::{Location, Operation};
use bytes::Bytes;
use http::{Request, Response};

use super::coverage::name;
use super::finding::Evidence;
use super::piece::piece;
use super::plan::Planner;
use super::redact::Redactor;
use super::{
    Awaited, Case, Covered, Draft, Elapsed, Finding, Options, Reply, Sender, Tried, is_safe,
};
use crate::checks::custom::{self, Answered};
use crate::checks::{Base, Flaw, Level, NOT_THERE, Observed, SERVED, judge, server_error};
use crate::state::{Caller, Keys, Reference, put_keys};
use crate::validate::{Contract, Part, rule, switches_protocols};

/// What probing one operation came to.
#[derive(Debug, Default)]
pub(super) struct Probed {
    pub(super) findings: Vec<Finding>,
    pub(super) covered: Covered,
    pub(super) requests: usize,
}

impl Probed {
    /// Nothing, because this tool failed.
    pub(super) fn failed(operation: &Operation) -> Self {
        let mut covered = Covered::of(operation);
        covered.skipped = Some("this tool failed here, which is a defect of its own".to_owned());
        Self {
            covered,
            ..Self::default()
        }
    }
}

/// What is needed to probe.
pub(super) struct Probe<'a> {
    pub(super) contract: &'a Contract,
    pub(super) options: &'a Options,
    pub(super) sender: &'a Sender,
    pub(super) redactor: &'a Redactor,
    /// Who knows of things that exist.
    pub(super) caller: Caller<'a>,
}

impl Probe<'_> {
    /// Probes an operation by its index.
    pub(super) async fn operation(&self, index: usize) -> Probed {
        let planner = Planner::new(self.contract, index, self.options);
        let mut session = Session {
            probe: self,
            planner: &planner,
            index,
            probed: Probed::default(),
            seen: BTreeMap::new(),
            shown: Vec::new(),
            base: None,
            things: 0,
            renewed: None,
            deleted: false,
            unique: None,
            references: self.caller.references(index),
            awaited: Awaited::of(self.contract, planner.operation),
        };
        session.probed.covered = Covered::of(planner.operation);
        session.run().await;
        session.awaited.note(&mut session.probed.covered);
        session.fold();
        session.probed
    }
}

/// How often an operation may fail to answer before the rest of it is left out.
const MAX_FAILURES: usize = 3;

struct Session<'a> {
    probe: &'a Probe<'a>,
    planner: &'a Planner<'a>,
    /// The operation, by its index.
    index: usize,
    probed: Probed,
    /// The findings by what makes them the same.
    seen: BTreeMap<Key, usize>,
    /// What was sent for each finding.
    shown: Vec<Draft>,
    /// The request that all cases are made from.
    base: Option<Draft>,
    /// How many things were made for it.
    things: usize,
    /// The keys that the base has, and those that took their place when the thing was deleted.
    renewed: Option<(Keys, Keys)>,
    deleted: bool,
    /// What must be another text each time.
    unique: Option<unique::Unique>,
    /// Where it names other things.
    references: Vec<Reference>,
    /// What answers may have in them, and had not yet.
    awaited: Awaited,
}

/// Findings with these in common are one finding.
pub(crate) type Key = (&'static str, String, String, String);

impl Session<'_> {
    async fn run(&mut self) {
        let operation = self.planner.operation;
        if self.probe.options.read_only && !is_safe(&operation.method) {
            self.skip("the method is not safe, and the run is read-only");
            return;
        }
        if self.probe.sender.is_over() {
            self.skip("the run was ended before");
            return;
        }
        if switches_protocols(operation) {
            self.skip("it goes on in another protocol, which this tool does not speak");
            return;
        }
        let Some(base) = self.planner.base() else {
            self.skip("no valid request could be made from the document");
            return;
        };
        let base = self.for_a_thing(base).await;
        let Some((base, ground)) = self.start(base).await else {
            self.skip("the server does not answer");
            return;
        };
        if ground == Base::Accepted {
            self.companions(&base).await;
            if !is_safe(&operation.method) {
                self.located(&base).await;
            }
        }
        self.base = Some(base.clone());
        let mut failures = 0;
        let limit = self.probe.options.max_cases.unwrap_or(usize::MAX);
        // What a made-up key would delete is not ours.
        let ours = self.renewed.is_some();
        let cases = self.planner.cases(&base);
        let cases = cases.filter(|case| !(ours && deletes_another(operation, case)));
        for case in cases.take(limit) {
            if self.probe.sender.is_over() {
                self.skip("the run was ended before all cases were sent");
                return;
            }
            let answered = self.play(&case, ground).await;
            failures = if answered { 0 } else { failures + 1 };
            if failures >= MAX_FAILURES {
                self.skip("the server does not answer; the rest was left out");
                return;
            }
        }
    }

    /// The keys of a thing that was made for this operation.
    async fn fresh(&mut self) -> Option<Keys> {
        self.things += 1;
        let operation = self.planner.operation;
        let salt = format!("{} {} {}", operation.method, operation.path, self.things);
        self.probe.caller.fresh(&operation.path, &salt).await
    }

    /// Sends a case and judges the answer; says whether there was one.
    async fn play(&mut self, case: &Case, ground: Base) -> bool {
        let Some(reply) = self.send(&case.draft).await else {
            return true;
        };
        self.probed.covered.tried(&case.spot, &case.rule);
        self.judge(case, &reply, ground).await;
        !reply.is_silence()
    }

    async fn judge(&mut self, case: &Case, reply: &Reply, ground: Base) {
        let flaws = self.flaws(case, reply, ground);
        let mut fresh: Vec<Flaw> = flaws
            .into_iter()
            .filter(|flaw| !self.is_known(flaw, reply))
            .collect();
        let served = |flaw: &Flaw| flaw.check.code == SERVED.code;
        if fresh.iter().any(served) && self.is_served_anywhere(case, reply).await {
            fresh.retain(|flaw| !served(flaw));
        }
        let doubted =
            |flaw: &Flaw| flaw.check.code == NOT_THERE.code && flaw.level == Level::Warning;
        if fresh.iter().any(doubted) && self.is_something_there(case, reply).await {
            fresh.retain(|flaw| !doubted(flaw));
        }
        if fresh.is_empty() {
            return;
        }
        // What does not show again is told apart from what does.
        let Some(again) = self.again(&case.draft, reply).await else {
            return;
        };
        let repeated = self.flaws(case, &again, ground);
        // A server that does not speak HTTP fails now one way and now another, by chance; no answer is no answer.
        let silent = reply.is_silence() && again.is_silence();
        for flaw in fresh {
            let same = |other: &Flaw| key(other, None) == key(&flaw, None);
            let reproduced = silent || repeated.iter().any(same);
            let smaller = if reproduced && !self.seen.contains_key(&key(&flaw, reply.status())) {
                self.shrink(case, &flaw, reply, ground).await
            } else {
                None
            };
            let tried = |case| Some(Tried::of(case, ground));
            match smaller {
                Some((case, flaw, reply)) => self.report(&case, &flaw, &reply, true, tried(&case)),
                None => self.report(case, &flaw, reply, reproduced, tried(case)),
            }
        }
    }

    /// What comes of a request the next time; nothing new where it was late more than once.
    async fn again(&mut self, draft: &Draft, reply: &Reply) -> Option<Reply> {
        if self.probe.sender.is_late(&self.request(draft)?) {
            return Some(reply.clone());
        }
        self.send(draft).await
    }

    fn flaws(&self, case: &Case, reply: &Reply, ground: Base) -> Vec<Flaw> {
        let mut flaws = judge(&Observed {
            contract: self.probe.contract,
            operation: self.planner.operation,
            case,
            reply,
            base: ground,
        });
        flaws.extend(self.custom(case, reply));
        flaws.retain(|flaw| self.probe.options.counts(flaw.check.code));
        flaws
    }

    /// What the checks of others say.
    fn custom(&self, case: &Case, reply: &Reply) -> Vec<Flaw> {
        let custom = &self.probe.options.custom;
        let response = reply.answer().filter(|_| !custom.is_empty());
        let Some((response, request)) = response.zip(self.request(&case.draft)) else {
            return Vec::new();
        };
        custom_flaws(
            self.probe.options,
            self.planner.operation,
            &request,
            response,
        )
    }

    /// Whether a flaw was reported before; then it is counted.
    fn is_known(&mut self, flaw: &Flaw, reply: &Reply) -> bool {
        let own = key(flaw, reply.status());
        let error = || {
            let (code, place, rule, _) = own.clone();
            let rule = rule.strip_suffix(rule::CASE).unwrap_or(&rule).to_owned();
            self.seen
                .get(&(code, place, rule, Level::Error.name().to_owned()))
        };
        // A warning of what is an error already says nothing new; a server that takes any word takes one in another case.
        let Some(index) = self.seen.get(&own).or_else(error) else {
            return false;
        };
        let finding = &mut self.probed.findings[*index];
        finding.cases += 1;
        // A server that fails now and then fails, though not each time at the same request.
        finding.reproduced |= server_error::is_certain(&finding.code, finding.cases);
        true
    }

    fn report(
        &mut self,
        case: &Case,
        flaw: &Flaw,
        reply: &Reply,
        reproduced: bool,
        tried: Option<Tried>,
    ) {
        let Some(request) = self.request(&case.draft) else {
            return;
        };
        if self.is_known(flaw, reply) {
            return;
        }
        let operation = self.planner.operation;
        let url = self.probe.sender.url(&request);
        let url = url.map(|url| url.to_string()).unwrap_or_default();
        let evidence = Evidence {
            flaw,
            operation: name(operation),
            path: &operation.path,
            request: &request,
            url: &url,
            response: reply.answer(),
            reproduced,
        };
        self.seen
            .insert(key(flaw, reply.status()), self.probed.findings.len());
        self.shown.push(case.draft.clone());
        let finding = Finding {
            document: piece(self.probe.contract, operation, flaw, reply.status()),
            tried,
            ..evidence.finding(self.probe.redactor)
        };
        self.probe.sender.found(&finding);
        self.probed.findings.push(finding);
    }

    fn skip(&mut self, reason: &str) {
        self.probed.covered.skipped = Some(reason.to_owned());
    }
}

/// What the checks of others say about an exchange.
pub(crate) fn custom_flaws(
    options: &Options,
    operation: &Operation,
    request: &Request<Bytes>,
    response: &Response<Bytes>,
) -> Vec<Flaw> {
    let elapsed = response.extensions().get::<Elapsed>();
    let answered = Answered {
        operation,
        request,
        response,
        elapsed: elapsed.map(|elapsed| elapsed.0).unwrap_or_default(),
    };
    let checks = options.custom.iter();
    checks
        .flat_map(|check| custom::judge(check.as_ref(), &answered))
        .collect()
}

/// Whether a case deletes, if anything, something else than the thing that was made for it.
fn deletes_another(operation: &Operation, case: &Case) -> bool {
    let in_path = matches!(case.spot.part, Part::Parameter(Location::Path, _));
    operation.method == "DELETE" && case.is_valid() && in_path
}

/// What makes two flaws the same: code, place and rule, whatever the item of a list, and the status.
pub(crate) fn key(flaw: &Flaw, status: Option<u16>) -> Key {
    // The same defect of a body may show under one status and not under another.
    let place = format!(
        "{} {} {}",
        flaw.spot.part,
        flaw.spot.general(),
        status.map(|status| status.to_string()).unwrap_or_default()
    );
    (
        flaw.check.code,
        place,
        flaw.rule.clone(),
        flaw.level.name().to_owned(),
    )
}

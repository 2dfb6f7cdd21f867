//! Exchanges as they come in, held to the document, and what they come to.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bindery_spec::Api;
use bytes::Bytes;
use http::{Method, Request};

use super::{Recorded, below};
use crate::checks::{self, Base, Flaw, Observed, client};
use crate::mock::base::BasePaths;
use crate::probe::{
    Awaited, Case, Covered, Evidence, Expect, Finding, Key, Outcome, Redactor, Reply, key, name,
    piece,
};
use crate::validate::{Contract, Part, RequestVerdict, Spot, Violation, rule};

/// Traffic that is held to a document, in both directions.
///
/// ```
/// use bindery_contract::replay::{Traffic, read};
/// # let reading = bindery_contract::spec::read_text("pets.yaml", "
/// # openapi: 3.1.0
/// # info: { title: Pets, version: 1.0.0 }
/// # paths: { /pets: { get: { responses: { '204': { description: None. } } } } }
/// # ");
/// # let api = reading.api.expect("a document");
/// # let archive = br#"{ "log": { "entries": [] } }"#;
/// let mut traffic = Traffic::new(api);
/// for exchange in &read(archive)?.exchanges {
///     traffic.observe(exchange);
/// }
/// assert!(traffic.outcome().is_clean(true));
/// # Ok::<_, bindery_contract::replay::RecordingError>(())
/// ```
#[derive(Debug)]
pub struct Traffic {
    contract: Contract,
    bases: BasePaths,
    base_url: Option<String>,
    trusts_callers: bool,
    findings: Vec<Finding>,
    seen: BTreeMap<(String, Key), usize>,
    coverage: Vec<Covered>,
    /// What the answers of each operation had not yet.
    awaited: Vec<Awaited>,
    requests: usize,
    foreign: usize,
}

impl Traffic {
    /// Nothing yet. Requests count wherever they went, as long as their path is one of the document's.
    pub fn new(api: impl Into<Arc<Api>>) -> Self {
        let api = api.into();
        let contract = Contract::new(Arc::clone(&api));
        let operations = api.operations.iter();
        Self {
            awaited: operations.map(|own| Awaited::of(&contract, own)).collect(),
            bases: BasePaths::new(&api),
            base_url: None,
            trusts_callers: false,
            findings: Vec::new(),
            seen: BTreeMap::new(),
            coverage: api.operations.iter().map(Covered::of).collect(),
            contract,
            requests: 0,
            foreign: 0,
        }
    }

    /// Takes requests below this URL only; paths there that the document does not have are findings.
    #[must_use]
    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(url.trim_end_matches('/').to_owned());
        self
    }

    /// Takes it that credentials were shown: browsers leave them out of what they save.
    #[must_use]
    pub fn trust_callers(mut self) -> Self {
        self.trusts_callers = true;
        self
    }

    /// How many exchanges were not for this API.
    pub fn foreign(&self) -> usize {
        self.foreign
    }

    /// Judges an exchange, and returns how many findings it added.
    pub fn observe(&mut self, recorded: &Recorded) -> usize {
        let before = self.findings.len();
        match self.route(&recorded.request) {
            Some((request, RequestVerdict::Operation(index, violations))) => {
                self.judge(index, violations, recorded, &request);
            }
            Some((_, RequestVerdict::WrongMethod(methods))) => self.stray(recorded, &methods),
            Some((_, RequestVerdict::UnknownPath)) if self.base_url.is_some() => {
                self.stray(recorded, &[]);
            }
            _ => self.foreign += 1,
        }
        self.findings.len() - before
    }

    /// What it all came to.
    pub fn outcome(&self) -> Outcome {
        let mut coverage = self.coverage.clone();
        for (covered, awaited) in coverage.iter_mut().zip(&self.awaited) {
            awaited.note(covered);
        }
        for covered in &mut coverage {
            if covered.statuses.is_empty() && covered.skipped.is_none() {
                covered.skipped = Some("no answer of it was seen".to_owned());
            }
        }
        Outcome {
            findings: self.findings.clone(),
            coverage,
            requests: self.requests,
            duration: Duration::ZERO,
            seed: 0,
            not_checked: Outcome::not_checked(&self.contract.diagnostics()),
        }
    }

    /// The request with a target that starts at the root of the API, and what the document says about it.
    fn route(&self, request: &Request<Bytes>) -> Option<(Request<Bytes>, RequestVerdict)> {
        let targets = match &self.base_url {
            Some(base) => vec![below(base, request.uri())?],
            None => self.bases.targets(request.uri()).collect(),
        };
        let verdicts = targets.into_iter().map(|target| {
            let mut request = request.clone();
            *request.uri_mut() = target;
            let verdict = self.contract.request(&request);
            (request, verdict)
        });
        verdicts.min_by_key(|(_, verdict)| match verdict {
            RequestVerdict::Operation(..) => 0,
            RequestVerdict::WrongMethod(_) => 1,
            RequestVerdict::UnknownPath => 2,
        })
    }

    /// The operation of a request, by its index, and the request with a target that starts at the root of the API.
    pub(super) fn operation(&self, request: &Request<Bytes>) -> Option<(usize, Request<Bytes>)> {
        match self.route(request)? {
            (request, RequestVerdict::Operation(index, _)) => Some((index, request)),
            _ => None,
        }
    }

    fn judge(
        &mut self,
        index: usize,
        mut violations: Vec<Violation>,
        recorded: &Recorded,
        request: &Request<Bytes>,
    ) {
        self.requests += 1;
        violations.retain(|violation| {
            let credential = checks::is_credential(violation);
            let unknown = violation.spot.part == Part::Body && !recorded.bodies.request;
            !(unknown || credential && self.trusts_callers)
        });
        let contract = &self.contract;
        let operation = &contract.api.operations[index];
        let case = case(&violations);
        let mut flaws = client::invalid(&violations);
        if let Some(response) = &recorded.response {
            self.coverage[index].saw(Some(response.status().as_u16()));
            if recorded.bodies.response {
                self.awaited[index].saw(operation, contract, response);
            }
            let reply = Reply::Answer(response.clone());
            flaws.extend(checks::judge(&Observed {
                contract,
                operation,
                case: &case,
                reply: &reply,
                base: Base::Accepted,
            }));
        }
        flaws.retain(|flaw| flaw.spot.part != Part::ResponseBody || recorded.bodies.response);
        let covered = &mut self.coverage[index];
        covered.tried(&case.spot, &case.rule);
        let pieces: Vec<_> = flaws
            .into_iter()
            .map(|flaw| {
                let status = recorded
                    .response
                    .as_ref()
                    .map(|answer| answer.status().as_u16());
                let piece = piece(contract, operation, &flaw, status);
                (flaw, piece)
            })
            .collect();
        let (operation, path) = (name(operation), operation.path.clone());
        let redactor = Redactor::learn(request, recorded.response.as_ref());
        for (flaw, document) in pieces {
            let found = self.report(&operation, &path, recorded, &flaw, &redactor);
            if let Some(finding) = found {
                finding.document = document;
            }
        }
    }

    /// A request for what the document does not have.
    fn stray(&mut self, recorded: &Recorded, methods: &[String]) {
        let request = &recorded.request;
        let method = request.method();
        // A browser asks before it sends, and anybody may ask what there is; an API need not describe that.
        if [Method::OPTIONS, Method::HEAD].contains(method) {
            return;
        }
        self.requests += 1;
        let path = request.uri().path().to_owned();
        let operation = format!("{method} {path}");
        if !self
            .coverage
            .iter()
            .any(|covered| covered.operation == operation)
        {
            self.coverage.push(Covered {
                operation: operation.clone(),
                skipped: Some("the document does not have it".to_owned()),
                ..Covered::default()
            });
        }
        let flaw = client::undeclared(method.as_str(), &path, methods);
        let redactor = Redactor::learn(request, recorded.response.as_ref());
        self.report(&operation, &path, recorded, &flaw, &redactor);
    }

    /// Adds a finding, or counts it when there is the same already.
    fn report(
        &mut self,
        operation: &str,
        path: &str,
        recorded: &Recorded,
        flaw: &Flaw,
        redactor: &Redactor,
    ) -> Option<&mut Finding> {
        let response = recorded.response.as_ref();
        let status = response.map(|response| response.status().as_u16());
        let key = (operation.to_owned(), key(flaw, status));
        if let Some(index) = self.seen.get(&key) {
            self.findings[*index].cases += 1;
            return None;
        }
        self.seen.insert(key, self.findings.len());
        let evidence = Evidence {
            flaw,
            operation: operation.to_owned(),
            path,
            request: &recorded.request,
            url: &recorded.request.uri().to_string(),
            response,
            // What was recorded did happen.
            reproduced: true,
        };
        self.findings.push(evidence.finding(redactor));
        self.findings.last_mut()
    }
}

/// A recorded request as the checks see it: valid, or wrong by the first rule that it breaks.
fn case(violations: &[Violation]) -> Case {
    let Some(first) = violations.first() else {
        let expect = Expect::Valid { invented: true };
        return Case::recorded(Spot::whole(Part::Request), "recorded", expect);
    };
    let expect = if checks::is_credential(first) {
        Expect::Unauthorized
    } else if first.spot.part == Part::ContentType {
        Expect::UnsupportedMediaType
    } else if first.rule == rule::REQUIRED && first.spot.pointer.is_empty() {
        Expect::Missing
    } else {
        Expect::Invalid
    };
    Case::recorded(first.spot.clone(), &first.rule, expect)
}

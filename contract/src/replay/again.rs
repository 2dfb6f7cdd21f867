//! Recorded requests sent again to a server, and judged anew.

use std::sync::Arc;
use std::time::Instant;

use bindery_spec::Api;
use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderName, HeaderValue, Method, Request, Uri};

use super::saved::sent_again;
use super::{Bodies, Recorded, Recording, Traffic, below};
use crate::checks::{Flaw, Observed, judge};
use crate::probe::head::{REQUESTS, beside_get};
use crate::probe::{
    Covered, Credentials, Evidence, Expect, Finding, Options, Outcome, Redactor, Reply, RunError,
    Sender, Tried, custom_flaws, name, piece,
};
use crate::report::Saved;
use crate::state::{Caller, Played, Resources, Stock};
use crate::validate::Contract;

/// Sends the request of each finding of a report again, and keeps the findings that still show.
///
/// A sequence that showed something is played again as a whole, on things that are made for it, and deleted after it.
///
/// # Errors
/// When the server cannot be reached, or the options are not as they should be.
pub async fn again(
    api: impl Into<Arc<Api>>,
    saved: &Saved,
    options: &Options,
) -> Result<Outcome, RunError> {
    let begin = Instant::now();
    let contract = Contract::new(api.into());
    let sender = ready(options).await?;
    let replay = Replay {
        contract: &contract,
        redactor: Redactor::new(options),
        sender: &sender,
        options,
        base_url: saved.base_url.trim_end_matches('/'),
    };
    let mut outcome = nothing(options);
    let played = replay.sequences(saved, &mut outcome).await;
    for finding in &saved.outcome.findings {
        if finding.played.is_some() {
            let same = played.iter().find(|own| own.is_like(finding));
            outcome.findings.extend(same.cloned());
            continue;
        }
        match replay.finding(finding, &mut outcome).await {
            Ok(shown) => outcome.findings.extend(shown),
            Err(reason) => outcome.not_checked.push(format!(
                "{} of {} was not sent again: {reason}",
                finding.code, finding.operation
            )),
        }
    }
    outcome.duration = begin.elapsed();
    Ok(outcome)
}

/// Sends recorded requests again, and holds what comes back to the document.
///
/// # Errors
/// When the server cannot be reached, or the options are not as they should be.
pub async fn resend(
    api: impl Into<Arc<Api>>,
    recording: &Recording,
    options: &Options,
) -> Result<Outcome, RunError> {
    let begin = Instant::now();
    let api = api.into();
    let sender = ready(options).await?;
    let routes = Traffic::new(Arc::clone(&api));
    let mut traffic = Traffic::new(Arc::clone(&api)).base_url(&options.base_url);
    let mut left_out = recording.left_out.clone();
    for exchange in &recording.exchanges {
        let Some((index, mut request)) = routes.operation(&exchange.request) else {
            left_out.push(format!("{} is not for this API", exchange.request.uri()));
            continue;
        };
        let operation = &api.operations[index];
        if !may_send(options, request.method()) || !options.filter.selects(operation) {
            continue;
        }
        let credentials = Credentials::given(&api, operation, options);
        for (name, value) in &credentials.headers {
            request.headers_mut().insert(name.clone(), value.clone());
        }
        let reply = sender.send(&request).await;
        let url = sender
            .url(&request)
            .and_then(|url| url.as_str().parse().ok());
        *request.uri_mut() = url.unwrap_or_default();
        traffic.observe(&Recorded {
            request,
            response: reply.answer().cloned(),
            bodies: Bodies {
                request: exchange.bodies.request,
                response: true,
            },
        });
    }
    let mut outcome = traffic.outcome();
    outcome.not_checked.extend(left_out);
    outcome.duration = begin.elapsed();
    Ok(outcome)
}

fn nothing(options: &Options) -> Outcome {
    Outcome {
        findings: Vec::new(),
        coverage: Vec::new(),
        requests: 0,
        duration: std::time::Duration::ZERO,
        seed: options.seed,
        not_checked: Vec::new(),
    }
}

async fn ready(options: &Options) -> Result<Sender, RunError> {
    let sender = Sender::new(options)?;
    sender.wait_for(options.wait).await?;
    sender.authorize().await?;
    Ok(sender)
}

fn may_send(options: &Options, method: &Method) -> bool {
    !options.read_only || method.is_safe()
}

/// What is needed to send the requests of findings.
struct Replay<'a> {
    contract: &'a Contract,
    redactor: Redactor,
    sender: &'a Sender,
    options: &'a Options,
    /// Where the server was when the report was written.
    base_url: &'a str,
}

impl Replay<'_> {
    /// Plays the sequences of a report with its seed, and says what they show.
    async fn sequences(&self, saved: &Saved, outcome: &mut Outcome) -> Vec<Finding> {
        let findings = saved.outcome.findings.iter();
        let wanted: Vec<&Played> = findings.filter_map(|own| own.played.as_ref()).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let operations = &self.contract.api.operations;
        let helpers = self.options.filter.helpers(operations);
        let resources = Resources::infer(&self.contract.api, &|index| helpers[index]);
        let is_wanted = |item: &str| wanted.iter().any(|own| own.resource == item);
        let all = resources.all.iter().enumerate();
        let needed: Vec<usize> = all
            .filter(|(_, own)| is_wanted(&own.item))
            .map(|(index, _)| index)
            .collect();
        let played = |index: usize| self.options.filter.selects(&operations[index]);
        let stock = Stock::new(resources, &played, needed);
        let options = self.options.clone().seed(saved.outcome.seed);
        let caller = Caller {
            contract: self.contract,
            options: &options,
            sender: self.sender,
            stock: &stock,
        };
        caller.supply().await;
        let played = caller
            .play(
                &|resource, sequence| wanted.iter().any(|own| own.is(resource, sequence)),
                &self.redactor,
            )
            .await;
        caller.clean().await;
        outcome.requests += stock.requests();
        outcome.not_checked.extend(stock.notes());
        played
    }

    /// The finding again, where it still shows.
    async fn finding(
        &self,
        old: &Finding,
        outcome: &mut Outcome,
    ) -> Result<Option<Finding>, String> {
        let tried = old.tried.as_ref();
        let tried = tried.ok_or("what its request was sent for is not in the report")?;
        let operations = &self.contract.api.operations;
        let index = operations.iter().position(|own| name(own) == old.operation);
        let index = index.ok_or("the document does not have the operation")?;
        let operation = &operations[index];
        if old.request.truncated {
            return Err("its body was cut short".to_owned());
        }
        if !self.options.filter.selects(operation) || !self.options.counts(&old.code) {
            return Ok(None);
        }
        let request = self.request(old, index)?;
        if !may_send(self.options, request.method()) {
            return Err("its method is not safe, and the run is read-only".to_owned());
        }
        let reply = self.sender.send(&request).await;
        outcome.requests += 1;
        let status = note(outcome, &name(operation), &reply);
        let mut flaws = self.flaws(index, tried, &request, &reply);
        if tried.expect == Expect::Companion && request.method() == Method::HEAD {
            let beside = beside_get(self.sender, self.contract, operation, &request).await;
            flaws.extend(beside.into_iter().flat_map(|(_, flaws)| flaws));
            outcome.requests += REQUESTS;
        }
        let same = |flaw: &&Flaw| {
            flaw.check.code == old.code
                && flaw.rule == old.rule
                && flaw.spot.part.to_string() == old.location
                && flaw.spot.pointer == old.pointer
        };
        let Some(flaw) = flaws.iter().find(same) else {
            return Ok(None);
        };
        let url = self.sender.url(&request).map(|url| url.to_string());
        let evidence = Evidence {
            flaw,
            operation: name(operation),
            path: &operation.path,
            request: &request,
            url: &url.unwrap_or_default(),
            response: reply.answer(),
            reproduced: true,
        };
        Ok(Some(Finding {
            document: piece(self.contract, operation, flaw, status),
            tried: Some(tried.clone()),
            ..evidence.finding(&self.redactor)
        }))
    }

    fn flaws(
        &self,
        index: usize,
        tried: &Tried,
        request: &Request<Bytes>,
        reply: &Reply,
    ) -> Vec<Flaw> {
        let operation = &self.contract.api.operations[index];
        let mut flaws = judge(&Observed {
            contract: self.contract,
            operation,
            case: &tried.case(),
            reply,
            base: tried.base,
        });
        if let Some(answer) = reply.answer() {
            flaws.extend(custom_flaws(self.options, operation, request, answer));
        }
        flaws
    }

    /// The request with a target that starts at the root of the API, and with the secrets that the report does not have.
    fn request(&self, old: &Finding, index: usize) -> Result<Request<Bytes>, String> {
        let mut request = sent_again(&old.request)?;
        let target = below(self.base_url, request.uri());
        *request.uri_mut() = target.ok_or("its URL is not that of the report")?;
        let operation = &self.contract.api.operations[index];
        let given = Credentials::given(&self.contract.api, operation, self.options);
        let hidden: Vec<HeaderName> = request
            .headers()
            .iter()
            .filter(|(_, value)| is_hidden(value.to_str().unwrap_or_default()))
            .map(|(name, _)| name.clone())
            .collect();
        for name in hidden {
            let value = self.secret(&given, &name);
            let missing =
                || format!("the secret of the header `{name}` is not in it; give it as in the run");
            request
                .headers_mut()
                .insert(&name, value.ok_or_else(missing)?);
        }
        let query = request.uri().query().unwrap_or_default();
        if query.split('&').any(is_hidden_pair) {
            let query: Option<Vec<&str>> = query
                .split('&')
                .map(|pair| shown(pair, &given.query))
                .collect();
            let query =
                query.ok_or("the secret in its query is not in it; give it as in the run")?;
            let target = format!("{}?{}", request.uri().path(), query.join("&"));
            *request.uri_mut() = target.parse::<Uri>().map_err(|error| error.to_string())?;
        }
        Ok(request)
    }

    /// The secret for a header.
    fn secret(&self, given: &Credentials, name: &HeaderName) -> Option<HeaderValue> {
        if name == COOKIE && !given.cookies.is_empty() {
            return given.cookies.join("; ").parse().ok();
        }
        let own = given.headers.iter().map(|(name, value)| (name, value));
        let fixed = self
            .options
            .headers
            .iter()
            .map(|own| (&own.name, &own.value));
        let mut known = own.chain(fixed);
        known
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value.clone())
    }
}

/// Whether a variable stands in the place of a secret.
fn is_hidden(value: &str) -> bool {
    let mut after = value.split('$').skip(1);
    after.any(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn is_hidden_pair(pair: &str) -> bool {
    pair.split_once('=')
        .is_some_and(|(_, value)| is_hidden(value))
}

/// A pair of a query with its secret; `None` where that is not known.
fn shown<'p>(pair: &'p str, given: &'p [String]) -> Option<&'p str> {
    if !is_hidden_pair(pair) {
        return Some(pair);
    }
    let name = pair.split('=').next();
    given
        .iter()
        .map(String::as_str)
        .find(|own| own.split('=').next() == name)
}

/// Counts an answer in the coverage of its operation.
fn note(outcome: &mut Outcome, operation: &str, reply: &Reply) -> Option<u16> {
    let status = reply.status();
    let known = outcome
        .coverage
        .iter()
        .position(|own| own.operation == operation);
    let index = known.unwrap_or_else(|| {
        outcome.coverage.push(Covered {
            operation: operation.to_owned(),
            ..Covered::default()
        });
        outcome.coverage.len() - 1
    });
    outcome.coverage[index].saw(status);
    status
}

//! Plans requests, sends them, and judges the answers.

mod answered;
mod case;
mod coverage;
mod credentials;
mod curl;
mod draft;
mod filter;
mod finding;
pub(crate) mod head;
mod http1;
mod library;
mod oauth2;
mod operation;
mod options;
mod pace;
mod patience;
mod piece;
mod plan;
mod quirk;
mod redact;
mod reply;
mod send;
mod service;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bindery_spec::{Api, SourceMap};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub(crate) use answered::Awaited;
pub use case::Tried;
pub(crate) use case::{Case, Expect};
pub use coverage::Covered;
pub(crate) use coverage::name;
pub(crate) use credentials::{Credentials, credential_headers};
pub(crate) use curl::curl;
pub(crate) use draft::{Content, Draft};
use filter::is_safe;
pub use filter::{Filter, Selector, Shard};
pub(crate) use finding::Evidence;
pub use finding::{Finding, Message, Piece, Step};
pub(crate) use http1::{Oddities, Oddity};
pub use oauth2::ClientCredentials;
pub(crate) use oauth2::Tokens;
pub(crate) use operation::{Key, custom_flaws, key};
pub use options::Options;
pub(crate) use options::is_sensitive;
pub use pace::Stop;
pub(crate) use piece::piece;
use plan::DEPTH_RULE;
pub(crate) use plan::{Planner, is_if_match};
pub(crate) use quirk::Quirk;
pub(crate) use redact::Redactor;
pub(crate) use reply::{Elapsed, Failure, Reply};
pub(crate) use send::Sender;

use crate::checks::framing::CONTENT;
use crate::checks::method::{ALLOW_MISSING, ALLOW_WRONG};
use crate::mock::base::BasePaths;
use crate::state::{Caller, Resources, Stock};
use crate::validate::Contract;
use operation::{Probe, Probed};

/// Why a run could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The base URL is no `http` or `https` URL.
    #[error("`{0}` is no base URL; it must start with `http://` or `https://`")]
    BaseUrl(String),
    /// Nobody listens there.
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
    /// A header that was given cannot stand in a message. The value is not shown.
    #[error("the header `{0}` has a name or a value that HTTP does not allow")]
    Header(String),
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
    /// No token was given out.
    #[error("no token could be had: {0}")]
    Token(String),
    /// The document has no operations, or the filters leave none of them.
    #[error("{0}")]
    Nothing(&'static str),
    /// There is nothing of the API at the base URL, so that nothing was tested.
    #[error("every request below {0} was answered with 404{1}")]
    NotServed(String, String),
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What does not conform, in the order of the document.
    pub findings: Vec<Finding>,
    /// What was seen of each operation.
    pub coverage: Vec<Covered>,
    /// How many requests were sent.
    pub requests: usize,
    /// How long it took.
    pub duration: Duration,
    /// The seed, to make the same run again.
    pub seed: u64,
    /// What of the document could not be checked: a sentence each, with its code.
    pub not_checked: Vec<String>,
}

impl Outcome {
    /// What could not be checked, as sentences.
    pub(crate) fn not_checked(diagnostics: &bindery_spec::Diagnostics) -> Vec<String> {
        let mut told: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        // Who met it first depends on the workers.
        for own in diagnostics.iter() {
            let sentence = format!("{}: {}", own.code, own.message);
            let places = own.at.iter().map(|place| &*place.pointer);
            told.entry(sentence).or_default().extend(places);
        }
        let told = told.into_iter();
        told.map(|(sentence, places)| match places.first() {
            Some(first) if places.len() > 1 => {
                format!("{sentence} ({} times, first at {first})", places.len())
            }
            Some(only) => format!("{sentence} (at {only})"),
            None => sentence,
        })
        .collect()
    }

    /// Notes in which file and line the broken pieces of the document stand, by what it was read from.
    pub fn locate(&mut self, sources: &SourceMap) {
        let pieces = self
            .findings
            .iter_mut()
            .filter_map(|finding| finding.document.as_mut());
        pieces.for_each(|piece| piece.locate(sources));
    }

    /// Whether nothing was found that fails a run; warnings do so only when it is strict.
    pub fn is_clean(&self, strict: bool) -> bool {
        !self
            .findings
            .iter()
            .any(|finding| finding.is_error() || (strict && finding.is_certain()))
    }
}

/// What a run tells while it goes on.
pub trait Progress: Send + Sync {
    /// An operation was probed: so many of all, with what was found in it.
    fn probed(&self, done: usize, all: usize, findings: &[Finding]);
}

/// Tells nothing.
impl Progress for () {
    fn probed(&self, _: usize, _: usize, _: &[Finding]) {}
}

/// Holds the server at a base URL to a document.
///
/// Findings, their order and the cases are the same for any number of workers, as long as the server answers the same.
///
/// ```
/// use bindery_contract::{Options, RunError, run, spec::Api};
/// # async fn example(api: Api) -> Result<(), RunError> {
/// let outcome = run(api, &Options::new("http://127.0.0.1:8080"), &()).await?;
/// assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
/// # Ok(()) }
/// ```
///
/// # Errors
/// When the run could not be made: see [`RunError`]. Whatever the server does is a finding instead.
pub async fn run(
    api: impl Into<Arc<Api>>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Outcome, RunError> {
    let begin = Instant::now();
    let contract = Arc::new(Contract::new(api.into()));
    let selected = contract.api.operations.iter().enumerate();
    let selected = selected
        .filter(|(_, operation)| options.filter.selects(operation))
        .map(|(index, _)| index);
    // Every part sees the same list, so that all parts together are the whole.
    let selected: Vec<usize> = selected
        .enumerate()
        .filter(|(position, _)| options.shard.is_none_or(|shard| shard.has(*position)))
        .map(|(_, index)| index)
        .collect();
    if selected.is_empty() {
        return Err(RunError::Nothing(if contract.api.operations.is_empty() {
            "the document has no operations"
        } else {
            "no operation of the document is selected"
        }));
    }
    let sender = Sender::new(options)?;
    sender.wait_for(options.wait).await?;
    sender.authorize().await?;
    let operations = &contract.api.operations;
    let helpers = options.filter.helpers(operations);
    let may_call = |index: usize| options.state && helpers[index];
    let resources = Resources::infer(&contract.api, &may_call);
    let own = selected.iter();
    let wanted: Vec<usize> = own
        .flat_map(|index| resources.of(&contract.api, *index))
        .collect();
    let played = |index: usize| options.filter.selects(&operations[index]);
    let shared = Arc::new(Shared {
        stock: Stock::new(resources, &played, wanted),
        redactor: Redactor::new(options),
        options: options.clone(),
        sender,
    });
    let caller = shared.caller(&contract);
    caller.supply().await;
    let mut probed = spread(&contract, &shared, &selected, progress).await;
    probed.sort_by_key(|(index, _)| *index);
    // Lists that sequences read to their end are short again.
    caller.tidy().await;
    caller.renew().await;
    let mut played = caller
        .play(
            // One part of a run plays on a resource, whatever parts its operations are in.
            &|resource, _| {
                let first = resource.operations().into_iter().next();
                first.is_some_and(|(_, first)| selected.contains(&first))
            },
            &shared.redactor,
        )
        .await;
    caller.clean().await;
    let mut outcome = Outcome {
        findings: Vec::new(),
        coverage: Vec::new(),
        requests: 0,
        duration: begin.elapsed(),
        seed: options.seed,
        not_checked: Outcome::not_checked(&contract.diagnostics()),
    };
    outcome.not_checked.extend(shared.stock.notes());
    outcome.requests = shared.stock.requests();
    for (index, probed) in probed {
        let name = name(&contract.api.operations[index]);
        let known = probed.findings.len();
        outcome.findings.extend(probed.findings);
        let own = outcome.findings.len() - known;
        for finding in played.extract_if(.., |finding| finding.operation == name) {
            // What a single request showed as well needs no sequence.
            let alone = outcome.findings[own..]
                .iter()
                .any(|other| other.is_like(&finding));
            if !alone {
                outcome.findings.push(finding);
            }
        }
        outcome.coverage.push(probed.covered);
        outcome.requests += probed.requests;
    }
    outcome.findings.extend(played);
    join(&mut outcome.findings);
    served(&contract, &outcome, options)?;
    outcome.duration = begin.elapsed();
    Ok(outcome)
}

/// Whether anything of the API is at the base URL. A thing that does not exist is answered with 404 as well, so there must
/// be an operation that needs none.
fn served(contract: &Contract, outcome: &Outcome, options: &Options) -> Result<(), RunError> {
    let mut statuses = outcome.coverage.iter().flat_map(|own| own.statuses.keys());
    let answered = |name: &str| {
        let mut coverage = outcome.coverage.iter();
        coverage.any(|own| own.operation == name && !own.statuses.is_empty())
    };
    let mut operations = contract.api.operations.iter();
    let needs_nothing = operations.any(|own| !own.path.contains('{') && answered(&name(own)));
    if !needs_nothing || !statuses.all(|status| *status == 404) {
        return Ok(());
    }
    let paths = BasePaths::new(&contract.api);
    let elsewhere = paths
        .first()
        .filter(|path| !options.base_url.contains(path));
    let hint = elsewhere.map(|path| format!("; the document says that the API is below {path}"));
    Err(RunError::NotServed(
        options.base_url.clone(),
        hint.unwrap_or_default(),
    ))
}

/// Makes one finding of those that say the same of the server as a whole, wherever they showed: the first stands.
fn join(findings: &mut Vec<Finding>) {
    join_all(findings, |finding| finding.code == ALLOW_MISSING.code);
    join_all(findings, |finding| {
        finding.code == ALLOW_WRONG.code && !finding.is_error()
    });
    // Whoever sends content after the head does so for all.
    join_all(findings, |finding| {
        finding.code == CONTENT.code && finding.method == "HEAD"
    });
    // A reader of JSON that cannot bear much is that of all operations. Where more cases failed there may be another cause.
    join_all(findings, |finding| {
        let tried = finding.tried.as_ref();
        finding.cases == 1 && tried.is_some_and(|tried| tried.rule == DEPTH_RULE)
    });
}

fn join_all(findings: &mut Vec<Finding>, is_general: impl Fn(&Finding) -> bool) {
    let Some(first) = findings.iter().position(&is_general) else {
        return;
    };
    let others = findings.extract_if(first + 1.., |finding| is_general(finding));
    let others: Vec<usize> = others.map(|finding| finding.cases).collect();
    if !others.is_empty() {
        let finding = &mut findings[first];
        finding.cases += others.iter().sum::<usize>();
        let (message, others) = (&finding.message, others.len());
        finding.message = format!("{message}, here and at {others} other paths");
    }
}

/// What all parts of a run share.
struct Shared {
    options: Options,
    sender: Sender,
    redactor: Redactor,
    stock: Stock,
}

impl Shared {
    fn caller<'a>(&'a self, contract: &'a Contract) -> Caller<'a> {
        Caller {
            contract,
            options: &self.options,
            sender: &self.sender,
            stock: &self.stock,
        }
    }
}

/// Spreads the operations over the workers.
async fn spread(
    contract: &Arc<Contract>,
    shared: &Arc<Shared>,
    selected: &[usize],
    progress: &dyn Progress,
) -> Vec<(usize, Probed)> {
    let workers = Arc::new(Semaphore::new(shared.options.workers.max(1)));
    let mut tasks = JoinSet::new();
    for index in selected.iter().copied() {
        let (contract, shared, workers) = (
            Arc::clone(contract),
            Arc::clone(shared),
            Arc::clone(&workers),
        );
        tasks.spawn(async move {
            // The semaphore is never closed.
            let _permit = workers.acquire().await;
            let probe = Probe {
                contract: &contract,
                options: &shared.options,
                sender: &shared.sender,
                redactor: &shared.redactor,
                caller: shared.caller(&contract),
            };
            (index, probe.operation(index).await)
        });
    }
    let mut probed = Vec::new();
    while let Some(finished) = tasks.join_next().await {
        // A task that panicked has a defect of ours in it; the others still count, and it is told below.
        if let Ok((index, one)) = finished {
            progress.probed(probed.len() + 1, selected.len(), &one.findings);
            probed.push((index, one));
        }
    }
    for index in selected.iter().copied() {
        if !probed.iter().any(|(own, _)| *own == index) {
            probed.push((index, Probed::failed(&contract.api.operations[index])));
        }
    }
    probed
}

//! A run: selects operations, spreads them over workers, plays sequences, and gathers what came of it.

use std::sync::Arc;
use std::time::Instant;

use bindery_spec::Api;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::coverage::name;
use super::join::join;
use super::operation::{Probe, Probed};
use super::{Finding, Options, Outcome, Redactor, RunError, Sender};
use crate::mock::base::BasePaths;
use crate::state::{Caller, Resource, Resources, Stock};
use crate::validate::Contract;

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
    let selected = selected(&contract.api, options)?;
    let sender = Sender::new(options)?;
    sender.wait_for(options.wait).await?;
    sender.authorize().await?;
    let shared = Arc::new(Shared::new(&contract.api, options, &selected, sender));
    let caller = shared.caller(&contract);
    caller.supply().await;
    let probed = spread(&contract, &shared, &selected, progress).await;
    let mut played = sequences(&caller, &shared, &selected).await;
    caller.clean().await;
    let mut outcome = Outcome {
        findings: Vec::new(),
        coverage: Vec::new(),
        requests: shared.stock.requests(),
        duration: begin.elapsed(),
        seed: options.seed,
        not_checked: Outcome::not_checked(&contract.diagnostics()),
    };
    outcome.not_checked.extend(shared.stock.notes());
    for (index, probed) in probed {
        let name = name(&contract.api.operations[index]);
        outcome.add(&name, probed, &mut played);
    }
    outcome.findings.extend(played);
    join(&mut outcome.findings);
    served(&contract, &outcome, options)?;
    outcome.duration = begin.elapsed();
    Ok(outcome)
}

/// The operations to test, by their places in the document.
fn selected(api: &Api, options: &Options) -> Result<Vec<usize>, RunError> {
    let operations = api.operations.iter().enumerate();
    let selected = operations.filter(|(_, operation)| options.filter.selects(operation));
    // Every part sees the same list, so that all parts together are the whole.
    let parts = selected.enumerate();
    let selected: Vec<usize> = parts
        .filter(|(position, _)| options.shard.is_none_or(|shard| shard.has(*position)))
        .map(|(_, (index, _))| index)
        .collect();
    if !selected.is_empty() {
        return Ok(selected);
    }
    Err(RunError::Nothing(if api.operations.is_empty() {
        "the document has no operations"
    } else {
        "no operation of the document is selected"
    }))
}

/// Plays the sequences of requests on resources, and gives what showed in them.
async fn sequences(caller: &Caller<'_>, shared: &Shared, selected: &[usize]) -> Vec<Finding> {
    // Lists that sequences read to their end are short again.
    caller.tidy().await;
    caller.renew().await;
    // One part of a run plays on a resource, whatever parts its operations are in.
    let ours = |resource: &Resource, _| {
        let first = resource.operations().into_iter().next();
        first.is_some_and(|(_, first)| selected.contains(&first))
    };
    caller.play(&ours, &shared.redactor).await
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

/// What all parts of a run share.
struct Shared {
    options: Options,
    sender: Sender,
    redactor: Redactor,
    stock: Stock,
}

impl Shared {
    fn new(api: &Api, options: &Options, selected: &[usize], sender: Sender) -> Self {
        let helpers = options.filter.helpers(&api.operations);
        let resources = Resources::infer(api, &|index| options.state && helpers[index]);
        let own = selected.iter();
        let wanted: Vec<usize> = own.flat_map(|index| resources.of(api, *index)).collect();
        let played = |index: usize| options.filter.selects(&api.operations[index]);
        Self {
            stock: Stock::new(resources, &played, wanted),
            redactor: Redactor::new(options),
            options: options.clone(),
            sender,
        }
    }

    fn caller<'a>(&'a self, contract: &'a Contract) -> Caller<'a> {
        Caller {
            contract,
            options: &self.options,
            sender: &self.sender,
            stock: &self.stock,
        }
    }
}

/// Spreads the operations over the workers, and gives what came of each in the order of the document.
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
    probed.sort_by_key(|(index, _)| *index);
    probed
}

//! `run`: tests a deployment, or our own mock of the document.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use bindery_contract::replay;
use bindery_contract::report::{Archive, Baseline, Format, Report, Saved, plain};
use bindery_contract::spec::Api;
use bindery_contract::{
    Expectation, Mock, Options, Outcome, RunError, Running, Shard, checks, resources, run as probe,
};
use clap::{ArgGroup, Args};
use tokio::sync::oneshot;

use super::{Verdict, block_on, credentials, document, output, progress, select, show, tell};

/// The arguments of `run`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("deployment").required(true).args(["base_url", "mock", "show_resources"])))]
#[command(after_help = "\
Examples:
  bindery-contract run --spec openapi.yaml --mock
  bindery-contract run --base-url http://127.0.0.1:8080 --bearer-env API_TOKEN --report json=contract.json
  bindery-contract run --base-url http://127.0.0.1:8080 --bearer-env API_TOKEN --replay contract.json
  bindery-contract run --base-url https://api.example.com/v1 --read-only \\
      --include-operation pets --exclude-operation 'GET /pets/{id}' --report junit=contract.xml")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: document::Source,
    /// Where the API is served; the paths of the document are appended to it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Tests our own mock of the document, in this process
    #[arg(long)]
    mock: bool,
    #[command(flatten)]
    credentials: credentials::Credentials,
    /// Which cases are made; the same seed makes the same cases
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many requests are sent in a second at most
    #[arg(long, value_name = "NUMBER", value_parser = above_zero)]
    rate: Option<f64>,
    /// After how many seconds no more cases are sent; what was found is reported
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    max_time: Option<Duration>,
    /// After how many errors no more cases are sent; what was found until then is reported
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    max_errors: Option<u32>,
    /// How many seconds the server is given after a change before a sequence that showed something looks again
    #[arg(long, value_name = "SECONDS", value_parser = pause, default_value = "0.5")]
    settle: Duration,
    /// Reports only this check, by its code; may be given several times
    #[arg(long, value_name = "CODE", value_parser = code)]
    include_check: Vec<String>,
    /// Does not report this check, by its code; may be given several times
    #[arg(long, value_name = "CODE", value_parser = code)]
    exclude_check: Vec<String>,
    /// What every answer shall keep to: header=NAME, not-status=CODE or time=MILLISECONDS; may be given several times
    #[arg(long, value_name = "RULE")]
    expect: Vec<Expectation>,
    /// The HTTP proxy that requests go through
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Certificates in PEM to trust beside those of the system
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// The certificate in PEM that is shown to the server
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The key of --cert, in PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Takes any certificate of the server, also a wrong one
    #[arg(long)]
    insecure: bool,
    /// Speaks HTTP/2 by prior knowledge, without TLS as well
    #[arg(long)]
    http2: bool,
    /// Tests only this part of the operations, such as 2/8; `merge` makes one report of all parts
    #[arg(long, value_name = "PART/OF")]
    shard: Option<Shard>,
    /// A file of findings that are known and fail nothing: what --write-baseline wrote, or any JSON report
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes what was found to a file for --baseline, and fails nothing
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Sends what a file holds instead of cases of its own: the findings of a JSON report, of which those are told that still
    /// show, or the requests of an HTTP Archive
    #[arg(long, value_name = "FILE", conflicts_with_all = ["shard", "show_resources"])]
    replay: Option<PathBuf>,
    /// Writes every exchange to an HTTP Archive while the run goes on; `--report har=FILE` has those of the findings only
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Waits up to so many seconds until the server can be reached
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    wait: Option<Duration>,
    #[command(flatten)]
    output: output::Output,
    /// Tests only this operation: its operationId, a tag, 'METHOD /path', path=PREFIX or method=NAME; may be given several times. What it needs is made by others, unless they are left out, or only GET, HEAD and OPTIONS are tested
    #[arg(long, value_name = "OPERATION")]
    include_operation: Vec<String>,
    /// Leaves this operation out: its operationId, a tag, 'METHOD /path', path=PREFIX or method=NAME; may be given several times
    #[arg(long, value_name = "OPERATION")]
    exclude_operation: Vec<String>,
    /// How many seconds an answer may take; by default ten, and for a server that is known to be quick a hundred times its
    /// slowest answer, and never less than five
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// How many operations are tested at once
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=256))]
    workers: u16,
    /// How many cases an operation gets at most
    #[arg(long, value_name = "NUMBER")]
    max_cases: Option<usize>,
    /// How many random requests an operation gets after those that are planned; 0 for none
    #[arg(long, value_name = "NUMBER", default_value_t = Options::FUZZ)]
    fuzz: usize,
    /// Lets the mock remember what is created, so that sequences on resources are played on it as well
    #[arg(long, requires = "mock")]
    stateful: bool,
    /// Plays no sequences on resources, and makes no things to test with
    #[arg(long)]
    no_state: bool,
    /// Shows the resources that sequences would be played on, and ends
    #[arg(long)]
    show_resources: bool,
    /// Sends only GET, HEAD and OPTIONS
    #[arg(long)]
    read_only: bool,
}

/// Tests, reports, and says how it ended.
///
/// # Errors
/// When the run could not be made, or a report not be written.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let document = document::read(&arguments.source)?;
    if arguments.show_resources {
        let lines = resources(&document.api);
        let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
        show(&format!(
            "{}
",
            lines.join(
                "
"
            )
        ));
        return Ok(Verdict::Clean);
    }
    let api = Arc::new(document.api);
    let options = options(arguments, &api)?;
    let (base_url, mut outcome) = block_on(probe_at(arguments, api, options))?;
    outcome.locate(&document.sources);
    let known = known(arguments, &mut outcome)?;
    let report = Report {
        document: &document.name,
        base_url: &base_url,
        outcome: &outcome,
    };
    if let Some(file) = &arguments.write_baseline {
        std::fs::write(file, report.render(Format::Json))
            .with_context(|| format!("cannot write the baseline {}", file.display()))?;
        output::write(&report, &arguments.output)?;
        return Ok(Verdict::Clean);
    }
    let verdict = output::write(&report, &arguments.output)?;
    if known > 0 {
        tell(&format!(
            "note: {known} findings are in the baseline and do not count\n"
        ));
    }
    Ok(verdict)
}

/// Takes out what the baseline has, and says how many findings that were.
fn known(arguments: &Arguments, outcome: &mut Outcome) -> anyhow::Result<usize> {
    let Some(file) = &arguments.baseline else {
        return Ok(0);
    };
    let name = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("cannot read the baseline {name}"))?;
    let baseline = Baseline::read(&bytes)
        .with_context(|| format!("{name} is no baseline and no JSON report"))?;
    Ok(baseline.take_from(outcome))
}

async fn probe_at(
    arguments: &Arguments,
    api: Arc<Api>,
    mut options: Options,
) -> anyhow::Result<(String, Outcome)> {
    let mock = if arguments.mock {
        let (url, served) = serve(arguments, &api, &options).await?;
        options.base_url = url;
        Some(served)
    } else {
        None
    };
    let line = progress::Line::new();
    let stop = options.stop.clone();
    let interrupted = tokio::spawn(async move {
        // Where it cannot be waited for, Ctrl-C ends the program as ever.
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.stop();
        }
    });
    let archive = arguments.archive.as_deref().map(open).transpose()?;
    if let Some(archive) = &archive {
        options = options.archive(archive);
    }
    let outcome = match &arguments.replay {
        Some(file) => again(api, file, &options).await,
        None => probe(api, &options, &line).await.map_err(explained),
    };
    interrupted.abort();
    line.clear();
    drop(mock);
    if let Some(archive) = archive {
        archive.finish().context("cannot write the archive")?;
    }
    Ok((options.base_url, outcome?))
}

/// Serves our own mock on a thread of its own, because planning takes that of the run, and an answer must not wait for it.
/// It is served until the sender is dropped.
async fn serve(
    arguments: &Arguments,
    api: &Arc<Api>,
    options: &Options,
) -> anyhow::Result<(String, oneshot::Sender<()>)> {
    // A mock that knows what was given can tell what was not.
    let mut mock = Mock::new(Arc::clone(api)).knowing(options);
    if arguments.stateful {
        mock = mock.stateful();
    }
    let (served, wanted) = oneshot::channel();
    let (bound, told) = oneshot::channel();
    std::thread::spawn(move || {
        block_on(async move {
            let running = mock.bind("127.0.0.1:0").await;
            // Nobody listens when the run has ended already.
            let _ = bound.send(
                running
                    .as_ref()
                    .map(Running::url)
                    .map_err(ToString::to_string),
            );
            let _ = wanted.await;
            drop(running);
            Ok(())
        })
    });
    let url = told.await.context("cannot start the mock")?;
    let url = url.map_err(|error| anyhow!("cannot start the mock: {error}"))?;
    Ok((url, served))
}

fn open(file: &Path) -> anyhow::Result<Arc<Archive>> {
    let archive = Archive::create(file);
    let archive = archive.with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Arc::new(archive))
}

/// Sends the requests of a file.
async fn again(api: Arc<Api>, file: &Path, options: &Options) -> anyhow::Result<Outcome> {
    let bytes = read(file)?;
    let outcome = match Saved::read(&bytes) {
        Ok(saved) => replay::again(api, &saved, options).await,
        Err(no_report) => {
            // What is no archive either is taken for the report that it was meant to be.
            let recording = replay::read(&bytes).map_err(|_| no_report);
            let recording = recording.with_context(|| format!("cannot use {}", file.display()))?;
            replay::resend(api, &recording, options).await
        }
    };
    outcome.map_err(explained)
}

fn explained(error: RunError) -> anyhow::Error {
    match error {
        RunError::Unreachable(ref url, _) => {
            let trust = if url.starts_with("https:") {
                ", and its certificate one that --ca-file or --insecure lets pass"
            } else {
                ""
            };
            anyhow!("{error}; is the server started, and --base-url right{trust}?")
        }
        other => other.into(),
    }
}

fn options(arguments: &Arguments, api: &Api) -> anyhow::Result<Options> {
    let base_url = arguments.base_url.clone().unwrap_or_default();
    let mut options = Options::new(base_url).seed(arguments.seed);
    options.timeout = arguments.timeout;
    options.workers = arguments.workers.into();
    options.max_cases = arguments.max_cases;
    options.fuzz = arguments.fuzz;
    options.read_only = arguments.read_only;
    // A mock without a memory keeps nothing that a sequence could look for.
    options.state = !arguments.no_state && (!arguments.mock || arguments.stateful);
    for expectation in arguments.expect.iter().chain(&document::expected()?) {
        options = options.custom(expectation.clone());
    }
    options.proxy.clone_from(&arguments.proxy);
    options.insecure = arguments.insecure;
    options.http2 = arguments.http2;
    if let Some(file) = &arguments.ca_file {
        options.authorities = read(file)?;
    }
    for file in arguments.cert.iter().chain(&arguments.key) {
        options.identity.extend(read(file)?);
    }
    options.rate = arguments.rate;
    options.max_time = arguments.max_time;
    options.max_errors = arguments.max_errors.map(|most| most as usize);
    options.settle = arguments.settle;
    options.checks.clone_from(&arguments.include_check);
    options.without_checks.clone_from(&arguments.exclude_check);
    options.shard = arguments.shard;
    options.wait = arguments.wait;
    options.filter = select::filter(
        api,
        &arguments.include_operation,
        &arguments.exclude_operation,
    )?;
    arguments.credentials.apply(api, options)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn above_zero(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| *number > 0.0);
    number.ok_or_else(|| "expected a number above zero".to_owned())
}

fn code(text: &str) -> Result<String, String> {
    let known = checks().iter().any(|check| check.code == text);
    let unknown = || format!("there is no check `{text}`; `bindery-contract explain` lists all");
    known.then(|| text.to_owned()).ok_or_else(unknown)
}

/// A number of seconds, or none.
fn pause(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "expected a number of seconds, such as `2.5`".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let some = pause(text).ok().filter(|pause| !pause.is_zero());
    some.ok_or_else(|| "expected a number of seconds above zero, such as `2.5`".to_owned())
}

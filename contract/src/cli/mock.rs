//! `mock`: serves the document until it is interrupted.

use anyhow::Context;
use bindery_contract::report::plain;
use bindery_contract::{Exchange, Fault, Latency, Mock};
use clap::Args;

use super::{Verdict, block_on, cannot_listen, document, show, tell};

/// The arguments of `mock`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract mock --spec openapi.yaml
  curl http://127.0.0.1:4010/pets
  curl --header 'Prefer: code=404, example=gone' http://127.0.0.1:4010/pets/1")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: document::Source,
    /// Remembers what is created, so that it can be read, listed, changed and deleted
    #[arg(long)]
    stateful: bool,
    /// Makes values instead of taking examples, others for each answer; the same for the same seed and order
    #[arg(long)]
    dynamic: bool,
    /// The seed of --dynamic
    #[arg(long, default_value_t = 0, requires = "dynamic")]
    seed: u64,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    address: String,
    /// Tells nothing of what is asked; by default each request has a line, and each reason of a refusal
    #[arg(long)]
    quiet: bool,
    /// How many milliseconds an answer takes: `100`, or a range such as `50..200`
    #[arg(long, value_name = "MILLISECONDS")]
    latency: Option<Latency>,
    /// Spoils a part of the answers: `0.1=503`, `0.05=reset` or `0.05=slow`; may be given several times
    #[arg(long, value_name = "RATE=FAULT")]
    fault: Vec<Fault>,
}

/// Serves the document.
///
/// # Errors
/// When the document cannot be used, or nobody can listen at the address.
pub(super) fn mock(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let document = document::read(&arguments.source)?;
    let (name, operations) = (document.name, document.api.operations.len());
    block_on(async {
        let mut mock = Mock::new(document.api);
        if !arguments.quiet {
            mock = mock.log(log);
        }
        if let Some(latency) = &arguments.latency {
            mock = mock.latency(latency.clone());
        }
        for fault in &arguments.fault {
            mock = mock.fault(*fault);
        }
        if arguments.dynamic {
            mock = mock.dynamic(arguments.seed);
        }
        if arguments.stateful {
            mock = mock.stateful();
        }
        let address = &arguments.address;
        let running = mock
            .bind(address.as_str())
            .await
            .with_context(|| cannot_listen(address))?;
        show(&format!(
            "{} serves the {operations} operations of {name}; Ctrl-C ends it\n",
            running.url()
        ));
        running.forever().await;
        Ok(Verdict::Clean)
    })
}

/// One line for the exchange, and one for each reason of a refusal.
fn log(exchange: &Exchange<'_>) {
    let mut text = format!(
        "{} {} {}\n",
        exchange.status,
        exchange.method,
        plain(exchange.path)
    );
    let reasons = exchange.violations.iter();
    text.extend(reasons.map(|violation| format!("    {}\n", plain(&violation.to_string()))));
    tell(&text);
}

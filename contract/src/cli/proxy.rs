//! `proxy`: stands between clients and a server until it is interrupted, and reports then.

use anyhow::Context;
use bindery_contract::Proxy;
use bindery_contract::report::Report;
use clap::Args;

use super::{Verdict, block_on, cannot_listen, document, output, tell};

/// The arguments of `proxy`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract proxy --spec openapi.yaml --upstream http://127.0.0.1:8080 --report html=traffic.html")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: document::Source,
    /// Where the API is served; the paths of the document are appended to it
    #[arg(long, value_name = "URL")]
    upstream: String,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4011")]
    address: String,
    #[command(flatten)]
    output: output::Output,
}

/// Passes traffic on until Ctrl-C, and reports what it came to.
///
/// # Errors
/// When the document cannot be used, or nobody can listen at the address.
pub(super) fn proxy(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let document = document::read(&arguments.source)?;
    let proxy = Proxy::new(document.api, &arguments.upstream)?;
    let mut outcome = block_on(async {
        let address = &arguments.address;
        let running = proxy
            .bind(address.as_str())
            .await
            .with_context(|| cannot_listen(address))?;
        tell(&format!(
            "{} passes on to {}; Ctrl-C ends it and reports\n",
            running.url(),
            arguments.upstream
        ));
        tokio::signal::ctrl_c()
            .await
            .context("cannot wait for Ctrl-C")?;
        Ok(running.outcome())
    })?;
    outcome.locate(&document.sources);
    let report = Report {
        document: &document.name,
        base_url: &arguments.upstream,
        outcome: &outcome,
    };
    output::write(&report, &arguments.output)
}

//! `replay`: holds recorded traffic to the document.

use std::path::PathBuf;

use anyhow::Context;
use bindery_contract::replay::{Recording, Traffic, read};
use bindery_contract::report::Report;
use clap::Args;

use super::{Verdict, document, output, tell};

/// The arguments of `replay`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract replay --spec openapi.yaml browser.har
  bindery-contract replay --spec openapi.yaml --base-url https://api.example.com/v1 *.har --report html=traffic.html")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: document::Source,
    /// HTTP Archives of browsers and proxies, or JSON reports, whose findings are judged anew
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Takes only requests below this URL, and tells those that the document does not have
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    output: output::Output,
}

/// Judges all exchanges of all files.
///
/// # Errors
/// When the document or a file cannot be read, or no exchange is for the API.
pub(super) fn replay(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let document = document::read(&arguments.source)?;
    let mut recordings = Vec::new();
    for file in &arguments.files {
        let name = file.display();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let recording = read(&bytes).with_context(|| format!("cannot use {name}"))?;
        for reason in &recording.left_out {
            tell(&format!("warning: {name}: {reason}; it was left out\n"));
        }
        recordings.push(recording);
    }
    let mut traffic = Traffic::new(document.api);
    if let Some(url) = &arguments.base_url {
        traffic = traffic.base_url(url);
    }
    if !recordings.iter().any(shows_credentials) {
        traffic = traffic.trust_callers();
    }
    for exchange in recordings.iter().flat_map(|recording| &recording.exchanges) {
        traffic.observe(exchange);
    }
    if traffic.foreign() > 0 {
        tell(&format!(
            "note: {} exchanges are not for this API\n",
            traffic.foreign()
        ));
    }
    let mut outcome = traffic.outcome();
    outcome.locate(&document.sources);
    anyhow::ensure!(
        outcome.requests > 0,
        "no exchange is for this API; is the document the right one, and --base-url as in the recording?"
    );
    let files: Vec<String> = arguments
        .files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let files = files.join(", ");
    let report = Report {
        document: &document.name,
        base_url: arguments.base_url.as_deref().unwrap_or(&files),
        outcome: &outcome,
    };
    output::write(&report, &arguments.output)
}

/// Whether any request has a credential. Where none has, the browser has left them out.
fn shows_credentials(recording: &Recording) -> bool {
    let headers = recording
        .exchanges
        .iter()
        .map(|exchange| exchange.request.headers());
    headers
        .into_iter()
        .any(|headers| headers.contains_key("authorization") || headers.contains_key("cookie"))
}

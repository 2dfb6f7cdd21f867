//! `merge`: makes one report of the JSON reports of several runs, such as shards.

use std::path::PathBuf;

use anyhow::{Context, bail};
use bindery_contract::report::{Report, Saved};
use clap::Args;

use super::{Verdict, output};

/// The arguments of `merge`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract merge shard-*.json --report html=contract.html --report json=contract.json")]
pub(super) struct Arguments {
    /// JSON reports of the same document
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: output::Output,
}

/// Merges all reports.
///
/// # Errors
/// When a file is no report, or the reports are of different documents.
pub(super) fn merge(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let mut merged: Option<Saved> = None;
    for file in &arguments.files {
        let name = file.display();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let saved = Saved::read(&bytes).with_context(|| format!("{name} is no JSON report"))?;
        match &mut merged {
            None => merged = Some(saved),
            Some(merged) if merged.document == saved.document => merged.add(saved),
            Some(merged) => bail!(
                "{name} is about {}, and not about {}",
                saved.document,
                merged.document
            ),
        }
    }
    let merged = merged.context("there is nothing to merge")?;
    let report = Report {
        document: &merged.document,
        base_url: &merged.base_url,
        outcome: &merged.outcome,
    };
    output::write(&report, &arguments.output)
}

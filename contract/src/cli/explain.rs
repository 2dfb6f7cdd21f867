//! `explain`: what a finding means.

use anyhow::bail;
use bindery_contract::{Check, checks};
use clap::Args;

use super::{Verdict, show};

/// The arguments of `explain`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract explain
  bindery-contract explain status-undocumented")]
pub(super) struct Arguments {
    /// The code of a finding; without it, all codes are listed
    code: Option<String>,
}

/// Shows one check, or the list of all.
///
/// # Errors
/// When there is no check with the code.
pub(super) fn explain(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let Some(code) = &arguments.code else {
        let line = |check: &&Check| {
            format!(
                "{:<34} {:<8} {}\n",
                check.code,
                check.level.name(),
                check.title
            )
        };
        show(&checks().iter().map(line).collect::<String>());
        return Ok(Verdict::Clean);
    };
    let Some(check) = checks().into_iter().find(|check| check.code == code) else {
        bail!("there is no check `{code}`; `bindery-contract explain` lists all");
    };
    let Check {
        code,
        level,
        section,
        title,
        explanation,
    } = check;
    show(&format!(
        "{code} ({})\n\n{title}\n{section}\n\n{explanation}\n",
        level.name()
    ));
    Ok(Verdict::Clean)
}

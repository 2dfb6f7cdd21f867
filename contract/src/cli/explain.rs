//! `explain`: what a finding means, and the rule that it names.

use anyhow::bail;
use bindery_contract::{Check, checks, rules};
use clap::Args;

use super::{Verdict, show};

/// The arguments of `explain`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  bindery-contract explain
  bindery-contract explain status-undocumented
  bindery-contract explain maxContains")]
pub(super) struct Arguments {
    /// The code of a finding, or the rule that it names; without it, all are listed
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
        let checks: String = checks().iter().map(line).collect();
        let rules = rules().map(|rule| format!("{:<34} rule     {}\n", rule.name, rule.meaning));
        show(&format!("{checks}\n{}", rules.collect::<String>()));
        return Ok(Verdict::Clean);
    };
    let Some(check) = checks().into_iter().find(|check| check.code == code) else {
        return explain_rule(code);
    };
    let Check {
        code,
        level,
        evident,
        section,
        title,
        explanation,
    } = check;
    let evident = if *evident {
        "\nIt counts even where it does not show again.\n"
    } else {
        ""
    };
    show(&format!(
        "{code} ({})\n\n{title}\n{section}\n\n{explanation}\n{evident}",
        level.name()
    ));
    Ok(Verdict::Clean)
}

fn explain_rule(name: &str) -> anyhow::Result<Verdict> {
    let Some(rule) = rules().find(|rule| rule.name == name) else {
        bail!("there is no check and no rule `{name}`; `bindery-contract explain` lists all");
    };
    let section = format!("{}\n", rule.section);
    let section = if rule.section.is_empty() {
        ""
    } else {
        &section
    };
    show(&format!("{name} (rule)\n\n{}\n{section}", rule.meaning));
    Ok(Verdict::Clean)
}

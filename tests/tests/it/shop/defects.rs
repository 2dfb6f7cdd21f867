//! Every defect is found. `BINDERY_SHOP_SEEDS=10` tries ten seeds, and `BINDERY_SHOP_DEFECT=NAME,…` some defects only.

use bindery_contract::{Finding, Outcome};
use bindery_tests::shop::Defect;

use super::misses::{FOLLOWING, MISSES};
use super::{api, scope, seeds, test};

#[test]
fn there_are_enough_and_none_is_named_twice() {
    let mut names: Vec<&str> = Defect::all().map(|defect| defect.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(count >= 180, "only {count} defects");
    let unknown = MISSES.iter().filter(|name| !names.contains(name));
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// One part of the defects for each core of a small machine.
#[tokio::test]
async fn the_even_ones_are_found_and_named() {
    judge_all(0).await;
}

#[tokio::test]
async fn the_odd_ones_are_found_and_named() {
    judge_all(1).await;
}

async fn judge_all(part: usize) {
    let api = api();
    let only = std::env::var("BINDERY_SHOP_DEFECT").ok();
    let mut complaints = Vec::new();
    for seed in seeds("BINDERY_SHOP_SEEDS", 1) {
        for (_, defect) in Defect::all()
            .enumerate()
            .filter(|(index, _)| index % 2 == part)
        {
            if only
                .as_ref()
                .is_some_and(|only| only.split(',').all(|own| own != defect.name))
            {
                continue;
            }
            let outcome = test(&api, Some(defect), scope(&api, defect), seed).await;
            let complaint = judge(defect, &outcome);
            complaints.extend(complaint.map(|complaint| format!("seed {seed}: {complaint}")));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What is wrong with an outcome: the defect is not named, or something else is; or it is found against expectation.
fn judge(defect: &Defect, outcome: &Outcome) -> Option<String> {
    let found = outcome
        .findings
        .iter()
        .any(|finding| is_it(defect, finding));
    let known = MISSES.contains(&defect.name);
    if found && known {
        return Some(format!(
            "{} is found now: take it off the list of misses",
            defect.name
        ));
    }
    if !found && !known {
        return Some(complain(defect, outcome, "is missed"));
    }
    let stray = |finding: &&Finding| !belongs(defect, finding);
    let strays = outcome.findings.iter().find(stray).is_some();
    strays.then(|| complain(defect, outcome, "is not all that is found"))
}

/// Whether a finding names the defect.
fn is_it(defect: &Defect, finding: &Finding) -> bool {
    let place = format!("{} {}", finding.location, finding.pointer);
    defect.code.split('|').any(|code| code == finding.code)
        && finding.operation == defect.operation
        && (defect.location.is_empty() || place.trim() == defect.location)
        && (defect.rule.is_empty() || finding.rule == defect.rule)
}

/// Whether a finding is about the defect, be it in another place, or follows from it.
fn belongs(defect: &Defect, finding: &Finding) -> bool {
    let codes = defect
        .code
        .split('|')
        .flat_map(|code| [code].into_iter().chain(followers(code)));
    let mut codes = codes.chain(
        FOLLOWING
            .iter()
            .filter(|(name, _)| *name == defect.name)
            .map(|(_, code)| *code),
    );
    // What was deleted cannot be deleted again.
    let again = finding.reproduced || finding.method == "DELETE";
    let here = finding.operation == defect.operation || defect.is_of_state();
    again && here && codes.any(|code| code == finding.code)
}

/// What always follows: what was let in comes back, an error of the server is not what was declared, and `HEAD` shows
/// the length that the body should have.
fn followers(code: &str) -> impl Iterator<Item = &'static str> {
    let following: &[&str] = match code {
        "invalid-input-accepted" => &["response-body", "missing-input-accepted"],
        "missing-input-accepted" | "rejected-write-kept" => &["response-body"],
        "server-error" | "status-undocumented" => &["response-media-type", "response-body"],
        "response-body" => &["head-header"],
        _ => &[],
    };
    following.iter().copied()
}

fn complain(defect: &Defect, outcome: &Outcome, what: &str) -> String {
    let found: Vec<String> = outcome.findings.iter().map(line).collect();
    format!(
        "{} ({} at {}, {} {}) {what}:\n{}",
        defect.name,
        defect.code,
        defect.operation,
        defect.location,
        defect.rule,
        found.join("\n")
    )
}

/// A finding in a few words.
pub(super) fn line(finding: &Finding) -> String {
    format!(
        "    {}[{}] {} {}{} · {}: {}\n        {}",
        finding.level,
        finding.code,
        finding.operation,
        finding.location,
        finding.pointer,
        finding.rule,
        finding.message,
        finding.curl
    )
}

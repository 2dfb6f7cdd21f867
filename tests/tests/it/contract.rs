//! The contract tester against the server written by hand: every planted defect is found and named, nothing else is.

use std::sync::Arc;
use std::time::Duration;

use bindery_contract::{Finding, Options, Outcome, run};
use bindery_spec::{Api, read_file};
use bindery_tests::server::{Deviation, Server, TOKEN};
use bindery_tests::tree;

/// The one operation of the document.
const OPERATION: &str = "list_sessions_v1_agents_sessions_list_post";

#[tokio::test]
async fn nothing_is_found_where_nothing_is_wrong() {
    let api = api();
    for seed in super::shop::seeds("BINDERY_SERVER_CONFORMING", 5) {
        let outcome = test(&api, &Server::conforming(), seed).await;
        assert!(
            outcome.findings.is_empty(),
            "seed {seed}: {:#?}",
            outcome.findings
        );
        assert!(outcome.requests > 30, "only {} requests", outcome.requests);
    }
}

#[tokio::test]
async fn every_defect_is_found_and_named() {
    let api = api();
    let mut complaints = Vec::new();
    for deviation in Deviation::ALL {
        for seed in super::shop::seeds("BINDERY_SERVER_SEEDS", 1) {
            // Only a server that hangs is waited for; a slow machine is no finding.
            let hangs = deviation.defect().code == "timeout";
            let timeout = Duration::from_secs(if hangs { 1 } else { 30 });
            let server = Server::deviating(*deviation);
            let outcome = test_within(&api, &server, seed, timeout).await;
            let complaint = judge(*deviation, &outcome);
            complaints.extend(complaint.map(|complaint| format!("seed {seed}: {complaint}")));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[tokio::test]
async fn what_is_found_depends_on_no_seed() {
    let api = api();
    for deviation in [
        Deviation::LimitAboveMaximumAccepted,
        Deviation::NullForString,
    ] {
        for seed in [1, 42] {
            let outcome = test(&api, &Server::deviating(deviation), seed).await;
            assert_eq!(judge(deviation, &outcome), None);
        }
    }
}

#[tokio::test]
async fn no_report_shows_the_token() {
    let outcome = test(&api(), &Server::deviating(Deviation::FieldMissing), 0).await;
    assert!(!format!("{:?}", outcome.findings).contains(TOKEN));
}

/// What is wrong with an outcome: the defect is not named, or something else is.
fn judge(deviation: Deviation, outcome: &Outcome) -> Option<String> {
    let defect = deviation.defect();
    let is_it = |finding: &Finding| {
        finding.code == defect.code
            && place(finding) == defect.location
            && finding.rule == defect.rule
    };
    let named = outcome.findings.iter().any(is_it);
    // The same defect may show in other requests too, such as in an example; another kind of finding would be false.
    let mut findings = outcome.findings.iter();
    let alone = findings.all(|found| found.code == defect.code && found.operation == OPERATION);
    let good = named && alone && outcome.findings.iter().all(|found| found.reproduced);
    (!good).then(|| {
        format!(
            "{deviation:?}: {defect:?} is not what was found: {:#?}",
            outcome.findings
        )
    })
}

/// Part and pointer, as in `body /status`.
fn place(finding: &Finding) -> String {
    format!("{} {}", finding.location, finding.pointer)
        .trim()
        .to_owned()
}

fn api() -> Arc<Api> {
    let reading = read_file(tree::root().join("spec/mixpeek.yaml"));
    Arc::new(reading.api.expect("our own document is good"))
}

async fn test(api: &Arc<Api>, server: &Server, seed: u64) -> Outcome {
    test_within(api, server, seed, Duration::from_secs(30)).await
}

async fn test_within(api: &Arc<Api>, server: &Server, seed: u64, timeout: Duration) -> Outcome {
    let options = Options::new(server.url())
        .seed(seed)
        .timeout(timeout)
        .bearer(TOKEN)
        .expect("a token that can stand in a header");
    let outcome = run(Arc::clone(api), &options, &()).await;
    outcome.expect("a server that can be reached")
}

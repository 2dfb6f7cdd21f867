//! Documents held against axum routers in this process, without a socket.

mod beyond;
mod causes;
mod echo;
mod fair;
mod formats;
mod odd;
mod small;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bindery_contract::{Options, Outcome, run};
use tokio::time::Instant;

use crate::pets;

async fn test(router: Router) -> Outcome {
    run(pets::api(), &Options::in_process(router), &())
        .await
        .expect("a run")
}

#[tokio::test]
async fn a_router_that_conforms_has_no_finding() {
    let outcome = test(pets::router()).await;
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    assert!(outcome.requests > 5, "only {} requests", outcome.requests);
}

#[tokio::test]
async fn what_a_router_does_wrong_is_found() {
    let lax = get(|| async { axum::Json([7]) });
    let outcome = test(pets::with(lax)).await;
    let found = |code: &str, location: &str| {
        let mut findings = outcome.findings.iter();
        findings.any(|finding| finding.code == code && finding.location == location)
    };
    assert!(
        found("response-body", "response body"),
        "{:#?}",
        outcome.findings
    );
    assert!(
        found("invalid-input-accepted", "query limit"),
        "{:#?}",
        outcome.findings
    );
}

#[tokio::test]
async fn a_run_ends_when_enough_was_found() {
    let router = pets::with(get(|| async { axum::Json([7]) }));
    let mut options = Options::in_process(router);
    options.workers = 1;
    let all = run(pets::api(), &options, &()).await.expect("a run");
    options.max_errors = Some(1);
    let some = run(pets::api(), &options, &()).await.expect("a run");
    let errors = some.findings.iter().filter(|found| found.is_error());
    assert_eq!(errors.count(), 1, "{:#?}", some.findings);
    assert!(some.requests < all.requests, "{} sent", some.requests);
    assert!(some.coverage.iter().all(|own| own.skipped.is_some()));
}

#[tokio::test(start_paused = true)]
async fn what_gets_no_answer_is_asked_for_twice_and_not_waited_for_as_long_again() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    async fn hanging() -> Response {
        ASKED.fetch_add(1, Ordering::Relaxed);
        std::future::pending().await
    }
    let router = pets::with(get(hanging));
    let mut options = Options::in_process(router).timeout(Duration::from_secs(8));
    options.max_errors = Some(1);
    options.workers = 1;
    let begin = Instant::now();
    let outcome = run(pets::api(), &options, &()).await.expect("a run");
    let [finding] = &outcome.findings[..] else {
        panic!("{:#?}", outcome.findings)
    };
    assert_eq!(
        (finding.code.as_str(), finding.reproduced),
        ("timeout", true)
    );
    assert_eq!(finding.message, "no whole answer within 8000 ms");
    assert_eq!(ASKED.load(Ordering::Relaxed), 2);
    assert_eq!(begin.elapsed().as_secs(), 12);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_late_once_did_nothing_wrong() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    async fn late_once(Query(pairs): pets::Pairs) -> Response {
        if ASKED.fetch_add(1, Ordering::Relaxed) == 3 {
            std::future::pending::<()>().await;
        }
        pets::list(Query(pairs)).await
    }
    let outcome = test(pets::with(get(late_once).post(pets::create))).await;
    assert!(outcome.is_clean(false), "{:#?}", outcome.findings);
    assert!(ASKED.load(Ordering::Relaxed) > 4);
}

#[tokio::test]
async fn a_handler_that_panics_is_a_finding_and_not_the_end() {
    async fn broken(Query(pairs): pets::Pairs) -> Response {
        assert!(pets::limit(&pairs).is_none(), "a defect that is planted");
        axum::Json(["Rex"]).into_response()
    }
    let outcome = test(pets::with(get(broken))).await;
    let closed = outcome
        .findings
        .iter()
        .find(|finding| finding.code == "connection-closed");
    assert!(closed.is_some(), "{:#?}", outcome.findings);
}

//! What HTTP itself says about an exchange: HEAD beside GET, `Allow`, and requests that are odd on the wire.

mod framing;
mod unusual;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{MethodFilter, get, on};
use bindery_contract::{Options, Outcome, run};

use crate::pets;

/// The codes and places of what is found on a router under the shared document.
async fn found(router: Router) -> Vec<String> {
    let outcome = test(router).await;
    let findings = outcome.findings.iter();
    findings
        .map(|finding| format!("{} {} {}", finding.code, finding.location, finding.rule))
        .collect()
}

async fn test(router: Router) -> Outcome {
    let options = Options::in_process(router);
    run(pets::api(), &options, &()).await.expect("a run")
}

#[tokio::test]
async fn head_is_held_to_its_get() {
    let odd = on(MethodFilter::HEAD, async || {
        ([("content-type", "text/html")], "")
    });
    let router = pets::with(odd.get(pets::list).post(pets::create));
    let found = found(router).await;
    let expected = [
        "head-header response header Content-Type head",
        "head-header response header Content-Length content-length",
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_head_that_is_not_served_is_told_and_one_that_is_refused_is_not() {
    for (status, codes) in [
        (
            StatusCode::NO_CONTENT,
            &["head-status response status head"][..],
        ),
        (
            StatusCode::METHOD_NOT_ALLOWED,
            &["allow-missing response header Allow required"][..],
        ),
    ] {
        let odd = on(MethodFilter::HEAD, move || async move { status });
        let router = pets::with(odd.get(pets::list).post(pets::create));
        assert_eq!(found(router).await, codes);
    }
}

#[tokio::test]
async fn allow_is_held_to_the_document_and_to_the_status() {
    let refusing = async || (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, DELETE")]);
    let options = async || (StatusCode::NO_CONTENT, [("allow", "GET")]);
    let routes = get(pets::list)
        .post(pets::create)
        .delete(refusing)
        .options(options);
    let found = found(pets::with(routes)).await;
    let expected = [
        "allow-wrong response header Allow allow",
        "allow-wrong response header Allow method",
    ];
    assert_eq!(found, expected);
}

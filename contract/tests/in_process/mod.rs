//! Documents held against axum routers in this process, without a socket.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Options, Outcome, run};

const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 10 } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } }
        '422': { description: Refused. }
";

type Pairs = Query<Vec<(String, String)>>;

fn api() -> Api {
    read_text("pets.yaml", PETS).api.expect("a document")
}

async fn test(router: Router) -> Outcome {
    run(api(), &Options::in_process(router), &())
        .await
        .expect("a run")
}

fn limit(pairs: &[(String, String)]) -> Option<Result<i64, StatusCode>> {
    let (_, text) = pairs.iter().find(|(name, _)| name == "limit")?;
    Some(text.parse().map_err(|_| StatusCode::UNPROCESSABLE_ENTITY))
}

async fn conforming(Query(pairs): Pairs) -> Response {
    match limit(&pairs) {
        None | Some(Ok(1..=10)) => axum::Json(["Rex"]).into_response(),
        _ => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

#[tokio::test]
async fn a_router_that_conforms_has_no_finding() {
    let outcome = test(Router::new().route("/pets", get(conforming))).await;
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    assert!(outcome.requests > 5, "only {} requests", outcome.requests);
}

#[tokio::test]
async fn what_a_router_does_wrong_is_found() {
    let lax = get(|| async { axum::Json([7]) });
    let outcome = test(Router::new().route("/pets", lax)).await;
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
async fn a_handler_that_panics_is_a_finding_and_not_the_end() {
    async fn broken(Query(pairs): Pairs) -> Response {
        assert!(limit(&pairs).is_none(), "a defect that is planted");
        axum::Json(["Rex"]).into_response()
    }
    let outcome = test(Router::new().route("/pets", get(broken))).await;
    let closed = outcome
        .findings
        .iter()
        .find(|finding| finding.code == "connection-closed");
    assert!(closed.is_some(), "{:#?}", outcome.findings);
}

//! What a run shows to get in, and that no report shows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{ClientCredentials, Options, Outcome, run};
use serde_json::json;

/// One operation behind a scheme.
fn api(scheme: &str) -> Api {
    let text = format!(
        "
openapi: 3.1.0
info: {{ title: Doors, version: 1.0.0 }}
paths:
  /doors:
    get:
      operationId: list_doors
      security: [{{ door: [] }}]
      responses: {{ '200': {{ description: All., content: {{ application/json: {{ schema: {{ type: array }} }} }} }} }}
components:
  securitySchemes:
    door: {scheme}
"
    );
    read_text("doors.yaml", &text).api.expect("a document")
}

/// Whether a request is let in.
type Opens = fn(&Request) -> bool;

/// A router that lets in what a test approves of, and answers with a body.
fn door(opens: Opens, body: serde_json::Value) -> Router {
    let doors = get(async || Json(body));
    Router::new().route("/doors", doors).layer(from_fn(
        move |request: Request, next: Next| async move {
            if opens(&request) {
                next.run(request).await
            } else {
                StatusCode::UNAUTHORIZED.into_response()
            }
        },
    ))
}

fn authorization(request: &Request) -> &str {
    let value = request.headers().get(header::AUTHORIZATION);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

async fn test(scheme: &str, secret: &str, router: Router) -> Outcome {
    let options = Options::in_process(router).credential("door", secret);
    run(api(scheme), &options, &()).await.expect("a run")
}

const QUERY: &str = "{ type: apiKey, in: query, name: key }";
const COOKIE: &str = "{ type: apiKey, in: cookie, name: key }";
const HEADER: &str = "{ type: apiKey, in: header, name: X-Key }";
const BASIC: &str = "{ type: http, scheme: basic }";

/// `ada:s3cr3t`
const ADA: &str = "Basic YWRhOnMzY3IzdA==";

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_not_asked_for() {
    let scheme = "{ type: apiKey, in: header, name: 'Authorization: Bearer' }";
    let outcome = test(scheme, "s3cr3t", door(|_| true, json!({}))).await;
    let found: Vec<_> = outcome.findings.iter().map(|own| &own.code).collect();
    assert_eq!(found, ["response-body"]);
}

#[tokio::test]
async fn each_other_way_in_is_tried_with_a_key_that_nobody_gave_out() {
    let text = "
openapi: 3.1.0
info: { title: Doors, version: 1.0.0 }
security: [{ door: [] }, { key: [] }]
paths:
  /doors: { get: { operationId: doors, responses: { '200': { description: All. }, '401': { description: Who? } } } }
components:
  securitySchemes:
    door: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: X-Key }
";
    let api = read_text("doors.yaml", text).api.expect("a document");
    let found = async |takes_any: bool| {
        let serve = async move |request: Request| {
            let key = request.headers().get("x-key");
            let opens = key.is_some_and(|key| takes_any || key == "gold");
            let status = if opens || authorization(&request) == ADA {
                StatusCode::OK
            } else {
                StatusCode::UNAUTHORIZED
            };
            ([(header::WWW_AUTHENTICATE, "Basic")], status).into_response()
        };
        let router = Router::new().route("/doors", get(serve));
        let options = Options::in_process(router).credential("door", "ada:s3cr3t");
        let outcome = run(api.clone(), &options, &()).await.expect("a run");
        let told = outcome.findings.iter();
        told.map(|own| format!("{} {} {}", own.code, own.location, own.rule))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(false).await, Vec::<String>::new());
    let wrong = ["authorization-ignored credential key alternative"];
    assert_eq!(found(true).await, wrong);
}

#[tokio::test]
async fn what_asks_for_no_credential_is_served_without_those_that_are_given_for_all() {
    let text = "
openapi: 3.1.0
info: { title: Doors, version: 1.0.0 }
security: [{ door: [] }]
paths:
  /doors: { get: { operationId: doors, responses: { '200': { description: All. }, '401': { description: Who? } } } }
  /bell: { get: { operationId: bell, security: [], responses: { '200': { description: It rings. } } } }
components: { securitySchemes: { door: { type: http, scheme: basic } } }
";
    let api = read_text("doors.yaml", text).api.expect("a document");
    let found = async |asks_all: bool| {
        let serve = async move |request: Request| {
            let open = request.uri().path() == "/bell" && !asks_all;
            let status = match authorization(&request) {
                ADA => StatusCode::OK,
                _ if open => StatusCode::OK,
                _ => StatusCode::UNAUTHORIZED,
            };
            ([(header::WWW_AUTHENTICATE, "Basic")], status).into_response()
        };
        let router = Router::new()
            .route("/doors", get(serve))
            .route("/bell", get(serve));
        let options = Options::in_process(router).header("Authorization", ADA);
        let options = options.expect("a header");
        let outcome = run(api.clone(), &options, &()).await.expect("a run");
        let told = outcome.findings.iter();
        told.map(|own| format!("{} {}", own.code, own.operation))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(false).await, [] as [&str; 0]);
    assert_eq!(found(true).await, ["authorization-demanded bell"]);
}

#[tokio::test]
async fn each_scheme_shows_its_secret_where_it_belongs() {
    let cases: [(&str, &str, Opens); 4] = [
        (QUERY, "s3 cr3t", |request| {
            let mut pairs = request
                .uri()
                .query()
                .into_iter()
                .flat_map(|query| query.split('&'));
            pairs.any(|pair| pair == "key=s3%20cr3t")
        }),
        (COOKIE, "s3cr3t", |request| {
            request
                .headers()
                .get("cookie")
                .is_some_and(|value| value == "key=s3cr3t")
        }),
        (HEADER, "s3cr3t", |request| {
            request
                .headers()
                .get("x-key")
                .is_some_and(|value| value == "s3cr3t")
        }),
        (BASIC, "ada:s3cr3t", |request| authorization(request) == ADA),
    ];
    for (scheme, secret, opens) in cases {
        let outcome = test(scheme, secret, door(opens, json!([]))).await;
        assert!(outcome.is_clean(true), "{scheme}: {:#?}", outcome.findings);
        // What stands in a header can be empty as well.
        let refused = if [HEADER, BASIC].contains(&scheme) {
            3
        } else {
            2
        };
        assert_eq!(
            outcome.coverage[0].statuses.get(&401),
            Some(&refused),
            "{scheme}: without, with another, and with an empty one"
        );
    }
}

#[tokio::test]
async fn keys_that_are_parameters_as_well_are_left_out_and_stand_there_once() {
    let text = "
openapi: 3.1.0
info: { title: Doors, version: 1.0.0 }
paths:
  /doors:
    get:
      security: [{ header: [], query: [] }]
      parameters:
        - { name: x-key, in: header, required: true, example: shown, schema: { type: string } }
        - { name: key, in: query, example: shown, schema: { type: string } }
      responses: { '200': { description: All., content: { application/json: { schema: { type: array } } } } }
components:
  securitySchemes:
    header: { type: apiKey, in: header, name: X-Key }
    query: { type: apiKey, in: query, name: key }
";
    let api = read_text("doors.yaml", text).api.expect("a document");
    let router = door(
        |request| {
            let keys = request.uri().query().unwrap_or_default().split('&');
            let keys = keys.filter(|pair| pair.starts_with("key=")).count();
            keys == 1 && request.headers().contains_key("x-key")
        },
        json!([]),
    );
    let outcome = run(api, &Options::in_process(router), &()).await;
    let outcome = outcome.expect("a run");
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
}

#[tokio::test]
async fn any_secret_will_do_is_found_and_no_secret_is_shown() {
    let cases: [(&str, &str, Opens); 3] = [
        (QUERY, "s3 cr3t", |request| request.uri().query().is_some()),
        (HEADER, "s3cr3t", |request| {
            request.headers().contains_key("x-key")
        }),
        (BASIC, "ada:s3cr3t", |request| {
            !authorization(request).is_empty()
        }),
    ];
    for (scheme, secret, opens) in cases {
        let broken = json!({ "s3cr3t": ["s3 cr3t", ADA, "ada:s3cr3t"] });
        let outcome = test(scheme, secret, door(opens, broken)).await;
        let mut findings = outcome.findings.iter();
        assert!(
            findings.any(|one| one.code == "authorization-ignored" && one.rule == "credential"),
            "{scheme}"
        );
        let told = format!("{:?}", outcome.findings);
        let forms: &[&str] = match scheme {
            QUERY => &["s3 cr3t", "s3%20cr3t"],
            BASIC => &["ada:s3cr3t", "YWRhOnMzY3IzdA"],
            _ => &["s3cr3t"],
        };
        for form in forms {
            assert!(!told.contains(form), "{scheme}: {told}");
        }
    }
}

/// How many tokens were given out.
type Given = Arc<AtomicUsize>;

async fn token(State(given): State<Given>, request: Request) -> Response {
    if authorization(&request) != "Basic YmluZGVyeTpzM2NyM3QlMkY=" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let count = given.fetch_add(1, Ordering::SeqCst) + 1;
    Json(json!({ "access_token": format!("t0ken-{count}"), "token_type": "bearer", "expires_in": 0.2 })).into_response()
}

async fn doors(State(given): State<Given>, request: Request) -> Response {
    let current = format!("Bearer t0ken-{}", given.load(Ordering::SeqCst));
    if authorization(&request) != current {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(json!({ "echo": current })).into_response()
}

#[tokio::test]
async fn tokens_are_had_by_client_credentials_and_renewed() {
    let given = Given::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new()
        .route("/token", post(token))
        .route("/doors", get(doors));
    let router = router.with_state(Arc::clone(&given));
    tokio::spawn(async { axum::serve(listener, router).await });
    let credentials = |secret: &str| ClientCredentials {
        token_url: format!("{base}/token"),
        client_id: "bindery".to_owned(),
        client_secret: secret.to_owned(),
        scopes: vec!["doors".to_owned()],
    };
    let scheme = "{ type: oauth2, flows: {} }";
    let mut options = Options::new(&base).client_credentials(credentials("s3cr3t/"));
    options.rate = Some(20.0);
    let outcome = run(api(scheme), &options, &()).await.expect("a run");
    assert!(given.load(Ordering::SeqCst) > 1, "{:?}", outcome.coverage);
    assert!(
        outcome
            .findings
            .iter()
            .all(|one| one.code == "response-body"),
        "{:#?}",
        outcome.findings
    );
    let told = format!("{:?}", outcome.findings);
    assert!(
        told.contains("Bearer $TOKEN") && !told.contains("t0ken-"),
        "{told}"
    );
    let refused = Options::new(&base).client_credentials(credentials("other"));
    let error = run(api(scheme), &refused, &()).await.expect_err("no token");
    assert!(error.to_string().contains("answered with 401"), "{error}");
}

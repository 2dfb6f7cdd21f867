//! What is found names its cause, and is left out where something else is the cause.

use axum::extract::{Path, Request};
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::spec::{Value, read_text};
use bindery_contract::{Options, Outcome, Selector, run};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Causes, version: 1.0.0 }
paths:
  /made:
    post: { operationId: made, responses: { '204': { description: Done. } } }
  /origins:
    post:
      operationId: origins
      requestBody: { content: { application/json: { schema: { type: object, properties: { list: { type: array, items: { type: string } } } } } } }
      responses: { '204': { description: Done. } }
  /named:
    post:
      operationId: named
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [name, parts], properties: { name: { type: string }, parts: { type: array, items: { type: string, enum: [a, b] } } } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /tagged:
    post:
      operationId: tagged
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, properties: { tag: { type: string } } } } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /one/{key}:
    get:
      operationId: one
      parameters:
        - { name: key, in: path, required: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
      responses: { '200': { description: One., content: { application/json: { schema: { type: object } } } } }
  /report:
    get:
      operationId: report
      responses:
        '200':
          description: Rows.
          content: { application/json: { schema: { type: object } }, text/csv: { schema: { type: string, pattern: '^a,b' } } }
";

async fn test(operation: &str, router: Router) -> Outcome {
    let api = read_text("causes.yaml", DOCUMENT).api.expect("a document");
    let mut options = Options::in_process(router);
    options.filter.include = vec![Selector::Operation(operation.to_owned())];
    run(api, &options, &()).await.expect("a run")
}

async fn found(operation: &str, router: Router) -> Vec<String> {
    let outcome = test(operation, router).await;
    let findings = outcome.findings.iter();
    let told =
        findings.map(|own| format!("{} {}{} {}", own.code, own.location, own.pointer, own.rule));
    told.collect()
}

const NOTHING: [&str; 0] = [];

/// A page for every path that nothing else is at, also for other methods than those that are served there.
async fn page() -> Html<&'static str> {
    Html("<p>")
}

#[tokio::test]
async fn a_page_for_every_path_serves_no_method() {
    let done = || post(async || StatusCode::NO_CONTENT);
    let anywhere = Router::new().route("/made", done().fallback(page));
    assert_eq!(found("made", anywhere.fallback(page)).await, NOTHING);
    let here = Router::new().route("/made", done().fallback(page));
    let served = "undeclared-method-served method method";
    assert_eq!(found("made", here).await, [served]);
}

#[tokio::test]
async fn an_operation_that_refuses_a_value_is_there() {
    async fn origins(request: Request) -> StatusCode {
        let body = axum::body::to_bytes(request.into_body(), 1 << 20).await;
        let body: Value = serde_json::from_slice(&body.expect("a body")).unwrap_or_default();
        match body["list"].as_array() {
            Some(list) if !list.is_empty() => StatusCode::BAD_REQUEST,
            _ => StatusCode::NOT_FOUND,
        }
    }
    let found = found("origins", Router::new().route("/origins", post(origins))).await;
    assert!(
        !found.iter().any(|own| own.contains("not-there")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|own| own.contains("status-undocumented")),
        "{found:?}"
    );
}

#[tokio::test]
async fn what_is_refused_is_not_made_small_into_what_is_refused_for_another_reason() {
    async fn named(Json(body): Json<Value>) -> StatusCode {
        let parts = body["parts"].as_array().map_or(0, Vec::len);
        match body["name"].as_str() {
            Some(name) if !name.is_empty() && parts < 2 => StatusCode::NO_CONTENT,
            _ => StatusCode::BAD_REQUEST,
        }
    }
    let outcome = test("named", Router::new().route("/named", post(named))).await;
    let mut findings = outcome.findings.iter();
    let refused = findings.find(|own| own.code == "valid-input-rejected" && own.location == "body");
    let refused = refused.unwrap_or_else(|| panic!("{:#?}", outcome.findings));
    assert_eq!(refused.pointer, "/parts");
    let sent: Value = serde_json::from_str(&refused.request.body).expect("JSON");
    assert_ne!(sent["name"], "", "{sent}");
}

#[tokio::test]
async fn texts_that_are_refused_alike_are_one_finding() {
    async fn tagged(Json(body): Json<Value>) -> StatusCode {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match body["tag"].as_str() {
            Some(tag) if !plain(tag) => StatusCode::BAD_REQUEST,
            _ => StatusCode::NO_CONTENT,
        }
    }
    let found = found("tagged", Router::new().route("/tagged", post(tagged))).await;
    let refused = |own: &&String| own.starts_with("valid-input-rejected body/tag");
    let refused: Vec<&String> = found.iter().filter(refused).collect();
    assert_eq!(
        refused,
        ["valid-input-rejected body/tag unicode"],
        "{found:?}"
    );
}

#[tokio::test]
async fn a_slash_in_a_path_leads_elsewhere() {
    async fn one(Path(key): Path<String>, request: Request) -> Response {
        let wrong = request.uri().query().is_some_and(|query| {
            let limit = query.strip_prefix("limit=");
            limit.is_some_and(|limit| limit.parse::<u64>().unwrap_or(0) == 0)
        });
        match () {
            () if key.contains('/') => page().await.into_response(),
            () if wrong => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            () => Json(serde_json::json!({})).into_response(),
        }
    }
    let router = Router::new().route("/one/{key}", get(one));
    assert_eq!(found("one", router).await, NOTHING);
}

#[tokio::test]
async fn each_media_type_is_asked_for() {
    async fn report(headers: HeaderMap) -> Response {
        match headers.get(ACCEPT) {
            Some(wanted) if wanted == "text/csv" => {
                ([(CONTENT_TYPE, "text/csv")], "b,a").into_response()
            }
            Some(wanted) if wanted == "application/x-bindery" => {
                StatusCode::NOT_ACCEPTABLE.into_response()
            }
            _ => Json(serde_json::json!({})).into_response(),
        }
    }
    let router = Router::new().route("/report", get(report));
    assert_eq!(
        found("report", router).await,
        ["response-body response body pattern"]
    );
}

#[tokio::test]
async fn what_comes_to_other_methods_is_no_status_of_the_operation() {
    let options = || async { (StatusCode::IM_A_TEAPOT, [(ALLOW, "POST, OPTIONS")]) };
    let routes = post(async || StatusCode::NO_CONTENT).options(options);
    let other = |method: Method| async move {
        let allow = [(ALLOW, "POST, OPTIONS")];
        (StatusCode::METHOD_NOT_ALLOWED, allow, method.to_string())
    };
    let outcome = test("made", Router::new().route("/made", routes.fallback(other))).await;
    let statuses: Vec<&u16> = outcome.coverage[0].statuses.keys().collect();
    assert_eq!(statuses, [&204], "{:#?}", outcome.coverage[0]);
}

//! What is found names its cause, and is left out where something else is the cause.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, RawQuery, Request};
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post, put};
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
  /taken:
    post:
      operationId: taken
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [name], properties: { name: { type: string, example: first }, count: { type: integer, minimum: 0 } } }
      responses: { '204': { description: Done. }, '400': { description: No. }, '409': { description: It is there. } }
  /listed:
    post:
      operationId: listed
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { parts: { type: array, items: { type: object, required: [kind, name], properties: { kind: { enum: [a, b] }, name: { type: string } } } } } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /one/{key}:
    get:
      operationId: one
      parameters:
        - { name: key, in: path, required: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
      responses: { '200': { description: One., content: { application/json: { schema: { type: object } } } } }
  /kept/{key}:
    get:
      operationId: kept
      parameters: [{ name: key, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One. }, '422': { description: No key. } }
  /deep:
    get:
      operationId: deep
      parameters:
        - name: filter
          in: query
          style: deepObject
          explode: true
          schema:
            type: object
            properties:
              price: { type: object, properties: { least: { type: integer, minimum: 0 } }, additionalProperties: false }
              tags: { type: array, items: { type: string, minLength: 1 } }
            additionalProperties: false
      responses: { '200': { description: One. }, '400': { description: No. } }
  /spans:
    post:
      operationId: spans
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [data], properties: { data: { type: array, minItems: 1, items: { type: object, required: [id], properties: { id: { type: string, minLength: 1 }, size: { type: integer, minimum: 0 } } } } } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /vars:
    post:
      operationId: add_var
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Var' } } } }
      responses: { '201': { description: Made., content: { application/json: { schema: { $ref: '#/components/schemas/Var' } } } } }
  /vars/{var_key}:
    put:
      operationId: set_var
      parameters: [{ name: var_key, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Var' } } } }
      responses: { '204': { description: Done. }, '400': { description: No. } }
  /report:
    get:
      operationId: report
      responses:
        '200':
          description: Rows.
          content: { application/json: { schema: { type: object } }, text/csv: { schema: { type: string, pattern: '^a,b' } } }
components:
  schemas:
    Var: { type: object, required: [key, level], properties: { key: { type: string }, level: { type: integer, minimum: 0 } } }
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

#[tokio::test]
async fn what_is_there_from_an_earlier_run_is_made_under_another_name() {
    async fn taken(Json(body): Json<Value>) -> StatusCode {
        match body["name"].as_str() {
            Some("first") => StatusCode::CONFLICT,
            Some(_) => StatusCode::NO_CONTENT,
            None => StatusCode::BAD_REQUEST,
        }
    }
    let found = found("taken", Router::new().route("/taken", post(taken))).await;
    let expected = "invalid-input-accepted body/count minimum".to_owned();
    assert!(found.contains(&expected), "{found:?}");
}

#[tokio::test]
async fn items_that_are_all_refused_are_one_finding() {
    async fn listed(Json(body): Json<Value>) -> StatusCode {
        match body["parts"].as_array() {
            Some(parts) if !parts.is_empty() => StatusCode::BAD_REQUEST,
            _ => StatusCode::NO_CONTENT,
        }
    }
    let found = found("listed", Router::new().route("/listed", post(listed))).await;
    let refused = |own: &&String| own.starts_with("valid-input-rejected body");
    let refused: Vec<&String> = found.iter().filter(refused).collect();
    assert_eq!(refused, ["valid-input-rejected body full"], "{found:?}");
}

#[tokio::test]
async fn brackets_in_brackets_are_the_names_of_parts() {
    let deep = |least: i64| {
        get(move |RawQuery(query): RawQuery| async move {
            let query = query.unwrap_or_default();
            let mut pairs = query
                .split('&')
                .filter(|pair| pair.starts_with("filter%5B"));
            let wrong = |pair: &str| match pair.strip_prefix("filter%5Bprice%5D%5Bleast%5D=") {
                Some(text) => text.parse::<i64>().map_or(true, |number| number < least),
                // A list may be spelled in any way.
                None => !pair.starts_with("filter%5Btags%5D"),
            };
            if pairs.any(wrong) {
                StatusCode::BAD_REQUEST
            } else {
                StatusCode::OK
            }
        })
    };
    let served = |least| Router::new().route("/deep", deep(least));
    assert_eq!(found("deep", served(0)).await, NOTHING);
    let lax = "invalid-input-accepted query filter/price/least minimum";
    assert_eq!(found("deep", served(-1)).await, [lax]);
}

#[tokio::test]
async fn what_may_be_there_once_is_told_apart_inside_of_parts_too() {
    let known = Arc::<Mutex<BTreeSet<String>>>::default();
    let spans = |Json(body): Json<Value>| async move {
        let mut known = known.lock().expect("no panic");
        let mut items = body["data"].as_array().into_iter().flatten();
        let fresh = |item: &Value| {
            item["id"]
                .as_str()
                .is_some_and(|id| known.insert(id.to_owned()))
        };
        if items.all(fresh) {
            StatusCode::NO_CONTENT
        } else {
            StatusCode::BAD_REQUEST
        }
    };
    let found = found("spans", Router::new().route("/spans", post(spans))).await;
    let expected = "invalid-input-accepted body/data/0/size minimum".to_owned();
    assert!(found.contains(&expected), "{found:?}");
}

#[tokio::test]
async fn the_key_of_a_body_is_that_of_the_path() {
    async fn set_var(Path(key): Path<String>, Json(body): Json<Value>) -> StatusCode {
        if body["key"] == key.as_str() {
            StatusCode::NO_CONTENT
        } else {
            StatusCode::BAD_REQUEST
        }
    }
    let add = |body: Json<Value>| async { (StatusCode::CREATED, body) };
    let router = Router::new()
        .route("/vars", post(add))
        .route("/vars/{key}", put(set_var));
    let found = found("set_var", router).await;
    let expected = "invalid-input-accepted body/level minimum".to_owned();
    assert!(found.contains(&expected), "{found:?}");
}

#[tokio::test]
async fn keys_that_were_made_up_may_be_refused() {
    let known = Arc::<Mutex<Option<String>>>::default();
    let kept = |Path(key): Path<String>| async move {
        let mut known = known.lock().expect("no panic");
        if *known.get_or_insert_with(|| key.clone()) == key {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    assert_eq!(
        found("kept", Router::new().route("/kept/{key}", get(kept))).await,
        NOTHING
    );
}

//! What is only promised (202): how far it is can be asked for, and changes by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bindery_contract::Options;
use bindery_contract::spec::Value;
use serde_json::json;

use super::findings;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Permits, version: 1.0.0 }
security: [{ key: [] }]
paths:
  /permits:
    post:
      operationId: ask
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [purpose], properties: { purpose: { enum: [dive, weld] } } } } } }
      responses:
        '202':
          description: It is looked at.
          headers: { Location: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } }
        '401': { description: Who? }
        '422': { description: No. }
  /jobs/{job_id}:
    get:
      operationId: job
      parameters: [{ name: job_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
      responses:
        '200': { description: How far it is., content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
        '401': { description: Who? }
        '404': { description: None. }
        '422': { description: No. }
  /jobs/{job_id}/paper:
    get:
      operationId: paper
      parameters: [{ name: job_id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9999 } }]
      responses:
        '200': { description: What was granted., content: { text/plain: {} } }
        '401': { description: Who? }
        '404': { description: None. }
        '422': { description: No. }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Job: { type: object, required: [id, state], properties: { id: { type: integer }, state: { enum: [waiting, granted] }, purpose: { enum: [dive, weld] } } }
";

/// What is wrong with a job that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    OddState,
    OpenToAll,
    LeadsNowhere,
    ReadByAll,
    PaperForAll,
}

/// Who asked for what, by the number of the job.
type Jobs = Arc<Mutex<BTreeMap<usize, (&'static str, Value)>>>;

/// Who asks.
fn asker(headers: &HeaderMap) -> Option<&'static str> {
    let key = headers.get("x-key")?;
    ["k3y", "0ther"].into_iter().find(|known| key == known)
}

/// The number of a job, as the document allows it.
fn number(text: &str) -> Option<usize> {
    let number = text.parse().ok();
    number.filter(|number| (1..=9999).contains(number))
}

async fn ask(
    State((defect, jobs)): State<(Defect, Jobs)>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let Some(asker) = asker(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let purpose = &body["purpose"];
    if purpose != "dive" && purpose != "weld" {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let mut jobs = jobs.lock().expect("no panic");
    let id = jobs.len() + 1;
    jobs.insert(id, (asker, purpose.clone()));
    let job = json!({ "id": id, "state": "waiting", "purpose": purpose });
    let place = if defect == Defect::LeadsNowhere {
        format!("/job/{id}")
    } else {
        format!("/jobs/{id}")
    };
    (StatusCode::ACCEPTED, [("location", place)], Json(job)).into_response()
}

async fn job(
    State((defect, jobs)): State<(Defect, Jobs)>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let asker = asker(&headers);
    if asker.is_none() && defect != Defect::OpenToAll {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let for_all = [Defect::OpenToAll, Defect::ReadByAll].contains(&defect);
    let Some(id) = number(&id) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let state = if defect == Defect::OddState {
        "done"
    } else {
        "granted"
    };
    match jobs.lock().expect("no panic").get(&id) {
        Some((owner, purpose)) if for_all || asker == Some(*owner) => {
            Json(json!({ "id": id, "state": state, "purpose": purpose })).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn paper(
    State((defect, jobs)): State<(Defect, Jobs)>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(asker) = asker(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Some(id) = number(&id) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match jobs.lock().expect("no panic").get(&id) {
        Some((owner, _)) if *owner == asker || defect == Defect::PaperForAll => {
            format!("permit {id}").into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn found(defect: Defect) -> Vec<String> {
    let router = Router::new()
        .route("/permits", post(ask))
        .route("/jobs/{id}", get(job))
        .route("/jobs/{id}/paper", get(paper))
        .with_state((defect, Jobs::default()));
    let names = ["ada", "bob"].into_iter().zip(["k3y", "0ther"]);
    let options = names.fold(Options::in_process(router), |options, (who, key)| {
        options.identity(who, "X-Key", key).expect("a header")
    });
    let findings = findings(DOCUMENT, &options).await;
    let told = findings
        .iter()
        .map(|own| format!("{} {} {}", own.code, own.operation, own.rule));
    told.collect()
}

#[tokio::test]
async fn how_far_something_is_is_asked_for_with_the_key_that_was_answered() {
    assert_eq!(found(Defect::None).await, [] as [&str; 0]);
    assert_eq!(found(Defect::OddState).await, ["response-body job enum"]);
    let open = "authorization-ignored job security";
    assert!(found(Defect::OpenToAll).await.contains(&open.to_owned()));
}

#[tokio::test]
async fn what_was_promised_is_where_it_should_be_and_for_who_asked() {
    assert_eq!(
        found(Defect::LeadsNowhere).await,
        ["location-leads-elsewhere ask location"]
    );
    assert_eq!(
        found(Defect::ReadByAll).await,
        ["foreign-object-served job owner"]
    );
    assert_eq!(
        found(Defect::PaperForAll).await,
        ["foreign-object-served paper owner"]
    );
}

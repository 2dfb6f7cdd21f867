//! Without a deviation: pages, filters, and what bad requests get.

use bindery_tests::server::{SESSIONS, Server};
use reqwest::Method;
use serde_json::{Value, json};

use super::call::Call;

fn ids(page: &Value) -> Vec<&str> {
    let sessions = page["results"].as_array().unwrap();
    sessions
        .iter()
        .map(|session| session["session_id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn offset_and_cursor_lead_to_the_same_pages() {
    let server = Server::conforming();
    let first = Call::good(&server, "?limit=20").value().await;
    assert_eq!(ids(&first).len(), 20);
    assert_eq!(first["total"], SESSIONS);

    let by_offset = Call::good(&server, "?limit=20&offset=20").value().await;
    let cursor = first["pagination"]["next_cursor"].as_str().unwrap();
    let by_cursor = Call::good(&server, &format!("?limit=20&cursor={cursor}"))
        .value()
        .await;
    assert_eq!(ids(&by_offset), ids(&by_cursor));
    assert_eq!(by_offset["results"][0]["session_id"], "ses_020");

    let last = Call::good(&server, "?limit=20&offset=40").value().await;
    assert_eq!(ids(&last).len(), 5);
    assert_eq!(last["pagination"]["next_cursor"], Value::Null);
    assert!(ids(&Call::good(&server, "?offset=10000").value().await).is_empty());
}

#[tokio::test]
async fn status_and_filters_narrow_the_list_down() {
    let server = Server::conforming();
    let idle = Call::good(&server, "?limit=1000").json(r#"{"status":"idle"}"#);
    let idle = idle.value().await;
    let sessions = idle["results"].as_array().unwrap();
    assert!(sessions.iter().all(|session| session["status"] == "idle"));
    assert_eq!(idle["total"], sessions.len());

    let user = Call::good(&server, "").json(r#"{"filters":{"user_id":"user_3"}}"#);
    let user = user.value().await;
    assert_eq!(ids(&user), ["ses_003", "ses_018", "ses_033"]);
}

#[tokio::test]
async fn total_is_counted_on_request() {
    let server = Server::conforming();
    let counted = Call::good(&server, "?include_total=true").value().await;
    assert_eq!(counted["pagination"]["total"], SESSIONS);
    let plain = Call::good(&server, "?include_total=false").value().await;
    assert_eq!(plain["pagination"].get("total"), None);
}

#[tokio::test]
async fn every_broken_rule_is_listed() {
    let server = Server::conforming();
    let call = Call::good(&server, "?limit=0&offset=x").json(r#"{"status":"paused","sort":1}"#);
    let response = call.send().await.unwrap();
    assert_eq!(response.status(), 422);
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let places: Vec<&Value> = body["detail"]
        .as_array()
        .unwrap()
        .iter()
        .map(|broken| &broken["loc"])
        .collect();
    let expected = [
        json!(["query", "limit"]),
        json!(["query", "offset"]),
        json!(["body", "status"]),
        json!(["body", "sort"]),
    ];
    assert_eq!(places, expected.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn errors_have_the_documented_shape() {
    let server = Server::conforming();
    let unreadable = Call::good(&server, "").json("{").value().await;
    assert_eq!(unreadable["status"], 400);
    assert_eq!(unreadable["error"]["type"], "BadRequestError");

    let nobody = Call::bare(&server, Method::POST, "").send().await.unwrap();
    assert_eq!(nobody.headers()["www-authenticate"], "Bearer");
    assert_eq!(nobody.status(), 401);

    let elsewhere = Call::good(&server, "/unknown").value().await;
    assert_eq!(elsewhere["error"]["type"], "NotFoundError");
}

#[tokio::test]
async fn requests_are_recorded_as_they_came() {
    let server = Server::conforming();
    Call::good(&server, "?limit=5")
        .json(r#"{"status":null}"#)
        .value()
        .await;
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].target, "/v1/agents/sessions/list?limit=5");
    assert_eq!(requests[0].header("x-namespace"), Some("production"));
    assert_eq!(requests[0].body, r#"{"status":null}"#);
}

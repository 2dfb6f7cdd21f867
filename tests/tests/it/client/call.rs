//! What reaches the server, what does not, and what is made of the answer.

use bindery_tests::server::{Deviation, PATH, SESSIONS, Server, TOKEN};
use mixpeek::types::{ListSessionsRequest, ListSessionsResponse, SessionStatus};
use mixpeek::{ErrorKind, Field, Json, Map, Value};

use super::{NAMESPACE, builder, client, only_body};

#[tokio::test]
async fn a_page_is_typed() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let page = call.limit(3).offset(4).send().await.unwrap();
    let session = &page.results[0];
    assert_eq!((page.results.len(), page.total), (3, 45));
    assert_eq!(session.session_id, "ses_004");
    assert_eq!(session.namespace_id, NAMESPACE);
    assert_eq!(session.status, SessionStatus::Active);
    assert_eq!(session.message_count, 4);
    assert_eq!(session.user_id, Field::Null);
    assert_eq!(page.results[1].user_id, Field::Absent);
    assert_eq!(page.results[2].user_id, "user_1".into());
    assert_eq!(session.agent_config.max_tokens, Some(100_000));
    assert_eq!(session.stats.total_tokens, Some(9_007_199_254_740_993));
    assert_eq!(session.created_at.to_string(), "2023-11-07T05:31:56Z");
    let more = page.pagination.get("has_more").and_then(Value::as_bool);
    assert_eq!(more, Some(true));
}

#[tokio::test]
async fn every_part_of_a_call_reaches_the_server() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let call = call.limit(7).cursor("at-3 &ü").include_total(true);
    call.header("x-trace", "on").send().await.unwrap();
    let request = &server.requests()[0];
    let query = "limit=7&cursor=at-3%20%26%C3%BC&include_total=true";
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, format!("{PATH}?{query}"));
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(request.header("authorization"), Some(&*bearer));
    assert_eq!(request.header("x-namespace"), Some(NAMESPACE));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("x-trace"), Some("on"));
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.body, "");
}

#[tokio::test]
async fn the_namespace_of_a_call_goes_before_that_of_the_client() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let page = call.namespace("staging").send().await.unwrap();
    assert_eq!(server.requests()[0].header("x-namespace"), Some("staging"));
    assert_eq!(page.results[0].namespace_id, "staging");
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things_on_the_wire() {
    let bodies = [
        (Field::Absent, "{}"),
        (Field::Null, r#"{"status":null}"#),
        (Field::Value(SessionStatus::Idle), r#"{"status":"idle"}"#),
    ];
    for (status, body) in bodies {
        let server = Server::conforming();
        let client = client(&server.url());
        let call = client.agent_sessions().list_sessions();
        call.status(status).send().await.unwrap();
        assert_eq!(only_body(&server), body);
        let request = &server.requests()[0];
        assert_eq!(request.header("content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn a_whole_body_is_sent_as_it_is() {
    let server = Server::conforming();
    let client = client(&server.url());
    let mut filters = Map::new();
    filters.insert("user_id", Value::from_json("\"user_1\"").unwrap());
    let body = ListSessionsRequest::default().filters(filters).sort(None);
    let call = client.agent_sessions().list_sessions().body(body);
    let page = call.send().await.unwrap();
    assert_eq!(
        only_body(&server),
        r#"{"filters":{"user_id":"user_1"},"sort":null}"#
    );
    assert_eq!(page.total, 3);
}

#[tokio::test]
async fn what_breaks_the_rules_is_not_sent_and_every_rule_is_named() {
    let server = Server::conforming();
    let client = builder(&server.url()).build().unwrap();
    let call = client.agent_sessions().list_sessions();
    let call = call.limit(1001).offset(-1);
    let error = call
        .status(SessionStatus::from("paused"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let violations = error.violations().unwrap();
    let places: Vec<_> = violations.iter().map(mixpeek::Violation::place).collect();
    assert_eq!(
        places,
        [
            "header X-Namespace",
            "query limit",
            "query offset",
            "body /status"
        ]
    );
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

#[tokio::test]
async fn the_bounds_themselves_are_sent() {
    let server = Server::conforming();
    let client = client(&server.url());
    for (limit, offset) in [(1, 0), (1000, 10_000)] {
        let call = client.agent_sessions().list_sessions();
        call.limit(limit).offset(offset).send().await.unwrap();
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_is_not_to_be_checked_is_sent() {
    let server = Server::deviating(Deviation::LimitAboveMaximumAccepted);
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let page = call.limit(1001).unchecked().send().await.unwrap();
    assert_eq!(page.results.len(), SESSIONS);
    assert_eq!(server.requests()[0].target, format!("{PATH}?limit=1001"));
}

#[tokio::test]
async fn a_state_that_nobody_knew_survives() {
    let server = Server::deviating(Deviation::UnknownEnumValue);
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let page = call.send().await.unwrap();
    let status = &page.results[0].status;
    assert_eq!(*status, SessionStatus::Unknown("paused".to_owned()));
    assert_eq!(status.to_json(), "\"paused\"");
    assert!(page.validate().is_err());
}

#[tokio::test]
async fn a_page_that_is_read_and_written_is_the_same() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let raw = call.limit(1000).send_raw().await.unwrap();
    let page: ListSessionsResponse = raw.json().unwrap();
    assert_eq!(page.results.len(), SESSIONS);
    let received = raw.text().unwrap();
    let received: serde_json::Value = serde_json::from_str(&received).unwrap();
    let written: serde_json::Value = serde_json::from_str(&page.to_json()).unwrap();
    for (index, session) in received["results"].as_array().unwrap().iter().enumerate() {
        assert_eq!(written["results"][index], *session);
    }
    assert_eq!(written["pagination"], received["pagination"]);
    assert_eq!(written["total"], received["total"]);
}

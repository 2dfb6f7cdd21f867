//! What a client does when a server, or its user, goes too far.

use std::time::Duration;

use golden::{BuildError, Client, ErrorKind};

use super::server::{JSON, Server, run};

const LIST: &str = r#"{"results":[],"total":0,"pagination":{}}"#;

#[test]
fn redirects_stay_on_their_host() {
    let server = Server::start(vec![
        (307, "location: /elsewhere?x=1\r\n", String::new()),
        (200, JSON, LIST.into()),
    ]);
    let client = server.builder().bearer_token("s3cret").build().unwrap();
    run(client.agent_sessions().list_sessions().send()).unwrap();
    server.asked();
    let asked = server.asked();
    assert_eq!(asked.line, "POST /elsewhere?x=1");
    assert_eq!(asked.header("authorization"), Some("Bearer s3cret"));

    let server = Server::start(vec![(
        307,
        "location: http://localhost:1/\r\n",
        String::new(),
    )]);
    let error = run(server.client().agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));

    let server = Server::start(vec![(302, "location: /get\r\n", String::new())]);
    let error = run(server.client().agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));

    let circle = vec![(308, "location: /again\r\n", String::new()); 11];
    let error = run(Server::start(circle)
        .client()
        .agent_sessions()
        .list_sessions()
        .send());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::UnexpectedStatus);
}

#[test]
fn responses_have_a_longest_length() {
    let server = Server::json(200, " ".repeat(10_000));
    let client = server.builder().max_response(9_999).build().unwrap();
    let error = run(client.agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLong);
}

#[test]
fn calls_have_a_longest_time() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let builder = Client::builder().base_url(url).bearer_token("token");
    let client = builder.build().unwrap();
    let call = client
        .agent_sessions()
        .list_sessions()
        .timeout(Duration::from_millis(50));
    let error = run(call.send()).unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn no_connection_is_an_error_without_secrets() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .header("X-Other", "s3cret")
        .bearer_token("s3cret")
        .header("X-Key", "s3cret")
        .build()
        .unwrap();
    let call = client
        .agent_sessions()
        .list_sessions()
        .header("X-Key", "s3cret");
    let shown = format!("{call:?}");
    let error = run(call.send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(std::error::Error::source(&error).is_some());
    assert!(!format!("{client:?}{shown}{error:?}{error}").contains("s3cret"));
}

#[test]
fn nothing_that_http_has_no_place_for_is_sent() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .bearer_token("token")
        .build()
        .unwrap();
    for id in ["", ".", ".."] {
        let error = run(client.shapes().delete_pet(id).unchecked().send()).unwrap_err();
        assert!(error.is_invalid_request(), "{id:?}: {error}");
    }
    let call = client
        .agent_sessions()
        .list_sessions()
        .namespace("a\r\nb: c");
    let error = run(call.send()).unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
}

#[test]
fn base_urls() {
    for url in [
        "",
        "example.com",
        "ftp://example.com",
        "http://example.com?x",
        "http://a/#b",
        "/v1",
    ] {
        let error = Client::builder().base_url(url).build().unwrap_err();
        assert_eq!(error, BuildError::BaseUrl(url.to_owned()));
    }
    let with_password = Client::builder().base_url("http://user:s3cret@a/");
    assert!(!format!("{with_password:?}").contains("s3cret"));
    assert!(
        !with_password
            .build()
            .unwrap_err()
            .to_string()
            .contains("s3cret")
    );
    let server = Server::json(200, LIST);
    let client = server
        .builder()
        .base_url(format!("{}/prefix/", server.url))
        .build()
        .unwrap();
    run(client.agent_sessions().list_sessions().send()).unwrap();
    assert_eq!(server.asked().line, "POST /prefix/v1/agents/sessions/list");
}

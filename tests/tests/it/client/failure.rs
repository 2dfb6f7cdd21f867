//! Every way to fail ends in an error that says what happened.

use std::time::Duration;

use bindery_tests::server::{Deviation, Server};
use mixpeek::api::ListSessionsError;
use mixpeek::types::ListSessionsResponse;
use mixpeek::{Client, Error, ErrorKind};

use super::{NAMESPACE, builder, client};

/// How long a call may take; the server answers in milliseconds or never.
const PATIENCE: Duration = Duration::from_millis(500);

#[tokio::test]
async fn a_wrong_token_is_a_typed_401() {
    let server = Server::conforming();
    let client = builder(&server.url()).bearer_token("wrong");
    let error = list(&client.namespace(NAMESPACE).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(
        error.headers().unwrap().get("www-authenticate").unwrap(),
        "Bearer"
    );
    let Some(ListSessionsError::Unauthorized(body)) = error.into_api() else {
        panic!("not the error of the status 401");
    };
    assert_eq!(body.error.r#type, "UnauthorizedError");
    assert!(body.error.details.is_null());
}

#[tokio::test]
async fn a_wrong_path_is_a_typed_404() {
    let server = Server::conforming();
    let error = list(&client(&format!("{}/elsewhere", server.url()))).await;
    let Some(ListSessionsError::NotFound(body)) = error.api() else {
        panic!("not the error of the status 404: {error:?}");
    };
    assert_eq!(body.status, 404);
    assert!(server.requests()[0].target.starts_with("/elsewhere/v1/"));
}

#[tokio::test]
async fn a_refused_call_is_a_typed_422() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let error = call.limit(0).unchecked().send().await.unwrap_err();
    let Some(ListSessionsError::UnprocessableEntity(body)) = error.api() else {
        panic!("not the error of the status 422: {error:?}");
    };
    let details = body.detail.as_ref().unwrap();
    assert_eq!(details.len(), 1);
    assert_eq!(details[0].loc.len(), 2);
    assert!(error.to_string().contains(&details[0].msg), "{error}");
}

#[tokio::test]
async fn a_defect_of_the_server_is_a_typed_500() {
    let server = Server::deviating(Deviation::ServerError);
    let error = list(&client(&server.url())).await;
    let Some(ListSessionsError::InternalServerError(body)) = error.api() else {
        panic!("not the error of the status 500: {error:?}");
    };
    assert_eq!(body.error.message, "Something went wrong");
}

#[tokio::test]
async fn an_error_of_another_shape_keeps_its_body() {
    let server = Server::deviating(Deviation::ErrorBodyBroken);
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let error = call.limit(0).unchecked().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api(), None);
    assert_eq!(error.decode().unwrap().pointer(), "/detail");
    let body = error.body().unwrap();
    assert_eq!(&body[..], br#"{"detail":"The request is not valid"}"#);
}

#[tokio::test]
async fn a_raw_response_is_no_error_whatever_its_status() {
    let server = Server::deviating(Deviation::ServerError);
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let raw = call.send_raw().await.unwrap();
    assert_eq!(raw.status().as_u16(), 500);
    assert_eq!(raw.media_type(), Some("application/json"));
    assert!(raw.text().unwrap().contains("InternalServerError"));
    assert!(raw.json::<ListSessionsResponse>().is_err());
}

#[tokio::test]
async fn a_status_that_is_not_described_is_named() {
    let server = Server::deviating(Deviation::UndocumentedStatus);
    let error = list(&client(&server.url())).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap().as_u16(), 206);
}

#[tokio::test]
async fn what_is_wrong_inside_a_page_is_pointed_at() {
    for (deviation, pointer) in [
        (Deviation::FieldMissing, "/results/0"),
        (Deviation::StringForInteger, "/results/0/message_count"),
        (Deviation::FractionForInteger, "/results/0/message_count"),
        (Deviation::NullForString, "/results/0/session_id"),
        (Deviation::ObjectForArray, "/results"),
    ] {
        let server = Server::deviating(deviation);
        let error = list(&client(&server.url())).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{deviation:?}");
        let found = error.decode().unwrap().pointer();
        assert_eq!(found, pointer, "{deviation:?}");
        assert!(error.body().is_some(), "{deviation:?}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_json_are_an_error() {
    for deviation in [
        Deviation::BrokenJson,
        Deviation::TrailingBytes,
        Deviation::DuplicateKey,
        Deviation::InvalidUtf8,
    ] {
        let server = Server::deviating(deviation);
        let error = list(&client(&server.url())).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{deviation:?}");
    }
}

#[tokio::test]
async fn a_broken_exchange_is_an_error() {
    for deviation in [
        Deviation::TruncatedBody,
        Deviation::BrokenChunk,
        Deviation::NotHttp,
        Deviation::Reset,
        Deviation::Closed,
    ] {
        let server = Server::deviating(deviation);
        let error = list(&client(&server.url())).await;
        assert_eq!(error.kind(), ErrorKind::Transport, "{deviation:?}");
        assert!(error.response().is_none(), "{deviation:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_come_to_an_end_is_given_up() {
    for deviation in [Deviation::Hang, Deviation::Stall] {
        let server = Server::deviating(deviation);
        let patient = client(&server.url());
        let call = patient.agent_sessions().list_sessions().timeout(PATIENCE);
        assert!(call.send().await.unwrap_err().is_timeout(), "{deviation:?}");
        let hasty = builder(&server.url()).timeout(PATIENCE);
        let error = list(&hasty.namespace(NAMESPACE).build().unwrap()).await;
        assert!(error.is_timeout(), "{deviation:?}");
    }
}

#[tokio::test]
async fn a_gigabyte_is_not_read() {
    let server = Server::deviating(Deviation::EndlessBody);
    let error = list(&client(&server.url())).await;
    assert_eq!(error.kind(), ErrorKind::TooLong);
}

#[tokio::test]
async fn the_longest_response_can_be_set() {
    let server = Server::conforming();
    let client = builder(&server.url()).namespace(NAMESPACE);
    let error = list(&client.max_response(100).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::TooLong);
}

#[tokio::test]
async fn a_circle_of_redirects_is_left() {
    let server = Server::deviating(Deviation::RedirectLoop);
    let error = list(&client(&server.url())).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap().as_u16(), 307);
    assert_eq!(server.requests().len(), 11);
}

/// How a plain call fails.
async fn list(client: &Client) -> Error<ListSessionsError> {
    let call = client.agent_sessions().list_sessions();
    call.send().await.unwrap_err()
}

//! The client and the mock, which are made of the same document by different hands.

use bindery_contract::Mock;
use bindery_spec::read_file;
use bindery_tests::tree;
use mixpeek::Json;
use mixpeek::api::ListSessionsError;

use super::client;

#[tokio::test]
async fn the_mock_serves_the_client() {
    let running = mock().bind("127.0.0.1:0").await.unwrap();
    let client = client(&running.url());
    let call = client.agent_sessions().list_sessions();
    let page = call.limit(1000).status(None).send().await.unwrap();
    page.validate().unwrap();
    running.stop().await;
}

#[tokio::test]
async fn the_mock_refuses_what_the_client_would_not_have_sent() {
    let running = mock().bind("127.0.0.1:0").await.unwrap();
    let client = client(&running.url());
    let call = client.agent_sessions().list_sessions();
    let error = call.limit(1001).unchecked().send().await.unwrap_err();
    let typed = matches!(
        error.api(),
        Some(ListSessionsError::UnprocessableEntity(_) | ListSessionsError::BadRequest(_))
    );
    assert!(typed, "{error:?}");
    running.stop().await;
}

fn mock() -> Mock {
    let reading = read_file(tree::root().join("spec/mixpeek.yaml"));
    Mock::new(reading.api.expect("our own document is good"))
}

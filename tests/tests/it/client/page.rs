//! Lists that are longer than a page.

use std::future::poll_fn;
use std::pin::{Pin, pin};

use bindery_tests::server::{Deviation, SESSIONS, Server};
use futures_core::Stream;
use mixpeek::ErrorKind;

use super::client;

#[tokio::test]
async fn items_come_from_all_pages_in_order() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let items = collect(call.limit(20).items()).await;
    let ids = items.into_iter().map(|item| item.unwrap().session_id);
    let wanted = (0..SESSIONS).map(|index| format!("ses_{index:03}"));
    assert!(ids.eq(wanted));
    assert_eq!(offsets(&server), ["", "20", "40"]);
}

#[tokio::test]
async fn pages_start_where_the_call_does() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let pages = collect(call.limit(10).offset(20).pages()).await;
    let sizes = pages.into_iter().map(|page| page.unwrap().results.len());
    assert!(sizes.eq([10, 10, 5]));
    assert_eq!(offsets(&server), ["20", "30", "40"]);
}

#[tokio::test]
async fn without_a_limit_the_list_still_comes_to_its_end() {
    let server = Server::conforming();
    let client = client(&server.url());
    let items = client.agent_sessions().list_sessions().items();
    assert_eq!(collect(items).await.len(), SESSIONS);
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_wanted() {
    let server = Server::conforming();
    let client = client(&server.url());
    let call = client.agent_sessions().list_sessions();
    let mut items = call.limit(2).items();
    assert!(server.requests().is_empty());
    for wanted in ["ses_000", "ses_001"] {
        let item = next(&mut items).await.unwrap().unwrap();
        assert_eq!(item.session_id, wanted);
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_stream_ends_with_its_first_error() {
    let server = Server::deviating(Deviation::BrokenJson);
    let client = client(&server.url());
    let items = client.agent_sessions().list_sessions().items();
    let items = collect(items).await;
    let [Err(error)] = &items[..] else {
        panic!("not one error: {items:?}");
    };
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(server.requests().len(), 1);
}

async fn collect<S: Stream>(stream: S) -> Vec<S::Item> {
    let mut stream = pin!(stream);
    let mut items = Vec::new();
    while let Some(item) = next(&mut stream).await {
        items.push(item);
    }
    items
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// The offset of each request, empty where it has none.
fn offsets(server: &Server) -> Vec<String> {
    let offset = |target: &str| {
        let (_, rest) = target.split_once("offset=")?;
        rest.split('&').next().map(str::to_owned)
    };
    let requests = server.requests();
    let offsets = requests.iter().map(|request| offset(&request.target));
    offsets.map(Option::unwrap_or_default).collect()
}

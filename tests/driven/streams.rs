//! Answers that are taken while they come, and headers with their types.

use streams::api::WatchToldSuccess;
use streams::types::{
    Note, ReadEitherXMood, ReadMixedResponse200Item, WatchKindsResponseItemData,
};
use streams::{Client, ErrorKind};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let client = Client::builder(&url).build().unwrap();
    events(&client).await;
    values(&client).await;
    others(&client).await;
    told(&client).await;
    headers(&client).await;
    bytes(&client).await;
    pages(&client).await;
}

async fn pages(client: &Client) {
    let pages = client.pages();
    assert_eq!(all(pages.list_links().items()).await, [1, 2, 3]);
    assert_eq!(all(pages.list_urls().items()).await, [1, 2, 3]);
    assert_eq!(all(pages.list_numbers().items()).await, [1, 2, 3]);
    let (_, headers) = pages.list_links().send_with_headers().await.unwrap();
    assert_eq!(headers.link().unwrap(), "</paged/links?page=2>; rel=\"next\"");
}

async fn all<S, E>(mut stream: S) -> Vec<i64>
where
    S: futures_core::Stream<Item = Result<i64, E>> + Unpin,
    E: std::fmt::Debug,
{
    let mut items = Vec::new();
    while let Some(item) =
        std::future::poll_fn(|context| std::pin::Pin::new(&mut stream).poll_next(context)).await
    {
        items.push(item.unwrap());
    }
    items
}

async fn events(client: &Client) {
    let mut events = client.notes().watch_notes().send().await.unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((&*first.event, &*first.id, &*first.data.text), ("add", "1", "a"));
    let wrong = events.next().await.unwrap().unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert!(events.next().await.is_none());
    let mut events = client.notes().watch_whole().send().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.text, "a");
    let mut events = client.notes().watch_plain().send().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.text, "a");
    kinds(client).await;
    let mut words = client.notes().watch_words().send().await.unwrap();
    assert_eq!(words.next().await.unwrap().unwrap().data, "{\"text\":\"a\"}");
}

/// The name of an event tells what its data is, even where the data of others looks the same.
async fn kinds(client: &Client) {
    let mut events = client.notes().watch_kinds().send().await.unwrap();
    let removed = events.next().await.unwrap().unwrap().data;
    assert!(matches!(removed, WatchKindsResponseItemData::Removed(note) if note.text == "a"));
    let ping = events.next().await.unwrap().unwrap().data;
    assert_eq!(ping, WatchKindsResponseItemData::Ping("12".to_owned()));
    let wrong = events.next().await.unwrap().unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    for _ in 0..2 {
        let unknown = events.next().await.unwrap().unwrap().data;
        assert!(matches!(unknown, WatchKindsResponseItemData::Unknown(_)));
    }
    assert!(events.next().await.is_none());
}

async fn values(client: &Client) {
    let mut lines = client.notes().read_lines().send().await.unwrap();
    let mut texts = Vec::new();
    while let Some(note) = lines.next().await {
        let note: Note = note.unwrap();
        texts.push(note.text);
    }
    assert_eq!(texts, ["a", "ü"]);
    let none = client.notes().read_lines().header("x-fail", "404").send().await;
    let Some(streams::api::Error404::NotFound(problem)) = none.unwrap_err().into_api() else {
        panic!("another error")
    };
    assert_eq!(problem.why, "gone");
    let mut records = client.notes().read_either().send_for_records().await.unwrap();
    assert_eq!(records.next().await.unwrap().unwrap().text, "r");
}

/// Beside a stream there may be an answer without content, and its items may be of several types.
async fn others(client: &Client) {
    let mut quiet = client.notes().watch_quiet().send().await.unwrap();
    assert!(quiet.next().await.is_none());
    let failed = client.notes().watch_quiet().header("x-fail", "404").send().await;
    assert_eq!(failed.unwrap_err().into_api().map(|_| ()), Some(()));
    let mut mixed = client.notes().read_mixed().send().await.unwrap();
    let first = mixed.next().await.unwrap().unwrap();
    assert!(matches!(first, ReadMixedResponse200Item::Note(note) if note.text == "a"));
    let second = mixed.next().await.unwrap().unwrap();
    assert!(matches!(second, ReadMixedResponse200Item::Problem(problem) if problem.why == "b"));
    assert!(mixed.next().await.is_none());
    let call = client.notes().read_mixed().header("x-early", "1");
    assert!(call.send().await.unwrap().next().await.is_none());
}

/// Each success is what it is, be it a stream or not.
async fn told(client: &Client) {
    let notes = client.notes();
    let told = |status: &str| notes.watch_told().header("x-status", status).send();
    let Ok(WatchToldSuccess::Ok(mut events)) = told("200").await else { panic!("no events") };
    assert_eq!(events.next().await.unwrap().unwrap().data.text, "a");
    let Ok(WatchToldSuccess::Created(mut lines)) = told("201").await else { panic!("no lines") };
    assert_eq!(lines.next().await.unwrap().unwrap().text, "a");
    let Ok(WatchToldSuccess::Accepted(problem)) = told("202").await else { panic!("no problem") };
    assert_eq!(problem.why, "b");
    assert!(matches!(told("204").await, Ok(WatchToldSuccess::NoContent)));
    assert_eq!(told("404").await.unwrap_err().kind(), ErrorKind::UnexpectedStatus);
    let told = |status: &str| notes.watch_told().header("x-status", status).send_with_headers();
    let (answer, headers) = told("201").await.unwrap();
    let WatchToldSuccess::Created(mut lines) = answer else { panic!("no lines") };
    assert_eq!(headers.x_lines(), Some(1));
    assert_eq!(lines.next().await.unwrap().unwrap().text, "a");
    assert_eq!(told("404").await.unwrap_err().kind(), ErrorKind::UnexpectedStatus);
}

async fn headers(client: &Client) {
    let (notes, headers) = client.notes().read_either().send_with_headers().await.unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(headers.x_total(), Some(7));
    assert_eq!(headers.x_kinds(), Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(headers.x_mood(), Some(ReadEitherXMood::Good));
    assert_eq!(headers.raw()["x-total"], "7");
    assert_eq!(client.notes().read_either().send().await.unwrap().len(), 1);
}

async fn bytes(client: &Client) {
    let mut download = client.notes().read_bytes().send_stream().await.unwrap();
    assert_eq!(download.length(), Some(3_000_000));
    let (mut length, mut pieces) = (0, 0);
    while let Some(piece) = download.next().await {
        length += piece.unwrap().len();
        pieces += 1;
    }
    assert_eq!(length, 3_000_000);
    assert!(pieces > 1);
    assert_eq!(client.notes().read_bytes().send().await.unwrap().len(), 3_000_000);
}

//! Lists in pages of all kinds, against a server whose lists have five things, two a page.

use paged::types::{SearchRequest, Thing};
use paged::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let client = Client::builder(format!("{url}/things")).build().unwrap();
    let lists = client.lists();
    whole(lists.nested().items().all().await);
    whole(lists.search(SearchRequest::new("a")).items().all().await);
    whole(lists.filter().limit(2).items().all().await);
    whole(lists.filter().items().all().await);
    whole(lists.last().items().all().await);
    whole(lists.numbered().items().all().await);
    whole(lists.since().items().all().await);

    // A page in the middle of the list, by a property of the body.
    let mut rest = lists.filter().offset(2).limit(2).items();
    assert_eq!(rest.next().await.unwrap().unwrap().id, "2");
    // The document says that no offset is greater.
    let bounded = lists.bounded().items().all().await.unwrap();
    assert_eq!(bounded.len(), 5);
    let mut pages = lists.bounded().offset(4).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert!(pages.next().await.is_none());

    // A server that goes wrong: a cursor that repeats, and pages without end that have nothing in them.
    let odd = Client::builder(format!("{url}/odd")).build().unwrap();
    let repeated = odd.lists().nested().items().all().await.unwrap();
    assert_eq!(repeated.len(), 2);
    let mut pages = odd.lists().search(SearchRequest::new("a")).pages();
    let mut asked = 0;
    while let Some(page) = pages.next().await {
        assert!(page.unwrap().results.is_empty());
        asked += 1;
    }
    assert_eq!(asked, 100);
}

/// The items come once each, in their order.
fn whole<E: std::fmt::Debug>(items: Result<Vec<Thing>, Error<E>>) {
    let ids: Vec<_> = items.unwrap().into_iter().map(|thing| thing.id).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4"]);
}

//! The collection formats of Swagger 2.0 arrive as a server reads them that nobody here wrote.

use collected::Client;

/// Items with everything in them but what stands between them.
const ITEMS: [&str; 3] = ["ü&=", "a+b%", "#/?"];

fn items() -> Vec<String> {
    ITEMS.map(str::to_owned).to_vec()
}

fn pair(name: &str, separator: &str) -> [String; 2] {
    [name.to_owned(), ITEMS.join(separator)]
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let client = Client::builder(&url).build().unwrap();
    queries(&client).await;
    forms(&client).await;
}

async fn queries(client: &Client) {
    let call = client.asked().ask(vec![1, 2, 3]);
    let call = call.plain(items()).csv(items()).ssv(items()).tsv(items());
    let call = call.pipes(items()).multi(items());
    let asked = call
        .x_list(vec!["a".into(), "b, c".into()])
        .send()
        .await
        .unwrap();
    assert_eq!(asked.ids, "1|2|3");
    assert_eq!(asked.list, "a|b, c");
    let mut expected = vec![
        pair("plain", ","),
        pair("csv", ","),
        pair("ssv", " "),
        pair("tsv", "\t"),
        pair("pipes", "|"),
    ];
    expected.extend(ITEMS.map(|item| ["multi".to_owned(), item.to_owned()]));
    assert_eq!(asked.pairs, expected);
}

async fn forms(client: &Client) {
    let call = client.asked().tell(vec![7]);
    let told = call.csv(items()).ssv(items()).multi(items()).send();
    let told = told.await.unwrap();
    assert_eq!(told.ids, "7");
    let mut expected = vec![pair("csv", ","), pair("ssv", " ")];
    expected.extend(ITEMS.map(|item| ["multi".to_owned(), item.to_owned()]));
    assert_eq!(told.pairs, expected);
}

//! Each media type that the document offers is sent, and asked for.

use media::Client;
use media::types::Note;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let client = Client::builder(&url).build().unwrap();
    sent(&client).await;
    asked_for(&client).await;
}

async fn sent(client: &Client) {
    let notes = client.notes();
    let echo = notes.add_note(Note::new("a b")).send().await.unwrap();
    assert_eq!(echo.content_type, "application/json");
    assert_eq!(echo.body, r#"{"text":"a b"}"#);
    let echo = notes.add_note_form(Note::new("a b")).send().await.unwrap();
    assert_eq!(echo.content_type, "application/x-www-form-urlencoded");
    assert_eq!(echo.body, "text=a%20b");
    let echo = notes.add_note_text("# a").send().await.unwrap();
    assert_eq!((&*echo.content_type, &*echo.body), ("text/markdown", "# a"));
    let other = notes.add_note_text("a").header("content-type", "text/plain");
    assert_eq!(other.send().await.unwrap().content_type, "text/plain");
    let echo = notes.add_note_bytes("png").send().await.unwrap();
    assert_eq!(echo.content_type, "application/octet-stream");
    assert_eq!(echo.body, "png");
}

async fn asked_for(client: &Client) {
    let notes = client.notes();
    let echo = notes.read_notes().send().await.unwrap();
    assert_eq!(echo.accept, "application/json");
    let text = notes.read_notes().send_for_text().await.unwrap();
    assert_eq!(text, "asked for text/csv");
    let short = notes.read_notes().send_for_vnd_notes_short().await.unwrap();
    assert_eq!(short, ["short"]);
    let second = notes.read_notes().send_for_json_version_2();
    assert_eq!(second.await.unwrap(), [2]);
    let bytes = notes.read_notes().send_for_bytes().await.unwrap();
    assert_eq!(&bytes[..], b"asked for application/pdf");
}

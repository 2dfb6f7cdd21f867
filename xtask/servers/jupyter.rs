//! A client of Jupyter Server at work: files and folders are made, read, listed, changed and deleted.

use jupyter::api::ContentsGetByPathError;
use jupyter::types::ContentsType;
use jupyter::{Client, ErrorKind, Map};

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("the URL of the server")?;
    let token = arguments.next().ok_or("the token")?;
    let client = Client::builder(&url).header("Authorization", &format!("token {token}")).build()?;
    println!("  version {:?}", client.default().get_api().send().await?.version);
    let me = client.identity().get_api_me().send().await?;
    assert!(me.identity.is_some());
    files(&client).await?;
    folders(&client).await?;
    sections(&client).await?;

    let stranger = Client::builder(url).build()?;
    let error = stranger.sessions().get().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403), "{error}");
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    Ok(())
}

async fn files(client: &Client) -> Result<(), Failure> {
    let contents = client.contents();
    let text = "first\nüber\n";
    let made = contents.put_by_path("a b&c.txt").r#type("file").format("text").content(text);
    let (made, headers) = made.send_with_headers().await?;
    assert_eq!(made.name.as_deref(), Some("a b&c.txt"));
    assert!(headers.location().is_some_and(|at| at.ends_with("/api/contents/a%20b%26c.txt")));
    let read = contents.get_by_path("a b&c.txt").content(1).send().await?;
    assert_eq!(read.content.as_str(), Some(text));

    let moved = contents.patch_by_path("a b&c.txt").body_path("moved.txt").send().await?;
    assert_eq!(moved.path.as_deref(), Some("moved.txt"));
    contents.post_checkpoints("moved.txt").send().await?;
    assert_eq!(contents.get_checkpoints("moved.txt").send().await?.len(), 1);
    contents.delete_by_path("moved.txt").send().await?;
    let error = contents.get_by_path("moved.txt").send().await.unwrap_err();
    assert!(matches!(error.api(), Some(ContentsGetByPathError::NotFound)), "{error}");
    Ok(())
}

async fn folders(client: &Client) -> Result<(), Failure> {
    let contents = client.contents();
    contents.put_by_path("folder").r#type("directory").send().await?;
    contents.put_by_path("folder/in.txt").r#type("file").format("text").content("").send().await?;
    let folder = contents.get_by_path("folder").send().await?;
    assert_eq!(folder.r#type, Some(ContentsType::Directory));
    assert_eq!(folder.content.pointer("/0/path").and_then(|path| path.as_str()), Some("folder/in.txt"));
    contents.delete_by_path("folder/in.txt").send().await?;
    contents.delete_by_path("folder").send().await?;
    Ok(())
}

/// Settings, whose properties the document leaves open.
async fn sections(client: &Client) -> Result<(), Failure> {
    let theme = Map::from([("theme", r#"{"dark":true}"#.parse()?)]);
    client.config().patch_by_section_name("bindery").body(theme).send().await?;
    let read = client.config().get_by_section_name("bindery").send_raw().await?;
    assert!(read.text()?.contains("dark"));
    Ok(())
}

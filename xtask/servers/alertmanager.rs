//! A client of Alertmanager at work: a silence is made, read, listed, changed and ended, and an alert is silenced by it.

use std::time::{Duration, SystemTime};

use alertmanager::api::{GetSilenceError, PostSilencesError};
use alertmanager::types::{Matcher, PostableAlert, PostableSilence, SilenceStatusState};
use alertmanager::{Client, DateTime, Map, Uuid};

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).ok_or("the URL of the server")?;
    let client = Client::builder(url).build()?;
    println!("  version {}", client.general().get_status().send().await?.version_info.version);
    let id = silences(&client).await?;
    alerts(&client).await?;
    end(&client, id).await
}

fn silence(comment: &str) -> PostableSilence {
    let now = SystemTime::now();
    let end = DateTime::from(now + Duration::from_secs(600));
    let matchers = vec![Matcher::new(false, "service", "shop")];
    PostableSilence::new(comment, "bindery", end, matchers, now.into())
}

async fn silences(client: &Client) -> Result<Uuid, Failure> {
    let silences = client.silence();
    let made = silences.post_silences(silence("first")).send().await?;
    let id = made.silence_id.ok_or("an id")?;
    let key = Uuid::parse(&*id)?;
    let read = silences.get_silence(key.clone()).send().await?;
    assert_eq!((read.comment.as_str(), &read.status.state), ("first", &SilenceStatusState::Active));
    let ends = read.ends_at.to_system_time().ok_or("a time")?;
    assert!(ends > SystemTime::now());

    let changed = silence("second").id(id);
    let changed = silences.post_silences(changed).send().await?;
    let key = Uuid::parse(changed.silence_id.ok_or("an id")?)?;
    let listed = silences.get_silences().filter(vec!["service=\"shop\"".to_owned()]).send().await?;
    let comments = listed.iter().filter(|own| own.id == key.as_str());
    assert!(comments.map(|own| own.comment.as_str()).eq(["second"]));

    // A rule of the document, checked here; a rule that only the server has; and what is not there.
    let mut nothing = silence("nothing");
    nothing.matchers.clear();
    let error = silences.post_silences(nothing.clone()).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    let error = silences.post_silences(nothing).unchecked().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422), "{error}");
    let mut late = silence("late");
    std::mem::swap(&mut late.starts_at, &mut late.ends_at);
    let error = silences.post_silences(late).send().await.unwrap_err();
    assert!(matches!(error.api(), Some(PostSilencesError::BadRequest(_))), "{error}");
    let nobody = Uuid::parse("00000000-0000-0000-0000-000000000000")?;
    let error = silences.get_silence(nobody).send().await.unwrap_err();
    assert!(matches!(error.api(), Some(GetSilenceError::NotFound)), "{error}");
    Ok(key)
}

async fn alerts(client: &Client) -> Result<(), Failure> {
    let labels = Map::from([("service", "shop".to_owned())]);
    client.alert().post_alerts(vec![PostableAlert::new(labels)]).send().await?;
    let filter = || vec!["service=\"shop\"".to_owned()];
    // What is sent is listed a moment later.
    for _ in 0..50 {
        let alerts = client.alert().get_alerts().filter(filter()).send().await?;
        if let [alert] = alerts.as_slice() {
            assert_eq!(alert.labels.get("service").map(String::as_str), Some("shop"));
            let seen = client.alert().get_alerts().silenced(false).filter(filter()).send().await?;
            assert!(seen.len() <= alerts.len());
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("the alert is not listed".into())
}

async fn end(client: &Client, id: Uuid) -> Result<(), Failure> {
    client.silence().delete_silence(id.clone()).send().await?;
    let read = client.silence().get_silence(id).send().await?;
    assert_eq!(read.status.state, SilenceStatusState::Expired);
    Ok(())
}

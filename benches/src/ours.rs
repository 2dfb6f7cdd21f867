//! The calls by the generated client.

use mixpeek::Client;
use mixpeek::types::SessionStatus;

/// Lists sessions so many times.
pub(crate) async fn run(url: &str, calls: usize) -> anyhow::Result<()> {
    let client = Client::builder()
        .base_url(url)
        .bearer_token("a-token")
        .namespace("production")
        .build()?;
    for _ in 0..calls {
        let page = client
            .agent_sessions()
            .list_sessions()
            .limit(50)
            .include_total(true)
            .status(SessionStatus::Active)
            .send()
            .await?;
        anyhow::ensure!(page.total == 50, "another page");
    }
    Ok(())
}

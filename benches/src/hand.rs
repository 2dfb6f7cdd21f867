//! The calls by a client as one would write it by hand: every property has a type, open objects are maps, and errors are
//! read as the document has them. Other than the generated client it takes no status that the document does not list,
//! checks no range before it sends, sends nothing again, and keeps neither headers nor body of the answer.

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize)]
struct Request {
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<HashMap<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<HashMap<String, Value>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read counts, not what is done with it")]
struct Page {
    results: Vec<Session>,
    total: i64,
    pagination: HashMap<String, Value>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read counts, not what is done with it")]
#[expect(clippy::struct_field_names, reason = "the names are those of the JSON")]
struct Session {
    session_id: String,
    namespace_id: String,
    internal_id: String,
    user_id: Option<String>,
    session_name: Option<String>,
    agent_config: Config,
    user_memory: Option<HashMap<String, Value>>,
    status: Status,
    message_count: i64,
    stats: Stats,
    created_at: String,
    updated_at: String,
    last_activity_at: String,
    expires_at: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Active,
    Idle,
    Archived,
    Terminated,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read counts, not what is done with it")]
struct Config {
    model: Option<String>,
    temperature: Option<f64>,
    max_tokens: Option<i64>,
    system_prompt: Option<String>,
    available_tools: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read counts, not what is done with it")]
struct Stats {
    total_messages: Option<i64>,
    total_tokens: Option<i64>,
    total_tool_calls: Option<i64>,
    avg_latency_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Failure {
    error: Detail,
}

#[derive(Deserialize)]
struct Detail {
    message: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Lists sessions so many times.
pub(crate) async fn run(url: &str, calls: usize) -> anyhow::Result<()> {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(10))
        .build()?;
    let list = format!("{url}/v1/agents/sessions/list");
    for _ in 0..calls {
        let response = client
            .post(&list)
            .bearer_auth("a-token")
            .header("X-Namespace", "production")
            .header("accept", "application/json")
            .query(&[("limit", "50"), ("include_total", "true")])
            .json(&Request {
                status: Some(Status::Active),
                filters: None,
                sort: None,
            })
            .send()
            .await?;
        let status = response.status();
        if !status.is_success() {
            let Failure { error } = response.json().await?;
            anyhow::bail!("{status}: {} ({})", error.message, error.kind);
        }
        let page: Page = response.json().await?;
        anyhow::ensure!(page.total == 50, "another page");
    }
    Ok(())
}

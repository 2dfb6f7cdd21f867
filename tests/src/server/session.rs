//! The sessions that the server keeps.

use serde_json::{Value, json};

/// The session of a number: the numbers go round through states, users, and optional parts that are there or not.
pub(super) fn session(index: usize, namespace: &str) -> Value {
    let state = ["active", "idle", "archived", "terminated"][index % 4];
    let mut session = json!({
        "session_id": format!("ses_{index:03}"),
        "namespace_id": namespace,
        "internal_id": "int_1",
        "agent_config": agent_config(index),
        "status": state,
        "message_count": index,
        "stats": stats(index),
        "created_at": "2023-11-07T05:31:56Z",
        "updated_at": "2023-11-07T05:31:56.789Z",
        "last_activity_at": "2023-11-07T06:31:56+01:00",
        "expires_at": "2023-12-07T05:31:56-00:30",
    });
    match index % 3 {
        0 => {
            session["user_id"] = json!(format!("user_{}", index % 5));
            session["session_name"] = json!("Über \"Züge\" \u{1f682}");
            session["user_memory"] = json!({ "language": "de", "seen": [1, 2.5, null] });
        }
        1 => {
            session["user_id"] = Value::Null;
            session["session_name"] = Value::Null;
            session["user_memory"] = json!({});
        }
        _ => {}
    }
    session
}

/// From the bounds of the document to nothing at all.
fn agent_config(index: usize) -> Value {
    match index % 3 {
        0 => json!({
            "model": "gemini-2.5-flash",
            "temperature": 0.7,
            "max_tokens": 4096,
            "system_prompt": "Answer briefly.",
            "available_tools": ["smart_search", "list_collections"],
        }),
        1 => json!({ "temperature": 2, "max_tokens": 100_000, "available_tools": [] }),
        _ => json!({}),
    }
}

fn stats(index: usize) -> Value {
    match index % 2 {
        0 => json!({
            "total_messages": index,
            "total_tokens": 9_007_199_254_740_993_u64,
            "total_tool_calls": 0,
            "avg_latency_ms": 812.5,
        }),
        _ => json!({}),
    }
}

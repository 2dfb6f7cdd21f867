//! A server that gives every request the same answer, and costs as little as it can.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use serde_json::{Value, json};

/// Starts it on threads of its own, with pages of so many sessions; says where it is.
pub(crate) fn start(sessions: usize) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let body = page(sessions).to_string();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    let answer: Arc<[u8]> = (head + &body).into_bytes().into();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            // A client that goes away is no error of the server.
            thread::spawn(move || drop(serve(&stream, &answer)));
        }
    });
    Ok(url)
}

fn serve(mut stream: &TcpStream, answer: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse().unwrap_or_default();
            }
        }
        std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
        stream.write_all(answer)?;
    }
}

fn page(sessions: usize) -> Value {
    let results: Vec<_> = (0..sessions).map(session).collect();
    json!({ "results": results, "total": 50, "pagination": { "limit": 50, "offset": 0 } })
}

fn session(index: usize) -> Value {
    json!({
        "session_id": format!("ses_{index:03}"),
        "namespace_id": "ns_production",
        "internal_id": "int_1",
        "user_id": format!("user_{}", index % 5),
        "session_name": "Über \"Züge\"",
        "agent_config": {
            "model": "gemini-2.5-flash",
            "temperature": 0.7,
            "max_tokens": 4096,
            "system_prompt": "Answer briefly.",
            "available_tools": ["smart_search", "list_collections"],
        },
        "user_memory": { "language": "de", "seen": [1, 2.5, null] },
        "status": "active",
        "message_count": index,
        "stats": { "total_messages": index, "total_tokens": 90_071_992, "total_tool_calls": 0, "avg_latency_ms": 812.5 },
        "created_at": "2023-11-07T05:31:56Z",
        "updated_at": "2023-11-07T05:31:56.789Z",
        "last_activity_at": "2023-11-07T06:31:56+01:00",
        "expires_at": "2023-12-07T05:31:56-00:30",
    })
}

//! What is no resource: exports that take their time, a report, and how the shop is.

use serde_json::{Value, json};

use super::answer::{Answer, Content};
use super::call::Call;
use super::check::Checker;
use super::defect::Slip;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn start_export(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let empty = call.body.is_empty() && call.media_type().is_empty();
    check.edge("body", "absent", empty);
    let body = if empty {
        json!({})
    } else {
        call.json("application/json")?
    };
    if let Some(object) = check.object("", &body) {
        check.member("", object, "format", |check, at, value| {
            check.word(at, value, &["csv", "json"]);
        });
    }
    check.done()?;
    let id = store.next();
    let format = body.get("format").and_then(Value::as_str).unwrap_or("csv");
    let export = json!({ "id": format!("x{id}"), "format": format, "done": true });
    store.exports.insert(id, export);
    let id = if call.does(Slip::LocationNowhere) {
        0
    } else {
        id
    };
    Ok(Answer::empty(202).header("Location", format!("/exports/x{id}")))
}

pub(super) fn export(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let digits = call.ids[0].strip_prefix('x').unwrap_or_default();
    let good = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    check.rule("export_id", "pattern", good);
    check.done()?;
    let export = store.exports.get(&digits.parse().unwrap_or(1));
    Ok(Answer::json(
        200,
        export.cloned().ok_or_else(Answer::not_found)?,
    ))
}

#[expect(clippy::unnecessary_wraps, reason = "all handlers have one signature")]
pub(super) fn stock(_: &Call<'_>, store: &mut Store) -> Result {
    let rows = store.products.keys().map(|id| format!("{id},1\r\n"));
    let table = format!("id,stock\r\n{}", rows.collect::<String>());
    Ok(Answer::of(
        200,
        Content::Bytes("text/csv", table.into_bytes()),
    ))
}

#[expect(clippy::unnecessary_wraps, reason = "all handlers have one signature")]
pub(super) fn health(_: &Call<'_>, _: &mut Store) -> Result {
    let health = json!({
        "ok": true, "address": "192.0.2.1", "address6": "2001:db8::1", "started_at": "09:30:00Z",
        "uptime": "P1DT2H", "release": "2024-05-17", "host": "shop.example.com", "sleep": 15,
        "contact": "shop@example.com", "home": "https://example.com/", "ratio": 0.5,
        "build": [7, "beef"], "limits": { "soft": 1, "hard": 2, "x-why": "because" },
        "features": ["core", "more"], "level": 2, "secret": 1,
    });
    Ok(Answer::json(200, health))
}

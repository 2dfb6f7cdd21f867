//! Write-only values that come back, wherever they stand.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Exchange, Stage, write_only};
use crate::validate::{Part, Spot, escape};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&LEAKED];

static LEAKED: Check = Check {
    code: "write-only-leaked",
    level: Level::Error,
    evident: false,
    section: "JSON Schema 2020-12 Validation §9.4",
    title: "A write-only value that was sent stands in an answer.",
    explanation: "The very text that was sent came back, under its own name or another. Such values are secrets, most \
                  often. Do not give them out, also not in fields that the document does not declare.",
};

/// A text that is shorter than this may stand in an answer by chance.
const SHORTEST: usize = 8;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let create = stage.resource().create.as_ref()?.operation;
    let schema = stage.body_schema(create)?;
    let names = write_only(&stage.caller.contract.api.schemas, schema);
    if names.is_empty() {
        return None;
    }
    let made = stage.create().await?;
    let value = |name: &String| Some((name.clone(), made.sent.get(name)?.as_str()?.to_owned()));
    let secrets: Vec<(String, String)> = names.iter().filter_map(value).collect();
    look(stage, &made.made, &secrets);
    if let Some(read) = stage.read(&made.keys).await {
        look(stage, &read, &secrets);
    }
    if let Some(list) = &stage.resource().list {
        let keys = stage.caller.stock.keys(&stage.resource().home);
        let listed = stage.call(list.operation, &keys).await?;
        look(stage, &listed, &secrets);
    }
    Some(())
}

fn look(stage: &mut Stage<'_>, exchange: &Exchange, secrets: &[(String, String)]) {
    let Some(body) = exchange.json() else { return };
    for (name, secret) in secrets
        .iter()
        .filter(|(_, secret)| secret.len() >= SHORTEST)
    {
        if let Some(pointer) = find(&body, secret, "") {
            let message =
                format!("the value that was sent as the write-only `{name}` stands in the answer");
            let spot = Spot::inside(Part::ResponseBody, pointer);
            stage.flaw(exchange.operation, &LEAKED, spot, "writeOnly", message);
        }
    }
}

/// Where a text stands in a value.
fn find(value: &Value, text: &str, at: &str) -> Option<String> {
    match value {
        Value::String(own) => own.contains(text).then(|| at.to_owned()),
        Value::Object(fields) => {
            let mut inside = fields.iter();
            inside.find_map(|(name, value)| find(value, text, &format!("{at}/{}", escape(name))))
        }
        Value::Array(items) => {
            let mut inside = items.iter().enumerate();
            inside.find_map(|(index, value)| find(value, text, &format!("{at}/{index}")))
        }
        _ => None,
    }
}

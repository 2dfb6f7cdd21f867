//! What makes several things at once makes all of them.

use bindery_spec::Value;

use crate::checks::{Check, Flaw, Level};
use crate::state::{Bulk, List, Stage};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&INCOMPLETE];

static INCOMPLETE: Check = Check {
    code: "bulk-incomplete",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §15.3.1, §15.3.2",
    title: "Several things were sent to be made at once, and only some of them are in the list.",
    explanation: "The operation is a POST below the path of the list, and its body has a list of what makes one. It was \
                  answered with 200 or 201, without a word of what failed. 207, or a list of errors, says that some were \
                  not made.",
};

/// How many are made at once.
const COUNT: usize = 3;
/// Words of an answer that some were not made.
const EXCUSES: &[&str] = &[
    "error",
    "fail",
    "reject",
    "skip",
    "duplicate",
    "conflict",
    "invalid",
];

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let list = stage.resource().list.clone()?;
    for bulk in &stage.resource().bulks {
        let _ = make(stage, &list, bulk).await;
    }
    Some(())
}

async fn make(stage: &mut Stage<'_>, list: &List, bulk: &Bulk) -> Option<()> {
    let (before, whole) = stage.everything(list).await?;
    let bodies = (0..COUNT).filter_map(|_| Some(stage.known_body()?.1));
    let bodies: Vec<Value> = bodies.collect();
    let made = stage.create_all(bulk, bodies).await?;
    let (after, still_whole) = stage.everything(list).await?;
    let fresh: Vec<&String> = after.iter().filter(|key| !before.contains(key)).collect();
    for key in &fresh {
        stage.adopt(key);
    }
    let told = made.json().is_some_and(|answer| excuses(&answer));
    let done = matches!(made.status(), 200 | 201) && whole && still_whole && !told;
    if done && !fresh.is_empty() && fresh.len() < COUNT {
        let message = format!(
            "{COUNT} things were sent, and the list has {} more",
            fresh.len()
        );
        let flaw = Flaw::new(&INCOMPLETE, Spot::whole(Part::Body), "bulk", message);
        stage.note(bulk.operation, flaw);
    }
    Some(())
}

/// Whether an answer tells that some were not made.
fn excuses(answer: &Value) -> bool {
    let is_said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(count) => count.as_u64() != Some(0),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match answer {
        Value::Array(items) => items.iter().any(excuses),
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            let name = name.to_ascii_lowercase();
            let names = EXCUSES.iter().any(|word| name.contains(word));
            names && is_said(value) || excuses(value)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::excuses;

    #[test]
    fn an_answer_may_say_that_some_were_not_made() {
        for told in [
            json!({ "created": 1, "errors": [{ "at": 2 }] }),
            json!({ "failedCount": 2 }),
            json!([{ "status": 201 }, { "error": "taken" }]),
        ] {
            assert!(excuses(&told), "{told}");
        }
        for silent in [
            json!(null),
            json!({ "created": 3, "errors": [], "skipped": 0 }),
        ] {
            assert!(!excuses(&silent), "{silent}");
        }
    }
}

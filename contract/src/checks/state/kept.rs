//! What was sent to create a resource can be read back.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Instance, Stage, differences};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&LOST];

static LOST: Check = Check {
    code: "written-not-kept",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.3, §9.3.1",
    title: "A field that was sent to create a resource is not what is read back.",
    explanation: "The field is declared with the same type in the body that creates and in the answer that reads, and \
                  is neither read-only nor write-only. Other spellings of times, UUIDs, URLs and numbers are the same, \
                  and what is empty may be left out. Values at the bounds, in foreign scripts, zero and false are tried as \
                  well. A field that the server decides should be `readOnly`.",
};

/// How many bodies with other values are tried.
const TRIES: usize = 8;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage.create().await?;
    let sent = made.sent.clone();
    if compare(stage, made).await? > 0 {
        return None;
    }
    for body in others(stage, &sent, TRIES)? {
        // What is refused is judged where requests are made for it.
        if let Some(made) = stage.create_from(body).await {
            let _ = compare(stage, made).await;
        }
    }
    Some(())
}

/// Bodies with other values than those that were sent.
pub(super) fn others(
    stage: &mut Stage<'_>,
    sent: &Value,
    most: usize,
) -> Option<Vec<(usize, Value)>> {
    let resource = stage.resource();
    let create = resource.create.as_ref()?.operation;
    let references = resource.references.iter().map(|(name, _)| name.as_str());
    let fixed: Vec<&str> = references.chain(resource.key()).collect();
    let maker = stage.caller.maker(create)?;
    let others = maker.variants(sent, &fixed, most).into_iter();
    let others = others.map(|body| {
        // A name may be there only once.
        let salt = stage.next_salt();
        (maker.media, maker.renewed(&body, sent, &fixed, &salt))
    });
    Some(others.collect())
}

/// Reads back what was made, and says how many fields are not what was sent.
async fn compare(stage: &mut Stage<'_>, made: Instance) -> Option<usize> {
    let read = stage.found(&made.keys).await?;
    let operation = made.made.operation;
    let request = stage.body_schema(operation)?;
    let response = stage.answer_schema(read.operation, read.status())?;
    let contract = stage.caller.contract;
    let mut count = 0;
    for difference in differences(contract, (request, &made.sent), (response, &read.thing()?)) {
        // A server may choose the key, whatever was sent.
        if stage.resource().key() == Some(difference.property.as_str()) {
            continue;
        }
        let spot = Spot::inside(Part::Body, difference.pointer());
        stage.flaw(operation, &LOST, spot, "kept", difference.told());
        count += 1;
    }
    Some(count)
}

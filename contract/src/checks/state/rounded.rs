//! Numbers are kept with all their digits.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::{Instance, Stage, differences};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&ROUNDED];

static ROUNDED: Check = Check {
    code: "number-rounded",
    level: Level::Warning,
    evident: false,
    section: "RFC 8259 §6, JSON Schema 2020-12 Validation §6.2.1",
    title: "A number that was sent to create a resource is read back with fewer digits.",
    explanation: "The document allows a number with six digits behind the point, which every reader of JSON can carry, and \
                  others are kept as they were sent. A server that keeps fewer digits says so with `multipleOf`. What is \
                  lost is more than a millionth.",
};

/// What is added to a number, or taken from it: it has as many digits as are mostly kept.
const PART: f64 = 0.345_678;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage.create().await?;
    let lost = lost(stage, &made).await?;
    let (media, body, precise) = precise(stage, &made, &lost)?;
    let made = stage.create_from((media, body)).await?;
    let read = stage.found(&made.keys).await?;
    let operation = made.made.operation;
    let request = stage.body_schema(operation)?;
    let response = stage.answer_schema(read.operation, read.status())?;
    let (contract, shown) = (stage.caller.contract, read.thing()?);
    let found = differences(contract, (request, &made.sent), (response, &shown)).into_iter();
    for difference in found.filter(|own| precise.contains(&own.property)) {
        let spot = Spot::inside(Part::Body, difference.pointer());
        stage.flaw(operation, &ROUNDED, spot, "digits", difference.told());
    }
    Some(())
}

/// The fields that are not kept whatever their digits are, which is told elsewhere.
async fn lost(stage: &mut Stage<'_>, made: &Instance) -> Option<Vec<String>> {
    let read = stage.found(&made.keys).await?;
    let request = stage.body_schema(made.made.operation)?;
    let response = stage.answer_schema(read.operation, read.status())?;
    let (contract, shown) = (stage.caller.contract, read.thing()?);
    let lost = differences(contract, (request, &made.sent), (response, &shown));
    Some(lost.into_iter().map(|own| own.property).collect())
}

/// A body whose numbers have many digits where the document allows that, and their names; `None` where it does nowhere.
fn precise(
    stage: &mut Stage<'_>,
    made: &Instance,
    lost: &[String],
) -> Option<(usize, Value, Vec<String>)> {
    let salt = stage.next_salt();
    let resource = stage.resource();
    let references = resource.references.iter().map(|(name, _)| name.as_str());
    let fixed: Vec<&str> = references.chain(resource.key()).collect();
    let maker = stage.caller.maker(made.made.operation)?;
    let mut body = made.sent.clone();
    let is_free = |name: &String| !fixed.contains(&name.as_str()) && !lost.contains(name);
    let sent = made.sent.as_object()?.iter();
    let numbers = sent.filter_map(|(name, own)| Some((name, own.as_f64()?)));
    let precise = numbers.filter(|(name, own)| {
        let mut others = [own + PART, own - PART].into_iter();
        is_free(name) && others.any(|other| maker.set(&mut body, name, other.into()))
    });
    let precise: Vec<String> = precise.map(|(name, _)| name.clone()).collect();
    if precise.is_empty() {
        return None;
    }
    let body = maker.renewed(&body, &made.sent, &fixed, &salt);
    Some((maker.media, body, precise))
}

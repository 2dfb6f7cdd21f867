//! What is left out is what the document says it is by default.

use crate::checks::{Check, Level};
use crate::state::{Recipe, Stage, properties, types};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&OTHER];

static OTHER: Check = Check {
    code: "default-not-assumed",
    level: Level::Warning,
    evident: false,
    section: "OpenAPI 3.0 §4.7.24.1, JSON Schema 2020-12 Validation §9.2",
    title: "A property was left out when a resource was created, and is not what the document has as its default.",
    explanation: "OpenAPI 3.0 says that the default is assumed where no value is given. JSON Schema has it as an \
                  annotation only, so this is a warning.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let create = stage.resource().create.as_ref()?.operation;
    let maker = stage.caller.maker(create)?;
    let schemas = &stage.caller.contract.api.schemas;
    let known = properties(schemas, &[maker.schema]);
    let stated = |name: &String| Some((name.clone(), stage.body_default(create, name)?));
    let defaults: Vec<_> = known.keys().filter_map(stated).collect();
    if defaults.is_empty() {
        return None;
    }
    let salt = stage.next_salt();
    let body = maker.body(Recipe::Minimal, &salt)?;
    let made = stage.create_from((maker.media, body)).await?;
    let read = stage.found(&made.keys).await?;
    let shown = stage.answer_schema(read.operation, read.status())?;
    let shown = properties(schemas, &[shown]);
    let thing = read.thing()?;
    for (name, default) in defaults {
        let alike = shown.get(&name).map(|ids| types(schemas, ids))
            == known.get(&name).map(|ids| types(schemas, ids));
        let own = thing
            .get(&name)
            .filter(|own| !own.is_null() && **own != default);
        let Some(own) = own.filter(|_| alike && made.sent.get(&name).is_none()) else {
            continue;
        };
        let message = format!("`{name}` was left out, and is {own}, but {default} by default");
        let spot = Spot::inside(Part::Body, pointer_to(&name));
        stage.flaw(create, &OTHER, spot, "default", message);
    }
    Some(())
}

//! What only the server may write.

use bindery_spec::Value;

use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&WRITTEN];

static WRITTEN: Check = Check {
    code: "read-only-written",
    level: Level::Error,
    evident: false,
    section: "JSON Schema 2020-12 Validation §9.4, OWASP API Security 2023, API3",
    title: "A read-only field that a client sent was stored.",
    explanation: "The field is `readOnly`, so the server alone decides it: what a client sends there is to be ignored or \
                  refused. The value that was sent is another than the one the server gave to a resource made without it.",
};

/// How many fields are tried.
const TRIES: usize = 4;

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let made = stage.create().await?;
    let own = stage.found(&made.keys).await?.thing()?;
    let create = stage.resource().create.as_ref()?.operation;
    let (media, body) = stage.known_body()?;
    let salt = stage.next_salt();
    let forged = stage.caller.maker(create)?.forged(&body, &own, &salt);
    // A server may choose the key, whatever was sent, and may take that of the client.
    let key = stage.resource().key();
    let others = forged
        .into_iter()
        .filter(|(name, _)| Some(name.as_str()) != key);
    for (name, body) in others.take(TRIES) {
        let _ = one(stage, create, &name, (media, body)).await;
    }
    Some(())
}

async fn one(stage: &mut Stage<'_>, create: usize, name: &str, body: (usize, Value)) -> Option<()> {
    let sent = body.1.get(name)?.clone();
    let made = stage.create_invalid(body).await?;
    let read = stage.found(&made.keys).await?.thing()?;
    if read.get(name) == Some(&sent) {
        let message = format!("the read-only `{name}` was sent as {sent}, and is that since");
        let spot = Spot::inside(Part::Body, pointer_to(name));
        stage.flaw(create, &WRITTEN, spot, "readOnly", message);
    }
    Some(())
}

//! What was created is there.

use crate::checks::{Check, Level};
use crate::state::Stage;
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MISSING];

static MISSING: Check = Check {
    code: "created-not-found",
    level: Level::Error,
    section: "RFC 9110 §15.3.2",
    title: "A resource that was created (201) is not there.",
    explanation: "The creation was answered with 201, and reading under the key of the answer with 404 or 410. A \
                  creation that takes its time is answered with 202.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    stage.resource().read?;
    let made = stage
        .create()
        .await
        .filter(|made| made.made.status() == 201)?;
    let read = stage.read(&made.keys).await?;
    if read.is_gone() {
        let message = format!(
            "it was created with 201, but reading it is answered with {}",
            read.status()
        );
        stage.flaw(
            made.made.operation,
            &MISSING,
            Spot::whole(Part::Status),
            "created",
            message,
        );
    }
    Some(())
}

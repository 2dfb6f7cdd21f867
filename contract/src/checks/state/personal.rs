//! What a path calls one's own is not that of another.

use crate::checks::{Check, Level};
use crate::state::{Exchange, Stage, plain};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SHARED];

static SHARED: Check = Check {
    code: "own-resource-shared",
    level: Level::Error,
    evident: false,
    section: "OWASP API Security 2023, API1",
    title: "What one identity wrote at a path of its own, such as `/me/settings`, is shown to another there.",
    explanation: "The identities are those of `--identity`, which says that they have nothing in common, and a word of \
                  the path says that what is there belongs to who asks: `me`, `my`, `mine`, `self` or `myself`. The other \
                  had another value before.",
};

/// The words of a path that stand for who asks.
const WORDS: &[&str] = &["me", "my", "mine", "self", "myself"];

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    let identities = stage.caller.options.identities.len();
    let read = stage.resource().read?;
    if identities < 2 || !is_own(&stage.resource().item) {
        return None;
    }
    for other in 1..identities {
        // What one of them may not read says nothing of the others.
        let _ = leak(stage, read, other).await;
    }
    stage.act_as(0);
    Some(())
}

/// Whether a path says that what is there belongs to who asks.
fn is_own(path: &str) -> bool {
    let mut words = path.split('/').filter(|word| !word.starts_with('{'));
    words.any(|word| WORDS.contains(&plain(word).as_str()))
}

async fn leak(stage: &mut Stage<'_>, read: usize, other: usize) -> Option<()> {
    let keys = stage.beside(&stage.resource().item);
    stage.act_as(other);
    let before = stage.call(read, &keys).await.filter(Exchange::is_success)?;
    stage.act_as(0);
    let made = stage.create().await?;
    let own = stage.found(&made.keys).await?.thing()?;
    stage.act_as(other);
    let theirs = stage.call(read, &made.keys).await?;
    let (before, theirs) = (before.thing()?, theirs.thing()?);
    let sent = made.sent.as_object()?.iter();
    let mut kept = sent.filter(|(name, value)| own.get(*name) == Some(value));
    let (name, value) = kept.find(|(name, value)| {
        theirs.get(*name) == Some(value) && before.get(*name) != Some(value)
    })?;
    let names = &stage.caller.options.identities;
    let (first, second) = (&names[0].name, &names[other].name);
    let message = format!("`{first}` wrote {value} to `{name}`, and `{second}` has that there now");
    let spot = Spot::inside(Part::ResponseBody, pointer_to(name));
    stage.flaw(read, &SHARED, spot, "owner", message);
    None
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn a_word_of_the_path_says_whose_it_is() {
        for path in ["/me/settings", "/users/me", "/my/avatar"] {
            assert!(is_own(path), "{path}");
        }
        for path in ["/settings", "/users/{me}", "/menu", "/house/theme"] {
            assert!(!is_own(path), "{path}");
        }
    }
}

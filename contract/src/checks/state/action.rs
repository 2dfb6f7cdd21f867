//! What an action says that it did is done, and so is what it is called after.

use bindery_spec::Value;

use super::replaced::done;
use crate::checks::{Check, Level};
use crate::shape::alternatives;
use crate::state::{Instance, Stage, plain, properties};
use crate::validate::{Part, Spot, pointer_to};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&UNDONE, &NOTHING, &ANOTHER];

static UNDONE: Check = Check {
    code: "action-not-kept",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.3, §15.3.1",
    title: "An action showed a resource with a new value, and the resource still has the old one.",
    explanation: "The action is a POST on a word below the path of the resource, and answered at once with the resource \
                  under the same key. One that only shows what would become of it should not answer with the resource \
                  itself; one that takes its time is answered with 202.",
};
static NOTHING: Check = Check {
    code: "action-without-effect",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.3, §15.3.1",
    title: "An action was answered as done (200, 201 or 204), and did not do what it is called after.",
    explanation: "A property of the resource may have a value that is the participle of the action, such as `published` \
                  after `publish`, or is a flag of that name; of a state it may be the word itself (`void`). It had another \
                  value before, and has that still. An action that takes its time is answered with 202.",
};

static ANOTHER: Check = Check {
    code: "action-of-another",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §9.3.3, §15.3.1",
    title: "An action was answered as done (200, 201 or 204), and did what another action is called after.",
    explanation: "A property of the resource has after it the value that is the participle of another action on the \
                  resource, such as `paid` after `cancel` where there is `pay`, and another one is that of the action itself.",
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Option<()> {
    for action in &stage.resource().actions {
        // One that cannot be carried out says nothing of the others.
        let _ = act(stage, *action).await;
    }
    Some(())
}

async fn act(stage: &mut Stage<'_>, action: usize) -> Option<()> {
    let made = stage.create().await?;
    let before = stage.found(&made.keys).await?.thing()?;
    let answer = stage.call(action, &made.keys).await?;
    if done(answer.status()) {
        without_effect(stage, action, &made, &before).await?;
    }
    let shown = answer.thing().filter(|_| done(answer.status()))?;
    let key = stage.resource().key()?;
    shown.get(key).filter(|own| before.get(key) == Some(own))?;
    let after = stage.found(&made.keys).await?.thing()?;
    let (name, value) = shown.as_object()?.iter().find(|(name, value)| {
        let old = before.get(*name);
        old.is_some_and(|old| old != *value) && after.get(*name) == old
    })?;
    let message =
        format!("the answer has {value} for `{name}`, and it is still what it was before");
    let spot = Spot::inside(Part::ResponseBody, pointer_to(name));
    stage.flaw(action, &UNDONE, spot, "kept", message);
    None
}

/// Whether a thing has become what an action is called after; `None` if not.
async fn without_effect(
    stage: &mut Stage<'_>,
    action: usize,
    made: &Instance,
    before: &Value,
) -> Option<()> {
    let Some((name, wanted)) = meant(stage, action) else {
        return Some(());
    };
    let old = before.get(&name).filter(|own| **own != wanted);
    let after = stage.found(&made.keys).await?.thing()?;
    let Some(old) = old.filter(|old| after.get(&name) == Some(old)) else {
        return of_another(stage, action, &name, &after);
    };
    let message = format!("`{name}` is {old} after it as before, and not {wanted}");
    let spot = Spot::inside(Part::ResponseBody, pointer_to(&name));
    stage.flaw(action, &NOTHING, spot, "effect", message);
    None
}

/// Whether a thing has become what another action is called after; `None` if so.
fn of_another(stage: &mut Stage<'_>, action: usize, name: &str, after: &Value) -> Option<()> {
    let others = &stage.resource().actions;
    let mut others = others.iter().filter(|other| **other != action);
    let shown = after.get(name);
    let did = |other: &&usize| {
        let meant = meant(stage, **other);
        meant.is_some_and(|(own, value)| own == name && shown == Some(&value) && value.is_string())
    };
    let Some(other) = others.find(did) else {
        return Some(());
    };
    let path = &stage.caller.operation(*other).path;
    let word = path.rsplit('/').next().unwrap_or_default();
    let shown = shown.cloned().unwrap_or_default();
    let message = format!("`{name}` is {shown} after it, as it would be after `{word}`");
    let spot = Spot::inside(Part::ResponseBody, pointer_to(name));
    stage.flaw(action, &ANOTHER, spot, "effect", message);
    None
}

/// The property that an action is called after, and the value that it has then.
fn meant(stage: &Stage<'_>, action: usize) -> Option<(String, Value)> {
    let path = &stage.caller.operation(action).path;
    let verb = plain(path.trim_end_matches('/').rsplit('/').next()?);
    let schemas = &stage.caller.contract.api.schemas;
    let schema = stage.answer_schema(stage.resource().read?, 200)?;
    let mut known = properties(schemas, &[schema]).into_iter();
    known.find_map(|(name, ids)| {
        let shapes = alternatives(schemas, &ids);
        let mut values = shapes
            .iter()
            .filter_map(|own| own.values.as_ref())
            .flatten();
        let says = |own: &str| is_done(&name, own, &verb);
        if let Some(value) = values.find(|value| value.as_str().is_some_and(says)) {
            return Some((name, value.clone()));
        }
        let flag = crate::state::types(schemas, &ids) == [bindery_spec::model::Type::Boolean];
        let word = plain(&name);
        let bare = word.strip_prefix("is").unwrap_or_default();
        let says = is_participle(&word, &verb) || is_participle(bare, &verb);
        (flag && says).then(|| (name, true.into()))
    })
}

/// Whether a value of a property says that something was done: a state may be the very word, such as `void`.
fn is_done(property: &str, value: &str, verb: &str) -> bool {
    let mut ends = ["state", "status"].into_iter();
    let is_state = ends.any(|end| plain(property).ends_with(end));
    is_participle(value, verb) || is_state && plain(value) == verb
}

/// Whether a word says that something was done: `cancelled` for `cancel`, `closed` for `close`.
fn is_participle(word: &str, verb: &str) -> bool {
    let word = plain(word);
    let last = verb.chars().last().unwrap_or_default();
    let stem = verb.strip_suffix('y').unwrap_or(verb);
    let regular = [
        format!("{verb}ed"),
        format!("{verb}{last}ed"),
        format!("{stem}ied"),
    ];
    let silent = verb.ends_with('e') && word == format!("{verb}d");
    let irregular = [("pay", "paid"), ("send", "sent"), ("hold", "held")];
    silent || regular.contains(&word) || irregular.contains(&(verb, word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{is_done, is_participle};

    #[test]
    fn a_state_may_be_the_verb_itself() {
        assert!(is_done("order_status", "VOID", "void"));
        assert!(is_done("kind", "voided", "void"));
        assert!(!is_done("kind", "return", "return"));
    }

    #[test]
    fn participles_are_those_of_the_verb() {
        for (word, verb) in [
            ("published", "publish"),
            ("CANCELLED", "cancel"),
            ("canceled", "cancel"),
            ("closed", "close"),
            ("verified", "verify"),
            ("paid", "pay"),
        ] {
            assert!(is_participle(word, verb), "{word}");
        }
        assert!(!is_participle("publishing", "publish"));
        assert!(!is_participle("draft", "publish"));
    }
}

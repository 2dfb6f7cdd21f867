//! What a user prefers: there is one of it for each, from the start.

use serde_json::Value;

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Text};
use super::defect::Slip;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let foreign = call.does(Slip::Foreign);
    let own = store.preferences.get(if foreign { "" } else { call.user });
    let own = own.ok_or_else(Answer::not_found)?;
    Ok(Answer::json(200, own.clone()))
}

pub(super) fn put(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let body = call.json("application/json")?;
    read(&mut check, &body);
    check.done()?;
    store.preferences.insert(call.user, body.clone());
    store.preferences.insert("", body.clone());
    Ok(Answer::json(200, body))
}

fn read(check: &mut Checker, body: &Value) {
    let Some(object) = check.object("", body) else {
        return;
    };
    check.need("", object, &["signature", "digest"]);
    check.only("", object, &["signature", "digest"]);
    check.member("", object, "signature", |check, at, value| {
        check.text(at, value, Text::up_to(40));
    });
    check.member("", object, "digest", Checker::flag);
}

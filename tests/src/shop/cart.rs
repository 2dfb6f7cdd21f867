//! The cart of a session: there is one, which is created by the first write.

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Text, is_sku};
use super::defect::Slip;
use super::page::next_turn;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    if call.does(Slip::SometimesFails) && next_turn().is_multiple_of(3) {
        return Err(Answer::problem(500, "Something went wrong"));
    }
    let cart = store.carts.get(call.user).cloned();
    Ok(Answer::json(
        200,
        cart.unwrap_or_else(|| json!({ "lines": [] })),
    ))
}

pub(super) fn put(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let body = call.json("application/json")?;
    read(&mut check, &body);
    check.done()?;
    let old = if call.does(Slip::UpdateLost) {
        store.carts.get(call.user).cloned()
    } else {
        store.carts.insert(call.user, body.clone())
    };
    Ok(Answer::json(if old.is_some() { 200 } else { 201 }, body))
}

fn read(check: &mut Checker, body: &Value) {
    let Some(object) = check.object("", body) else {
        return;
    };
    check.need("", object, &["lines"]);
    check.only("", object, &["lines", "coupon", "gift"]);
    check.member("", object, "lines", |check, at, value| {
        check.list(at, value, (0, 20), true, |check, at, value| {
            check.text(at, value, Text::like(is_sku));
        });
    });
    check.nullable("", object, "coupon", |check, at, value| {
        check.text(at, value, Text::like(is_coupon));
    });
    check.member("", object, "gift", Checker::flag);
}

fn is_coupon(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == 6 && text.bytes().all(good)
}

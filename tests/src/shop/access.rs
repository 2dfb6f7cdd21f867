//! Who may come in: which credentials an operation asks for, and whose they are.

use axum::http::request::Parts;

use super::call::header;
use super::defect::{Planted, Slip};
use super::query;

/// The users by their bearer tokens.
const USERS: [(&str, &str); 2] = [("tok_alice", "alice"), ("tok_bob", "bob")];

/// The sessions by their cookies.
const SESSIONS: [(&str, &str); 2] = [("s_alice", "alice"), ("s_bob", "bob")];

/// Who asks; `None` when nobody may who asks like that.
pub(super) fn user(operation: &str, parts: &Parts, planted: Planted) -> Option<&'static str> {
    if planted.does(Slip::NoCredential) {
        return Some("alice");
    }
    let any = planted.does(Slip::AnyCredential);
    let bearer = || bearer(parts, any, planted);
    let key = || key(parts, any);
    match operation {
        "health" => Some("nobody"),
        "list_orders" | "create_order" | "get_order" | "delete_order" | "cancel_order"
        | "pay_order" | "get_preferences" | "put_preferences" => bearer(),
        "search" => key(),
        "get_cart" | "put_cart" => session(parts, any),
        "stock_report" if planted.does(Slip::HalfCredential) => bearer(),
        "stock_report" => bearer().and_then(|_| key()),
        _ => bearer().or_else(key),
    }
}

fn bearer(parts: &Parts, any: bool, planted: Planted) -> Option<&'static str> {
    let value = header(parts, "authorization")?;
    if planted.does(Slip::EmptyToken) && value.eq_ignore_ascii_case("bearer") {
        return Some("alice");
    }
    let (scheme, token) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    find(&USERS, token, any)
}

fn key(parts: &Parts, any: bool) -> Option<&'static str> {
    let value = header(parts, "x-api-key")?;
    (any || value == super::API_KEY).then_some("service")
}

fn session(parts: &Parts, any: bool) -> Option<&'static str> {
    let value = query::cookie(&header(parts, "cookie")?, "sid")?;
    find(&SESSIONS, &value, any)
}

fn find(known: &[(&str, &'static str)], secret: &str, any: bool) -> Option<&'static str> {
    let mut known = known.iter();
    let user = known.find(|(own, _)| *own == secret).map(|(_, user)| *user);
    user.or(any.then_some("alice"))
}

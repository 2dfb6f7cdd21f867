//! Orders: each belongs to the user who placed it, and nobody else gets to see it.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Number, Text, is_date_time, is_sku, is_time, is_uuid};
use super::defect::Slip;
use super::page::page;
use super::store::{Order, Store};

type Result = std::result::Result<Answer, Answer>;

pub(super) fn list(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let limit = Number::whole(1.0, 50.0);
    let limit = check.count_of("limit", call.query("limit"), limit, 10);
    let offset = Number::whole(0.0, 100_000.0);
    let offset = check.count_of("offset", call.query("offset"), offset, 0);
    let state = call.query("state");
    if let Some(state) = state {
        check.word("state", &state.into(), &["open", "paid", "cancelled"]);
    }
    let since = call.query("since");
    if let Some(since) = since {
        check.plain("since", since, Text::format(is_date_time));
    }
    check.done()?;
    let fits = |order: &&Order| {
        (order.owner == call.user || call.does(Slip::Foreign))
            && (state.is_none_or(|state| order.value["state"] == state)
                || call.does(Slip::FilterIgnored))
            && since.is_none_or(|since| order.value["created_at"].as_str() >= Some(since))
    };
    let own = store.orders.iter().filter(fits);
    let page = page(
        call,
        own.map(|order| order.value.clone()).collect(),
        offset,
        limit,
    );
    Ok(Answer::json(
        200,
        json!({ "orders": page.items, "total": page.total }),
    ))
}

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let body = call.json("application/json")?;
    read(&mut check, &body);
    let good = check.is_good();
    if good || call.does(Slip::RefusedApplies) && body.is_object() {
        place(call, store, &body);
    }
    check.done()?;
    let mut order = store.orders.last().cloned().ok_or_else(Answer::not_found)?;
    if call.does(Slip::CreateLost) {
        store.orders.pop();
    }
    if call.does(Slip::EchoDiffers) {
        order.value["lines"][0]["quantity"] = 99.into();
    }
    let answer = Answer::json(201, order.value);
    Ok(answer.header("Location", format!("/orders/{}", order.id)))
}

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let index = find(call, store)?;
    Ok(Answer::json(200, store.orders[index].value.clone()))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result {
    let index = find(call, store)?;
    if !call.does(Slip::DeleteKeeps) {
        store.orders.remove(index);
    }
    Ok(Answer::empty(204))
}

pub(super) fn cancel(call: &Call<'_>, store: &mut Store) -> Result {
    let index = find(call, store)?;
    let order = &mut store.orders[index];
    if call.does(Slip::ActionLost) {
        return Ok(Answer::empty(204));
    }
    if order.value["state"] == "cancelled" {
        return Err(Answer::problem(409, "It is cancelled already"));
    }
    let other = call.does(Slip::OtherAction);
    order.value["state"] = if other { "paid" } else { "cancelled" }.into();
    Ok(Answer::json(200, order.value.clone()))
}

pub(super) fn pay(call: &Call<'_>, store: &mut Store) -> Result {
    let index = find(call, store)?;
    let order = &mut store.orders[index];
    if order.value["state"] != "open" {
        return Err(Answer::problem(409, "It is not open"));
    }
    order.value["state"] = "paid".into();
    Ok(Answer::json(200, order.value.clone()))
}

/// Where the order is that is asked for; an order of another user is not there.
fn find(call: &Call<'_>, store: &Store) -> std::result::Result<usize, Answer> {
    let mut check = Checker::of(call);
    check.plain("order_id", &call.ids[0], Text::format(is_uuid));
    check.done()?;
    let id = call.ids[0].to_ascii_lowercase();
    let mine = |order: &Order| order.owner == call.user || call.does(Slip::Foreign);
    let mut orders = store.orders.iter();
    let found = orders.position(|order| order.id == id && mine(order));
    found.ok_or_else(Answer::not_found)
}

fn place(call: &Call<'_>, store: &mut Store, body: &Value) {
    let id = format!("00000000-0000-4000-b000-{:012}", store.next());
    let mut value = body.clone();
    value["id"] = id.clone().into();
    value["customer"] = call.user.into();
    value["state"] = "open".into();
    value["created_at"] = store.now().into();
    let owner = call.user.to_owned();
    store.orders.push(Order { id, owner, value });
}

fn read(check: &mut Checker, body: &Value) {
    let Some(object) = check.object("", body) else {
        return;
    };
    check.need("", object, &["lines", "delivery"]);
    check.only("", object, &["lines", "delivery", "note", "priority"]);
    check.member("", object, "lines", |check, at, value| {
        check.list(at, value, (1, 10), false, read_line);
    });
    check.member("", object, "delivery", read_delivery);
    check.nullable("", object, "note", |check, at, value| {
        check.text(at, value, Text::up_to(200));
    });
    check.member("", object, "priority", |check, at, value| {
        let known = [1.0, 2.0, 3.0].contains(&value.as_f64().unwrap_or_default());
        check.rule(at, "enum", known);
        check.edge(at, "enum", value.as_f64() == Some(3.0));
    });
}

fn read_line(check: &mut Checker, at: &str, value: &Value) {
    let Some(line) = check.object(at, value) else {
        return;
    };
    check.need(at, line, &["sku", "quantity"]);
    check.only(at, line, &["sku", "quantity"]);
    check.member(at, line, "sku", |check, at, value| {
        check.text(at, value, Text::like(is_sku));
    });
    check.member(at, line, "quantity", |check, at, value| {
        check.number(at, value, Number::whole(1.0, 99.0));
    });
}

fn read_delivery(check: &mut Checker, at: &str, value: &Value) {
    let Some(delivery) = check.object(at, value) else {
        return;
    };
    match delivery.get("type").and_then(Value::as_str) {
        Some("Parcel") => read_parcel(check, at, delivery),
        Some("Pickup") => read_pickup(check, at, delivery),
        _ => drop(check.rule(at, "type", false)),
    }
}

fn read_parcel(check: &mut Checker, at: &str, parcel: &Map<String, Value>) {
    check.need(at, parcel, &["street", "zip"]);
    check.member(at, parcel, "street", |check, at, value| {
        check.text(at, value, Text::of(1, 100));
    });
    check.member(at, parcel, "zip", |check, at, value| {
        check.text(
            at,
            value,
            Text::like(|zip| zip.len() == 5 && is_of(zip, "0123456789")),
        );
    });
    check.member(at, parcel, "phone", |check, at, value| {
        let phone = Text::of(5, 20).and("pattern", |text| is_of(text, "+0123456789 "));
        check.text(at, value, phone);
    });
}

fn read_pickup(check: &mut Checker, at: &str, pickup: &Map<String, Value>) {
    check.need(at, pickup, &["branch"]);
    check.member(at, pickup, "branch", |check, at, value| {
        check.number(at, value, Number::whole(1.0, 500.0));
    });
    check.member(at, pickup, "at", |check, at, value| {
        check.text(at, value, Text::format(is_time));
    });
}

fn is_of(text: &str, characters: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| characters.contains(c))
}

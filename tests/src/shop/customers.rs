//! Customers: registered by a form or by JSON, with a password that never comes back.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Number, Text, is_country, is_date, is_email};
use super::defect::Slip;
use super::page::page;
use super::product::tag;
use super::products::LIMIT;
use super::query;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn list(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let limit = check.count_of("limit", call.query("limit"), LIMIT, 20);
    let offset = Number::whole(0.0, 100_000.0);
    let offset = check.count_of("offset", call.query("offset"), offset, 0);
    let country = call.query("country");
    if let Some(country) = country {
        check.plain("country", country, Text::like(is_country));
    }
    let known = ["limit", "offset", "country"];
    let mut names = call.query.iter().map(|(name, _)| name.as_str());
    check.fails(call.does(Slip::UnknownFails) && names.any(|name| !known.contains(&name)));
    check.done()?;
    let fits = |customer: &&Value| {
        call.does(Slip::FilterIgnored)
            || country.is_none_or(|country| customer["country"] == country)
    };
    let all = store.customers.values().filter(fits).cloned().collect();
    let all: Vec<Value> = all;
    let again = call.does(Slip::StartsAgain) && offset >= all.len();
    let mut page = page(call, all, if again { 0 } else { offset }, limit);
    if call.does(Slip::TotalUnfiltered) {
        page.total = store.customers.len();
    }
    let body = json!({ "data": page.items, "total": page.total, "offset": offset, "limit": limit });
    Ok(Answer::json(200, body))
}

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let body = match call.media_type().as_str() {
        "application/x-www-form-urlencoded" => form(call)?,
        _ => call.json("application/json")?,
    };
    read(&mut check, &body);
    check.done()?;
    let id = store.next();
    let mut customer = body.as_object().cloned().unwrap_or_default();
    customer.retain(|name, _| {
        let known = [
            "email",
            "name",
            "country",
            "birthday",
            "newsletter",
            "interests",
        ];
        known.contains(&name.as_str())
    });
    customer.entry("newsletter").or_insert(false.into());
    customer.insert("id".to_owned(), format!("cus_{id}").into());
    customer.insert("created_at".to_owned(), store.now().into());
    let customer = Value::Object(customer);
    let mut stored = customer.clone();
    call.planted.store(&mut stored);
    if !call.does(Slip::CreateLost) {
        store.customers.insert(id, stored);
    }
    Ok(Answer::json(201, customer))
}

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let id = id(call)?;
    let customer = store.customers.get(&id).ok_or_else(Answer::not_found)?;
    Ok(Answer::json(200, customer.clone()))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result {
    let id = id(call)?;
    let mut check = Checker::of(call);
    let body = call.json("application/json")?;
    if let Some(object) = check.object("", &body) {
        check.only("", object, &["name", "country", "birthday", "newsletter"]);
        read_common(&mut check, object);
        check.nullable("", object, "birthday", birthday);
    }
    let kept = check.is_good() || call.does(Slip::RefusedApplies);
    let own = store.customers.get_mut(&id);
    if let Some(customer) = own.filter(|_| kept && !call.does(Slip::UpdateLost)) {
        apply(customer, &body, call);
        if call.does(Slip::CreatedMoves) {
            customer["created_at"] = "2025-01-01T00:00:00Z".into();
        }
    }
    check.done()?;
    let customer = store.customers.get(&id).ok_or_else(Answer::not_found)?;
    let mut answer = customer.clone();
    apply(&mut answer, &body, call);
    Ok(Answer::json(200, answer))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result {
    let id = id(call)?;
    if !store.customers.contains_key(&id) {
        return Err(Answer::not_found());
    }
    if !call.does(Slip::DeleteKeeps) {
        store.customers.remove(&id);
    }
    Ok(Answer::empty(204))
}

fn apply(customer: &mut Value, body: &Value, call: &Call<'_>) {
    for (name, value) in body.as_object().into_iter().flatten() {
        let lost = call.does(Slip::FieldLost) && name == "country"
            || call.does(Slip::FalseIgnored) && *value == false;
        if !lost {
            customer[name] = value.clone();
        }
    }
}

/// The number in `cus_7`.
fn id(call: &Call<'_>) -> std::result::Result<u64, Answer> {
    let mut check = Checker::of(call);
    let digits = call.ids[0].strip_prefix("cus_").unwrap_or_default();
    let good = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    check.rule("customer_id", "pattern", good);
    check.done()?;
    Ok(digits.parse().unwrap_or(1))
}

/// A form as the value that it stands for; a name that occurs several times is a list.
fn form(call: &Call<'_>) -> std::result::Result<Value, Answer> {
    let text = std::str::from_utf8(call.body).ok();
    let pairs = text.and_then(query::pairs);
    let pairs = pairs.ok_or_else(|| Answer::problem(400, "The form cannot be read"))?;
    let mut object = Map::new();
    for (name, text) in pairs {
        match name.as_str() {
            "interests" => {
                let list = object.entry(name).or_insert(json!([]));
                list.as_array_mut()
                    .into_iter()
                    .for_each(|list| list.push(text.clone().into()));
            }
            "newsletter" if text == "true" || text == "false" => {
                object.insert(name, (text == "true").into());
            }
            _ => drop(object.insert(name, text.into())),
        }
    }
    Ok(Value::Object(object))
}

fn read(check: &mut Checker, body: &Value) {
    let Some(object) = check.object("", body) else {
        return;
    };
    check.need("", object, &["email", "name", "country", "password"]);
    check.member("", object, "email", |check, at, value| {
        check.text(at, value, Text::up_to(100).and("format", is_email));
    });
    check.member("", object, "password", |check, at, value| {
        check.text(at, value, Text::of(8, 64));
    });
    read_common(check, object);
    check.member("", object, "birthday", birthday);
    check.member("", object, "interests", |check, at, value| {
        check.list(at, value, (0, 3), false, tag);
    });
}

fn read_common(check: &mut Checker, object: &Map<String, Value>) {
    check.member("", object, "name", |check, at, value| {
        check.text(at, value, Text::of(1, 60));
    });
    check.member("", object, "country", |check, at, value| {
        check.text(at, value, Text::like(is_country));
    });
    check.member("", object, "newsletter", Checker::flag);
}

fn birthday(check: &mut Checker, at: &str, value: &Value) {
    check.text(at, value, Text::format(is_date));
}
